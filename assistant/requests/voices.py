"""Who says what: sentences with their speakers; and two sides, one after the other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.asking.questions import Question, Term
from assistant.judging.evidence import Evidence, held
from assistant.requests.served import Means, Served
from assistant.requests.topics import on_topic, topic_of
from assistant.speakers.speakers import find_utterances
from index.filters import Filters
from sources.language import is_foreign
from sources.source import Sentence, Text

MAX_SAID = 8
MAX_OF_ONE = 2
"""So many sentences of one speaker, and of one side of a comparison."""
_READ = 30
_LEAST = 0.2
"""A further sentence must be so likely on the matter beside the first."""

_MAY_BE_APART = (
    "These are the sentences nearest to the matter for each side; whether they agree is for you "
    "to read."
)
_MAY_BE_ON_IT = "Who speaks is told by rules, and what is on the matter by its nearness: read on."


def who_said(means: Means, question: Question) -> Served | None:
    """What each speaker says on the matter, the likeliest first; `None` where nobody speaks."""
    topic = () if is_foreign(question.words) else topic_of(question, "who_said")
    evidence = on_topic(topic, means.find(question, limit=_READ))
    speakers = dict(_with_speakers(evidence))
    said = [one for one in evidence if (one.match.passage.id, one.sentence.start) in speakers]
    counts: Counter[str] = Counter()
    chosen: list[Evidence] = []
    for one in said:
        speaker = speakers[one.match.passage.id, one.sentence.start]
        if counts[speaker] < MAX_OF_ONE:
            counts[speaker] += 1
            chosen.append(one)
        if len(chosen) == MAX_SAID:
            break
    if not chosen:
        return None
    order = list(counts)
    chosen.sort(key=lambda one: order.index(speakers[one.match.passage.id, one.sentence.start]))
    return Served("likely", tuple(chosen), reason=_MAY_BE_ON_IT)


def _with_speakers(evidence: Sequence[Evidence]) -> Iterator[tuple[tuple[str, int], str]]:
    """The first speaker of each sentence, by its passage and where it begins."""
    for passage in {one.match.passage.id: one.match.passage for one in evidence}.values():
        bounds = tuple(Sentence(start, end) for start, end in passage.sentence_bounds)
        for said in reversed(find_utterances(Text(passage.content, bounds))):
            if said.manner != "question":
                yield (passage.id, passage.start + said.sentence.start), said.speaker


def compare(means: Means, question: Question) -> Served | None:
    """For each of the two sides that are named what is nearest to the matter.

    A side is a name, or the publisher or author of a source; `None` where two are not named.
    """
    sides = question.names_side_by_side[:2]
    if len(sides) < 2:
        return None
    in_sides = {term.stem for side in sides for term in side}
    topic = tuple(t for t in topic_of(question, "compare") if t.stem not in in_sides)
    about = " ".join(term.word for term in topic)
    found: list[Evidence] = []
    missing = []
    for side in sides:
        name = " ".join(term.word for term in side)
        own = _of_side(means, side, Question(f"What does {name} say about {about}?"))
        own = tuple(one for one in own if not any(_same(one, other) for other in found))
        found += own
        if not own:
            missing.append(f"Nothing on this was found for {name}.")
    if not found:
        return None
    if missing:
        return Served("partly", tuple(found), reason=" ".join(missing))
    return Served("likely", tuple(found), reason=_MAY_BE_APART)


def _of_side(means: Means, side: Sequence[Term], asked: Question) -> tuple[Evidence, ...]:
    """The likeliest sentences of its own sources; where it has none, of those that name it."""
    slugs = means.library.catalogue.signed([term.word for term in side])
    before = means.filters or Filters()
    allowed = tuple(s for s in slugs if not before.sources or s in before.sources)
    if allowed:
        evidence = means.find(asked, limit=_READ, filters=_among(before, allowed))
    else:
        evidence = means.find(asked, limit=_READ)
        shares = held(side, *(one.in_reach for one in evidence)) if evidence else ()
        evidence = tuple(one for one, row in zip(evidence, shares, strict=True) if row.min() >= 1.0)
    read = means.read(asked, evidence)
    bar = _LEAST * read[0][1] if read else 0.0
    return tuple(one for one, sure in read[:MAX_OF_ONE] if sure >= bar)


def _among(filters: Filters, slugs: tuple[str, ...]) -> Filters:
    return replace(filters, sources=slugs)


def _same(one: Evidence, other: Evidence) -> bool:
    return (one.match.passage.source, one.sentence) == (other.match.passage.source, other.sentence)
