"""The reader of figures: a table of written forms in six languages, and what holds for any text."""

import json
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.quantities import make_lexicon
from sources.quantities.lexicon import FILE, LANGUAGES, lexicon
from sources.quantities.quantity import Date, Money, Number, Percent, Range, is_given_by, single
from sources.quantities.reading import read_quantities
from tests.sources.quantities_in_words import in_words

TABLE = [
    json.loads(line)
    for line in (Path(__file__).parent / "quantities_table.jsonl").read_text("utf-8").splitlines()
]
"""Each with its ``figures``: the slice and what it means. The ``blind`` ones were written before
the reader was tried on them."""

SPACES = [chr(code) for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs"]
DASHES = [chr(code) for code in range(0x10FFF) if unicodedata.category(chr(code)) == "Pd"]
ZEROS = [
    code
    for code in range(0x1FFFF)
    if unicodedata.category(chr(code)) == "Nd" and unicodedata.digit(chr(code)) == 0
]
"""The first of each ten digits that Unicode has."""
FORMS = st.sampled_from(sorted({figure for row in TABLE for figure, _ in row["figures"]}))
ODD = st.sampled_from(
    [*SPACES, *DASHES, *".,:;/'’%‰°€$£¥₴()[]+-~<>≤≥\n\t\u00ad\u200b½²№#", *"0159", "٣", "９"]
)


def _figures(text: str, language: str | None = None) -> list[list[str]]:
    found = read_quantities(text, language=language)
    return [[figure.span.of(text), in_words(figure)] for figure in found]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"])
def test_a_written_form_is_read_for_what_it_means(row: dict[str, Any]) -> None:
    assert _figures(row["text"]) == row["figures"]


def test_the_table_has_every_language_and_what_is_no_figure() -> None:
    languages = Counter(row["language"] for row in TABLE)
    assert set(languages) == set(LANGUAGES)
    assert len(TABLE) >= 300
    assert sum(not row["figures"] for row in TABLE) >= 50
    assert sum(row.get("blind", False) for row in TABLE) >= 60


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("1.500", "de", "1500"),
        ("1.500", "en", "3/2"),
        ("1,500", "en", "1500"),
        ("1,500", "de", "3/2"),
        ("1,500", "uk", "3/2"),
        ("1.500", None, "1500 or 3/2"),
        ("1.500 and 8.5", None, "3/2"),
        ("1.500 and 8,5 Mrd.", None, "1500"),
        ("eine Billion", "de", "1000000000000"),
        ("a billion", "en", "1000000000"),
        ("1 billion d'euros", "fr", "1000000000000 EUR"),
        ("05/06/2025", "fr", "2025-06-05"),
        ("05/06/2025", "en", "2025-06-05 or 2025-05-06"),
    ],
)
def test_the_language_settles_what_is_written_alike(
    text: str, language: str | None, meant: str
) -> None:
    assert in_words(read_quantities(text, language=language)[0]) == meant


@pytest.mark.parametrize("space", SPACES, ids=unicodedata.name)
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("€90{}billion", "90000000000 EUR"),
        ("15{}000", "15000"),
        ("8.5{}bn", "8500000000"),
        ("10{}%", "10 %"),
        ("23{}December{}2025", "2025-12-23"),
        ("800{}тис.", "800000"),
        ("ninety{}billion{}euros", "90000000000 EUR"),
    ],
)
def test_any_space_will_do(space: str, written: str, meant: str) -> None:
    text = written.replace("{}", space)
    assert _figures(text) == [[text, meant]]


@pytest.mark.parametrize("dash", DASHES, ids=unicodedata.name)
def test_any_dash_makes_a_range(dash: str) -> None:
    assert _figures(f"10{dash}15 %") == [[f"10{dash}15 %", "10 % .. 15 %"]]


