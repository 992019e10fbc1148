"""What the chat page does when something happens on it: values in, values and HTML out.

One `Visits` serves every visitor; what belongs to one of them (the conversation, the place
the reader is open at) is handed in and out and kept in that visitor's session.
"""

import logging
import threading
from collections.abc import Iterator, Sequence

import gradio as gr

from assistant.answering import Assistant
from assistant.answers import Answer, Quote
from assistant.conversations import Conversation
from assistant.overview import look_over
from assistant.suggestions import answerable
from assistant.ui.rendering import (
    Place,
    render_empty_reader,
    render_reader,
    render_reader_failure,
    render_status,
    render_thread,
    render_welcome,
)
from index.retrieval import Turn
from sources.entries import Version
from sources.errors import AssistantError, UseError
from sources.source import Span, Text

_log = logging.getLogger(__name__)


class Visits:
    """The page's handlers over one assistant."""

    def __init__(self, assistant: Assistant, *, reached: Sequence[str] = ()) -> None:
        self._assistant = assistant
        self._catalogue = assistant.library.catalogue
        self._reached = tuple(reached)
        self._examples: dict[tuple[int, int], tuple[str, ...]] = {}
        self._examples_lock = threading.Lock()

    def examples(self) -> tuple[str, ...]:
        """Questions that this library answers; checked once for every state of the library."""
        with self._examples_lock:
            state = self._catalogue.counts()[:2]
            if state not in self._examples:
                self._examples = {state: answerable(self._assistant)}
            return self._examples[state]

    def greet(self) -> str:
        """The welcome with examples; an error leaves them out, asking will show it."""
        try:
            return render_welcome(self.examples(), sources=self._catalogue.counts()[0])
        except AssistantError as error:
            _log.warning("No examples: %s", error)
            return render_welcome((), sources=1)

    def arrive(self) -> tuple[str, str]:
        """The reader and the status line as a new visitor sees them."""
        return self._shelf(), self._status()

    def begin_anew(self) -> tuple[object, ...]:
        """An empty conversation."""
        fresh = Conversation()
        return "", fresh, self._thread(fresh), None, self._shelf(), self._status()

    def ask(
        self, typed: str, conversation: Conversation, event: gr.EventData
    ) -> Iterator[tuple[object, ...]]:
        """The conversation with the question at once, and with each growth of its answer."""
        clicked = _field(event, "question")
        question = clicked if isinstance(clicked, str) else typed
        if not question.strip() or conversation.at_work:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        box = gr.skip() if clicked else ""
        history = conversation.history()
        conversation = conversation.asking(question.strip())
        yield box, conversation, self._thread(conversation)
        try:
            for answer, complete in self._answers(question, history):
                conversation = conversation.answering(answer, complete=complete)
                if not complete:
                    yield gr.skip(), conversation, self._thread(conversation)
        except AssistantError as error:
            conversation = conversation.failing(error.problem, error.remedy)
        except Exception:  # noqa: BLE001 - the visitor must keep the question, whatever broke
            _log.exception("A question could not be answered")
            conversation = conversation.failing(
                "Something broke while this question was being answered.",
                "Ask again. If it breaks again, the terminal of `assistant chat` says why.",
            )
        yield gr.skip(), conversation, self._thread(conversation)

    def open(self, conversation: Conversation, event: gr.EventData) -> tuple[object, ...]:
        """The reader at a citation, a related passage or a whole source."""
        wanted = self._place_of(conversation, event)
        if wanted is None:
            return gr.skip(), gr.skip()
        return wanted, self.read(conversation, wanted)

    def read(self, conversation: Conversation, place: Place | None) -> str:
        """The reader at `place`, with what the conversation has cited so far."""
        if place is None:
            return self._shelf()
        try:
            source = self._catalogue.source(place.slug)
            text, version = self._text_for(place)
        except UseError:
            return render_reader_failure(
                "This source is no longer in the library.",
                "Add it again, or ask again to be answered from what the library holds now.",
            )
        except AssistantError as error:
            return render_reader_failure(error.problem, error.remedy)
        return render_reader(source, text, place=place, conversation=conversation, version=version)

    def shut(self) -> tuple[None, str]:
        """The reader without a source."""
        return None, self._shelf()

    def _answers(self, question: str, history: Sequence[Turn]) -> Iterator[tuple[Answer, bool]]:
        """The answer as it grows, each time with whether it is complete."""
        yield self._assistant.ask(question, history=history), True

    def _text_for(self, place: Place) -> tuple[Text, Version | None]:
        """The text that holds the words of the place: an earlier one where they are gone."""
        if place.quote is None:
            return self._catalogue.text(place.slug), None
        return self._catalogue.text_with(place.slug, place.quote.span, place.quote.words)

    def _place_of(self, conversation: Conversation, event: gr.EventData) -> Place | None:
        """What a click asks for; `None` for anything that this conversation does not hold."""
        number, slug = _field(event, "number"), _field(event, "source")
        turn, related = _field(event, "turn"), _field(event, "related")
        if isinstance(number, int):
            citation = conversation.citation(number)
            if citation is None:
                return None
            return Place(citation.quote.source, citation.quote, number)
        if isinstance(turn, int) and isinstance(related, int):
            if not 0 <= turn < len(conversation.exchanges):
                return None
            answer = conversation.exchanges[turn].answer
            if answer is None or not 0 <= related < len(answer.related):
                return None
            quote = answer.related[related]
            return Place(quote.source, quote, related=True)
        if not isinstance(slug, str):
            return None
        start, end = _field(event, "start"), _field(event, "end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
            return self._place_in(slug, Span(start, end), _field(event, "sha256"))
        return Place(slug)

    def _place_in(self, slug: str, span: Span, sha256: object) -> Place:
        """The words of a span, in the text of that hash where the library still has it."""
        for known in (sha256 if isinstance(sha256, str) else None, None):
            try:
                content = self._catalogue.text(slug, sha256=known).content
            except UseError:
                continue
            if span.end <= len(content):
                return Place(slug, Quote(slug, span, span.of(content)))
        return Place(slug)

    def _thread(self, conversation: Conversation) -> str:
        slugs = {
            quote.source
            for exchange in conversation.exchanges
            if exchange.answer
            for quote in exchange.answer.related
        }
        sources = self._catalogue.ready_among(slugs) if slugs else {}
        return render_thread(
            conversation, cards={slug: source.card for slug, source in sources.items()}
        )

    def _shelf(self) -> str:
        entries = self._catalogue.entries(state="ready")
        return render_empty_reader([entry.source for entry in entries])

    def _status(self) -> str:
        return render_status(look_over(self._assistant, reached=self._reached))


def _field(event: gr.EventData, name: str) -> object:
    fields = event._data
    return fields.get(name) if isinstance(fields, dict) else None
