"""HTML: the article without the page around it, block by block.

Scripts and styles are never run and never part of the text; nothing is fetched. trafilatura finds
where the article is (`html_article`); the page's own tree is read there (`html_walk`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sources.errors import UnreadableFileError
from sources.problems import Unread
from sources.readers import html_page as page
from sources.readers.charsets import decode_page
from sources.readers.content import Builder, Content
from sources.readers.html_article import Article, find_article
from sources.readers.html_card import read_card
from sources.readers.html_notes import find_notes
from sources.readers.html_walk import Told, Walker
from sources.readers.illustrations import count_picture, in_cm
from sources.readers.wrapped import paragraphs

_FEW_WORDS_BESIDE_PICTURES = 60
_FEW_WORDS = 12
_NOTICE_WORDS = 60
_MAX_SHOWN = 60
_JAVASCRIPT = re.compile(r"java\s?script|джава\s?скрипт", re.IGNORECASE)
_MOUNTS = frozenset(["root", "app", "__next", "__nuxt", "application", "react-root", "main-app"])


class PageBuilder(Builder):
    """A builder that takes lines of a page; what is quoted in a page is a part of it."""

    def lines(self, lines: Sequence[str]) -> None:
        """Paragraphs and items of lines that the page itself breaks."""
        run: list[str] = []
        for line in (*lines, ""):
            if line.strip():
                run.append(line)
                continue
            for one in paragraphs(run):
                if one.mark is None:
                    self.paragraph(one.words)
                else:
                    self.item(one.words, one.mark)
            run = []

    def enter_quote(self) -> None:
        """Nothing: a page's quotations are its own words."""

    def leave_quote(self) -> None:
        """Nothing, as above."""


def read_html(raw: bytes | str, name: str) -> Content:
    """The article of a page, with title, author, site, day, address and language as it says.

    A page that holds its words only when its scripts run is refused.
    """
    tree = load_page(raw, name)
    article = find_article(tree)
    fields = read_card(tree, article.root, article.left_out)
    builder = PageBuilder()
    _add_headline(tree, article, builder)
    walker = Walker(builder, notes=find_notes(tree), left_out=article.left_out)
    told = walker.read(article.root)
    content = builder.content(fields, problems_of(told, article))
    _refuse_empty(tree, content.body, name)
    return replace(content, problems=(*content.problems, *_pictured(article, content.body)))


def _pictured(article: Article, body: str) -> tuple[str, ...]:
    """What is told of a page that hardly has words: its pictures may be what it says.

    In any other page the words are its text, and pictures illustrate it.
    """
    if len(body.split()) >= _FEW_WORDS_BESIDE_PICTURES:
        return ()
    told: Counter[str] = Counter()
    for one in article.root.iter("img"):
        if next(one.iterancestors("figure"), one).find("figcaption") is None:
            count_picture(told, in_cm(one.get("width")), in_cm(one.get("height")), one.get("alt"))
    number = told["pictures"]
    shown = f"{number} picture{'s' * (number > 1)} not read, in a page of few words"
    return (Unread(shown),) if number else ()


def load_page(raw: bytes | str, name: str) -> Any:
    """The tree of a page; `UnreadableFileError` where it is none."""
    from lxml import etree, html

    words = raw if isinstance(raw, str) else decode_page(raw, name)
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        tree = html.document_fromstring(words.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableFileError(
            f"{name!r} is not an HTML page.", remedy="Save the page anew."
        ) from error
    if any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log):
        raise UnreadableFileError(
            f"{name!r} is nested too deeply to be read whole.",
            remedy="Open it in a browser, and print it as PDF.",
        )
    return tree


def problems_of(told: Told, article: Article | None = None) -> tuple[str, ...]:
    """What of a page is not in its text, in plain words."""
    found = []
    if article is not None and article.problem:
        found.append(article.problem)
    if article is not None and article.has_pay_wall:
        found.append("the page asks to pay or to log in: it may not hold the whole article")
    struck = [words for words in told.struck if words]
    if struck:
        shown = ", ".join(f"“{_short(words)}”" for words in struck[:3])
        more = f" and {len(struck) - 3} more" if len(struck) > 3 else ""
        found.append(f"words that are struck out were left out: {shown}{more}")
    if told.hidden_words:
        found.append(f"{told.hidden_words} words that the page hides were left out")
    signs = list(dict.fromkeys(told.signs))
    if signs:
        shown = ", ".join(signs[:5]) + (", …" if len(signs) > 5 else "")
        found.append(f"the notes of these signs are not in it: {shown}")
    return tuple(found)


def _short(words: str) -> str:
    return words if len(words) <= _MAX_SHOWN else f"{words[:_MAX_SHOWN].rstrip()}…"


def _add_headline(tree: Any, article: Article, builder: PageBuilder) -> None:
    """The page's one headline, where it stands outside of its article."""
    if next(article.root.iter("h1"), None) is not None:
        return
    headlines = [one for one in tree.iter("h1") if not page.is_hidden(one)]
    if len(headlines) == 1:
        words = page.words_of(headlines[0])
        title = page.words_of(tree.find(".//title")) if tree.find(".//title") is not None else ""
        if words and words.casefold() in title.casefold():
            builder.heading(words)


def _refuse_empty(tree: Any, body: str, name: str) -> None:
    """Refuse a page that is filled by its scripts."""
    words = body.split()
    scripts = next(tree.iter("script"), None) is not None
    asks = " ".join("".join(one.itertext()) for one in tree.iter("noscript"))
    is_short = len(words) < _FEW_WORDS
    waits = any(
        (one.get("id") or "") in _MOUNTS and len(page.words_of(one).split()) < _FEW_WORDS
        for one in tree.iter("div", "main")
    )
    if (len(words) < _NOTICE_WORDS and _JAVASCRIPT.search(body)) or (
        is_short and not _is_sentence(body) and (waits or _JAVASCRIPT.search(asks) or scripts)
    ):
        raise UnreadableFileError(
            f"{name!r} holds no words: its page is written by JavaScript when it is opened.",
            remedy="Open it in a browser, wait until it shows, and save it as a complete page"
            " or print it as PDF.",
        )


def _is_sentence(body: str) -> bool:
    return any(len(line.split()) >= 4 and line.rstrip()[-1:] in ".!?…" for line in body.split("\n"))
