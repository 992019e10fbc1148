from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.segments import Highlight, Segment, cut, cut_within, lines, split_tail
from sources.source import Locator, Span


def test_a_highlight_and_a_mark_inside_it_cut_the_words() -> None:
    assert cut(
        "about 800,000 troops.",
        start=100,
        highlights=[Highlight(Span(100, 120), 2, current=True)],
        marks=[Span(106, 113)],
    ) == (
        Segment("about ", (2,), current=True, starts=True),
        Segment("800,000", (2,), current=True, marked=True),
        Segment(" troops", (2,), current=True, ends=(2,)),
        Segment("."),
    )


def _by_line(
    content: str, *, highlights: Sequence[Highlight] = (), pages: Sequence[Locator] = ()
) -> tuple[tuple[Segment, ...], ...]:
    return cut_within(content, lines(content), highlights=highlights, pages=pages)


def test_a_highlight_over_two_lines_is_shown_in_both() -> None:
    first, second = _by_line("One.\n\nTwo.", highlights=[Highlight(Span(0, 10), 1)])
    assert first == (Segment("One.", (1,)),)
    assert second == (Segment("Two.", (1,), ends=(1,)),)


def test_lines_without_words_are_left_out() -> None:
    assert _by_line("\n \nWords\n") == ((Segment("Words"),),)


def test_a_page_begins_where_its_first_word_stands() -> None:
    pages = [Locator(0, "page", "iv"), Locator(9, "page", "v"), Locator(16, "page", "vi")]
    assert _by_line("Four and five\n\n\nsix", pages=pages) == (
        (Segment("Four and ", pages=("iv",)), Segment("five", pages=("v",))),
        (Segment("six", pages=("vi",)),),
    )


def test_an_empty_page_and_one_that_begins_between_lines_begin_with_the_next_words() -> None:
    pages = [Locator(3, "page", "2"), Locator(5, "page", "3"), Locator(5, "page", "4")]
    assert _by_line("One\n\nfour", pages=pages) == (
        (Segment("One"),),
        (Segment("four", pages=("2", "3", "4")),),
    )


def test_the_last_word_is_split_off_with_its_mark() -> None:
    segments = (Segment("Kept at "), Segment("800,000 troops.", marked=True))
    assert split_tail(segments) == (
        (Segment("Kept at "), Segment("800,000 ", marked=True)),
        (Segment("troops.", marked=True),),
    )
    assert split_tail((Segment("a " + "b" * 99),)) == ((Segment("a " + "b" * 99),), ())


@st.composite
def _content_and_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    content = draw(st.text(min_size=1, max_size=60))
    spans = draw(
        st.lists(
            st.tuples(st.integers(0, len(content) - 1), st.integers(1, 20)).map(
                lambda pair: Span(pair[0], min(pair[0] + pair[1], len(content)))
            ),
            max_size=5,
        )
    )
    return content, spans


@given(_content_and_spans())
def test_segments_lose_no_character_and_show_exactly_the_spans(
    drawn: tuple[str, list[Span]],
) -> None:
    content, spans = drawn
    segments = cut(content, highlights=[Highlight(span, n) for n, span in enumerate(spans)])
    assert "".join(segment.words for segment in segments) == content
    assert all(segment.words for segment in segments)
    at = 0
    for segment in segments:
        for offset in range(at, at + len(segment.words)):
            inside = {n for n, span in enumerate(spans) if span.start <= offset < span.end}
            assert set(segment.numbers) == inside
        at += len(segment.words)


@given(_content_and_spans())
def test_lines_keep_every_word_and_end_every_highlight_once(
    drawn: tuple[str, list[Span]],
) -> None:
    content, spans = drawn
    shown = cut_within(
        content, lines(content), highlights=[Highlight(span, n) for n, span in enumerate(spans)]
    )
    words = ["".join(segment.words for segment in paragraph) for paragraph in shown]
    assert words == [line for line in content.split("\n") if line.strip()]
    ends = [number for paragraph in shown for segment in paragraph for number in segment.ends]
    assert len(ends) == len(set(ends))
