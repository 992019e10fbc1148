"""A conversation while its last question is being answered, and whatever breaks meanwhile."""

import logging
from collections.abc import Generator, Sequence

from assistant.answering import Assistant
from assistant.conversing.conversation import Conversation
from index.retrieval import Turn
from sources.errors import AssistantError

_log = logging.getLogger(__name__)


def growing_answers(
    asked: Assistant,
    conversation: Conversation,
    question: str,
    history: Sequence[Turn],
) -> Generator[Conversation, None, None]:
    """The conversation with each growth of the answer, or with why there is none.

    The very same one comes while nothing grows, so that asking can be stopped.
    """
    try:
        for answer, complete in asked.ask_streaming(
            question, history=history, filters=conversation.filters
        ):
            if answer is None or (answer == conversation.exchanges[-1].answer and not complete):
                yield conversation
                continue
            conversation = conversation.answering(answer, complete=complete)
            yield conversation
    except AssistantError as error:
        yield conversation.failing(error.problem, error.remedy)
    except Exception:  # noqa: BLE001 - the visitor must keep the question, whatever broke
        _log.exception("A question could not be answered")
        yield conversation.failing(
            "Something broke while this question was being answered.",
            "Ask again. If it breaks again, the terminal of `assistant chat` says why.",
        )
