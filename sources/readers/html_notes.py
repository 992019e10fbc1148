"""Raised and lowered characters of a page: signs of notes, powers, ordinals, chemical formulas.

"250" with a raised 7 is not 2507: a sign of a note stands apart from the sentence, and the note's
text, where the page links to it or begins a paragraph with the same sign, is told after it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sources.readers import html_page as page

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SIGN = re.compile(
    r"[\[(]?\s*(?:\d{1,3}|[a-zа-яіїєґ]{1,2}|[ivxl]{1,5}|[*†‡§¶#]{1,4})\s*[\])]?", re.I
)
_SIGNS = re.compile(rf"{_SIGN.pattern}(?:\s*[,;–-]?\s*{_SIGN.pattern})*", re.IGNORECASE)
_ENDING = re.compile(
    r"(?:st|nd|rd|th|er|re|ère|ere|e|è|ème|eme|nde|º|ª|го|й|я|е|™|®|©|tm|sm)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?<![^\W\d_])(?:[µmcdkhn]?m|ft|yd|[кмсд]?м)$")
_POWER_OF_TEN = re.compile(r"[×·⋅x*]\s*10$|^\s*10$")
_PRICE = re.compile(r"(?:[€$£]|\b(?:EUR|USD|GBP|zł))\s?\d[\d.,' ]*$")
_VARIABLE = re.compile(r"(?<!['’\w])[a-z]$")
_LINK_NAMES = re.compile(r"foot-?note|fn-?ref|note-?ref|reference|cite|endnote|sdfootnote", re.I)
_TARGET_ID = re.compile(
    r"^_?(?:foot|end)?(?:fn|ftn|edn|note|cite|ref|anm|footnote|endnote|sd)", re.I
)
_BACK = re.compile(r"^[\s↑^↩︎⤴⬆a-z\d.,()\[\]*†‡]{0,12}$", re.IGNORECASE)
_BACK_NAMES = re.compile(r"back-?(?:ref|link)|footnote-back", re.IGNORECASE)
_ARROWS = re.compile(r"[\s↑^↩\ufe0e⤴⬆]+")
_MAX_NOTE_CHARS = 5_000
_HOLDERS = frozenset(["aside", "dd", "div", "li", "p", "td", "section"])


@dataclass(frozen=True, slots=True)
class Notes:
    """The texts of a page's notes, and the elements that hold them."""

    by_id: dict[str, Any]
    """Where each name that can be linked to is."""
    by_sign: dict[str, Any]
    """Paragraphs that begin with a raised sign, each sign once."""
    back: frozenset[Any] = frozenset()
    """Links to a place before them: from a note to its sign."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A sign in the text, and the element that holds its note's text, where that is known."""

    sign: str
    target: Any


def find_notes(tree: Any) -> Notes:
    """What the signs of the page `tree` can refer to."""
    by_id: dict[str, Any] = {}
    by_sign: dict[str, list[Any]] = {}
    back: set[Any] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                by_id.setdefault(name, element)
        if element.tag == "a":
            fragment = _fragment(element)
            if fragment in by_id and by_id[fragment] is not element:
                back.add(element)
        elif element.tag in ("p", "li", "dd", "td", "div"):
            sign = _leading_sign(element)
            if sign:
                by_sign.setdefault(sign, []).append(element)
    once = {sign: found[0] for sign, found in by_sign.items() if len(found) == 1}
    return Notes(by_id, once, frozenset(back))


