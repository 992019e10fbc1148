"""What of the passages a model is sent: whole ones, and of the last one the best sentences."""

from collections.abc import Mapping, Sequence
from itertools import chain

from index.passages import Passage, TokenCounter
from sources.source import Span

FRAME_TOKENS = 30
"""What the marks around one passage take."""
MARGIN = 1.3
"""A model's own pieces against those that are counted: it may cut words more finely."""


def fill(
    passages: Sequence[Passage],
    *,
    best: Mapping[str, Span],
    room_tokens: int,
    count_tokens: TokenCounter,
) -> tuple[Passage, ...]:
    """As much of `passages`, best first, as there is room for; at least one sentence.

    The first that does not fit whole is cut to the run of its sentences that fits around the
    `best` one (by the passage's id), and nothing after it is taken. The order in which the
    search put them is never changed: a smaller passage further down is not taken instead.
    """
    kept: list[Passage] = []
    room = float(room_tokens)
    for passage in passages:
        words = [passage.words_of(sentence) for sentence in passage.sentences]
        tokens = [MARGIN * count for count in count_tokens(words)]
        room -= FRAME_TOKENS
        if sum(tokens) > room:
            run = _run(passage, tokens, best.get(passage.id), room)
            if run is not None or not kept:
                kept.append(_cut(passage, run or _only(_middle(passage, best.get(passage.id)))))
            break
        kept.append(passage)
        room -= sum(tokens)
    return tuple(kept)


def _run(passage: Passage, tokens: Sequence[float], best: Span | None, room: float) -> range | None:
    """The sentences around the best one, its neighbours in turn; `None` without room for it."""
    middle = _middle(passage, best)
    if tokens[middle] > room:
        return None
    first = last = middle
    room -= tokens[middle]
    grown = True
    while grown:
        grown = False
        if last + 1 < len(tokens) and tokens[last + 1] <= room:
            last += 1
            room -= tokens[last]
            grown = True
        if first > 0 and tokens[first - 1] <= room:
            first -= 1
            room -= tokens[first]
            grown = True
    return range(first, last + 1)


def _middle(passage: Passage, best: Span | None) -> int:
    overlapping = (
        place
        for place, sentence in enumerate(passage.sentences)
        if best is not None and sentence.overlaps(best)
    )
    return next(chain(overlapping, (0,)))


def _only(place: int) -> range:
    return range(place, place + 1)


def _cut(passage: Passage, run: range) -> Passage:
    sentences = passage.sentences[run.start : run.stop]
    content = passage.content[
        sentences[0].start - passage.start : sentences[-1].end - passage.start
    ]
    return Passage(passage.source, passage.number, sentences, content)
