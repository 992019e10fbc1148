"""A request goes to what can do it."""

import re
from collections.abc import Callable, Sequence

from assistant.asking.intents import Intent, shipped_intents
from assistant.asking.questions import Question
from assistant.asking.translating import language_wanted
from assistant.explaining import Room
from assistant.judging.evidence import Evidence
from assistant.parts import Judged
from assistant.reader.reader import SentenceReader
from assistant.requests.dated import timeline
from assistant.requests.plain import PLAIN
from assistant.requests.served import Means, Served
from assistant.requests.voices import compare, who_said
from assistant.requests.whole import new_since, published, summary
from index.retrieval import Turn

_SERVED_BY: dict[Intent, Callable[[Means, Question], Served | None]] = {
    "summary": summary,
    "timeline": timeline,
    "compare": compare,
    "who_said": who_said,
    "new_since": new_since,
    "published": published,
}

_SUMS_UP = re.compile(r"(?:please )?(?:summari[sz]e|sum up)\b", re.IGNORECASE)


def serve(
    means: Means, asked: Question, *, may_write: bool, note: Callable[[Room, str], None]
) -> tuple[tuple[Evidence, ...], Judged] | None:
    """What serves the request, as evidence and judgement; `None` for a question.

    With `may_write` a chat model does what needs one. `note` is told what was decided.
    """
    found = shipped_intents().intent_of(means.reader.vector_of(asked.words))
    if found is None and asked.kind == "comparison" and len(asked.names_side_by_side) == 2:
        found = "compare", 1.0
    if found is None and _SUMS_UP.match(asked.words):
        found = "summary", 1.0
    if found is None or (found[0] == "needs_model" and may_write):
        return None
    intent, sure = found
    served = serve_intent(intent, means, asked)
    how = "served as one" if served else "better answered as a question"
    note("request", f"taken for a request ({intent}), {sure:.2f} sure; {how}.")
    return None if served is None else (served.evidence, served.judged(asked))


def translation_wanted(
    reader: SentenceReader | None, request: str, history: Sequence[Turn]
) -> tuple[str, Sequence[Turn]] | None:
    """The language (ISO 639-1) that the last answer of the turns beside it is wanted in.

    The language is empty where none is named; `None` for anything else, where nothing was
    answered before, and without a `reader`, who tells what a request is.
    """
    wanted = language_wanted(request)
    while history and language_wanted(history[-1].question) is not None:
        history = history[:-1]
    if reader is None or wanted is None or not history:
        return None
    found = shipped_intents().intent_of(reader.vector_of(request))
    return (wanted, history) if found is not None and found[0] == "needs_model" else None


def serve_intent(intent: Intent, means: Means, request: Question) -> Served | None:
    """What serves the request; `None` where it is better answered as a question."""
    if intent in PLAIN:
        return Served("about_assistant", reason=PLAIN[intent])
    return _SERVED_BY[intent](means, request)
