import pytest

from sources.source import Card, Sentence, Source, Span, Text


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3)])
def test_a_span_is_never_empty_or_reversed(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_span_past_the_end_of_a_text_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after the text"):
        Span(0, 4).of("abc")


def test_spans_know_what_they_cover_and_overlap() -> None:
    assert Span(2, 9).covers(Span(2, 5))
    assert not Span(2, 9).covers(Span(1, 5))
    assert Span(2, 5).overlaps(Span(4, 9))
    assert not Span(2, 5).overlaps(Span(5, 9))


def test_a_text_refuses_sentences_that_overlap() -> None:
    with pytest.raises(ValueError, match="out of order"):
        Text("one two", (Sentence(0, 4), Sentence(3, 7)))


def test_a_source_needs_a_title() -> None:
    with pytest.raises(ValueError, match="slug and a title"):
        Source("slug", Card(title=""), "0" * 64, "origin")
