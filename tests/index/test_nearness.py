from datetime import date

import numpy as np
import pytest

from index.filters import Filters
from index.nearness import COMPARED, Held, Nearness, as_bytes
from tests.index.test_packing import unit_vectors

SOURCES = 30
PER_SOURCE = 400


def held(number: int, passages: int = PER_SOURCE) -> Held:
    return Held(
        id=number,
        source=f"s{number}",
        sha256="0",
        publisher="NBC" if number % 2 else None,
        day=20250101 + number if number else 0,
        passages=passages,
    )


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    """More than are compared by bytes, in clusters as texts make them."""
    chance = np.random.default_rng(1)
    centres = unit_vectors(200, seed=2)
    rows = centres[chance.integers(0, 200, SOURCES * PER_SOURCE)]
    rows = rows + 0.04 * chance.normal(size=rows.shape).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def nearness(vectors: np.ndarray) -> Nearness:
    made = Nearness(384)
    every = [held(number) for number in range(SOURCES)]
    for one in every:
        numbers = as_bytes(vectors[one.id * PER_SOURCE : (one.id + 1) * PER_SOURCE])
        made.change(gone=(), come=[(one, numbers)], held=every[: one.id + 1])
    return made


def test_the_nearest_hundred_are_those_of_the_whole_vectors(
    nearness: Nearness, vectors: np.ndarray
) -> None:
    assert len(vectors) > 2 * COMPARED
    shares = []
    for asked in unit_vectors(20, seed=3) + 2 * vectors[:20]:
        asked = asked / np.linalg.norm(asked)
        exact = np.argsort(-(vectors @ asked))[:100]
        names = {f"s{row // PER_SOURCE}#{row % PER_SOURCE}" for row in exact}
        found = nearness.search(asked, limit=100, filters=None)
        assert [name for name, _ in found][:1] == [
            f"s{exact[0] // PER_SOURCE}#{exact[0] % PER_SOURCE}"
        ]
        assert found[0][1] == pytest.approx(float(vectors[exact[0]] @ asked), abs=0.005)
        shares.append(len(names & {name for name, _ in found}) / 100)
    assert np.mean(shares) > 0.97


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (Filters(sources=("s3", "s4", "none")), {3, 4}),
        (Filters(publishers=("NBC",)), set(range(1, SOURCES, 2))),
        (Filters(since=date(2025, 1, 28)), {27, 28, 29}),
        (Filters(until=date(2025, 1, 4)), {1, 2, 3}),
        (Filters(until=date(2025, 1, 4), publishers=("NBC",)), {1, 3}),
        (Filters(sources=("none",)), set()),
    ],
)
def test_only_what_the_filters_let_through_is_found(
    nearness: Nearness, vectors: np.ndarray, filters: Filters, numbers: set[int]
) -> None:
    found = nearness.search(vectors[0], limit=12_000, filters=filters)
    assert {int(name[1:].partition("#")[0]) for name, _ in found} == numbers


def test_a_source_that_goes_takes_its_rows_along(nearness: Nearness, vectors: np.ndarray) -> None:
    asked = vectors[PER_SOURCE * 5]
    assert nearness.search(asked, limit=1, filters=None)[0][0] == "s5#0"
    rest = [held(number) for number in range(SOURCES) if number != 5]
    nearness.change(gone=[5], come=[], held=rest)
    found = nearness.search(asked, limit=10_000, filters=None)
    assert "s5" not in {name.partition("#")[0] for name, _ in found}
    assert nearness.search(vectors[-1], limit=1, filters=None)[0][0] == "s29#399"


def test_what_comes_is_found_and_what_was_there_stays(
    nearness: Nearness, vectors: np.ndarray
) -> None:
    new = Held(99, "new", "0", None, 0, 1)
    asked = unit_vectors(1, seed=9)
    every = [held(number) for number in range(SOURCES) if number != 2]
    nearness.change(gone=[2], come=[(new, as_bytes(asked))], held=[*every, new])
    assert nearness.search(asked[0], limit=1, filters=None)[0][0] == "new#0"
    assert nearness.search(vectors[PER_SOURCE * 7 + 3], limit=1, filters=None)[0][0] == "s7#3"


def test_an_empty_library_has_nothing_near() -> None:
    assert Nearness(384).search(unit_vectors(1)[0], limit=5, filters=None) == ()
