"""``assistant brief`` and ``assistant verify``, from a question to a checked document."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.assistant.cli.conftest import Run
from tests.assistant.speakers.texts import SAMPLE

Runner = Callable[..., Run]


@pytest.fixture
def filled(run: Runner) -> Runner:
    assert run("sources", "sync").code == 0
    return run


def test_from_a_question_to_a_verified_document(filled: Runner, tmp_path: Path) -> None:
    document = tmp_path / "briefing.docx"
    assert filled("brief", "new", "The talks").out == "the-talks\n"
    asked = "What did Vance name as the main obstacle?"
    assert filled("brief", "add", "the-talks", "--answer", asked).code == 0
    assert filled("brief", "export", "the-talks", document).code == 0
    verified = filled("verify", document)
    assert (verified.code, "footnotes hold" in verified.out) == (0, True)


def test_a_draft_in_an_empty_library_is_made_from_the_shipped_texts(run: Runner) -> None:
    drafted = run("brief", "draft", "--topic", "security guarantees")
    assert "800,000" in drafted.out
    assert "adding the shipped texts" in drafted.err


@pytest.mark.parametrize("command", [("positions",), ("events",), ("issues", "--suggest")])
def test_who_said_what_in_an_empty_library_is_of_the_shipped_texts(
    run: Runner, command: tuple[str, ...]
) -> None:
    found = run("brief", *command)
    assert (found.code, "adding the shipped texts" in found.err) == (0, True)
    assert "adding the shipped texts" not in run("brief", *command).err


def test_a_period_is_told_by_its_first_day_however_long_it_is(run: Runner, tmp_path: Path) -> None:
    file = tmp_path / "dated.md"
    file.write_text("---\npublished: 2025-11-03\n---\nStarmer said 30 countries had joined.")
    run("sources", "add", file)
    for by, first in (("month", "2025-11-01"), ("quarter", "2025-10-01"), ("year", "2025-01-01")):
        (marks,) = run("brief", "timeline", "--by", by, "--json").lines
        assert [(mark["of"], mark["by"], mark["from"]) for mark in marks] == [
            ("statements", by, first),
            ("sources", by, first),
        ]


def test_a_passage_that_was_searched_is_added(run: Runner) -> None:
    run("brief", "new", "Talks")
    (found,) = run("search", "Donetsk obstacle", "--limit", "1", "--json").lines
    place = f"{found[0]['start']}:{found[0]['end']}"
    assert run("brief", "add", "talks", "--passage", found[0]["source"], place).code == 0
    (shown,) = run("brief", "show", "talks", "--json").lines
    assert [line["text"] for line in shown["lines"]] == [found[0]["quote"]]


@pytest.mark.parametrize(
    "command", [("brief", "export", "talks"), ("brief", "styles")], ids=["export", "styles"]
)
def test_no_file_is_written_over_unless_that_is_meant(
    run: Runner, tmp_path: Path, command: tuple[str, ...]
) -> None:
    run("brief", "new", "Talks")
    run("brief", "add", "talks", "--own", "What I think.")
    file = tmp_path / "mine.docx"
    file.write_bytes(b"the work of a week")
    refused = run(*command, file)
    assert (refused.code, "--force" in refused.err) == (2, True)
    assert file.read_bytes() == b"the work of a week"
    assert run(*command, file, "--force").code == 0
    assert file.read_bytes().startswith(b"PK")


def test_a_document_that_is_none_is_refused_in_plain_words(run: Runner, tmp_path: Path) -> None:
    file = tmp_path / "z.docx"
    file.write_bytes(bytes(range(256)))
    refused = run("verify", file)
    assert refused.code == 2
    assert "'z.docx' cannot be read" in refused.err
    assert "andoc" not in refused.err


def test_one_altered_word_makes_verify_fail(filled: Runner, tmp_path: Path) -> None:
    document = tmp_path / "briefing.md"
    filled("brief", "draft", "--topic", "security guarantees")
    filled("brief", "export", "security-guarantees", document)
    document.write_text(
        document.read_text("utf-8").replace("main obstacle", "minor obstacle", 1), encoding="utf-8"
    )
    verified = filled("verify", document)
    assert verified.code == 1
    assert "words altered" in verified.out


def test_lines_are_added_moved_removed_and_undone(filled: Runner) -> None:
    filled("brief", "new", "Talks")
    slug = "polskie-radio-security-guarantees"
    filled("brief", "add", "talks", "--quote", slug, "0:258")
    filled("brief", "add", "talks", "--own", "What I think.")
    filled("brief", "move", "talks", "2", "1")
    filled("brief", "remove", "talks", "1")
    assert filled("brief", "undo", "talks").out == "Undone: remove line 1.\n"
    (shown,) = filled("brief", "show", "talks", "--json").lines
    assert [line["kind"] for line in shown["lines"]] == ["own", "quote"]
    assert shown["lines"][1]["evidence"][0]["speaker"] == "Zelensky"


def test_the_positions_of_the_shipped_article(filled: Runner) -> None:
    (cells,) = filled("brief", "positions", "--json").lines
    parties = {cell["party"] for cell in cells}
    assert parties == {"Zelensky", "Vance", "NBC News", "negotiators", "Kyiv"}
    text = filled("sources", "show", "polskie-radio-security-guarantees", "--text").out
    for cell in cells:
        assert text[cell["start"] : cell["end"]] == cell["quote"]


def test_positions_are_a_table_where_it_fits_and_else_stand_below_one_another(
    filled: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = filled("brief", "positions").out
    assert "\nfunding\n  Zelensky: “" in narrow
    assert "\nbackstop\n  No words of these parties were found." in narrow
    monkeypatch.setenv("COLUMNS", "200")
    assert "│ funding" in filled("brief", "positions").out


def test_an_answer_is_added_at_its_place(filled: Runner) -> None:
    filled("brief", "new", "Talks")
    filled("brief", "add", "talks", "--own", "First.")
    filled("brief", "add", "talks", "--own", "Last.")
    asked = "How many troops would Ukraine keep?"
    filled("brief", "add", "talks", "--answer", asked, "--at", "2")
    (shown,) = filled("brief", "show", "talks", "--json").lines
    texts = [line["text"] for line in shown["lines"]]
    assert (texts[0], texts[-1]) == ("First.", "Last.")
    assert "800,000" in texts[1]


def test_statuses_are_shown_and_unknown_ones_too(filled: Runner) -> None:
    (found,) = filled("brief", "status", "--json").lines
    stages = {one["issue"]: one["status"] for one in found}
    assert stages["duration"] == "under discussion"
    assert stages["territory"] is None


def test_the_speaker_sample_is_measured(run: Runner) -> None:
    assert "held out   precision" in run("brief", "measure", SAMPLE).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("brief", "show", "missing"),
        ("brief", "add", "missing"),
        ("brief", "add", "missing", "--own", "a", "--note", "b"),
        ("brief", "add", "missing", "--quote", "slug", "9"),
        ("brief", "positions", "--issue", "weather"),
        ("verify", "missing.docx"),
    ],
)
def test_wrong_use_is_one_sentence(run: Runner, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert "Traceback" not in result.err
    assert result.err.startswith("Error: ")


def _say(run: Runner, folder: Path, day: str, words: str) -> None:
    path = folder / f"said-{day}.md"
    path.write_text(f"---\ntitle: Said on {day}\npublished: {day}\n---\n{words}\n", "utf-8")
    assert run("sources", "add", path).code == 0


def test_over_time_marks_the_number_and_the_modality_that_changed(
    run: Runner, tmp_path: Path
) -> None:
    _say(run, tmp_path, "2025-12-01", "Zelensky said Ukraine could keep 600,000 troops.")
    _say(run, tmp_path, "2025-11-03", "Zelensky said Ukraine will keep 800,000 troops.")
    ((first, second),) = run("brief", "over-time", "zelensky", "troops", "--json").lines
    assert (first["published"], first["differs"]) == ("2025-11-03", None)
    assert second["differs"] == "800,000 troops / 600,000 troops; modality"
    marked = [second["quote"][start:end] for start, end in second["changed"]]
    assert marked == ["could", "600,000 troops"]


def test_over_time_names_a_party_that_never_speaks(filled: Runner) -> None:
    asked = filled("brief", "over-time", "Atlantis", "troops")
    assert asked.code == 2
    assert "Nobody called 'Atlantis'" in asked.err


def test_a_place_that_cuts_through_words_is_quoted_whole_and_told(filled: Runner) -> None:
    filled("brief", "new", "Talks")
    source = "polskie-radio-security-guarantees"
    added = filled("brief", "add", "talks", "--quote", source, "262:300")
    assert "Quoted are the whole words at 263:308, not those cut at 262:300." in added.err
    assert "“said the package includes a general framework”" in added.out


def test_lines_of_ones_own_leave_verify_at_peace_and_others_do_not(
    filled: Runner, tmp_path: Path
) -> None:
    document = tmp_path / "talks.md"
    filled("brief", "new", "Talks")
    filled("brief", "add", "talks", "--quote", "polskie-radio-security-guarantees", "0:259")
    assert filled("brief", "export", "talks", document).code == 0
    written = document.read_text("utf-8")
    document.write_text(f"{written}\nI doubt it. (author)\n", encoding="utf-8")
    verified = filled("verify", document)
    assert (verified.code, "1 line is the author's own" in verified.out) == (0, True)
    document.write_text(f"{written}\nNobody doubts it.\n", encoding="utf-8")
    verified = filled("verify", document)
    assert (verified.code, "“Nobody doubts it.” It carries no footnote" in verified.out) == (
        1,
        True,
    )
    assert filled("verify", document, "--json").lines[0]["holds"] is False


def test_an_issue_without_a_word_is_refused(run: Runner) -> None:
    refused = run("brief", "issues", "--add", "prisoners", "--cue", "*")
    assert refused.code == 2
    assert "An issue needs a name and words." in refused.err
    assert "Traceback" not in refused.err
