"""What the chat page does when something happens on it: values in, values and HTML out.

One `ChatEvents` serves every visitor; what belongs to one of them (the conversation, the place
the reader is open at) is handed in and out and kept in that visitor's session.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import get_args

import gradio as gr

from assistant.answering import Assistant
from assistant.answers import Mode, Quote
from assistant.asking.questions import Question
from assistant.asking.typed import MAX_QUESTION_CHARS, check_question
from assistant.conversing.conversation import Conversation, Exchange, Opinion, Reason
from assistant.conversing.store import ConversationStore
from assistant.conversing.windows import Windows
from assistant.library_status import library_status
from assistant.quoting.quote import further
from assistant.suggestions import go_on, suggest
from assistant.ui.event_fields import field_of
from assistant.ui.growing import growing_answers
from assistant.ui.readings import Bookmark, Readings
from assistant.ui.rendering import render_status, render_thread, render_welcome
from assistant.ui.templates import fill_in
from assistant.ui.visitors import visitor_of
from index.filters import Filters
from index.library import Library
from sources.errors import AssistantError, UseError

_log = logging.getLogger(__name__)
MAX_SHOWN_CHARS = 500
"""Of a question that is refused for its length."""


class ChatEvents(Readings):
    """The page's handlers over one assistant."""

    def __init__(
        self,
        assistant: Assistant,
        *,
        reached: Sequence[str] = (),
        conversations: ConversationStore | None = None,
    ) -> None:
        """`conversations` keeps them; without, a conversation lives as long as its page."""
        super().__init__(assistant.library.catalogue)
        self._assistant = assistant
        self.conversations = conversations
        self.windows = Windows(conversations)
        self._reached = tuple(reached)
        self._examples: dict[tuple[int, int], tuple[str, ...]] = {}
        self._examples_lock = threading.Lock()

    @property
    def library(self) -> Library:
        """The library that answers come from."""
        return self._assistant.library

    def examples(self) -> tuple[str, ...]:
        """Questions that this library answers; checked once for every state of the library."""
        with self._examples_lock:
            state = self.catalogue.counts()[:2]
            if state not in self._examples:
                self._examples = {state: suggest(self._assistant)}
            return self._examples[state]

    def greet(self) -> str:
        """The welcome with examples; an error leaves them out, asking will show it."""
        writer = self._assistant.writer
        model = writer.model.name if writer else None
        try:
            sources = self.catalogue.counts()[0]
            return render_welcome(self.examples(), sources=sources, model=model)
        except AssistantError as error:
            _log.warning("No examples: %s", error)
            return render_welcome((), sources=1, model=model)

    def arrive(
        self, conversation: Conversation, bookmark: Bookmark, request: gr.Request
    ) -> tuple[object, str, Mode]:
        """The reader, the status line, and the mode that the visitor chose last."""
        mode = self.mode_of(visitor_of(request))
        status = self._status(mode)  # first: what is drawn must not wait to be shown
        return self.draw(conversation, bookmark), status, mode

    def choose(self, event: gr.EventData, request: gr.Request) -> tuple[Mode, str]:
        """The mode that the page names, for the questions after it, and the status line."""
        visitor = visitor_of(request)
        wished = field_of(event, "mode")
        chosen = next((one for one in self._modes() if one == wished), self.mode_of(visitor))
        if self.conversations is not None and visitor:
            self.conversations.keep_mode(visitor, chosen)
        return chosen, self._status(chosen)

    def mode_of(self, visitor: str) -> Mode:
        """What the visitor chose last, where it can be had; else a model where there is one."""
        kept = self.conversations.mode(visitor) if self.conversations and visitor else None
        return kept if kept in self._modes() else self._modes()[0]

    def after_change(
        self, conversation: Conversation, bookmark: Bookmark, mode: Mode | None = None
    ) -> tuple[object, str]:
        """The reader and the status line over the library as it is now."""
        status = self._status(mode)
        return self.draw(conversation, bookmark), status

    def resume(self, id: str, request: gr.Request) -> tuple[object, ...]:
        """The kept conversation that the page's address names, and what is told where it is none.

        Nothing else changes then: a quick visitor may have asked already.
        """
        conversation = self.windows.newest(Conversation(id=id), visitor_of(request))
        if not conversation.exchanges:
            return gr.skip(), gr.skip(), fill_in("told.html", missing=bool(id))
        return conversation, self.thread(conversation), ""

    def renew(self, conversation: Conversation, request: gr.Request) -> tuple[object, ...]:
        """The conversation as it is kept: another window has gone on with it."""
        if conversation.at_work:
            return gr.skip(), gr.skip()
        newest = self.windows.newest(conversation, visitor_of(request))
        shown = self.windows.show(newest, conversation)
        return shown, self.thread(shown)

    def begin_anew(self, bookmark: Bookmark, mode: Mode | None = None) -> tuple[object, ...]:
        """An empty conversation."""
        fresh = Conversation()
        return "", fresh, self.thread(fresh), self.shut(bookmark), self._status(mode)

    def ask(
        self,
        typed: str,
        conversation: Conversation,
        event: gr.EventData,
        request: gr.Request,
        mode: Mode | None = None,
    ) -> Iterator[tuple[object, ...]]:
        """The conversation with the question at once, and with each growth of its answer.

        A click may name the question, and the ``turn`` that it is asked instead of. `mode` is
        what this page shows: what another window chose meanwhile must not send anything.
        """
        clicked, turn, visitor = (
            field_of(event, "question"),
            field_of(event, "turn"),
            visitor_of(request),
        )
        question = (clicked if isinstance(clicked, str) else typed).strip()

        def begin(kept: Conversation) -> Conversation:
            kept = kept.stopping()
            if isinstance(turn, int) and 0 <= turn < len(kept.exchanges):
                kept = kept.without_from(turn)
            if field_of(event, "unfiltered") is True:
                kept = replace(kept, filters=Filters())
            return kept.asking(question)

        if len(" ".join(question.split())) > MAX_QUESTION_CHARS and not conversation.at_work:
            yield gr.skip(), gr.skip(), self._refused(question, conversation)
            return
        free = question and not conversation.at_work
        stop = self.windows.begin(conversation.id) if free else None
        if stop is None:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        try:
            conversation = self.windows.edit(conversation, visitor, begin)
            self.windows.move(conversation.id, stop)
            history = conversation.history()
            yield gr.skip() if clicked else "", conversation, self.thread(conversation)
            asked = self._assistant_for(mode or self.mode_of(visitor))
            with closing(growing_answers(asked, conversation, question, history)) as growing:
                for grown in growing:
                    if stop.is_set():
                        return
                    if grown is conversation:
                        yield gr.skip(), gr.skip(), gr.skip()
                        continue
                    conversation = grown
                    if conversation.at_work:
                        yield gr.skip(), conversation, self.thread(conversation)
            grown = conversation
            conversation = self.windows.edit(grown, visitor, lambda kept: kept.taking_over(grown))
        finally:
            self.windows.end(stop)
        yield gr.skip(), conversation, self.thread(conversation)

    def follow_up(self, conversation: Conversation) -> str:
        """Questions to go on with after the last answer, or to choose a source by; else empty."""
        last = conversation.exchanges[-1] if conversation.exchanges else None
        if last is None or not last.complete or last.answer is None:
            return ""
        history = conversation.history()
        try:
            asked = go_on(self._assistant, last.answer, history=history, filters=last.filters)
        except AssistantError as error:
            _log.warning("No follow-ups: %s", error)
            return ""
        return fill_in("follows.html", questions=asked)

    def stop(self, conversation: Conversation, request: gr.Request) -> tuple[object, ...]:
        """The conversation with the question at work stopped; what it had stays."""
        if not conversation.at_work or not self.windows.stop(conversation.id):
            return gr.skip(), gr.skip()
        stopped = conversation.stopping()
        return self._changed(
            conversation,
            request,
            lambda kept: kept.taking_over(stopped) if kept.at_work else kept,
        )

    def widen(
        self, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[object, ...]:
        """More passages that are near to a question which nothing answers for certain."""
        turn = field_of(event, "turn")
        if not isinstance(turn, int) or not 0 <= turn < len(conversation.exchanges):
            return gr.skip(), gr.skip()
        exchange = conversation.exchanges[turn]
        answer = exchange.answer
        cited = tuple(one.quote for one in answer.citations) if answer else ()
        shown = (*answer.related, *cited) if answer else ()
        history = replace(conversation, exchanges=conversation.exchanges[:turn]).history()
        evidence, _ = self._assistant.judge(Question(exchange.question), history=history)
        near = further(evidence)
        more = [quote for quote in near if not any(_same_place(quote, one) for one in shown)]

        def change(kept: Conversation) -> Conversation:
            return kept.widening(turn, more) if _holds(kept, exchange, turn) else kept

        return self._changed(conversation, request, change)

    def judge(
        self, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[object, ...]:
        """The conversation with a thumb on one of its answers; the same thumb takes it back."""
        turn, helpful, reason = (field_of(event, name) for name in ("turn", "helpful", "reason"))
        if not isinstance(turn, int) or not 0 <= turn < len(conversation.exchanges):
            return gr.skip(), gr.skip()
        chosen = next((one for one in get_args(Reason) if one == reason), None)
        opinion = Opinion(helpful is True, None if helpful else chosen)
        exchange = conversation.exchanges[turn]

        def change(kept: Conversation) -> Conversation:
            if not _holds(kept, exchange, turn):
                return kept
            same = kept.exchanges[turn].opinion == opinion
            return kept.judged(turn, None if same else opinion)

        return self._changed(conversation, request, change)

    def _changed(
        self,
        conversation: Conversation,
        request: gr.Request,
        change: Callable[[Conversation], Conversation],
    ) -> tuple[object, ...]:
        edited = self.windows.edit(conversation, visitor_of(request), change)
        shown = self.windows.show(edited, conversation)
        return shown, self.thread(shown)

    def _refused(self, question: str, conversation: Conversation) -> str:
        """The conversation with why a question is too long; it is kept nowhere but in its box."""
        shown = f"{question[:MAX_SHOWN_CHARS]}…"
        asked = conversation.stopping().asking(shown)
        try:
            check_question(question)
        except UseError as error:
            asked = asked.failing(error.problem, error.remedy)
        return self.thread(asked)

    def _modes(self) -> tuple[Mode, ...]:
        return ("quotes",) if self._assistant.writer is None else ("model", "quotes")

    def _assistant_for(self, mode: Mode) -> Assistant:
        return self._assistant.quoting if mode == "quotes" else self._assistant

    def thread(self, conversation: Conversation) -> str:
        """The conversation as it is shown."""
        slugs = {
            quote.source
            for exchange in conversation.exchanges
            if exchange.answer
            for quote in (*exchange.answer.related, *exchange.further)
        }
        sources = self.catalogue.ready_among(slugs) if slugs else {}
        return render_thread(
            conversation,
            cards={
                slug: replace(source.card, language=source.language)
                for slug, source in sources.items()
            },
            dates=self.catalogue.dates(),
            unkept=self.conversations.unkept if self.conversations is not None else None,
            around=self.around,
        )

    def _status(self, mode: Mode | None) -> str:
        status = library_status(
            self._assistant_for(mode or self._modes()[0]), reached=self._reached
        )
        writer = self._assistant.writer
        return render_status(replace(status, offered=writer.model.name if writer else None))


def _holds(kept: Conversation, exchange: Exchange, turn: int) -> bool:
    """Whether the very answer stands there still: another window may have asked anew."""
    return turn < len(kept.exchanges) and kept.exchanges[turn].answer == exchange.answer


def _same_place(quote: Quote, other: Quote) -> bool:
    return quote.source == other.source and quote.span.overlaps(other.span)
