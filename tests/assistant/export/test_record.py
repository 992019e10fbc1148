"""The record of a document's lines, without a document."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from assistant.export.footnotes import comparable
from assistant.export.reading import Noted, Written, WrittenLine
from assistant.export.record import LineFinding, hold_against_record, make_record

LINES = st.lists(
    st.builds(
        WrittenLine,
        st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1),
        st.lists(st.just(Noted("", "a note")), max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=60,
)


def held(record_of: list[WrittenLine], lines: list[WrittenLine]) -> tuple[LineFinding, ...]:
    record = " ".join(make_record(record_of).values())
    found = hold_against_record(Written(tuple(lines), record))
    return tuple(one for one in found if one.contradicts)


@given(LINES)
def test_lines_as_they_were_recorded_are_no_finding(lines: list[WrittenLine]) -> None:
    assert held(lines, lines) == ()
    assert all(len(value) <= 240 for value in make_record(lines).values())


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_lines_is_free(lines: list[WrittenLine], random: Random) -> None:
    assert held(lines, random.sample(lines, len(lines))) == ()


@given(
    LINES.filter(lambda lines: len({comparable(one.words) for one in lines}) == len(lines)),
    st.data(),
)
def test_a_line_that_is_gone_and_one_that_came_are_each_found(
    lines: list[WrittenLine], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    rest = lines[:at] + lines[at + 1 :]
    is_own = lines[at].words.rstrip().endswith("(author)")
    if rest:
        assert [one.standing for one in held(lines, rest)] == ([] if is_own else ["missing"])
    came = [*lines[:at], WrittenLine("A line that came."), *lines[at:]]
    assert [one.standing for one in held(lines, came)] == ["added"]


def test_marks_and_spaces_that_an_editor_evens_out_are_no_change() -> None:
    before = [WrittenLine("He said  “yes”.")]
    assert held(before, [WrittenLine('He said "yes".')]) == ()
