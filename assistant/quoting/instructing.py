"""Sentences that tell a machine what to do answer nobody's question: they are not weighed.

What else such a source says stays as quotable as anything, with a warning beside it.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.judging.evidence import Evidence
from sources.addressed import is_addressed_to_a_machine


def without_instructions(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, in its order, without such sentences; nor does one lead to another's words."""
    return tuple(
        replace(one, lead=None) if _led_by_an_instruction(one) else one
        for one in evidence
        if not is_addressed_to_a_machine(one.words)
    )


def _led_by_an_instruction(one: Evidence) -> bool:
    """Whether the words quoted before the sentence hold an instruction."""
    if one.lead is None:
        return False
    first, passage = one.lead.start, one.match.passage
    return any(
        first <= sentence.start < one.sentence.start
        and is_addressed_to_a_machine(passage.words_of(sentence))
        for sentence in passage.sentences
    )
