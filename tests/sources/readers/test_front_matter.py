"""Cards as people, crawlers and blogs write them on top of a text."""

from datetime import date

import pytest

from sources.errors import UnreadableFileError
from sources.readers.front_matter import read_day
from sources.reading import read_bytes
from sources.source import Card


def card_of(written: str, *, mark: str = "---") -> Card:
    return read_bytes(f"{mark}\n{written}\n{mark}\nEnvoys met.".encode(), "a.md").card


def test_a_crawler_s_names_are_understood() -> None:
    written = (
        "headline: Envoys meet\nsitename: The Courier\nbyline: Ana Vik\n"
        "pubdate: 2025-12-22T23:10:00+02:00\nsource_url: https://x.example/a\nlang: en-GB\n"
        "keywords: talks, aid"
    )
    assert card_of(written) == Card(
        title="Envoys meet",
        publisher="The Courier",
        author="Ana Vik",
        published=date(2025, 12, 22),
        url="https://x.example/a",
        language="en",
        tags=("talks", "aid"),
    )


def test_a_source_is_a_publisher_or_an_address() -> None:
    assert card_of("source: The Courier").publisher == "The Courier"
    card = card_of("source: https://x.example/a\nsite: The Courier")
    assert (card.url, card.publisher) == ("https://x.example/a", "The Courier")


@pytest.mark.parametrize(
    "written",
    ["authors:\n  - Ana Vik\n  - Bo Lind", "authors: [{name: Ana Vik}, {name: Bo Lind}]",
     'author: ["[[Ana Vik]]", "[[people/bo|Bo Lind]]"]'],
)  # fmt: skip
def test_authors_in_a_list_are_kept_apart(written: str) -> None:
    assert card_of(written).author == "Ana Vik; Bo Lind"


def test_a_card_may_be_toml() -> None:
    card = card_of('title = "Envoys"\ndate = 2025-12-22T10:00:00Z\ntags = ["a"]', mark="+++")
    assert (card.title, card.published, card.tags) == ("Envoys", date(2025, 12, 22), ("a",))


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_a_damaged_card_is_refused(mark: str) -> None:
    with pytest.raises(UnreadableFileError, match="not valid"):
        card_of('title = "x\n: [', mark=mark)


@pytest.mark.parametrize(
    "words",
    ["2025-12-22", "2025-12-22T10:00:00Z", "2025-12-22 10:00", "22 December 2025", "20251222",
     "December 22, 2025", "Mon, 22 Dec 2025 10:00:00 +0100", "22.12.2025", "22 grudnia 2025",
     "22 грудня 2025", "22 декабря 2025 года", "22. Dezember 2025", "22 décembre 2025"],
)  # fmt: skip
def test_a_day_is_read_in_the_common_forms(words: str) -> None:
    assert read_day(words) == date(2025, 12, 22)


@pytest.mark.parametrize("words", ["03/04/2026", "December 2025", "yesterday", "", "2025-13-01"])
def test_what_is_no_one_day_is_none(words: str) -> None:
    assert read_day(words) is None


def test_a_day_that_may_be_two_is_told_and_not_guessed() -> None:
    reading = read_bytes(b"---\ndate: 03/04/2026\n---\nEnvoys met.", "a.md")
    assert reading.card.published is None
    assert reading.problems == ("Its day of publication is not understood: '03/04/2026'",)