@pytest.mark.parametrize("zero", ZEROS, ids=lambda zero: unicodedata.name(chr(zero)))
def test_any_digits_are_digits(zero: int) -> None:
    text = "".join(chr(zero + digit) for digit in (1, 5, 0, 0, 7))
    assert _figures(text) == [[text, "15007"]]


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.one_of(FORMS, ODD, st.sampled_from(["and", "to", "до", "Article", " "])), max_size=9
    )
)
def test_no_text_breaks_the_reader(parts: list[str]) -> None:
    for text in ("".join(parts), " ".join(parts)):
        reached = 0
        for figure in read_quantities(text):
            assert reached <= figure.span.start < figure.span.end <= len(text)
            assert figure.span.of(text).strip()
            reached = figure.span.end
            if isinstance(figure, Range):
                assert figure.span.covers(figure.low.span)
                assert figure.span.covers(figure.high.span)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_no_characters_break_the_reader(text: str) -> None:
    for figure in read_quantities(text):
        assert figure.span.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(min_value=1000, max_value=999_999_999),
    st.sampled_from([*SPACES, ",", "'", "’"]),
    st.sampled_from(["", " troops", ".", ", they say", " soldats"]),
)
def test_a_number_with_its_thousands_parted_is_the_number(
    number: int, sign: str, after: str
) -> None:
    written = f"{number:,}".replace(",", sign)
    text = f"In all {written}{after}"
    found = [one for one in read_quantities(text) if isinstance(one, Number)]
    assert [(one.value, one.span.of(text)) for one in found] == [(number, written)]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LANGUAGES), st.integers(min_value=2, max_value=2_000_000))
def test_a_number_that_is_spelled_out_is_the_number(language: str, number: int) -> None:
    from unicode_rbnf import RbnfEngine

    spelled = RbnfEngine.for_language(language).format_number(number).text
    found = read_quantities(spelled, language=language)
    plain = spelled.replace("\u00ad", "")
    found = found or read_quantities(plain, language=language)
    assert [one.number.value for one in found if isinstance(one, Number)] == [number]
    assert found[0].span.end - found[0].span.start in (len(spelled), len(plain))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(LANGUAGES), st.dates())
def test_a_date_as_its_language_writes_it_is_the_date(language: str, day: Any) -> None:
    from babel.dates import format_date

    if not 1000 <= day.year < 2100:
        day = day.replace(year=2000 + day.year % 99, day=min(day.day, 28))
    for width in ("long", "medium"):
        text = format_date(day, width, locale=language)
        (found,) = single(read_quantities(text, language=language))
        assert isinstance(found, Date)
        assert (found.year, found.month, found.day) == (day.year, day.month, day.day)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(["EUR", "USD", "GBP", "UAH", "PLN"]),
    st.decimals(min_value=2, max_value=10**7, places=2),
)
def test_money_as_its_language_writes_it_is_that_money(
    language: str, code: str, amount: Any
) -> None:
    from babel.numbers import format_currency

    text = format_currency(amount, code, format="#,##0.00 ¤¤", locale=language)
    (found,) = read_quantities(text, language=language)
    assert isinstance(found, Money)
    assert (found.number.value, found.currencies) == (Fraction(amount), (code,))


def test_a_share_is_the_same_as_its_percentage() -> None:
    (share,), (percent,) = read_quantities("a quarter"), read_quantities("25 %")
    (points,) = read_quantities("25 percentage points")
    assert isinstance(share, Number)
    assert isinstance(percent, Percent)
    assert isinstance(points, Percent)
    assert is_given_by(share, [percent])
    assert is_given_by(percent, [share])
    assert not is_given_by(points, [share, percent])


@pytest.mark.parametrize(
    ("claimed", "given_", "agrees"),
    [
        ("two years", "24 months", True),
        ("ten years", "ten months", False),
        ("10 days", "240 hours", True),
        ("$5bn", "€5bn", False),
        ("90 billion", "€90 billion", True),
        ("at least 500", "up to 500", False),
        ("at least 500", "500", True),
        ("1.500", "1500", True),
        ("1.500", "1.5", True),
        ("8.5bn kroner", "8.5bn Norwegian kroner", True),
        ("5 percent", "5", False),
        ("in February", "24 February 2022", True),
        ("24 February 2022", "24 February", False),
        ("05/06/2025", "6 May 2025", True),
        ("thousands", "1,000", False),
    ],
)
def test_figures_agree_where_they_may_mean_the_same(
    claimed: str, given_: str, agrees: bool
) -> None:
    (one,) = single(read_quantities(claimed))
    assert is_given_by(one, tuple(single(read_quantities(given_)))) == agrees


def test_the_lexicon_is_what_its_sources_make() -> None:
    made = json.loads(json.dumps(make_lexicon.make_lexicon()))
    assert json.loads(FILE.read_text("utf-8")) == made


def test_a_sentence_without_a_figure_is_told_by_its_words_alone() -> None:
    assert "the" not in lexicon().words
    assert read_quantities("They met and agreed on nothing.") == ()
