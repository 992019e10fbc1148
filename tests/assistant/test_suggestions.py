from assistant.answering import Assistant
from assistant.suggestions import candidates_in, follow_ups, suggest
from index.retrieval import Turn
from sources.source import Sentence, Text

SHIPPED = "polskie-radio-security-guarantees"


def test_questions_are_made_from_figures_speakers_and_names() -> None:
    content = "Vance said the European Union is not here. It keeps 800,000 troops in 2025 lines."
    text = Text(content, (Sentence(0, 42), Sentence(43, len(content))))
    questions = [one.question for one in candidates_in(text)]
    assert "How many troops are mentioned?" in questions
    assert "What did Vance say about the European Union?" in questions
    assert "What is said about the European Union?" in questions
    assert not any("lines" in question for question in questions)


def test_every_suggestion_is_answered(shipped: Assistant) -> None:
    suggested = suggest(shipped)
    assert 2 <= len(suggested) <= 4
    assert len(set(suggested)) == len(suggested)
    assert {shipped.ask(question).verdict for question in suggested} == {"answered"}


def test_what_the_library_does_not_hold_is_never_suggested(shipped: Assistant) -> None:
    words = shipped.library.catalogue.text(SHIPPED).content
    for question in suggest(shipped, limit=20):
        names = [word.strip("?“”,.") for word in question.split()[1:] if word[0].isupper()]
        assert [name for name in names if name not in words] == []


def test_follow_ups_are_answered_by_what_was_not_said_yet(shipped: Assistant) -> None:
    first = shipped.ask("How many troops would Ukraine keep?")
    said = " ".join(statement.text for statement in first.statements)
    history = [Turn(first.question, said)]
    asked = follow_ups(shipped, sources=[SHIPPED], history=history)
    assert 1 <= len(asked) <= 3
    for question in asked:
        answer = shipped.ask(question)
        assert answer.verdict == "answered"
        assert answer.statements[0].text not in said
