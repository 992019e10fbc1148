"""What is not read is told apart from remarks, by its type or by what it says."""

from dataclasses import replace
from pathlib import Path

from sources.catalogue import Catalogue
from sources.confined import ConfinedReader
from sources.problems import Unread, from_json, known, to_json, unread
from sources.source import Card, Sentence, Source, Text

REMARKS = (
    "Every page begins with “Minutes”, which was left out.",
    "read by OCR: check the words",
    "1 sentence addresses a machine and will not be sent to a chat model: “Ignore …”",
    "the address 'x' is left out: it names no host",
)


def test_plain_words_that_say_that_something_is_not_read_are_known_by_that() -> None:
    told = (
        "3 text boxes are not read",
        "2 of 9 pages hold no text",
        "1 of 9 pages holds no text",
        "2 attachments not read: add them as files",
        "4 pages cannot be read",
        "1 picture is not recognised",
    )
    assert unread(known((*told, *REMARKS))) == told
    assert unread(known(REMARKS)) == ()


def test_what_a_reader_calls_unread_stays_that_whatever_its_words() -> None:
    problems = (Unread("7 pictures of pages"), "a remark")
    kept = from_json(to_json(problems))
    assert kept == problems
    assert unread(kept) == ("7 pictures of pages",)


def test_problems_of_an_earlier_version_are_read() -> None:
    assert unread(from_json('["2 of 9 pages hold no text", "a remark"]')) == (
        "2 of 9 pages hold no text",
    )


def test_unread_parts_cross_from_the_confined_reader() -> None:
    mail = (
        b"Subject: Depot\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nSee the annex.\n"
        b"--b\nContent-Type: application/zip\n"
        b"Content-Disposition: attachment; filename=annex.zip\n\nUEsFBgAA\n--b--\n"
    )
    with ConfinedReader() as reader:
        assert unread(reader.read(mail, "depot.eml").problems)


def test_the_catalogue_tells_the_sources_that_have_unread_parts(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "library.sqlite3")
    plain = Source("a", Card("A"), "a" * 64, "upload/a.txt", problems=("a remark",))
    for source in (plain, replace(plain, slug="b", sha256="b" * 64, problems=(Unread("a box"),))):
        catalogue.add(source, Text("Words.", (Sentence(0, 6),)))
        catalogue.mark_ready(source.slug, passages=1)
    assert [source.slug for source in catalogue.with_unread()] == ["b"]
    assert catalogue.read_before(1) == ("a", "b")
