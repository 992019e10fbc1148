"""Exported files: what is in them, and that nothing in a source becomes markup."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers import Answer, Citation, Quote, Statement
from assistant.briefing.editor import BriefingEditor
from assistant.export.briefings import export_briefing
from assistant.export.files import copy_styles
from assistant.export.positions import evidence_in, who_said_what
from assistant.export.verifying import verify_document
from sources.errors import UseError
from sources.source import Span

ODD = 'She said *this* is <b>not</b> [markup](x) ^1 ~y~ `z` $5$ & "quoted words here" \\end{x}.'


@pytest.fixture
def odd(editor: BriefingEditor, folder: Path, sync: Callable[[], object]) -> BriefingEditor:
    """A briefing with one line full of characters that mean something elsewhere."""
    (folder / "odd.txt").write_text(ODD, encoding="utf-8")
    sync()
    editor.new("Odd <i>title</i>")
    editor.pin_words("odd-i-title-i", "odd", Span(0, len(editor.catalogue.text("odd").content)))
    editor.write("odd-i-title-i", "note", "A note that stays here.")
    editor.write("odd-i-title-i", "own", "My own sentence.")
    return editor


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_words_that_look_like_markup_survive(
    odd: BriefingEditor, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"odd.{kind}"
    export_briefing(odd, "odd-i-title-i", path)
    assert [one.standing for one in verify_document(path, odd.catalogue).footnotes] == ["holds"]


def test_html_escapes_the_words_and_loads_nothing(odd: BriefingEditor, tmp_path: Path) -> None:
    path = tmp_path / "odd.html"
    export_briefing(odd, "odd-i-title-i", path)
    page = path.read_text("utf-8")
    assert "<b>not</b>" not in page
    assert "&lt;b&gt;not&lt;/b&gt;" in page
    assert "<i>title</i>" not in page
    assert "http:" not in page
    assert "https:" not in page
    assert "src=" not in page


def test_a_note_stays_and_own_words_are_marked(odd: BriefingEditor, tmp_path: Path) -> None:
    path = tmp_path / "odd.md"
    export_briefing(odd, "odd-i-title-i", path)
    content = path.read_text("utf-8")
    assert "stays here" not in content
    assert "My own sentence. (author)" in content


def test_cited_sources_are_exported_for_reference_managers(
    editor: BriefingEditor, tmp_path: Path
) -> None:
    editor.new("Talks")
    editor.pin_words("talks", "01-first-round-geneva", Span(0, 40))
    export_briefing(editor, "talks", tmp_path / "talks.json")
    (item,) = json.loads((tmp_path / "talks.json").read_text("utf-8"))
    assert item["title"] == "First round in Geneva ends without a text"
    assert item["issued"] == {"date-parts": [[2025, 11, 3]]}
    assert item["author"] == [{"family": "Keller", "given": "A."}]
    export_briefing(editor, "talks", tmp_path / "talks.bib")
    written = (tmp_path / "talks.bib").read_text("utf-8")
    assert "author = {Keller, A.}" in written
    (title,) = re.findall(r"title = \{\{(.*)\}\},\n", written)  # the second pair keeps the case
    assert re.sub("[{}]", "", title) == "First round in Geneva ends without a text"
    assert "month = {nov},\n  day = {3}," in written


def test_an_undated_source_is_undated(editor: BriefingEditor, tmp_path: Path) -> None:
    editor.new("Talks")
    editor.pin_words("talks", "13-undated-memo", Span(0, 40))
    export_briefing(editor, "talks", tmp_path / "talks.md")
    assert "*Notes on earlier guarantees*, undated." in (tmp_path / "talks.md").read_text("utf-8")


def test_a_persons_styles_are_used(editor: BriefingEditor, tmp_path: Path) -> None:
    styles = tmp_path / "mine.docx"
    copy_styles(styles)
    with zipfile.ZipFile(styles) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"1F4E79", b"AA0000")
    with zipfile.ZipFile(styles, "w") as package:
        for name, raw in parts.items():
            package.writestr(name, raw)
    editor.new("Talks")
    editor.pin_words("talks", "13-undated-memo", Span(0, 40))
    export_briefing(editor, "talks", tmp_path / "talks.docx", styles=styles)
    with zipfile.ZipFile(tmp_path / "talks.docx") as package:
        assert b"AA0000" in package.read("word/styles.xml")


@pytest.mark.parametrize("name", ["talks.pdf", "no/such/talks.docx"])
def test_what_cannot_be_written_is_refused(
    editor: BriefingEditor, tmp_path: Path, name: str
) -> None:
    editor.new("Talks")
    editor.write("talks", "own", "A sentence.")
    with pytest.raises(UseError):
        export_briefing(editor, "talks", tmp_path / name)


def test_an_empty_briefing_is_not_exported(editor: BriefingEditor, tmp_path: Path) -> None:
    editor.new("Talks")
    with pytest.raises(UseError, match="no lines"):
        export_briefing(editor, "talks", tmp_path / "talks.docx")


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_every_cell_of_the_exported_positions_has_a_footnote_that_holds(
    editor: BriefingEditor, tmp_path: Path, kind: str
) -> None:
    editor.new("Talks")
    path = tmp_path / f"talks.{kind}"
    export_briefing(editor, "talks", path, with_positions=True)
    shown = who_said_what(editor.everything_said().said, editor.issues())
    found = verify_document(path, editor.catalogue)
    checks = found.footnotes
    assert found.holds
    assert [check.standing for check in checks] == ["holds"] * len(evidence_in(shown))
    assert len(checks) > len(shown.table.cells) > 0


def test_what_a_party_changed_is_bold(
    editor: BriefingEditor, folder: Path, sync: Callable[[], object]
) -> None:
    for day, words in (("2026-01-05", "will keep 800,000"), ("2026-02-06", "may keep 600,000")):
        content = (
            f"---\ntitle: On {day}\npublished: {day}\n---\nZelensky said Ukraine {words} troops."
        )
        (folder / f"on-{day}.md").write_text(content, encoding="utf-8")
    sync()
    editor.new("Talks")
    path = folder.parent / "talks.html"
    export_briefing(editor, "talks", path, with_positions=True)
    page = " ".join(path.read_text("utf-8").split())
    assert "<strong>may</strong> keep <strong>600,000 troops</strong>" in page
    assert "Zelensky on troops" in page


def _written_by_a_model(editor: BriefingEditor) -> Answer:
    """Three statements over the same words: borne out, in part, and not at all."""
    words = editor.catalogue.text("13-undated-memo").content[:40]
    quote = Quote("13-undated-memo", Span(0, 40), words)
    return Answer(
        question="What was promised?",
        mode="model",
        verdict="answered",
        statements=(
            Statement("A faithful sentence.", (1,), "supported"),
            Statement("A half true sentence.", (1,), "partly"),
            Statement("A false sentence.", (1,), "not_supported"),
        ),
        citations=(Citation(1, quote, "Notes on earlier guarantees", None, None),),
    )


def test_what_is_not_supported_in_full_is_left_out_and_counted(
    editor: BriefingEditor, tmp_path: Path
) -> None:
    editor.new("Talks")
    editor.pin_answer("talks", _written_by_a_model(editor))
    path = tmp_path / "talks.md"
    assert export_briefing(editor, "talks", path) == 2
    written = path.read_text("utf-8")
    assert "A faithful sentence." in written
    assert "half true" not in written
    assert "false sentence" not in written
    assert "2 statements not supported in full" in written


def test_what_is_not_supported_in_full_is_taken_along_marked_when_asked(
    editor: BriefingEditor, tmp_path: Path
) -> None:
    editor.new("Talks")
    editor.pin_answer("talks", _written_by_a_model(editor))
    path = tmp_path / "talks.md"
    assert export_briefing(editor, "talks", path, with_unsupported=True) == 0
    written = path.read_text("utf-8")
    assert "*(only partly supported)*" in written
    assert "*(not supported)*" in written
    assert "Left out" not in written


def test_a_briefing_of_unsupported_statements_alone_says_how_to_export_it(
    editor: BriefingEditor, tmp_path: Path
) -> None:
    editor.new("Talks")
    editor.pin_answer("talks", _written_by_a_model(editor), statement=2)
    with pytest.raises(UseError, match="supported in full"):
        export_briefing(editor, "talks", tmp_path / "talks.md")


def test_what_several_sources_say_is_quoted_with_its_speaker_and_all_footnotes(
    editor: BriefingEditor, folder: Path, sync: Callable[[], object], tmp_path: Path
) -> None:
    said = "“We will pay,” Meloni told reporters."
    for name in ("a", "b"):
        (folder / f"{name}.md").write_text(f"{said} Talks {name} went on.", encoding="utf-8")
    sync()
    span = Span(0, len(said))
    answer = Answer(
        question="Who pays?",
        mode="quotes",
        verdict="answered",
        statements=(Statement(said, (1, 2), "supported"),),
        citations=tuple(
            Citation(number, Quote(slug, span, said), slug, None, None)
            for number, slug in enumerate(("a", "b"), start=1)
        ),
    )
    editor.new("Talks")
    editor.pin_answer("talks", answer)
    path = tmp_path / "talks.md"
    export_briefing(editor, "talks", path)
    written = " ".join(path.read_text("utf-8").split())
    assert "**Meloni:** “ ‘We will pay,’ Meloni told reporters.”[^1][^2]" in written
    assert verify_document(path, editor.catalogue).holds


def test_an_unanswered_question_is_called_so_where_it_stands(
    editor: BriefingEditor, tmp_path: Path
) -> None:
    editor.new("Talks")
    asked = "What does Poland offer?"
    reason = "No source mentions Poland."
    editor.pin_answer("talks", Answer(asked, "quotes", "not_in_sources", reason=reason))
    export_briefing(editor, "talks", tmp_path / "talks.md")
    assert f"- Not in the sources: {asked}" in (tmp_path / "talks.md").read_text("utf-8")


SAID = "Спостерігачам не дозволять носити зброю, і місія працюватиме цілодобово."


@pytest.fixture
def foreign(editor: BriefingEditor, folder: Path, sync: Callable[[], object]) -> BriefingEditor:
    """A briefing with words of a Ukrainian source, whose card names no language."""
    (folder / "mission.md").write_text(SAID, encoding="utf-8")
    sync()
    editor.new("Mission")
    editor.pin_words("mission", "mission", Span(0, len(SAID)))
    return editor


@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml"])
def test_a_word_document_declares_the_language_of_each_quote(
    foreign: BriefingEditor, tmp_path: Path, part: str
) -> None:
    path = tmp_path / "mission.docx"
    export_briefing(foreign, "mission", path)
    with zipfile.ZipFile(path) as package:
        runs = re.findall(r"<w:r>.*?</w:r>", package.read(part).decode(), re.DOTALL)
    quoted = [run for run in runs if "зброю" in run]
    assert quoted
    assert all('<w:lang w:val="uk"' in run for run in quoted)
    assert not any("<w:lang" in run for run in runs if "Source" in run)
    assert [one.standing for one in verify_document(path, foreign.catalogue).footnotes] == ["holds"]
    assert verify_document(path, foreign.catalogue).holds


def test_a_page_declares_it_too_and_markdown_stays_plain(
    foreign: BriefingEditor, tmp_path: Path
) -> None:
    for kind in ("html", "md"):
        export_briefing(foreign, "mission", tmp_path / f"mission.{kind}")
    assert '<span lang="uk">' in (tmp_path / "mission.html").read_text("utf-8")
    assert "lang=" not in (tmp_path / "mission.md").read_text("utf-8").partition("---\n\n")[2]
