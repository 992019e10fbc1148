"""The words of a sentence with their places, each run of quoted words as one token.

What is inside quotation marks is somebody's words: no attribution is ever read there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sources.source import Span

_TOKEN = re.compile(
    r"""
      (?:[^\W\d_]\.){2,}                                   # U.S., J.D.
    | (?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Gov|Rep|St|Lt|Col|Sgt)\.
    | [^\W\d_]\.(?=\s[A-Z])                                # an initial
    | [$€£]?\d[\d,.]*\d(?:[-–][^\W\d_]+)* | [$€£]?\d(?:[-–][^\W\d_]+)*
    | [^\W_]+(?:[’'\-.&][^\W_]+)*(?:[’'](?!\w))?
    | \S
    """,
    re.VERBOSE,
)
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_BEFORE_QUOTATION = frozenset(" \t\n\u00a0([—–-‘'“")
MIN_QUOTED_WORDS = 3
"""Fewer words between quotation marks are a turn of phrase, not a quotation."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, a mark, or a whole quotation (then `quoted` is its span)."""

    text: str
    start: int
    end: int
    quoted: Span | None = None

    @property
    def is_word(self) -> bool:
        return self.quoted is None and (self.text[0].isalnum() or self.text[0] in "$€£")

    @property
    def is_capitalised(self) -> bool:
        return self.is_word and self.text[0].isupper()

    @property
    def low(self) -> str:
        return self.text.casefold()


def find_quotations(content: str) -> tuple[Span, ...]:
    """The words between quotation marks, without the marks, in order.

    A curly quotation that is not closed in its paragraph goes to the paragraph's end; a
    straight one is none, since a lost mark would put the rest in somebody's mouth.
    Quotations of fewer than `MIN_QUOTED_WORDS` words are left out unless they end with a
    mark that ends what is said.
    """
    found: list[Span] = []
    for paragraph in _paragraphs(content):
        opened: int | None = None
        for at in range(paragraph.start, paragraph.end):
            mark = content[at]
            opens = mark == '"' and (at == paragraph.start or content[at - 1] in _BEFORE_QUOTATION)
            if (mark == "“" and opened is None) or opens:
                opened = at
            elif mark in '”"' and opened is not None:
                if opened + 1 < at:
                    found.append(Span(opened + 1, at))
                opened = None
        if opened is not None and content[opened] == "“" and opened + 1 < paragraph.end:
            found.append(Span(opened + 1, paragraph.end))
    return tuple(span for span in found if _is_speech(span.of(content)))


def tokenise(content: str, span: Span, quotations: Sequence[Span]) -> tuple[Token, ...]:
    """The tokens of `span`; the part of a quotation that lies in it is one token."""
    tokens: list[Token] = []
    at = span.start
    for quotation in quotations:
        if not quotation.overlaps(span):
            continue
        inside = Span(max(quotation.start, span.start), min(quotation.end, span.end))
        tokens.extend(_words(content, at, inside.start))
        tokens.append(Token(inside.of(content), inside.start, inside.end, inside))
        at = inside.end
    tokens.extend(_words(content, at, span.end))
    return tuple(tokens)


def _words(content: str, start: int, end: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(content, start, end):
        yield Token(found.group(), found.start(), found.end())


def _paragraphs(content: str) -> Iterator[Span]:
    start = 0
    for gap in _PARAGRAPH.finditer(content):
        if start < gap.start():
            yield Span(start, gap.start())
        start = gap.end()
    if start < len(content):
        yield Span(start, len(content))


def _is_speech(words: str) -> bool:
    return len(words.split()) >= MIN_QUOTED_WORDS or words.rstrip().endswith((",", ".", "!", "?"))
