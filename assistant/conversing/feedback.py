"""What people thought of answers, as lines that `assistant eval answers` reads.

A helpful answer becomes a test: the words it cites first must be cited again, or silence be
kept. For an unhelpful one nobody said which words were right: its line has an empty quote,
to be filled in by hand.
"""

from collections.abc import Iterable, Iterator, Mapping

from assistant.conversing.conversation import Conversation


def as_lines(
    conversations: Iterable[Conversation], *, helpful: bool
) -> Iterator[Mapping[str, object]]:
    """One line for every answer with that thumb, in the order they were given."""
    for conversation in conversations:
        for turn, exchange in enumerate(conversation.exchanges):
            answer, opinion = exchange.answer, exchange.opinion
            if answer is None or opinion is None or opinion.helpful != helpful:
                continue
            if answer.verdict == "about_assistant":
                continue
            cited = answer.citations[0].quote.words if answer.citations and helpful else ""
            yield {
                "_id": f"{conversation.id}-{turn}",
                "question": exchange.question,
                "history": [earlier.question for earlier in conversation.exchanges[:turn]],
                "verdict": answer.verdict if helpful else "answered",
                "quote": cited,
                "reason": opinion.reason,
            }
