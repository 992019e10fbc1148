"""A text as evidence for a question, as if a search had found it whole."""

from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence, weigh
from index.passages import Passage
from index.retrieval import Match
from sources.sentences import find_sentences


def weighed(
    question: str | Question, text: str, *, similarity: float = 0.5
) -> tuple[Evidence, ...]:
    """Every sentence of `text`, the most to the point first, all equally near in meaning."""
    sentences = find_sentences(text)
    match = Match(Passage("article", 0, sentences, text), 1.0, (similarity,) * len(sentences))
    return weigh(Question(question) if isinstance(question, str) else question, [match])
