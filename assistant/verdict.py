"""Whether the sources answer: decided here and nowhere else, by what the reader says.

Rules bring sentences, order them and word reasons. One speaks up here: a sentence that holds the
names and most words of the question needs to be less likely to the reader. Without a reader such
sentences are the answer.
"""

from collections.abc import Callable, Sequence

from assistant.asking.aliases import is_mentioned
from assistant.asking.questions import Question, ask_back, is_courtesy
from assistant.asking.vocabulary import WORD, stem
from assistant.judging.evidence import Evidence
from assistant.judging.judgement import Judgement, silence
from assistant.judging.reasons import UNCERTAIN, unmentioned
from assistant.reader.network import Calibration
from assistant.reader.reader import Read
from assistant.speakers.speakers import first_speaker
from sources.language import is_foreign, language_of_question

MAX_SENTENCES, MAX_SEVERAL, MAX_ALL = 3, 6, 24
"""So many sentences are an answer; more without a reader where a list or the whole is asked for;
and with one where that is asked for or more of them answer for certain, all of these."""
_SHARE_OF_BEST = 0.4
"""A further sentence must be so likely beside the likeliest."""
_SHARE_OF_LIKELY = 0.5
"""Of the bar from which a sentence may answer, for one that the question's words speak for."""
_NEAR_THE_BEST = 0.8
"""Without a reader a further sentence must have this share of the best one's relevance."""
_MIN_RELEVANCE, _MIN_COVERAGE = 0.42, 0.40
"""`Evidence.relevance` of a sentence that is to the point, and the share of the question's words
that it holds."""


def silent_on_question(
    question: Question, mentions: Callable[[str], int], *, is_first: bool
) -> Judgement | None:
    """Silence where nothing is asked, or of a name that no text has; `None` for all else.

    `mentions` counts the passages that hold a name, in any script and spelling; `is_first` says
    that no question came before.
    """
    asked_back = ask_back(question.words) if is_first or is_courtesy(question.words) else None
    if asked_back:
        return silence(asked_back)
    # German writes every noun large, so that one which no text has may be no name.
    is_german = is_foreign(question.words) and language_of_question(question.words) == "de"
    names = () if is_german else question.names
    absent = tuple(term.word for term in names if not is_mentioned(term.word, mentions))
    if not absent:
        return None
    reason = unmentioned(question, absent)
    return Judgement("not_in_sources", reason=reason, unmentioned=absent)


def decide(
    question: Question,
    read: Sequence[Read],
    bars: Calibration,
    *,
    is_first: bool,
    unmentioned: str | None = None,
) -> Judgement | None:
    """What sentences come to, read with the likeliest first; `None` where hardly any answers.

    Where a name of the question is `unmentioned` by any source, which says so, a sentence is
    shown only if the reader thinks much of it, and never called the answer.
    """
    if not read:
        return None
    best = read[0].probability
    if unmentioned is not None:
        if best < bars.borne_out:
            return None
        chosen = _with_the_next(read[0], read, limit=MAX_SENTENCES)
        return Judgement("likely", chosen, f"{unmentioned} {UNCERTAIN}", confidence=best)
    by_words = [one for one in read if speaks_to(question, one.evidence, is_first=is_first)]
    answering = [
        one
        for one in read
        if one.probability >= bars.answered
        or (one.probability >= bars.borne_out and one in by_words)
    ]
    if answering:
        if question.wants_several or len(answering) > MAX_SENTENCES:
            chosen = tuple(one.evidence for one in answering[:MAX_ALL])
        else:
            chosen = _with_the_next(answering[0], read, limit=MAX_SENTENCES)
        return Judgement("answered", _of_the_same_voice(question, chosen), confidence=best)
    if best >= bars.likely:
        chosen = _with_the_next(read[0], read, limit=MAX_SENTENCES)
    else:
        bar = _SHARE_OF_LIKELY * bars.likely
        chosen = tuple(one.evidence for one in by_words if one.probability >= bar)[:MAX_SENTENCES]
    return Judgement("likely", chosen, UNCERTAIN, confidence=best) if chosen else None


def decide_by_words(
    question: Question, evidence: Sequence[Evidence], *, is_first: bool
) -> Judgement | None:
    """The same without a reader: `evidence` is the most to the point first."""
    good = [one for one in evidence if speaks_to(question, one, is_first=is_first)]
    if not good:
        return None
    bar = _NEAR_THE_BEST * good[0].relevance
    limit = MAX_SEVERAL if question.wants_several else MAX_SENTENCES
    near = [one for one in good if one.relevance >= bar][:limit]
    return Judgement("answered", tuple(near), confidence=min(1.0, good[0].relevance))


def speaks_to(question: Question, one: Evidence, *, is_first: bool) -> bool:
    """Whether a sentence holds each name, most words and the kind of value that are asked for."""
    if question.wants_value and not one.values:
        return False
    held = zip(question.subjects, one.covered, strict=True)
    if any(share < 0.9 for term, share in held if term.is_name):
        return False
    coverage = one.coverage if is_first else max(one.coverage, one.earlier_coverage)
    return coverage >= _MIN_COVERAGE and one.relevance >= _MIN_RELEVANCE


def _with_the_next(first: Read, read: Sequence[Read], *, limit: int) -> tuple[Evidence, ...]:
    """`first` and those of `read` that are not far behind the likeliest."""
    bar = _SHARE_OF_BEST * read[0].probability
    others = [one for one in read if one is not first and one.probability >= bar]
    return tuple(one.evidence for one in (first, *others)[:limit])


def _of_the_same_voice(question: Question, chosen: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Those of `chosen` that nobody else says, where the first is said by one the question names.

    "What did Vance say?" shows no words of Zelensky beside those of Vance.
    """
    names = frozenset[str]().union(*(term.stems for term in question.names))
    voices = [first_speaker(one.in_reach) for one in chosen]
    asked_for = [bool(names & {stem(word) for word in WORD.findall(said or "")}) for said in voices]
    if not asked_for[0]:
        return tuple(chosen)
    return tuple(
        one
        for one, voice, is_theirs in zip(chosen, voices, asked_for, strict=True)
        if voice is None or is_theirs
    )
