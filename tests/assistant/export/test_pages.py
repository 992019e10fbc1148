"""Pages of a Word document: the wide table on its side, and no row cut in two."""

import re
from pathlib import Path
from zipfile import ZipFile

from assistant.briefing.editor import BriefingEditor
from assistant.export.briefings import export_briefing
from assistant.export.files import copy_styles
from assistant.export.pages import turn_wide
from assistant.export.pandoc import heading, wide

TITLE = heading(1, "Who said what")


def _body(document: Path) -> str:
    with ZipFile(document) as parts:
        return parts.read("word/document.xml").decode("utf-8")


def test_positions_lie_on_their_side_between_upright_pages(
    editor: BriefingEditor, tmp_path: Path
) -> None:
    editor.new("Talks")
    path = tmp_path / "talks.docx"
    export_briefing(editor, "talks", path, with_positions=True)
    body = _body(path)
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", body, re.DOTALL)
    assert ["landscape" in one for one in sections] == [False, True, False]
    assert all("footerReference" in one for one in sections)
    table = body.index("<w:tbl>")
    assert body.index("<w:sectPr") < table < body.index("landscape")


def test_no_row_of_a_table_is_cut_in_two(editor: BriefingEditor, tmp_path: Path) -> None:
    editor.new("Talks")
    path = tmp_path / "talks.docx"
    export_briefing(editor, "talks", path, with_positions=True)
    body = _body(path)
    assert body.count("<w:tr>") == body.count("<w:cantSplit/>") > 0


def test_what_is_not_wide_stays_upright(tmp_path: Path) -> None:
    copy_styles(tmp_path / "styles.docx")
    turned = turn_wide([TITLE, wide([TITLE])], tmp_path / "styles.docx")
    assert [block["t"] for block in turned] == ["Header", "RawBlock", "Header", "RawBlock"]


def test_styles_that_say_nothing_about_pages_turn_nothing(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "styles.docx", "w") as parts:
        parts.writestr("word/document.xml", "<w:body/>")
    blocks = (TITLE, wide([TITLE]))
    assert turn_wide(blocks, tmp_path / "styles.docx") == blocks
    assert turn_wide(blocks, tmp_path / "missing.docx") == blocks
