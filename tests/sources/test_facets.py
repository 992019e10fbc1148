from datetime import date
from pathlib import Path

from sources.catalogue import Catalogue
from sources.facets import Facets
from sources.source import Card, Sentence, Source, Text


def test_facets_count_what_ready_sources_can_be_told_apart_by(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "library.sqlite3")
    cards = {
        "a": Card("A", publisher="P", tags=("x", "y"), published=date(2025, 1, 2)),
        "b": Card("B", publisher="P", tags=("x",)),
        "c": Card("C"),
        "unready": Card("U", publisher="Q", tags=("z",)),
    }
    for slug, card in cards.items():
        catalogue.add(Source(slug, card, slug, slug), Text(slug, (Sentence(0, len(slug)),)))
        if slug != "unready":
            catalogue.mark_ready(slug, passages=1)
    assert catalogue.facets() == Facets(
        publishers=(("P", 2),),
        tags=(("x", 2), ("y", 1)),
        titles=(("a", "A"), ("b", "B"), ("c", "C")),
    )
    assert catalogue.tagged(("y", "z")) == ("a",)
    assert catalogue.dates() == (date(2025, 1, 2), date(2025, 1, 2), 2)
    catalogue.close()


def test_a_source_is_signed_by_all_words_of_its_publisher_or_author(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "library.sqlite3")
    cards = {
        "a": Card("A", publisher="Polskie Radio"),
        "b": Card("B", publisher="Radio", author="Joe Biden"),
        "unready": Card("U", publisher="Polskie Radio"),
    }
    for slug, card in cards.items():
        catalogue.add(Source(slug, card, slug, slug), Text(slug, (Sentence(0, len(slug)),)))
        if slug != "unready":
            catalogue.mark_ready(slug, passages=1)
    assert catalogue.signed(("polskie", "RADIO")) == ("a",)
    assert catalogue.signed(("Biden",)) == ("b",)
    assert catalogue.signed(("Radio", "Biden")) == ()
    catalogue.close()
