"""The same words in several sources are cited together; reprints count once."""

from assistant.answering import Assistant
from assistant.quoting.corroborating import sources_in_words
from index.indexing import add
from index.inputs import bytes_input
from index.library import Library

SAID = "Vance named Donetsk as the main obstacle."
STORY = " ".join(f"The delegation number {n} met the envoys in Miami." for n in range(9))
OTHER = " ".join(f"Another reporter heard speech {n} in Berlin." for n in range(9))
QUESTION = "What did Vance name as the main obstacle?"


def _ask(library: Library, **texts: str) -> Assistant:
    add(library, [bytes_input(f"{name}.txt", text.encode()) for name, text in texts.items()])
    return Assistant(library)


def test_all_sources_of_a_sentence_are_cited_and_reprints_count_once(library: Library) -> None:
    assistant = _ask(
        library,
        first=f"{SAID} {STORY}",
        reprint=f"{SAID} {STORY} One line more.",
        own=f"{OTHER} {SAID}",
    )
    answer = assistant.ask(QUESTION)
    statement = answer.statements[0]
    assert statement.text == SAID
    cited = {answer.citations[number - 1].quote.source for number in statement.citations}
    assert cited == {"first", "reprint", "own"}
    assert (statement.sources, statement.independent_sources) == (3, 2)
    for citation in answer.citations:
        text = library.catalogue.text(citation.quote.source)
        assert citation.quote.span.of(text.content) == citation.quote.words


def test_another_number_corroborates_nothing(library: Library) -> None:
    assistant = _ask(
        library,
        one="Ukraine will keep armed forces of 800,000 troops.",
        two="Ukraine will keep armed forces of 600,000 troops.",
    )
    answer = assistant.ask("How many troops will Ukraine keep in its armed forces?")
    assert [statement.sources for statement in answer.statements] == [1] * len(answer.statements)


def test_a_long_sentence_in_two_short_texts_is_copied(library: Library) -> None:
    said = "Vance named Donetsk, its mines and its railways as the main obstacle of all the talks."
    assistant = _ask(library, first=f"{said} It rained.", own=f"Nobody spoke of it. {said}")
    statement = assistant.ask(QUESTION).statements[0]
    assert (statement.sources, statement.independent_sources) == (2, 1)


def test_it_is_told_in_words() -> None:
    assert (sources_in_words(1, 1), sources_in_words(3, 2)) == (None, "3 sources, 2 independent")
