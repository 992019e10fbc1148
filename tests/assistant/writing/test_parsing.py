"""The stream taken apart: the same sentences however it is cut into pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.parsing import StatementStream, Written

ANSWER = (
    "Zelensky said the plan may not be perfect [1]. U.S. envoys met in Miami. [2][3]\n"
    "- About 30 countries would help【1】. **Some** would send troops (2)."
)
WHOLE = (
    Written("Zelensky said the plan may not be perfect.", (1,)),
    Written("U.S. envoys met in Miami.", (2, 3)),
    Written("About 30 countries would help.", (1,)),
    Written("Some would send troops.", (2,)),
)


def _read(pieces: list[str], known: int = 3) -> tuple[Written, ...]:
    stream = StatementStream(known)
    found = [one for piece in pieces for one in stream.feed(piece)]
    return (*found, *stream.end())


def test_an_answer_at_once_is_its_sentences() -> None:
    assert _read([ANSWER]) == WHOLE


def test_one_character_at_a_time_gives_the_same() -> None:
    assert _read(list(ANSWER)) == WHOLE


@given(st.lists(st.integers(1, len(ANSWER) - 1), max_size=8))
def test_any_cutting_gives_the_same(cuts: list[int]) -> None:
    places = [0, *sorted(set(cuts)), len(ANSWER)]
    assert _read([ANSWER[a:b] for a, b in pairwise(places)]) == WHOLE


@pytest.mark.parametrize(
    ("written", "words", "keys"),
    [
        ("It holds [9].", "It holds.", ()),
        ("It holds [1, 9].", "It holds.", (1,)),
        ("It holds (2022).", "It holds (2022).", ()),
        ("He said “see [1] there” [2].", "He said “see [1] there”.", (2,)),
        ("The call `a[1]` is code [2].", "The call `a[1]` is code.", (2,)),
        ("It holds [1;2].", "It holds.", (1, 2)),
        ("It holds 【1†source】.", "It holds.", (1,)),
    ],
)
def test_odd_keys_are_read_or_left_alone(written: str, words: str, keys: tuple[int, ...]) -> None:
    assert _read([written]) == (Written(words, keys),)


def test_a_sentence_without_its_end_is_not_given_out() -> None:
    assert _read(["It holds [1]. And then it bre"]) == (Written("It holds.", (1,)),)


def test_a_key_on_its_way_is_waited_for() -> None:
    stream = StatementStream(3)
    assert stream.feed("It holds. ") == ()
    assert stream.feed("[") == ()
    assert stream.feed("1] More") == (Written("It holds.", (1,)),)
