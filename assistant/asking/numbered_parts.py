"""The numbered part of a document that a question names: "Article 9(2)", "Annex A".

Pure reading of words, of the question and of the lines of a text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sources.source import Block

_KINDS = {
    "annex": ("annexe", "appendix", "schedule"),
    "part": (),
    "chapter": (),
    "section": ("sect.", "§"),
    "article": ("art.",),
    "paragraph": ("para.", "para", "clause", "point", "item"),
}
"""Kinds of parts, the widest first, with other words for them."""
_RANK = {
    word: rank for rank, (kind, others) in enumerate(_KINDS.items()) for word in (kind, *others)
}
_WORD = "|".join(re.escape(word) for word in sorted(_RANK, key=len, reverse=True))
_NUMBER = r"(?:\d{1,4}[a-z]?|[IVXLC]{1,7}|[A-Z])"
_NAMED = re.compile(
    rf"(?<!\w)(?:(?:paragraph|para\.?|point) \(?(?P<inner>\d{{1,3}}|[a-z])\)? (?:of|in) )?"
    rf"(?P<whole>(?P<word>(?i:{_WORD}))\s?(?P<number>{_NUMBER}))(?![\w’'])"
    rf"(?:\s?\((?P<sub>\d{{1,3}}|[a-z])\))?(?! million| billion| thousand|%)"
    rf"(?: (?:of|in|under|from) "
    rf"(?P<of>[^?,.]+?)(?= (?:says?|states?|provides?|about|on|mean|contain)\b|[?,.]|$))?"
)
_OWNER = re.compile(r"\b([A-Z][\w.-]*)['’]s $")
_ASKS_FOR_WORDS = re.compile(
    r"\b(?:wording|text|content|contents)\b|\b(?:what|which)\b.*\b(?:says?|said|states?|stated"
    r"|provides?|contains?|requires?|stipulates?|regulates?|covers?|about)\b"
    r"|\bwhat(?:['’]s| is| are| stands?) (?:in|under)\b"
    r"|^(?:please )?(?:show|quote|read|give|cite)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    rf"^[ \t]*(?:#{{1,6}}[ \t]*)?[*_]{{0,2}}(?P<word>(?i:{_WORD}))\s?(?P<number>{_NUMBER})(?!\w)"
    r"(?=[ \t]*(?:[*_]|$|[–—:.|([“\"]|-[ \t]|[A-Z]))",
    re.MULTILINE,
)
_MARKED = re.compile(r"^(?P<marks>#{1,6})[ \t]", re.MULTILINE)
_OWN_NUMBER = re.compile(r"^[ \t]*(?:\((?P<a>\d{1,3}|[a-z])\)|(?P<b>\d{1,3}|[a-z])[.)])[ \t]", re.M)


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A part of a document, as a question names it."""

    called: str
    """As the question writes it: "Article 9"."""
    word: str
    """Its kind in small letters: "article"."""
    number: str
    """In small letters."""
    inner: str | None = None
    """The number of a paragraph in it: "2" of "Article 9(2)"."""
    of: str = ""
    """The document that it is a part of, where the question says so."""
    is_asked: bool = False
    """Whether it is its own words that are asked for."""

    @property
    def name(self) -> str:
        return f"{self.called}({self.inner})" if self.inner else self.called


@dataclass(frozen=True, slots=True)
class Stretch:
    """From and to in a text, half open: a part with its heading line."""

    start: int
    end: int
    heading_end: int
    """Where the line that names it ends."""


def spellings_of(part: NumberedPart) -> tuple[str, ...]:
    """The ways in which a text may write its name: "article 5", "art. 5"."""
    rank = _RANK[part.word]
    return tuple(f"{word} {part.number}" for word, other in _RANK.items() if other == rank)


def numbered_part(question: str) -> NumberedPart | None:
    """The first numbered part that `question` names; `None` where it names none.

    A part with a letter is written large: "Annex A", and not "the part I read".
    """
    found = _NAMED.search(question)
    if found is None or (found["number"].isalpha() and found["word"].islower()):
        return None
    owner = _OWNER.search(question[: found.start()])
    bare = question[: found.start()].strip(' “"') == ""
    return NumberedPart(
        called=found["whole"],
        word=found["word"].lower(),
        number=found["number"].lower(),
        inner=found["sub"] or found["inner"],
        of=found["of"] or (owner[1] if owner else ""),
        is_asked=bare or _ASKS_FOR_WORDS.search(question) is not None,
    )


def find_stretches(
    part: NumberedPart, content: str, blocks: Sequence[Block] = ()
) -> tuple[Stretch, ...]:
    """Where in a text the part itself stands; empty where it is at most mentioned.

    It begins with a line that begins with its name and ends before the next part of its kind
    or of a wider one, or before a heading (of `blocks`, or with Markdown's marks) that is not
    below its own.
    """
    openings = list(_OPENS.finditer(content))
    levels = {found.start(): len(found["marks"]) for found in _MARKED.finditer(content)}
    levels |= {block.start: block.level for block in blocks if block.kind == "heading"}
    found: list[Stretch] = []
    for opening in openings:
        if not _is_it(opening, part):
            continue
        rank = _RANK[part.word]
        ends = [
            other.start()
            for other in openings
            if other.start() > opening.start() and _RANK[other["word"].lower()] <= rank
        ]
        level = levels.get(opening.start())
        if level is not None:
            ends += [
                start
                for start, other in levels.items()
                if start >= opening.end() and other <= level
            ]
        end = min(ends, default=len(content))
        line_end = content.find("\n", opening.end(), end)
        stretch = Stretch(opening.start(), end, end if line_end < 0 else line_end)
        inner = stretch if part.inner is None else _inside(stretch, part.inner, content)
        if inner is not None:
            found.append(inner)
    return tuple(found)


def _is_it(opening: re.Match[str], part: NumberedPart) -> bool:
    same_kind = _RANK[opening["word"].lower()] == _RANK[part.word]
    return same_kind and opening["number"].lower() == part.number


def _inside(whole: Stretch, number: str, content: str) -> Stretch | None:
    """The paragraph of that number within a part."""
    numbered = list(_OWN_NUMBER.finditer(content, whole.heading_end, whole.end))
    for place, one in enumerate(numbered):
        if (one["a"] or one["b"]) == number:
            ends = [after.start() for after in numbered[place + 1 :]]
            return Stretch(one.start(), min(ends, default=whole.end), one.start())
    return None
