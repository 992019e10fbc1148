from collections.abc import Callable

import numpy as np
import pytest

from assistant.answering import Assistant
from assistant.quoting.summing_up import choices, choose_telling, in_reach
from assistant.reader.reader import SentenceReader
from index.filters import Filters
from index.library import Library

PARIS = (
    "---\ntitle: Coalition meets in Paris\n---\nFrench soldiers would go to western Ukraine soon. "
    "The headquarters in Paris is in operation. Italian soldiers would stay at home for now. "
    "This report was first published by another newspaper."
)
GENEVA = (
    "---\ntitle: Talks in Geneva\n---\nDelegations ended two days of talks without a text. "
    "The gap is called bridgeable by the envoy. Guarantees would last for twenty years."
)


@pytest.fixture
def two(library_of: Callable[..., Library], real_reader: SentenceReader) -> Assistant:
    return Assistant(library_of(paris=PARIS, geneva=GENEVA), reader=real_reader)


@pytest.mark.parametrize("question", ["Summarise the article", "Give me a summary"])
def test_the_only_source_is_summed_up_in_its_order(
    library_of: Callable[..., Library], real_reader: SentenceReader, question: str
) -> None:
    answer = Assistant(library_of(paris=PARIS), reader=real_reader).ask(question)
    assert [statement.text for statement in answer.statements] == [
        "French soldiers would go to western Ukraine soon.",
        "The headquarters in Paris is in operation.",
        "Italian soldiers would stay at home for now.",
    ]


def test_among_several_sources_it_is_asked_which(two: Assistant) -> None:
    answer = two.ask("Summarise the article")
    assert answer.verdict == "not_in_sources"
    assert answer.reason == (
        "Which source? Name it by its title: “Talks in Geneva”, “Coalition meets in Paris”."
    )


def test_each_choice_is_a_request_that_is_served(two: Assistant) -> None:
    named = choices(in_reach(two.library.catalogue, None))
    assert named == ("Summarise “Talks in Geneva”", "Summarise “Coalition meets in Paris”")
    cited = [{one.title for one in two.ask(question).citations} for question in named]
    assert cited == [{"Talks in Geneva"}, {"Coalition meets in Paris"}]
    only = in_reach(two.library.catalogue, Filters(sources=("paris",)))
    assert choices(only) == ()


def test_filters_and_the_subject_of_a_title_say_which(two: Assistant) -> None:
    filtered = two.ask("Summarise the article", filters=Filters(sources=("paris",)))
    about = two.ask("Give me a summary of the Geneva talks")
    assert {one.title for one in filtered.citations} == {"Coalition meets in Paris"}
    assert {one.title for one in about.citations} == {"Talks in Geneva"}


def test_what_stands_for_most_is_chosen_and_twins_are_not() -> None:
    vectors = np.array([[1, 0], [0.99, 0.14], [0.98, 0.2], [0, 1]], dtype=np.float32)
    worth = np.array([True, True, True, True])
    assert choose_telling(vectors, worth, limit=2) in {(0, 3), (1, 3)}
    assert 3 not in choose_telling(vectors, np.array([True, True, True, False]), limit=4)
