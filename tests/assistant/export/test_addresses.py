"""No address that runs something leaves the library, whatever an older one holds."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html
from markdown_it import MarkdownIt

from assistant.answering import Assistant
from assistant.answers import Answer, Citation, Quote, Statement
from assistant.briefing.briefings import Evidence
from assistant.briefing.editor import BriefingEditor
from assistant.conversing.conversation import Conversation
from assistant.export.bibliography import as_bibtex, as_csl_json
from assistant.export.briefings import export_briefing
from assistant.export.conversations import conversation_as_markdown
from assistant.export.pandoc import read_tree
from assistant.ui.briefing_events import BriefingEvents
from assistant.ui.briefing_view import add_downloads
from sources.source import Span

UNSAFE = "javascript:document.title='hurt'"
WORDS = f'See [here]({UNSAFE}) and <{UNSAFE}> or <a href="{UNSAFE}">this</a>, {UNSAFE}.'
TITLE = f"[Title]({UNSAFE})"


@pytest.fixture
def unsafe(editor: BriefingEditor, folder: Path, sync: Callable[[], object]) -> BriefingEditor:
    """A briefing out of a library that took in an unsafe address when that was not refused."""
    (folder / "odd.md").write_text(f'---\ntitle: "{TITLE}"\n---\n{WORDS}', encoding="utf-8")
    sync()
    with editor.catalogue._database.changing() as connection:
        connection.execute("UPDATE source SET url = ? WHERE slug = 'odd'", (UNSAFE,))
    assert editor.catalogue.source("odd").card.url == UNSAFE
    editor.new("Odd")
    editor.pin_words("odd", "odd", Span(0, len(editor.catalogue.text("odd").content)))
    for kind in ("own", "section", "note"):
        editor.write("odd", kind, WORDS)  # type: ignore[arg-type]
    return editor


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_a_document_links_to_no_unsafe_address(
    unsafe: BriefingEditor, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"odd.{kind}"
    export_briefing(unsafe, "odd", path)
    blocks, _ = read_tree(path)
    assert [one for one in _links(blocks) if not one.startswith("#")] == []
    if kind == "docx":
        with zipfile.ZipFile(path) as parts:
            targets = [parts.read(one) for one in parts.namelist() if one.endswith(".rels")]
        assert not any(b"javascript" in one for one in targets)


def test_a_page_links_to_no_unsafe_address_and_allows_no_script(
    unsafe: BriefingEditor, tmp_path: Path
) -> None:
    path = tmp_path / "odd.html"
    export_briefing(unsafe, "odd", path)
    page = path.read_text("utf-8")
    links = [address for _, name, address, _ in html.iterlinks(page) if name == "href"]
    assert {address[:1] for address in links} == {"#"}
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none';")
    assert "script" not in policy
    assert page.index("Content-Security-Policy") < page.index("<title>")


@pytest.mark.parametrize("kind", ["json", "bib"])
def test_a_bibliography_gives_no_unsafe_address(
    unsafe: BriefingEditor, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"odd.{kind}"
    export_briefing(unsafe, "odd", path)
    assert "url" not in path.read_text("utf-8").lower()


@pytest.mark.parametrize("write", [as_bibtex, as_csl_json])
def test_a_bibliography_gives_a_safe_address(write: Callable[[list[Evidence]], str]) -> None:
    quote = Quote("a", Span(0, 3), "abc")
    one = Evidence(quote, "0" * 64, "A title", url="HTTPS://example.org/a?b=c")
    assert "https://example.org/a?b=c" in write([one])
    assert "evil" not in write([replace(one, url="https://example.org@evil.test/")])


def test_a_conversation_in_markdown_links_to_no_unsafe_address() -> None:
    quote = Quote("odd", Span(0, len(WORDS)), WORDS)
    said = Statement(WORDS, (1,), "supported")
    citation = Citation(1, quote, title=TITLE, publisher=WORDS, published=None, sha256="0" * 64)
    answer = Answer(WORDS, "quotes", "answered", (said,), (citation,))
    conversation = Conversation().asking(WORDS).answering(answer)
    page = MarkdownIt("commonmark", {"linkify": False}).render(
        conversation_as_markdown(TITLE, conversation)
    )
    assert "<a" not in page


def test_a_served_page_may_run_nothing_in_a_browser(
    unsafe: BriefingEditor, assistant: Assistant
) -> None:
    app = FastAPI()
    add_downloads(app, BriefingEvents(unsafe, assistant))
    got = TestClient(app).get("/briefings/odd.html")
    assert got.status_code == 200
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert got.headers["content-disposition"] == 'attachment; filename="odd.html"'


def _links(tree: Any) -> Iterator[str]:
    """The addresses that a document of pandoc links to."""
    if isinstance(tree, dict):
        if tree.get("t") in ("Link", "Image"):
            yield tree["c"][2][0]
        if tree.get("t") in ("RawInline", "RawBlock"):
            yield tree["c"][1]
        yield from _links(list(tree.values()))
    elif isinstance(tree, list):
        for one in tree:
            yield from _links(one)
