"""An answer by a model as it grows: every sentence verified before anybody sees it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.asking.summing import Summing
from assistant.verifying.model import SupportModel
from assistant.writing.audit import Audit
from assistant.writing.chat_model import CHARS_PER_TOKEN, ChatModel, Message
from assistant.writing.confirming import MAX_REPLY_CHARS, confirmed, read_confirmation
from assistant.writing.drafting import Draft, Work
from assistant.writing.failures import ModelFailure
from assistant.writing.filling import MARGIN, fill
from assistant.writing.grounding import ground
from assistant.writing.hosts import machines_reached, shown
from assistant.writing.prompting import (
    Marks,
    Wanted,
    earlier_words,
    make_confirming,
    make_request,
    make_rewriting,
)
from assistant.writing.thinking import ThoughtFilter
from index.passages import Passage, TokenCounter
from index.retrieval import Turn
from sources.source import Source, Span

HERE = "this machine"
"""Where a model runs that nothing is sent away for."""
MAX_REWRITTEN_CHARS = 500
_RULES_TOKENS = 800
"""What the rules take, and no more than that."""


def tokens_to_think(*, window: int, answer: int, thinking: int) -> int:
    """Of the tokens that a model may think, those that leave half the room to passages."""
    return max(0, min(thinking, (window - answer - _RULES_TOKENS) // 2))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes answers with one chat model, within its caps."""

    model: ChatModel
    count_tokens: TokenCounter
    checker: SupportModel
    """Tells what the cited sentences make of a written one."""
    audit: Audit | None = None
    window_tokens: int = 8_000
    answer_tokens: int = 1_000
    thinking_tokens: int = 0
    """What a reasoning model may think before it answers, and beside it."""
    day_tokens: int | None = None
    strict: bool = False
    """Whether sentences that are not fully supported are left out instead of marked."""
    check_with_model: bool = False
    """Whether the model is asked again, of each statement, if the cited words say it."""
    marks: Marks = field(default_factory=Marks)

    @property
    def where(self) -> str:
        """Where the model runs: ``this machine`` or the name of a host."""
        if self.model.address is None:
            provider = self.model.name.partition(":")[0]
            return HERE if provider in ("ollama", "local") else f"{provider}'s servers"
        return next(iter(machines_reached(self.model.address)), HERE)

    def fitting(
        self,
        question: str,
        passages: Sequence[Passage],
        *,
        history: Sequence[Turn],
        best: Mapping[str, Span],
    ) -> tuple[Passage, ...]:
        """What of the passages leaves the model room for the questions and its answer.

        `best` names the best sentence of each passage, by the passage's id.
        """
        asked = sum(self.count_tokens([question, earlier_words(history)]))
        back = self.answer_tokens + tokens_to_think(
            window=self.window_tokens, answer=self.answer_tokens, thinking=self.thinking_tokens
        )
        room = self.window_tokens - back - _RULES_TOKENS - round(MARGIN * asked)
        return fill(passages, best=best, room_tokens=room, count_tokens=self.count_tokens)

    def rewrite(self, question: str, history: Sequence[Turn]) -> Iterator[str | None]:
        """The question made to stand alone; `None` while waiting, nothing when it fails.

        Nothing is sent, and nothing comes, once the tokens of the day are used up.
        """
        if self.is_used_up():
            return
        for reply in self._replies(
            make_rewriting(question, history), max_chars=MAX_REWRITTEN_CHARS, outcome="rewritten"
        ):
            if reply is None:
                yield None
            elif reply.words:
                yield reply.words

    def _replies(
        self, messages: Sequence[Message], *, max_chars: int, outcome: str
    ) -> Iterator["_Reply | None"]:
        """The model's reply as a whole; `None` while waiting. One that is longer has no words.

        Nothing comes where the model fails. `outcome` is noted where it does not.
        """
        said, thoughts = "", ThoughtFilter()
        ended, was_sent = "unread", True
        tokens_in = tokens_out = 0
        pieces = self.model.stream(messages)
        try:
            for piece in pieces:
                if piece is None:
                    yield None
                    continue
                tokens_in = piece.tokens_in or tokens_in
                tokens_out = piece.tokens_out or tokens_out
                words, is_anew = thoughts.feed(piece.words)
                said = words if is_anew else said + words
                if len(said) > max_chars:
                    break
            said += thoughts.end()
            ended = outcome
        except ModelFailure as failure:
            ended, was_sent = failure.kind, failure.was_sent
            return
        finally:
            _close(pieces)
            self._note(messages, said, tokens_in, tokens_out, ended, was_sent=was_sent)
        is_whole = len(said) <= max_chars
        yield _Reply(" ".join(said.split()) if is_whole else "", tokens_in, tokens_out)

    def write(
        self,
        question: str,
        passages: Sequence[Passage],
        *,
        history: Sequence[Turn] = (),
        sources: Mapping[str, Source],
        standing_alone: str | None = None,
        summing: Summing | None = None,
        language: str | None = None,
        wanted: Wanted = "answer",
    ) -> Iterator[Draft]:
        """The draft as it grows, and again unchanged while nothing comes; closing it stops.

        `standing_alone` is a follow-up as `rewrite` put it, for the model to see beside it.
        With `summing` the passages are summed up, in as many statements as it wants;
        `language` is the one to be written in, where the passages are in others. For plain words,
        `question` is what is rewritten.
        """
        if self.is_used_up():
            yield Draft(trouble="The tokens allowed for today are used up.", complete=True)
            return
        mark = self.marks.mark_for(question, history)
        messages = make_request(
            question,
            passages,
            mark=mark,
            history=history,
            standing_alone=standing_alone,
            cites=self.model.cites,
            summing=summing,
            language=language,
            wanted=wanted,
        )
        points = summing.points if summing else None
        work = Work(
            len(passages),
            lambda one: ground(one, passages, sources=sources, model=self.checker),
            most=points,
        )
        pieces = self.model.stream(messages)
        outcome, was_sent = "stopped", True
        try:
            for piece in pieces:
                if piece is not None:
                    work.read(piece, strict=self.strict)
                trouble = work.why_enough(self.answer_tokens, self.thinking_tokens)
                if trouble is not None:
                    work.draft = replace(work.draft, trouble=trouble)
                    break
                if work.is_full:
                    break
                yield replace(work.draft, statements=()) if self.check_with_model else work.draft
            else:
                work.end(strict=self.strict)
            work.miss_points()
            outcome = work.draft.trouble or "answered"
        except ModelFailure as failure:
            outcome, was_sent = failure.kind, failure.was_sent
            address = self.model.address
            tried = f"at {shown(address)}" if address else f"on {self.where}"
            work.draft = replace(work.draft, trouble=failure.told(tried))
        finally:
            _close(pieces)
            self._note(
                messages,
                work.stream.text,
                work.tokens_in,
                work.tokens_out or work.characters // CHARS_PER_TOKEN,
                outcome,
                was_sent=was_sent,
            )
        sent = sum(len(one.words) for one in messages) // CHARS_PER_TOKEN if was_sent else 0
        work.tokens_in = work.tokens_in or sent
        work.tokens_out = work.tokens_out or work.characters // CHARS_PER_TOKEN
        if self.check_with_model:
            yield from self._confirm(work, mark)
        yield replace(
            work.draft, complete=True, tokens_in=work.tokens_in, tokens_out=work.tokens_out
        )

    def _confirm(self, work: "Work", mark: str) -> Iterator[Draft]:
        """The draft with one statement more as the model has been asked about each."""
        waiting, work.draft = work.draft.statements, replace(work.draft, statements=())
        for one in waiting:
            said = None
            if one.verification.support != "not_supported" and not self.is_used_up():
                cited = [quote.words for quote in one.quotes]
                messages = make_confirming(one.words, cited, mark=mark)
                for reply in self._replies(
                    messages, max_chars=MAX_REPLY_CHARS, outcome="confirmed"
                ):
                    if reply is None:
                        yield work.draft
                        continue
                    said = read_confirmation(reply.words)
                    work.tokens_in += reply.tokens_in
                    work.tokens_out += reply.tokens_out
            found = replace(one, verification=confirmed(one.verification, said))
            if not self.strict or found.verification.support == "supported":
                work.draft = replace(work.draft, statements=(*work.draft.statements, found))
            yield work.draft

    def is_used_up(self) -> bool:
        """Whether the tokens allowed for today are used."""
        if self.day_tokens is None or self.audit is None:
            return False
        return self.audit.tokens_today() >= self.day_tokens

    def _note(
        self,
        messages: Sequence[Message],
        said: str,
        sent: int,
        got: int,
        outcome: str,
        *,
        was_sent: bool,
    ) -> None:
        """Write the request down; one that reached nobody took no tokens."""
        if self.audit is None:
            return
        characters = sum(len(one.words) for one in messages) if was_sent else 0
        tokens = (sent or characters // CHARS_PER_TOKEN) + (got or len(said) // CHARS_PER_TOKEN)
        self.audit.note(
            messages, model=self.model.name, where=self.where, tokens=tokens, outcome=outcome
        )


@dataclass(frozen=True, slots=True)
class _Reply:
    """What the model said to a short request, and what it took."""

    words: str
    tokens_in: int
    tokens_out: int


def _close(pieces: object) -> None:
    close = getattr(pieces, "close", None)
    if close is not None:
        close()
