"""The story on one screen: a question becomes an answer.

Retrieval finds matches, their sentences are weighed as evidence, judging says whether they
answer (each part of it by itself), and quoting picks the words, or a chat model writes them and
each is verified.
Each step takes and returns values; nothing here knows a library by name.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answers import MAX_RELATED, Answer, Verdict
from assistant.asking.by_card import narrowed_by_card
from assistant.asking.questions import Question
from assistant.asking.spelling import Reading, read_typed
from assistant.asking.typed import check_question
from assistant.explaining import Explanation, Room, Trail
from assistant.judging.evidence import Evidence, weigh
from assistant.judging.headings import layouts
from assistant.judging.judge import judge
from assistant.judging.judgement import Judgement
from assistant.judging.late_interaction import LateInteraction, best_stretches, interact
from assistant.judging.unsettled import also_sought
from assistant.parts import Judged, judge_parts
from assistant.quoting.corroborating import corroborate, count_sources
from assistant.quoting.differing import point_out_differences
from assistant.quoting.instructing import without_instructions
from assistant.quoting.locating import locate, told_by_senders
from assistant.quoting.navigating import go_to_part
from assistant.quoting.quote import Part, cites, nearest, quote
from assistant.quoting.roll_calling import call_roll
from assistant.quoting.summing_up import sum_up
from assistant.quoting.telling_cards import tell_card, told_by_cards
from assistant.reader.continuing import continued
from assistant.reader.reader import UNCERTAIN, UNCERTAIN_PART, Read, SentenceReader
from assistant.requests.served import Means
from assistant.requests.serving import serve
from assistant.undated import with_left_out
from assistant.unread_parts import with_unread_parts
from assistant.writing.answer import answer_from
from assistant.writing.composing import Writer
from assistant.writing.gathering import draft_from
from index.embedder import TokenEmbedder
from index.filters import Filters
from index.library import Library
from index.reranker import RERANKED, CrossEncoderReranker
from index.retrieval import Match, Retriever, Turn
from sources.language import is_foreign, language_of_question

_EARLIER_CHARS = 300
"""So much of the question before lends its meaning to the tokens of this one."""


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from one library."""

    library: Library
    writer: Writer | None = None
    """Writes the answers with a chat model; `None` is quotes mode."""
    reranker: CrossEncoderReranker | None = None
    """Orders what was found by one more model; `None` keeps the order of the search."""
    reader: SentenceReader | None = None
    """Finds what may answer where nothing does for certain; `None` leaves that unsaid."""
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

        `None` comes while there is nothing to show, several times a second; closing the
        iterator stops a request to a chat model at once.
        """
        began = time.monotonic()
        typed = check_question(question)
        read = read_typed(typed, self.library.lexical.mentions, self.library.lexical.writes)
        asked = Question(read.words)
        history = continued(self.reader, asked, history, note=self._note)
        rewritten: str | None = None
        if self.writer and history:
            for found in self.writer.rewrite(asked.words, history):
                rewritten = found
                yield None, False

        sought, seen = narrowed_by_card(
            asked,
            filters,
            mentions=self.library.lexical.mentions,
            signed=self.library.catalogue.signed,
            titled=self.library.catalogue.titled,
        )

        def judge_part(
            part: Question, turns: Sequence[Turn]
        ) -> tuple[tuple[Evidence, ...], Judgement]:
            standing_alone = rewritten if part is sought else None
            found = self.judge(part, history=turns, filters=seen, standing_alone=standing_alone)
            self._note_judged(part, found[1])
            return found if part is sought else self._read_part(part, found, turns)

        evidence, judged = self._requested(asked, filters) or judge_parts(
            sought, history, judge_part
        )
        quoted = self._answer(asked, judged, evidence)
        is_chosen = len(judged.parts) > 1 or any(part.is_chosen for part in judged.parts)
        if not judged.is_final and not is_chosen:
            quoted = self._read_again(quoted, sought, evidence, history)
        quoted = with_left_out(quoted, filters, self.library.catalogue)
        quoted = with_unread_parts(quoted, self.library.catalogue)
        self._note("verdict", f"{quoted.verdict}: {quoted.reason or 'nothing is missing'}")
        if self.writer is None or quoted.states_nothing:
            yield _finished(quoted, typed, read, began), True
            return
        search = partial(replace(self, trail=None).search, filters=seen)
        drafts = draft_from(
            self.writer, asked.words, evidence, history,
            search=search, catalogue=self.library.catalogue, standing_alone=rewritten,
        )  # fmt: skip
        for draft, sources in drafts:
            answer = answer_from(draft, quoted, evidence, writer=self.writer, sources=sources)
            if answer is not None and answer.mode == "model":
                located = locate(
                    answer.citations, sources=sources, catalogue=self.library.catalogue
                )
                answer = replace(answer, citations=located)
                answer = count_sources(answer, self.library.catalogue)
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

    def _note(self, room: Room, words: str) -> None:
        if self.trail is not None:
            self.trail.step(room, words)

    def _note_judged(self, part: Question, judgement: Judgement) -> None:
        if self.trail is not None:
            self.trail.step("judging", f"“{part.words}”: {judgement.in_figures}")

    def judge(
        self,
        asked: Question,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        standing_alone: str | None = None,
    ) -> tuple[tuple[Evidence, ...], Judgement]:
        """All that was found for the question, best first, and whether it answers."""
        is_first = not history
        summed = sum_up(self.library, asked, is_first=is_first, filters=filters)
        if summed is not None:
            return summed
        asked = asked.after([turn.question for turn in history])
        gone_to = go_to_part(self.library, asked, filters=filters)
        if gone_to is not None and gone_to[0]:
            return gone_to
        for read in (call_roll, tell_card):
            told = read(self.library, asked, filters=filters)
            if told is not None:
                return told
        evidence, tokens = self.find(
            asked, history=history, filters=filters, standing_alone=standing_alone
        )
        if gone_to is not None:
            return evidence, gone_to[1]
        lexical = self.library.lexical
        language = language_of_question(asked.words) if is_foreign(asked.words) else "en"
        judgement = judge(
            asked,
            evidence,
            mentions=partial(lexical.mentions_name, language=language),
            languages=lexical.languages,
            is_first=is_first,
            is_filtered=bool(filters),
            tokens=tokens,
        )
        return evidence, told_by_cards(self.library, asked, judgement)

    def find(
        self,
        asked: Question,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        standing_alone: str | None = None,
    ) -> tuple[tuple[Evidence, ...], LateInteraction | None]:
        """What the judge reads: the evidence, best first, and how its tokens meet the question."""
        sought = f"{asked.words} {also_sought(asked)}"
        matches = self.search(
            sought, history=history, filters=filters, standing_alone=standing_alone
        )
        earlier = tuple(Question(turn.question) for turn in history)
        evidence = without_instructions(
            weigh(
                asked,
                matches,
                earlier=earlier,
                headings=layouts([match.passage for match in matches], self.library.catalogue),
            )
        )
        if self.trail is not None:
            self.trail.weighed(evidence)
        return evidence, self._interact(asked, evidence, history)

    def _interact(
        self, asked: Question, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> LateInteraction | None:
        embedder = self.library.embedder
        if not evidence or not isinstance(embedder, TokenEmbedder):
            return None
        passages = best_stretches(evidence)
        before = f"{history[-1].question[-_EARLIER_CHARS:]} " if history else ""
        question, *tokens = embedder.embed_tokens(
            [before + asked.words, *(passage.content for passage in passages)]
        )
        return interact(question, asked.words, passages, tokens)

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

    def _read_part(
        self, part: Question, found: tuple[tuple[Evidence, ...], Judgement], turns: Sequence[Turn]
    ) -> tuple[tuple[Evidence, ...], Judgement]:
        """A part that is not answered is not called so while a sentence may answer it."""
        evidence, judgement = found
        if self.reader is None or judgement.is_final or judgement.verdict != "not_in_sources":
            return found
        read = self._read(self.reader, part, evidence, turns)
        if answering := self.reader.answering(read):
            return evidence, Judgement("answered", answering, is_chosen=True)
        if self.reader.likely(read):
            return evidence, replace(judgement, reason=UNCERTAIN_PART)
        return found

    def _read_again(
        self,
        answer: Answer,
        asked: Question,
        evidence: Sequence[Evidence],
        history: Sequence[Turn],
    ) -> Answer:
        """The answer where the reader bears it out, else what the reader finds.

        That is an answer where it is sure enough, and sentences that may answer where it is not.
        """
        if self.reader is None or answer.verdict == "partly":
            return answer
        asked = asked.after([turn.question for turn in history])
        cited_first = sorted(evidence, key=lambda one: not cites(answer.citations, one))
        read = self._read(self.reader, asked, cited_first, history)
        cited = [one for one in read if cites(answer.citations, one.evidence)]
        if answer.is_certain and self.reader.bears_out(cited):
            self._note("reading", f"{self.reader.told(read)}; what is cited answers: it stands.")
            return answer
        self._note("reading", f"{self.reader.told(read)}.")
        answering = self.reader.answering(read)
        if answering:
            parts = (Part(asked, answering, is_chosen=True),)
            return point_out_differences(
                self._quoted(answer.question, "answered", parts, evidence, reason=None)
            )
        may_answer = self.reader.likely(read)
        if may_answer:
            parts = (Part(asked, may_answer, is_chosen=True),)
            return self._quoted(answer.question, "likely", parts, evidence, reason=UNCERTAIN)
        return replace(answer, verdict="likely", reason=UNCERTAIN) if answer.is_certain else answer

    def _answer(self, asked: Question, judged: Judged, evidence: Sequence[Evidence]) -> Answer:
        if judged.verdict in ("not_in_sources", "about_assistant"):
            silent = Answer(asked.words, "quotes", judged.verdict, reason=judged.reason)
            related = () if silent.asks_back else nearest(evidence, limit=MAX_RELATED)
            return replace(silent, related=related)
        quoted = self._quoted(
            asked.words, judged.verdict, judged.parts, evidence, reason=judged.reason
        )
        if judged.notice:
            return replace(quoted, notice=judged.notice)
        return point_out_differences(quoted)

    def _quoted(
        self,
        question: str,
        verdict: Verdict,
        parts: Sequence[Part],
        evidence: Sequence[Evidence],
        *,
        reason: str | None,
    ) -> Answer:
        found = [one for part in parts for one in part.evidence]
        slugs = {one.match.passage.source for one in (*found, *evidence)}
        catalogue = self.library.catalogue
        sources = catalogue.ready_among(slugs)
        quotation = quote(parts, sources=sources)
        quotation = corroborate(quotation, (*found, *evidence), sources=sources)
        citations = locate(quotation.citations, sources=sources, catalogue=catalogue)
        answer = Answer(
            question=question,
            mode="quotes",
            verdict=verdict,
            statements=told_by_senders(quotation.statements, citations),
            citations=citations,
            reason=reason,
        )
        return count_sources(answer, catalogue)


def _finished(answer: Answer, typed: str, read: Reading, began: float) -> Answer:
    notices = " ".join(filter(None, (read.notice, answer.notice)))
    took_ms = round(1000 * (time.monotonic() - began))
    return replace(answer, question=typed, notice=notices or None, took_ms=took_ms)