def raised(element: Any, before: str, notes: Notes) -> str | tuple[Reference, ...]:
    """What a ``<sup>`` after the words `before` is: characters of the text, or signs of notes."""
    words = page.words_of(element)
    link = next(element.iter("a"), None)
    if link is None and element.getparent() is not None and element.getparent().tag == "a":
        link = element.getparent()
    is_linked = link is not None and "#" in (link.get("href") or "")
    if not words:
        return ""
    if not is_linked:
        if _ENDING.fullmatch(words) and re.search(r"[\w.]$", before):
            return words
        is_number = re.fullmatch(r"[-+−]?\d{1,3}", words) is not None
        if is_number and (
            words[0] in "-+−"
            or _POWER_OF_TEN.search(before)
            or (words in ("2", "3") and _UNIT.search(before))
            or (len(words) == 2 and _PRICE.search(before) and words not in notes.by_sign)
            or (_VARIABLE.search(before) and words not in notes.by_sign)
        ):
            return words.translate(_RAISED)
        if len(words) == 1 and words.isalpha() and _VARIABLE.search(before):
            return words.translate(_RAISED) if words in "ni" else f"^{words}"
    if _SIGNS.fullmatch(words) is None:
        return words if re.match(r"[\w.,]*$", words) is None else f" {words}"
    return tuple(_references(element, words, notes))


def lowered(element: Any) -> str:
    """What a ``<sub>`` is in the line: "₂" of CO₂."""
    words = page.words_of(element)
    return words.translate(_LOWERED) if re.fullmatch(r"[\d+\-−=()]+", words) else words


def linked_note(link: Any, notes: Notes) -> Reference | None:
    """The note that a link outside any ``<sup>`` refers to: "[3]"; `None` for any other link."""
    words = page.words_of(link)
    if len(words) > 6 or _SIGN.fullmatch(words) is None:
        return None
    fragment = _fragment(link)
    target = notes.by_id.get(fragment)
    if target is None or is_back_link(link, notes):
        return None
    named = [*page.names_of(link), link.get("role") or "", link.get("rel") or ""]
    is_note = (
        any(_LINK_NAMES.search(name) for name in named)
        or "noteref" in (link.get("role") or "")
        or _TARGET_ID.match(fragment) is not None
    )
    holder = holder_of(target) if is_note else None
    return None if holder is None else Reference(_bare(words), holder)


def _references(element: Any, words: str, notes: Notes) -> Iterator[Reference]:
    around = element.getparent()
    links = [*element.iter("a")] or ([around] if around is not None and around.tag == "a" else [])
    for link in links:
        if not is_back_link(link, notes):
            target = notes.by_id.get(_fragment(link))
            holder = None if target is None else holder_of(target)
            yield Reference(_bare(page.words_of(link)), holder)
    if not links:
        for found in re.finditer(r"[^\s,;\[\]()]+", words):
            yield Reference(found.group(), notes.by_sign.get(found.group()))


def _fragment(link: Any) -> str:
    return str((link.get("href") or "").partition("#")[2])


def holder_of(target: Any) -> Any:
    """The paragraph or list item that a note's name stands in; `None` where that is no note."""
    for element in (target, *target.iterancestors()):
        if element.tag in _HOLDERS:
            words = page.words_of(element)
            if words and not _BACK.match(words):
                return element if len(words) <= _MAX_NOTE_CHARS else None
        elif element.tag in page.BLOCKS:
            return None
    return None


def is_back_link(link: Any, notes: Notes) -> bool:
    """Whether a link in a note leads back to its sign: "↑", "^ a b", or the sign itself."""
    words = page.words_of(link)
    named = any(_BACK_NAMES.search(name) for name in page.names_of(link))
    if named or "backlink" in (link.get("role") or "") or _ARROWS.fullmatch(words):
        return True
    return link in notes.back and _SIGN.fullmatch(words) is not None


def without_sign(words: str, sign: str) -> str:
    """A note's words without the sign that they begin with."""
    return re.sub(
        rf"^\s*[\[(]?\s*{re.escape(sign)}\s*[\])]?\s*[.:)]?\s+|^[↑^\s]+", "", words, count=1
    )


def _leading_sign(element: Any) -> str | None:
    first = next(iter(element), None)
    if first is None or first.tag != "sup" or (element.text or "").strip():
        return None
    words = page.words_of(first)
    return _bare(words) if _SIGN.fullmatch(words) and (first.tail or "").strip() else None


def _bare(words: str) -> str:
    return words.strip().strip("[]()").strip()
