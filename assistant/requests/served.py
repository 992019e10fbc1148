"""What a request is served with, and by what means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers import Verdict
from assistant.asking.questions import Question
from assistant.asking.summing import Summing
from assistant.judging.evidence import Evidence, weigh
from assistant.judging.headings import layouts
from assistant.parts import Judged
from assistant.quoting.instructing import without_instructions
from assistant.quoting.quote import Part
from assistant.reader.reader import SentenceReader
from index.filters import Filters
from index.library import Library
from index.retrieval import Match


@dataclass(frozen=True, slots=True)
class Served:
    """The sentences that serve a request, in the order they are quoted in."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    notice: str | None = None
    """How the request was read, and what of a longer list is shown."""
    summing: Summing | None = None
    """What a chat model, where there is one, is to sum up."""

    def judged(self, request: Question) -> Judged:
        """The same as a judgement that nothing further is weighed for."""
        parts = (Part(request, self.evidence),) if self.evidence else ()
        return Judged(self.verdict, parts, self.reason, notice=self.notice, summing=self.summing)


@dataclass(frozen=True, slots=True)
class Means:
    """What requests are served by."""

    library: Library
    reader: SentenceReader
    search: Callable[..., Sequence[Match]]
    """`Assistant.search`."""
    filters: Filters | None = None

    def find(
        self, question: Question, *, limit: int, filters: Filters | None = None
    ) -> tuple[Evidence, ...]:
        """The sentences of the `limit` best passages, the most to the point first."""
        matches = self.search(question.words, filters=filters or self.filters, limit=limit)
        headings = layouts([match.passage for match in matches], self.library.catalogue)
        return without_instructions(weigh(question, matches, headings=headings))

    def read(
        self, question: Question, evidence: Sequence[Evidence]
    ) -> tuple[tuple[Evidence, float], ...]:
        """The likeliest sentences first, with how likely they answer."""
        slugs = {one.match.passage.source for one in evidence}
        sources = self.library.catalogue.ready_among(slugs)
        known = [one for one in evidence if one.match.passage.source in sources]
        titles = {slug: source.card.title for slug, source in sources.items()}
        return tuple(self.reader.read(question, known, titles=titles))
