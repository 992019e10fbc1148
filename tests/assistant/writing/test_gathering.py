"""How much a model is given to write from: by its window, and in whole blocks."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from assistant.answering import Assistant
from assistant.writing.chat_model import LangChainModel
from assistant.writing.composing import Writer
from assistant.writing.gathering import with_neighbours
from index.library import Library
from index.passages import Passage
from index.retrieval import Retriever
from sources.source import Source
from tests.assistant.writing.asking import CHECKER
from tests.scripted_model import Script, scripted

NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()


@pytest.fixture
def many(library_of: Callable[..., Library]) -> Library:
    """Sixty short sources that speak of one thing."""
    texts = {
        f"note-{number}": f"The harbour of town {number} holds {number} grain ships. It is open."
        for number in range(60)
    }
    return library_of(**texts)


def _sent(library: Library, window_tokens: int) -> str:
    with scripted(Script(["NOT_IN_SOURCES"])) as model:
        chat = LangChainModel("openai:scripted", address=model.address, key="k")
        count_tokens = library.embedder.count_tokens
        writer = Writer(
            chat, count_tokens=count_tokens, checker=CHECKER, window_tokens=window_tokens
        )
        Assistant(library, writer=writer).ask("How many grain ships does the harbour hold?")
        return str(model.requests[0]["messages"][-1]["content"])


@pytest.mark.parametrize(("window_tokens", "most"), [(4_000, 10), (8_000, 20), (32_000, 50)])
def test_a_larger_window_brings_more_passages(many: Library, window_tokens: int, most: int) -> None:
    assert _sent(many, window_tokens).count(" end of ") == most


def test_no_passage_is_sent_twice(many: Library) -> None:
    sent = _sent(many, 32_000)
    assert all(sent.count(f"of town {number} holds") <= 1 for number in range(60))


@pytest.fixture
def long(library_of: Callable[..., Library]) -> Library:
    paragraphs = (
        f"Paragraph {word} begins. " + "It goes on for a while. " * 12 for word in NUMBERS
    )
    return library_of(long="\n\n".join(paragraph.strip() for paragraph in paragraphs))


def _found(library: Library, words: str) -> tuple[Passage, ...]:
    return tuple(match.passage for match in Retriever(library).find(words, limit=20))


def _source(library: Library) -> Source:
    return library.catalogue.ready_among(["long"])["long"]


def test_a_passage_grows_by_the_blocks_around_it(long: Library) -> None:
    text = long.catalogue.text("long")
    own = _found(long, "Paragraph six begins")[0]
    (grown,) = with_neighbours([own], long.catalogue)
    assert grown.content == text.content[grown.start : grown.end]
    assert grown.id == own.id
    assert len(grown.content) > len(own.content)
    assert grown.content.startswith("Paragraph ")
    before, after = text.content[: grown.start], text.content[grown.end :]
    assert before.endswith("\n\n") or not before
    assert after.startswith("\n\n") or not after


def test_grown_passages_never_overlap_and_lose_nothing(long: Library) -> None:
    found = _found(long, "Paragraph six begins")
    grown = with_neighbours(found, long.catalogue)
    spans = sorted((one.start, one.end) for one in grown)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for sentence in {sentence for passage in found for sentence in passage.sentences}:
        assert any(start <= sentence.start and sentence.end <= end for start, end in spans)
    assert {one.source for one in grown} == {_source(long).slug}
