"""Thoughts are told from answers, however the pieces are cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.thinking import ThoughtFilter

ANSWER = "The plan keeps [1] troops. <b> and a < b stay."
THOUGHT = "Let me see [2]. Is a <tag> here?"
WAYS = {
    "no thought": (ANSWER, 0),
    "tags": (f"<think>\n{THOUGHT}</think>{ANSWER}", len(THOUGHT) + 1),
    "other tags": (f"[THINK]{THOUGHT}[/THINK]{ANSWER}", len(THOUGHT)),
    "no first tag": (f"{THOUGHT}</think>{ANSWER}", len(THOUGHT)),
    "harmony": (
        f"<|channel|>analysis<|message|>{THOUGHT}<|end|><|start|>assistant<|channel|>final"
        f"<|message|>{ANSWER}<|return|>",
        len(THOUGHT),
    ),
    "harmony with a commentary": (
        f"<|start|>assistant<|channel|>commentary<|message|>{THOUGHT}<|end|>"
        f"<|start|>assistant<|channel|>final <|constrain|>text<|message|>{ANSWER}",
        len(THOUGHT),
    ),
    "harmony without its marks": (f"analysis{THOUGHT}assistantfinal{ANSWER}", len(THOUGHT)),
    "two thoughts": (f"<think>{THOUGHT}</think><think>x</think>{ANSWER}", len(THOUGHT) + 1),
    "a mark of the template": (f"{ANSWER}<|im_end|>", 0),
}


def _read(pieces: list[str]) -> tuple[str, int]:
    filtering, shown = ThoughtFilter(), ""
    for piece in pieces:
        words, is_anew = filtering.feed(piece)
        shown = words if is_anew else shown + words
    return shown + filtering.end(), filtering.characters


@pytest.mark.parametrize("way", WAYS)
def test_a_thought_is_counted_and_not_shown(way: str) -> None:
    said, thought = WAYS[way]
    assert _read([said]) == (ANSWER, thought)
    assert _read(list(said)) == (ANSWER, thought)


@given(way=st.sampled_from(sorted(WAYS)), cuts=st.lists(st.integers(1, 120), max_size=8))
def test_any_cutting_tells_the_same(way: str, cuts: list[int]) -> None:
    said, thought = WAYS[way]
    places = sorted({0, len(said), *(cut for cut in cuts if cut < len(said))})
    assert _read([said[a:b] for a, b in pairwise(places)]) == (ANSWER, thought)


@pytest.mark.parametrize(
    "said", [f"<think>{THOUGHT}", f"<|channel|>analysis<|message|>{THOUGHT}", f"analysis{THOUGHT}"]
)
def test_a_thought_without_an_end_is_no_answer(said: str) -> None:
    shown, thought = _read(list(said))
    assert (shown, thought) == ("", len(THOUGHT))


@given(st.text(alphabet="ab <>/|[]thinkTHINK◁▷.", max_size=60))
def test_whatever_comes_is_read_the_same_in_one_piece_and_in_many(said: str) -> None:
    shown, thought = _read(list(said))
    assert len(shown) + thought <= len(said)
    assert _read([said]) == (shown, thought)
