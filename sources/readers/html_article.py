"""Which part of a page is its article: where most of what trafilatura keeps stands.

trafilatura decides well what the article is, and renders it with loss; so it is asked for the
place alone, and the page's own tree is read there. What is around an article in a page is in
`html_page`.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sources.readers import html_page as page

_KEY_CHARS = 48
_MOST = 0.9
"""The article is the smallest element that holds this share of what trafilatura keeps."""
_DENSE = 0.5
"""An element is taken whole where so much of its words is in the article found so far."""
_NOT_ALNUM = re.compile(r"[\W_]+")
_MUCH = 0.25
_MIN_UNREAD_WORDS = 30
_MAX_ARTICLE_CHARS = 1_000_000
_LINKED = 0.5
_FEW_LINKS = 0.3
_SENTENCE_WORDS = 8
_MAX_NOTICE_CHARS = 600
_OF_TABLES = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th"])


@dataclass(frozen=True, slots=True)
class Article:
    """Where it is, and what in it is none of it."""

    root: Any
    left_out: frozenset[Any]
    kept: frozenset[str]
    """How the blocks that trafilatura keeps begin, as `key` gives it."""
    outside_words: int
    """In paragraphs that stand outside it, and outside all that is told to be around it."""
    inside_words: int
    has_pay_wall: bool

    @property
    def problem(self) -> str | None:
        """What is to be told where much of the page was taken to be no part of the article."""
        whole = self.outside_words + self.inside_words
        if self.outside_words < max(_MIN_UNREAD_WORDS, _MUCH * whole):
            return None
        return (
            f"about {self.outside_words} of {whole} words of the page were taken for what is"
            " around the article, and left out"
        )


def find_article(tree: Any) -> Article:
    """The article of the page `tree`; its whole body where nothing else can be told."""
    body = tree.find("body") if tree.tag == "html" else tree
    body = tree if body is None else body
    sizes = _sizes(body)
    around, pay_wall = _around(body, sizes)
    # A page as long as a book is a document, and trafilatura takes half a minute over it.
    kept = _kept(tree) if sizes[body].whole <= _MAX_ARTICLE_CHARS else frozenset()
    words = _words_apart(body, around)
    root = _root(body, kept, words, around)
    if any(root is one for one in around):
        around -= {root}
    return Article(
        root, around, kept, _outside(body, root, around, sizes), words.get(root, 0), pay_wall
    )


@dataclass(slots=True)
class _Size:
    """Characters of words in an element, and of those the ones in links."""

    whole: int = 0
    linked: int = 0

    @property
    def linked_share(self) -> float:
        return self.linked / self.whole if self.whole else 0.0


def _sizes(body: Any) -> dict[Any, _Size]:
    found: dict[Any, _Size] = {}
    for element, own in _in_order(body, frozenset()):
        size = found.setdefault(element, _Size())
        size.whole += own
        if element.tag == "a" and element.get("href"):
            size.linked = size.whole
        if element is not body:
            above = found.setdefault(element.getparent(), _Size())
            above.whole += size.whole
            above.linked += size.linked
    return found


def key(words: str) -> str:
    """What a block is known by: how its letters and digits begin."""
    return _NOT_ALNUM.sub("", words[: 4 * _KEY_CHARS]).casefold()[:_KEY_CHARS]


def _kept(tree: Any) -> frozenset[str]:
    from trafilatura import bare_extraction

    copy = deepcopy(tree)
    for cell in copy.iter("td", "th"):  # it writes out each column that a cell claims to span
        cell.attrib.pop("colspan", None)
        cell.attrib.pop("rowspan", None)
    try:
        found: Any = bare_extraction(copy, include_comments=False, include_tables=True)
    except RecursionError:
        return frozenset()
    if found is None or found.body is None:
        return frozenset()
    keys = set()
    for one in found.body.iter("p", "head", "item", "cell", "quote", "code"):
        keys.add(key("".join(one.itertext())))
    return frozenset(keys - {""})


def _around(body: Any, sizes: dict[Any, _Size]) -> tuple[frozenset[Any], bool]:
    """Elements around the article, outermost only, and whether one of them is a pay wall."""
    found: set[Any] = set()
    pay_wall = False
    waiting = [body]
    while waiting:
        element = waiting.pop()
        for child in element:
            if not isinstance(child.tag, str) or child.tag in page.NEVER_TEXT:
                continue
            size = sizes[child]
            is_short = 0 < size.whole <= _MAX_NOTICE_CHARS and _is_notice_kind(child)
            words = page.words_of(child) if is_short else ""
            is_wall = is_short and page.is_pay_wall(child, words)
            if _is_around(child, words, size, sizes[body].whole, is_wall=is_wall):
                pay_wall = pay_wall or is_wall
                found.add(child)
            else:
                waiting.append(child)
    return frozenset(found), pay_wall


def _is_around(element: Any, words: str, size: _Size, total: int, *, is_wall: bool) -> bool:
    # What holds most of a page's words is its article, however it is named.
    is_most = 2 * size.whole > total
    if page.is_named_around(element) and (not is_most or page.is_comments(element)):
        return True
    if element.tag == "aside" and size.linked_share > _LINKED and not is_most:
        return True
    if not words:
        return False
    if page.is_notice(words) or (page.leads_elsewhere(words, size.linked_share) and not is_most):
        return True
    return is_wall and not is_most


def _is_notice_kind(element: Any) -> bool:
    return element.tag in page.BLOCKS and element.tag not in _OF_TABLES


def _words_apart(body: Any, around: frozenset[Any]) -> dict[Any, int]:
    """How many words outside links each element has, what is around the article left out."""
    words: dict[Any, int] = {}
    for element, own in _in_order(body, around, as_words=True):
        words[element] = words.get(element, 0) + (0 if element.tag == "a" else own)
        if element is not body:
            above = element.getparent()
            words[above] = words.get(above, 0) + words[element]
    return words


def _in_order(
    body: Any, left_out: frozenset[Any], *, as_words: bool = False
) -> Iterator[tuple[Any, int]]:
    """Every element after all that is in it, with how much is directly in it: characters of
    words, or words."""

    def amount(text: str | None) -> int:
        words = (text or "").split()
        return len(words) if as_words else sum(map(len, words))

    waiting: list[tuple[Any, bool]] = [(body, False)]
    while waiting:
        element, is_entered = waiting.pop()
        if is_entered:
            yield element, amount(element.text) + sum(amount(child.tail) for child in element)
            continue
        waiting.append((element, True))
        waiting.extend(
            (child, False)
            for child in element
            if isinstance(child.tag, str)
            and child.tag not in page.NEVER_TEXT
            and child not in left_out
        )


def _root(body: Any, kept: frozenset[str], words: dict[Any, int], around: frozenset[Any]) -> Any:
    weights: dict[Any, int] = {}
    for element in words:
        if element.tag not in page.BLOCKS or any(child.tag in page.BLOCKS for child in element):
            continue
        said = page.words_of(element)
        if said and key(said) in kept:
            for one in (element, *element.iterancestors()):
                weights[one] = weights.get(one, 0) + len(said)
    total = weights.get(body, 0)
    if not total:
        return _declared(body, around)
    found = body
    while inner := [child for child in found if weights.get(child, 0) >= _MOST * total]:
        found = inner[0]
    for tag in ("article", "main"):
        holding = [one for one in (found, *found.iterancestors()) if _is(one, tag)]
        if holding:
            return holding[0]
    while found is not body and (
        found.tag not in ("div", "section", "td", "body")
        or words[found] >= _DENSE * words[found.getparent()]
    ):
        found = found.getparent()
    return found


def _declared(body: Any, around: frozenset[Any]) -> Any:
    for tag in ("article", "main"):
        found = [one for one in body.iter() if _is(one, tag) and one not in around]
        if len(found) == 1:
            return found[0]
    return body


def _is(element: Any, tag: str) -> bool:
    return element.tag == tag or (tag == "main" and element.get("role") == "main")


def _outside(body: Any, root: Any, around: frozenset[Any], sizes: dict[Any, _Size]) -> int:
    """The words of paragraphs that neither the article nor anything known around it holds."""
    if root is body:
        return 0
    count = 0
    waiting = [body]
    while waiting:
        for child in waiting.pop():
            if child is root or child in around or child.tag not in page.BLOCKS:
                continue
            if child.tag in ("p", "li", "td", "blockquote", "dd"):
                words = page.words_of(child).split()
                if len(words) >= _SENTENCE_WORDS and sizes[child].linked_share < _FEW_LINKS:
                    count += len(words)
            elif child.tag not in ("header", "footer", "aside"):
                waiting.append(child)
    return count
