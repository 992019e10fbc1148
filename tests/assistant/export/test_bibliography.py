"""Sources for a reference manager: several authors are several names, kinds have their types."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answers import Quote
from assistant.briefing.briefings import Evidence
from assistant.export.authors import Author, authors_in
from assistant.export.bibliography import as_bibtex, as_csl_json
from sources.source import Span

ONE = Evidence(Quote("a", Span(0, 3), "abc"), "0" * 64, "A title")


def item_of(one: Evidence, accessed: date | None = None) -> Any:
    (item,) = json.loads(as_csl_json([one], accessed=accessed))
    return item


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ana Vik", ["Vik, Ana"]),
        ("By Ana Vik and Bo Lind", ["Vik, Ana", "Lind, Bo"]),
        ("Ana Vik, Bo Lind and Cy van der Roe", ["Vik, Ana", "Lind, Bo", "van der Roe, Cy"]),
        ("Vik, Ana; Lind, Bo", ["Vik, Ana", "Lind, Bo"]),
        ("Vik, Ana and Lind, Bo", ["Vik, Ana", "Lind, Bo"]),
        ("Harbour Commission; Ana María Núñez-Żak and Bo Vik",
         ["Harbour Commission", "Núñez-Żak, Ana María", "Vik, Bo"]),
        ("Олена Коваль та Іван Гончар", ["Коваль, Олена", "Гончар, Іван"]),
        ("J. P. Alder & R. Hart", ["Alder, J. P.", "Hart, R."]),
        ("Martin Lund Jr.", ["Lund, Martin, Jr."]),
        ("Dr. Eva Lund", ["Lund, Eva"]),
        ("Ana Vik <ana@x.example>", ["Vik, Ana"]),
        ("Ministry of Foreign Affairs and Trade", ["Ministry of Foreign Affairs and Trade"]),
        ("Department for Peace, Aid and Trade", ["Department for Peace, Aid and Trade"]),
        ("Ana Vik, Harbour Press", ["Ana Vik, Harbour Press"]),
        ("jh", ["jh"]),
        ("NATO", ["NATO"]),
        ("ana@x.example", ["ana@x.example"]),
    ],
)  # fmt: skip
def test_each_name_is_one_author(line: str, names: list[str]) -> None:
    def written(one: Author) -> str:
        family = f"{one.particle} {one.family}".strip()
        return ", ".join(part for part in (family, one.given, one.suffix) if part)

    assert [written(one) for one in authors_in(line)] == names


def test_who_publishes_is_no_person() -> None:
    assert authors_in("Ukrainska Zoria", publisher="Ukrainska Zoria") == (
        Author("Ukrainska Zoria"),
    )


def test_authors_are_apart_in_both_formats() -> None:
    one = replace(ONE, author="Harbour Commission; Ana María Núñez-Żak and Bo Vik")
    assert item_of(one)["author"] == [
        {"literal": "Harbour Commission"},
        {"family": "Núñez-Żak", "given": "Ana María"},
        {"family": "Vik", "given": "Bo"},
    ]
    written = as_bibtex([one])
    assert "author = {{Harbour Commission} and Núñez-Żak, Ana María and Vik, Bo}" in written


@pytest.mark.parametrize(
    ("fields", "kind", "publisher"),
    [
        ({"kind": "pdf", "publisher": "P"}, "report", "publisher"),
        ({"kind": "eml"}, "personal_communication", None),
        ({"kind": "xlsx", "publisher": "P"}, "dataset", "publisher"),
        ({"kind": "html", "publisher": "P", "published": date(2026, 3, 1)},
         "article-newspaper", "container-title"),
        ({"kind": "html", "url": "https://x.example/a", "publisher": "P"},
         "webpage", "container-title"),
        ({}, "article", None),
    ],
)  # fmt: skip
def test_each_kind_of_source_has_its_type(
    fields: dict[str, Any], kind: str, publisher: str | None
) -> None:
    item = item_of(replace(ONE, **fields))
    assert item["type"] == kind
    assert [name for name in ("publisher", "container-title") if name in item] == (
        [publisher] if publisher else []
    )


def test_what_has_an_address_has_the_day_on_which_it_was_read() -> None:
    day = date(2026, 3, 1)
    found = item_of(replace(ONE, url="https://x.example/a"), day)
    assert found["accessed"] == {"date-parts": [[2026, 3, 1]]}
    assert "accessed" not in item_of(ONE, day)
