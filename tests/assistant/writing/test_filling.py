"""What of the passages is sent, counted in words of the made-up sentences."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.filling import FRAME_TOKENS, MARGIN, fill
from index.passages import Passage
from sources.source import Sentence, Span

FOUR = "One two. Three four. Five six. Seven eight."


def _count(texts: Sequence[str]) -> tuple[int, ...]:
    return tuple(len(text.split()) for text in texts)


def _passage(number: int) -> Passage:
    spans = (Sentence(0, 8), Sentence(9, 20), Sentence(21, 30), Sentence(31, 43))
    return Passage("a", number, spans, FOUR)


def _room(words: int, *, passages: int) -> int:
    return round(MARGIN * words + FRAME_TOKENS * passages + 0.5)


def _fill(room_tokens: int, best: Span | None = None) -> list[str]:
    passages = [_passage(0), _passage(1)]
    spans = {} if best is None else {"a#0": best, "a#1": best}
    found = fill(passages, best=spans, room_tokens=room_tokens, count_tokens=_count)
    return [passage.content for passage in found]


def test_everything_that_fits_is_sent_whole() -> None:
    assert _fill(_room(16, passages=2)) == [FOUR, FOUR]


def test_the_last_passage_is_cut_to_the_sentences_around_its_best() -> None:
    room = _room(8 + 4, passages=2)
    assert _fill(room, best=Span(21, 30)) == [FOUR, "Five six. Seven eight."]
    assert _fill(room) == [FOUR, "One two. Three four."]


def test_one_sentence_is_sent_however_little_room_there_is() -> None:
    assert _fill(1, best=Span(9, 20)) == ["Three four."]


@given(room=st.integers(0, 200), start=st.integers(0, 42))
def test_what_is_sent_is_a_slice_with_the_best_sentence_and_fits(room: int, start: int) -> None:
    found = _fill(room, best=Span(start, start + 1))
    assert all(content in FOUR for content in found)
    if len(found) > 1:
        words = sum(_count(found))
        assert MARGIN * words + FRAME_TOKENS * len(found) <= room
