"""The comparison itself; each peer is tested where its packages are installed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.evaluation.beir import SetQuestion
from index.retrieval import Turn
from tests.assistant.evaluation.sets import write_set
from tests.benchmarks.peers.adapters import PEERS, Embedding, Piece, split
from tests.benchmarks.peers.comparing import (
    OURS,
    compare_search,
    last_turn,
    measure_peer,
    place_of,
    two_turns,
)

PACKAGES = {
    "LangChain, Chroma": "langchain_chroma",
    "LlamaIndex, fusion": "llama_index.retrievers.bm25",
    "txtai, hybrid": "txtai",
}


class InOrder:
    """Finds pieces in the order they came, and remembers what it was asked."""

    def __init__(self, pieces: int) -> None:
        self.pieces = pieces
        self.asked: list[str] = []

    def search(self, words: str, limit: int) -> Sequence[int]:
        self.asked.append(words)
        return range(min(limit, self.pieces))


def test_a_document_stands_where_its_best_piece_stands() -> None:
    figures = measure_peer(
        InOrder(3), ["x", "x", "y"], [SetQuestion("q", "Who?")], {"q": {"y": 1}}, last_turn
    )
    assert figures["nDCG@10"] == pytest.approx(0.6309, abs=1e-4)  # second: 1 / log2(3)


def test_peers_see_the_last_turn_or_the_last_two() -> None:
    history = (Turn("Who leads?", "He does."), Turn("Where?", "In Paris."))
    question = SetQuestion("q", "And when?", history=history)
    peer = InOrder(1)
    for words_of in (last_turn, two_turns):
        measure_peer(peer, ["x"], [question], {"q": {"x": 1}}, words_of)
    assert peer.asked == ["And when?", "Where? And when?"]


def test_a_piece_is_placed_in_its_text() -> None:
    place = place_of(Piece(1, 5, "word"), ["first", "second"])
    assert (place[0], place[1].start, place[1].end) == ("second", 5, 9)


@pytest.mark.parametrize("name", list(PEERS))
@pytest.mark.filterwarnings("default")
def test_a_peer_finds_the_piece_that_says_it(name: str) -> None:
    pytest.importorskip(PACKAGES[name])
    pieces = ["The army keeps troops.", "Partners pay nine billion euros.", "They met in Geneva."]
    peer = PEERS[name](pieces, Embedding())
    assert next(iter(peer.search("How many euros do the partners pay?", 2))) == 1


@pytest.mark.filterwarnings("default")
def test_texts_are_split_where_they_say() -> None:
    pytest.importorskip("langchain_text_splitters")
    texts = ["One sentence of the text. " * 90, "Short."]
    pieces = split(texts)
    assert {piece.text for piece in pieces} == {0, 1}
    assert all(texts[one.text][one.start :].startswith(one.words) for one in pieces)


@pytest.mark.filterwarnings("default")
def test_ours_and_every_peer_are_measured_on_a_set(tmp_path: Path) -> None:
    for package in (*PACKAGES.values(), "langchain_text_splitters"):
        pytest.importorskip(package)
    asked = [{"_id": "a", "text": "How much every year?", "history": ["Who would pay?", "They."]}]
    folder = write_set(tmp_path / "set", questions=asked, judgements=[("a", "money", 1)])
    rows = compare_search(folder, Embedding())
    assert list(rows) == [OURS, *(row for name in PEERS for row in (name, f"{name}, two turns"))]
    assert {found["recall@5"] for found in rows.values()} == {1.0}
