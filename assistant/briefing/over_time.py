"""One party on one issue, from its oldest words to its newest, each with what has changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.briefing.differences import Differences, changed_words, find_differences
from assistant.briefing.issues import Issue
from assistant.briefing.positions import over_time
from assistant.speakers.utterances import Said
from sources.source import Span

_NONE = Differences()


@dataclass(frozen=True, slots=True)
class Step:
    """Words of a party and how they differ from the dated ones before them."""

    said: Said
    differences: Differences = _NONE
    """Empty for the first words, and for undated ones: nobody knows what they follow."""
    changed: tuple[Span, ...] = ()
    """The numbers, modal verbs and negations that are new, as spans of the sentence."""


def steps(said: Sequence[Said], issue: Issue, party: str) -> tuple[Step, ...]:
    """What `party` said on `issue`, oldest first, undated last; empty when it said nothing."""
    found: list[Step] = []
    before: Said | None = None
    for one in over_time(said, issue, party):
        if before is None or one.published is None:
            found.append(Step(one))
        else:
            offset = one.utterance.words.start - one.utterance.sentence.start
            found.append(
                Step(
                    one,
                    find_differences(before.statement, one.statement),
                    tuple(
                        Span(span.start + offset, span.end + offset)
                        for span in changed_words(one.statement, before.statement)
                    ),
                )
            )
        before = one if one.published else before
    return tuple(found)
