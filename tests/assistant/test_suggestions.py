import pytest

from assistant.answering import Assistant
from assistant.suggestions import candidates_in, follow_ups, suggest
from index.retrieval import Turn
from sources.sentences import find_sentences
from sources.source import Sentence, Text

SHIPPED = "polskie-radio-security-guarantees"


def test_questions_are_made_from_figures_speakers_and_names() -> None:
    content = "Vance said the European Union is not here. It keeps 800,000 troops in 2025 lines."
    text = Text(content, (Sentence(0, 42), Sentence(43, len(content))))
    questions = [one.question for one in candidates_in(text)]
    assert "What number of troops is given?" in questions
    assert "What did Vance say about the European Union?" in questions
    assert "What is said about the European Union?" in questions
    assert not any("lines" in question for question in questions)


def test_every_suggestion_is_answered(shipped: Assistant) -> None:
    suggested = suggest(shipped)
    assert 2 <= len(suggested) <= 4
    assert len(set(suggested)) == len(suggested)
    assert {shipped.ask(question).verdict for question in suggested} <= {"answered", "likely"}


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
        assert answer.verdict in ("answered", "likely")
        assert answer.statements[0].text not in said


@pytest.mark.parametrize(
    ("content", "questions"),
    [
        (
            "Deployment of forces\nNorway\nArticle 5 binds every member. Norway Article 6 sets"
            " 40 targets. The Norwegian Prime Minister said aid would go to Kharkiv Oblast.",
            {
                "What number of targets is given?",
                "What did the Norwegian Prime Minister say about Kharkiv Oblast?",
                "What is said about the Norwegian Prime Minister?",
                "What is said about Kharkiv Oblast?",
            },
        ),
        (
            "Summary Report\n\nAnnex A Budget\nThe Council approved 12 projects. Moldova Table 2"
            " shows 15 towns. Danube Figure 4 counts 20 ferries.",
            {
                "What number of projects is given?",
                "What number of towns is given?",
                "What number of ferries is given?",
            },
        ),
        (
            "NORWAY ARTICLE\nThe Storting voted on Monday. It cost 30 millions in 12 minutes.",
            set(),
        ),
        (
            "Ukraine Overview. The Budapest Memorandum was signed in 1994.",
            {"What is said about the Budapest Memorandum?"},
        ),
        (
            "Finland must “stand up for itself”. Finland joined a so-called “coalition of the"
            " willing”.",
            {"What is said about the “coalition of the willing”?"},
        ),
        (
            "Alpenland will im kommenden Jahr 60 Millionen Euro ausgeben. Das sagte"
            " Außenministerin Klara Weiss am Sonntag, und sie ist nicht allein.",
            set(),
        ),
        (
            "The sum of 450 million euros a year was “what we promised and what we can afford”."
            " Aid is given in Million Euros, unlike in the Budapest Memorandum.",
            {"What is said about the Budapest Memorandum?"},
        ),
    ],
)
def test_no_seam_of_a_heading_and_no_idle_plural_becomes_a_question(
    content: str, questions: set[str]
) -> None:
    text = Text(content, find_sentences(content))
    assert {one.question for one in candidates_in(text)} == questions
