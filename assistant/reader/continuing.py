"""Which of the questions before a question goes on with: it is read with those and no others."""

from collections.abc import Callable, Sequence

from assistant.asking.follow_ups import shipped_follow_ups
from assistant.asking.questions import Question, ask_back
from assistant.explaining import Room
from assistant.reader.reader import SentenceReader
from index.retrieval import Turn


def continued(
    reader: SentenceReader | None,
    asked: Question,
    history: Sequence[Turn],
    *,
    note: Callable[[Room, str], None],
) -> Sequence[Turn]:
    """The last turns that the question goes on with: none where it is about something else.

    One that names nothing to ask about always goes on with the last. Without a reader all turns.
    `note` is told what was decided.
    """
    if reader is None or not history:
        return history
    vectors = [reader.vector_of(turn.question) for turn in history]
    count, sure = shipped_follow_ups().continued(reader.vector_of(asked.words), vectors)
    if not count and ask_back(asked.words):
        count = 1
    turns = f"goes on with the {count} before" if count else "stands alone"
    note("conversation", f"it {turns}; that it goes on is {sure:.2f} sure.")
    return history[len(history) - count :]
