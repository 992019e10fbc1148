"""Passages: consecutive sentences of one text, the unit that is embedded and searched."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sources.source import Sentence, Span, Text

CUTTING = "sentences-2"
"""Names the way of cutting; an index records it, and a new way is a new name."""

TokenCounter = Callable[[Sequence[str]], Sequence[int]]
"""How many word pieces each text has, without the model's own start and end marks."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice ``text[start:end]`` of a source's text and the sentences in it."""

    source: str
    """The slug of the source."""
    number: int
    """Its place among the source's passages, from 0."""
    sentences: tuple[Sentence, ...]
    """In order; offsets count characters of the source's text, not of the passage."""
    content: str

    def __post_init__(self) -> None:
        if not self.sentences or len(self.content) != self.end - self.start:
            raise ValueError(f"passage {self.id} is not the slice its sentences span")

    @property
    def id(self) -> str:
        """Unique in a library: the source's slug and the passage's number."""
        return f"{self.source}#{self.number}"

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end

    @property
    def sentence_bounds(self) -> tuple[tuple[int, int], ...]:
        """From and to of each sentence, in characters of the passage's own content."""
        return tuple((span.start - self.start, span.end - self.start) for span in self.sentences)

    def words_of(self, span: Span) -> str:
        """The words of a span of the source's text that lies in this passage."""
        if not (self.start <= span.start and span.end <= self.end):
            raise ValueError(f"{span} is not in passage {self.id}")
        return self.content[span.start - self.start : span.end - self.start]

    def around(self, sentence: Sentence, *, max_chars: int) -> "Passage":
        """The part of it around one of its sentences: neighbours before and after, as fit.

        At most `max_chars`, unless the sentence alone is longer.
        """
        first = last = self.sentences.index(sentence)

        def fits(first: int, last: int) -> bool:
            if first < 0 or last == len(self.sentences):
                return False
            return self.sentences[last].end - self.sentences[first].start <= max_chars

        while (before := fits(first - 1, last)) or fits(first, last + 1):
            first -= before
            last += fits(first, last + 1)
        part = self.sentences[first : last + 1]
        return Passage(
            self.source, self.number, part, self.words_of(Span(part[0].start, part[-1].end))
        )


def source_of(passage_id: str) -> str:
    """The slug of the source that the passage of that id is of."""
    return passage_id.rpartition("#")[0]


def cut_into_passages(
    text: Text, *, source: str, max_tokens: int, count_tokens: TokenCounter
) -> tuple[Passage, ...]:
    """Passages of whole sentences, each of at most `max_tokens` word pieces, in order.

    Every sentence is in exactly one passage. A sentence that is too long by itself is cut
    at white space (or, in a run without any, where it must be) into pieces that fit.
    """
    pieces = [
        piece
        for sentence, tokens in zip(
            text.sentences,
            count_tokens([sentence.of(text.content) for sentence in text.sentences]),
            strict=True,
        )
        for piece in _fit(sentence, tokens, text.content, max_tokens, count_tokens)
    ]
    return tuple(
        Passage(
            source=source,
            number=number,
            sentences=tuple(group),
            content=text.content[group[0].start : group[-1].end],
        )
        for number, group in enumerate(_fill(pieces, max_tokens))
    )


def _fill(pieces: Iterable[tuple[Sentence, int]], max_tokens: int) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    filled = 0
    for sentence, tokens in pieces:
        if group and filled + tokens > max_tokens:
            yield group
            group, filled = [], 0
        group.append(sentence)
        filled += tokens
    if group:
        yield group


def _fit(
    sentence: Sentence, tokens: int, content: str, max_tokens: int, count_tokens: TokenCounter
) -> Iterator[tuple[Sentence, int]]:
    """Halve a sentence that is too long, near its middle, until every piece fits."""
    if tokens <= max_tokens or len(sentence) == 1:
        yield sentence, tokens
        return
    middle = sentence.start + len(sentence) // 2
    gap = next(
        (
            at
            for distance in range(len(sentence) // 4)
            for at in (middle + distance, middle - distance)
            if content[at].isspace()
        ),
        middle,
    )
    halves = [
        Sentence(start, end)
        for start, end in (
            (sentence.start, _skip_back(content, gap)),
            (_skip_on(content, gap), sentence.end),
        )
    ]
    for half, half_tokens in zip(
        halves, count_tokens([half.of(content) for half in halves]), strict=True
    ):
        yield from _fit(half, half_tokens, content, max_tokens, count_tokens)


def _skip_back(content: str, at: int) -> int:
    while content[at - 1].isspace():
        at -= 1
    return at


def _skip_on(content: str, at: int) -> int:
    while content[at].isspace():
        at += 1
    return at
