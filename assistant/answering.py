"""The story on one screen: a question becomes an answer.

It is parsed; candidates are found; the reader scores their sentences; the verdict says whether
they answer (each part of the question by itself); the words are selected and cited, or a chat
model writes them and each is verified.
Each step takes and returns values; nothing here knows a library by name.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answers import Answer
from assistant.asking.by_card import narrowed_by_card
from assistant.asking.questions import Question
from assistant.asking.spelling import Reading, read_typed
from assistant.asking.typed import check_question
from assistant.citing import cited
from assistant.explaining import Explanation, Room, Trail
from assistant.judging.evidence import Evidence, weigh
from assistant.judging.headings import layouts
from assistant.judging.judgement import Judgement, silence
from assistant.judging.reasons import what_is_far
from assistant.parts import Found, Judged, judge_parts
from assistant.quoting.instructing import without_instructions
from assistant.quoting.telling_cards import told_by_cards
from assistant.reader.continuing import continued
from assistant.reader.reader import Read, SentenceReader
from assistant.requests.served import Means
from assistant.requests.serving import serve, translation_wanted
from assistant.routes import routed
from assistant.undated import with_left_out
from assistant.unread_parts import with_unread_parts
from assistant.verdict import decide, decide_by_words, silent_on_question
from assistant.writing.answer import answer_from, may_be_written
from assistant.writing.composing import Writer
from assistant.writing.gathering import draft_from
from assistant.writing.translating import Translating, asking_which_language
from index.filters import Filters
from index.library import Library
from index.reranker import RERANKED, CrossEncoderReranker
from index.retrieval import Match, Retriever, Turn
from sources.language import is_foreign, language_of_question

_EARLIER_CHARS = 300
"""So much of the question before lends its meaning to this one."""


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from one library."""

    library: Library
    writer: Writer | None = None
    """Writes the answers with a chat model; `None` is quotes mode."""
    reranker: CrossEncoderReranker | None = None
    """Orders what was found by one more model; `None` keeps the order of the search."""
    reader: SentenceReader | None = None
    """Says of each sentence how likely it answers; without it the question's words decide."""
    trail: Trail | None = None
    """Where it is noted why an answer is what it is; `None` notes nothing."""

    @property
    def quoting(self) -> "Assistant":
        """The same without a chat model: for everything that nobody asked it for."""
        return replace(self, writer=None)

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Answer:
        """The answer to `question`, asked after `history` (oldest first).

        Raises `UseError` for a question that is blank or longer than `MAX_QUESTION_CHARS`.
        """
        *_, (answer, _) = self.ask_streaming(question, history=history, filters=filters)
        assert answer is not None
        return answer

    def explain(
        self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> tuple[Answer, Explanation]:
        """The same answer, and what led to it."""
        trail = Trail()
        answer = replace(self, trail=trail).ask(question, history=history, filters=filters)
        return answer, trail.explanation()

    def ask_streaming(
        self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Iterator[tuple[Answer | None, bool]]:
        """The answer as it grows, each time with whether it is complete.

        Sentences that were found come at once, also where a chat model is still to write.
        `None` comes while there is nothing to show, several times a second; closing the
        iterator stops a request to a chat model at once.
        """
        began = time.monotonic()
        typed = check_question(question)
        read = read_typed(typed, self.library.lexical.mentions, self.library.lexical.writes)
        asked = Question(read.words)
        wanted = translation_wanted(self.reader, asked.words, history) if self.writer else None
        into, history = wanted or (None, history)
        if into == "":
            yield _finished(asking_which_language(typed), typed, read, began), True
            return
        if into:
            asked, history = Question(history[-1].question), history[:-1]
        history = continued(self.reader, asked, history, note=self._note)
        standing_alone: str | None = None
        if self.writer and history:
            for found in self.writer.rewrite(asked.words, history):
                standing_alone = found
                yield None, False
        evidence, judged = self._requested(asked, filters) or self._judged(
            asked, history, filters, standing_alone
        )
        quoted = cited(asked.words, judged, evidence, catalogue=self.library.catalogue)
        quoted = with_left_out(quoted, filters, self.library.catalogue)
        quoted = with_unread_parts(quoted, self.library.catalogue)
        self._note("verdict", f"{quoted.verdict}: {quoted.reason or 'nothing is missing'}")
        translating = Translating.of(quoted.citations, into) if into else None
        if self.writer is None or not may_be_written(quoted, evidence, translating):
            yield _finished(quoted, typed, read, began), True
            return
        if not quoted.states_nothing:
            yield quoted, False
        is_lacking = quoted.verdict == "partly" or judged.is_lacking
        search = partial(replace(self, trail=None).search, filters=filters)
        drafts = draft_from(
            self.writer, asked.words, evidence, history,
            search=search, catalogue=self.library.catalogue, standing_alone=standing_alone,
            summing=judged.summing, translating=translating,
        )  # fmt: skip
        for draft, sources in drafts:
            answer = answer_from(
                draft, quoted, evidence, writer=self.writer, sources=sources,
                catalogue=self.library.catalogue, lacking=quoted.reason if is_lacking else None,
            )  # fmt: skip
            if answer is not None and draft.complete:
                answer = _finished(answer, typed, read, began)
            yield answer, draft.complete

    def _requested(
        self, asked: Question, filters: Filters | None
    ) -> tuple[tuple[Evidence, ...], Judged] | None:
        """What a request that is no question is served with; `None` for a question."""
        if self.reader is None:
            return None
        means = Means(self.library, self.reader, self.search, filters)
        return serve(means, asked, may_write=self.writer is not None, note=self._note)

    def _judged(
        self,
        asked: Question,
        history: Sequence[Turn],
        filters: Filters | None,
        standing_alone: str | None,
    ) -> tuple[tuple[Evidence, ...], Judged]:
        """What a question comes to, each part of it judged by itself."""
        lexical, catalogue = self.library.lexical, self.library.catalogue
        sought, seen = narrowed_by_card(
            asked,
            filters,
            mentions=lexical.mentions,
            signed=catalogue.signed,
            titled=catalogue.titled,
        )

        def judge_part(part: Question, turns: Sequence[Turn]) -> Found:
            alone = standing_alone if part is sought else None
            found = self.judge(part, history=turns, filters=seen, standing_alone=alone)
            self._note("judging", f"“{part.words}”: {found[1].in_words}")
            return found

        return judge_parts(sought, history, judge_part)

    def judge(
        self,
        asked: Question,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        standing_alone: str | None = None,
    ) -> Found:
        """All that was found for one question, best first, and whether it answers."""
        is_first = not history
        asked = asked.after([turn.question for turn in history])
        found = routed(self.library, asked, filters=filters)
        if found is not None:
            return found
        evidence = self.find(asked, history=history, filters=filters, standing_alone=standing_alone)
        if not evidence:
            where = "that the filters let through" if filters else "in the library"
            return (), silence(f"There is no source {where} to answer from.")
        lexical = self.library.lexical
        language = language_of_question(asked.words) if is_foreign(asked.words) else "en"
        mentions = partial(lexical.mentions_name, language=language)
        silent = silent_on_question(asked, mentions, is_first=is_first)
        if silent is not None and silent.unmentioned:
            silent = told_by_cards(self.library, asked, silent)
        elif silent is not None:
            return evidence, silent
        decided = self._decide(
            asked, evidence, history, unmentioned=silent.reason if silent else None
        )
        silent = silent or silence(what_is_far(asked, evidence, mentions, lexical.languages))
        return evidence, decided or silent

    def _decide(
        self,
        asked: Question,
        evidence: Sequence[Evidence],
        history: Sequence[Turn],
        *,
        unmentioned: str | None,
    ) -> Judgement | None:
        """What the sentences come to by the reader; by the question's words without one."""
        if self.reader is None:
            return decide_by_words(asked, evidence, is_first=not history)
        read = self._read(self.reader, asked, evidence, history)
        self._note("reading", f"{self.reader.told(read)}.")
        bars = self.reader.bars
        return decide(asked, read, bars, is_first=not history, unmentioned=unmentioned)

    def _read(
        self,
        reader: SentenceReader,
        asked: Question,
        evidence: Sequence[Evidence],
        history: Sequence[Turn],
    ) -> tuple[Read, ...]:
        sources = self.library.catalogue.ready_among({one.match.passage.source for one in evidence})
        known = [one for one in evidence if one.match.passage.source in sources]
        titles = {slug: source.card.title for slug, source in sources.items()}
        earlier = history[-1].question[-_EARLIER_CHARS:] if history else ""
        read = reader.read(asked, known, earlier=earlier, titles=titles)
        if self.trail is not None:
            self.trail.read(read)
        return read

    def find(
        self,
        asked: Question,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        standing_alone: str | None = None,
    ) -> tuple[Evidence, ...]:
        """The sentences of the passages that match, the most to the point first."""
        matches = self.search(
            asked.words, history=history, filters=filters, standing_alone=standing_alone
        )
        earlier = tuple(Question(turn.question) for turn in history)
        headings = layouts([match.passage for match in matches], self.library.catalogue)
        weighed = weigh(asked, matches, earlier=earlier, headings=headings)
        evidence = without_instructions(weighed)
        if self.trail is not None:
            self.trail.weighed(evidence)
        return evidence

    def search(
        self,
        words: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        limit: int = 10,
        standing_alone: str | None = None,
        only: frozenset[str] | None = None,
    ) -> tuple[Match, ...]:
        """The passages that match, best first, unjudged; with `only`, none but those."""
        asked = check_question(words)
        found = Retriever(self.library).find(
            asked,
            history=history,
            filters=filters,
            limit=max(limit, RERANKED) if self.reranker else limit,
            standing_alone=standing_alone,
            only=only,
        )
        if self.trail is not None:
            self.trail.found(found)
        if self.reranker is None:
            return found
        before = f"{history[-1].question} " if history else ""
        again = self.reranker.rerank(standing_alone or before + asked, found[:RERANKED])
        return (*again, *found[RERANKED:])[:limit]

    def _note(self, room: Room, words: str) -> None:
        if self.trail is not None:
            self.trail.step(room, words)


def _finished(answer: Answer, typed: str, read: Reading, began: float) -> Answer:
    notices = " ".join(filter(None, (read.notice, answer.notice)))
    took_ms = round(1000 * (time.monotonic() - began))
    return replace(answer, question=typed, notice=notices or None, took_ms=took_ms)
