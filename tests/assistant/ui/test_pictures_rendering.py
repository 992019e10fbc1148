"""Where bars stand, and what they are called."""

from datetime import date

from assistant.briefing.pictures import Mark
from assistant.ui.pictures_rendering import HEIGHT_PX, MAX_LABELS, Picture, draw, most_periods


def _mark(name: str, month: int | None, count: int) -> Mark:
    return Mark(date(2025, month, 1) if month else None, name, count, ("a",))


def _drawn(*marks: Mark) -> Picture:
    return draw("statements", "Statements", marks, axis=marks, grain="month")


def test_the_strip_with_the_most_comes_first_and_its_highest_bar_is_the_highest() -> None:
    picture = _drawn(_mark("Kallas", 1, 1), _mark("Macron", 1, 2), _mark("Macron", 2, 4))
    assert [(strip.name, strip.total) for strip in picture.strips] == [("Macron", 6), ("Kallas", 1)]
    assert [bar.height_px for bar in picture.strips[0].bars] == [HEIGHT_PX / 2, HEIGHT_PX]


def test_a_bar_stands_in_the_middle_of_its_period_also_after_empty_ones() -> None:
    (strip,) = _drawn(_mark("Macron", 1, 1), _mark("Macron", 4, 1)).strips
    assert [bar.middle for bar in strip.bars] == [12.5, 87.5]


def test_the_undated_stand_apart_at_the_right() -> None:
    picture = _drawn(_mark("Macron", 1, 1), _mark("Macron", None, 1))
    dated, undated = picture.strips[0].bars
    assert dated.middle < picture.dated_share < undated.middle - picture.slot / 2
    assert undated.said == "Macron, undated: 1 statement"
    assert picture.labels[-1].words == "undated"


def test_an_undated_library_has_one_place() -> None:
    picture = _drawn(_mark("Macron", None, 3))
    assert (picture.slots, picture.dated_share) == (1, 0)
    assert picture.strips[0].bars[0].middle == 50


def test_a_bar_says_what_it_counts() -> None:
    (strip,) = _drawn(_mark("Macron", 11, 2)).strips
    assert strip.bars[0].said == "Macron, November 2025: 2 statements"


def test_there_are_no_more_labels_than_a_phone_has_room_for() -> None:
    marks = [_mark("Macron", month, 1) for month in range(1, 13)]
    labels = _drawn(*marks, _mark("Macron", None, 1)).labels
    assert len(labels) <= MAX_LABELS + 1
    assert [labels[0].words, labels[-1].words] == ["Jan 2025", "undated"]


def test_quarters_are_labelled_by_their_years() -> None:
    marks = [Mark(date(year, 1, 1), "Macron", 1, ("a",)) for year in range(2021, 2024)]
    picture = draw("statements", "Statements", marks, axis=marks, grain="quarter")
    assert [label.words for label in picture.labels] == ["2021", "2022", "2023"]


def test_a_phone_has_room_for_a_year_of_months_and_a_wide_window_for_three() -> None:
    assert 12 <= most_periods(350) < 16
    assert most_periods(1_200) >= 36
    assert most_periods(0) == most_periods(320) > 0


def test_nothing_is_drawn_of_nothing() -> None:
    assert _drawn().strips == ()
