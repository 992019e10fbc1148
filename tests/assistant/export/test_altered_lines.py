"""Documents whose meaning was changed beside the quotations, and what a person may add."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.briefing.editor import BriefingEditor
from assistant.export.verifying import Verified, verify_document
from tests.assistant.export.exported import alter

KINDS = ["docx", "md"]
Export = Callable[[str], Path]
SECRET = "Macron said France had signed a secret treaty."


@pytest.fixture
def editor(drafted_editor: BriefingEditor) -> BriefingEditor:
    return drafted_editor


@pytest.fixture
def export(drafted_documents: Path, tmp_path: Path) -> Export:
    """Gives a copy of the exported document of a kind, to be altered."""
    return lambda kind: Path(shutil.copy(drafted_documents / f"talks.{kind}", tmp_path))


def findings(path: Path, editor: BriefingEditor) -> list[str]:
    """How each failing footnote, then each altered line stands."""
    found = verify_document(path, editor.catalogue)
    return [one.standing for one in (*found.failed, *found.altered)]


def insert(path: Path, words: str, *, style: str | None = None) -> None:
    """Put a paragraph of its own in front of the heading of the open questions."""
    if path.suffix == ".md":
        alter(path, "# Open questions", f"{words}\n\n# Open questions")
        return
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode()
    heading = next(
        one for one in re.findall(r"<w:p>.*?</w:p>", body, re.DOTALL) if "Open questions" in one
    )
    added = f"<w:p>{named}<w:r><w:t>{words}</w:t></w:r></w:p>"
    alter(path, heading, added + heading)


def without_a_footnote(path: Path) -> None:
    """Delete the first footnote from the text, as a slip of the keys would."""
    if path.suffix == ".md":
        alter(path, "[^1]", "")
        return
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode()
    reference = re.search(r"<w:footnoteReference [^>]*/>", body)
    assert reference
    alter(path, reference.group(), "")
    with zipfile.ZipFile(path) as package:
        notes = package.read("word/footnotes.xml").decode()
    number = re.search(r'w:id="(\d+)"', reference.group())
    assert number
    note = re.search(rf'<w:footnote w:id="{number[1]}".*?</w:footnote>', notes, re.DOTALL)
    assert note
    alter(path, note.group(), "", part="word/footnotes.xml")


def lose_record(path: Path) -> None:
    """Take the properties off a Markdown file, as another program would."""
    content = re.sub(r"(?m)^assistant-lines-\d+:.*\n", "", path.read_text("utf-8"))
    path.write_text(content, encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("old", "new", "standing"),
    [
        ("Macron:", "Putin:", "label differs"),
        ("Proposed", "Agreed (signed)", "label differs"),
        ("18 December 2025:", "18 December 2026:", "label differs"),
        ("Questions without a clear answer", "What the sources deny", "altered"),
        ("These questions were put", "Other questions were put", "altered"),
    ],
)
def test_a_changed_label_day_or_heading_is_found(
    kind: str, old: str, new: str, standing: str, export: Export, editor: BriefingEditor
) -> None:
    path = export(kind)
    alter(path, old, new)
    assert findings(path, editor) == [standing]


def test_a_label_is_held_against_its_footnote_where_the_record_is_lost(
    export: Export, editor: BriefingEditor
) -> None:
    path = export("md")
    alter(path, "Macron:", "Putin:")
    lose_record(path)
    (check,) = verify_document(path, editor.catalogue).failed
    assert "“Putin:”; the footnote names Macron" in check.detail


@pytest.mark.parametrize("kind", KINDS)
def test_another_question_among_those_not_found_is_found(
    kind: str, export: Export, editor: BriefingEditor
) -> None:
    path = export(kind)
    asked = [line.text for line in editor.store.get("talks").lines if line.kind == "not_found"]
    alter(path, asked[0], "Who would command the force?")
    assert findings(path, editor) == ["altered"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_that_was_put_in_without_a_footnote_is_found(
    kind: str, export: Export, editor: BriefingEditor
) -> None:
    path = export(kind)
    insert(path, SECRET)
    (added,) = verify_document(path, editor.catalogue).altered
    assert (added.standing, added.words) == ("added", SECRET)
    assert "no footnote" in added.detail


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_that_was_put_into_a_line_is_found(
    kind: str, export: Export, editor: BriefingEditor
) -> None:
    path = export(kind)
    alter(path, "Nothing in the library", f"{SECRET} Nothing in the library")
    assert findings(path, editor) == ["altered"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_footnote_that_was_deleted_is_named_with_its_line(
    kind: str, export: Export, editor: BriefingEditor
) -> None:
    path = export(kind)
    before = len(verify_document(path, editor.catalogue).footnotes)
    without_a_footnote(path)
    found = verify_document(path, editor.catalogue)
    assert len(found.footnotes) == before - 1
    (missing,) = found.altered
    assert missing.standing == "footnote missing"
    assert missing.words


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_that_was_deleted_is_told_with_what_stands_before_it(
    kind: str, export: Export, editor: BriefingEditor
) -> None:
    path = export(kind)
    found = verify_document(path, editor.catalogue)
    assert found.holds
    alter(path, "Open questions", "")
    (missing,) = verify_document(path, editor.catalogue).altered
    assert missing.standing == "missing"
    assert missing.detail.startswith("A line after “")


@pytest.mark.parametrize("kind", KINDS)
def test_own_words_are_listed_and_speak_against_nothing(
    kind: str, export: Export, editor: BriefingEditor
) -> None:
    path = export(kind)
    insert(path, "I doubt it. (author)")
    found = verify_document(path, editor.catalogue)
    assert found.holds
    assert [line.words for line in found.own] == [
        "This is “only” what I think of it. (author)",
        "I doubt it. (author)",
    ]


def test_own_words_are_known_by_their_style_in_word(export: Export, editor: BriefingEditor) -> None:
    path = export("docx")
    insert(path, "I doubt it.", style="OwnWords")
    found = verify_document(path, editor.catalogue)
    assert (found.holds, found.own[-1].words) == (True, "I doubt it.")


@pytest.mark.parametrize("kind", KINDS)
def test_own_words_may_be_changed_and_nothing_else_may_become_them(
    kind: str, export: Export, editor: BriefingEditor
) -> None:
    path = export(kind)
    alter(path, "what I think of it", "what I thought")
    assert verify_document(path, editor.catalogue).holds
    alter(path, "their status", "their status (author)")
    assert findings(path, editor) == ["missing"]


def test_a_lost_record_is_told_and_the_first_page_still_counts(
    export: Export, editor: BriefingEditor
) -> None:
    path = export("md")
    lose_record(path)
    assert findings(path, editor) == ["record gone"]
    without_a_footnote(path)
    found = verify_document(path, editor.catalogue)
    assert [one.standing for one in found.altered] == ["record gone", "footnote missing"]
    assert re.fullmatch(r"(\d+) of \d+ footnotes are there\.", found.altered[1].detail)


def test_a_line_that_was_moved_is_no_finding(export: Export, editor: BriefingEditor) -> None:
    path = export("md")
    lines = path.read_text("utf-8").split("\n\n")
    at = next(place for place, words in enumerate(lines) if words.startswith("**Macron:**"))
    lines.insert(at - 2, lines.pop(at))
    path.write_text("\n\n".join(lines), encoding="utf-8")
    assert verify_document(path, editor.catalogue).holds


def _through_libreoffice(path: Path, *endings: str) -> Path:
    """The document, saved by LibreOffice in each of these kinds in turn."""
    office = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    for ending in endings:
        folder = path.parent / f"as-{ending}-{path.suffix[1:]}"
        command = ["soffice", office, "--headless", "--convert-to", ending, "--outdir"]
        subprocess.run([*command, folder, path], check=True, capture_output=True, timeout=120)
        path = folder / f"{path.stem}.{ending}"
    return path


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("endings", [("docx",), ("odt",), ("odt", "docx")])
def test_what_libreoffice_saved_is_read_like_the_export(
    endings: tuple[str, ...], export: Export, editor: BriefingEditor
) -> None:
    path = export("docx")
    insert(path, "I doubt it. (author)")
    found: Verified = verify_document(_through_libreoffice(path, *endings), editor.catalogue)
    assert (found.failed, found.altered) == ((), ())
    assert found.own[-1].words == "I doubt it. (author)"
    alter(path, "Macron:", "Putin:")
    insert(path, SECRET)
    without_a_footnote(path)
    assert sorted(findings(_through_libreoffice(path, *endings), editor)) == [
        "added",
        "footnote missing",
        "label differs",
    ]
