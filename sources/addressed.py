"""Sentences of a source that address a machine that reads it: "ignore previous instructions".

Rules over one sentence at a time. They tell what such words look like, not what they mean:
a text about such attacks is recognised as well, and a cleverly hidden one is not.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from sources.source import Source, Span

TELLS_MACHINES = "parts of its text tell a machine what to do"
"""What is said beside words that are quoted from such a source."""
_REMEMBERED = 1 << 12
"""So many sentences are remembered as read: every question meets some of them again."""

_VERB = (
    r"(?:add|include|integrate|insert|append|mention|modify|enhance|augment|adjust|replace|convert"
    r"|use|provide|render|substitute|introduce|misspell|scramble|jumble|rearrange|present|anagram"
    r"|remove|group|combine|write|give|end|begin|start|finish|close|change|rewrite|encode|repeat"
    r"|output|print|respond|reply|answer|say|tell)"
)
_REPLY = r"(?:answer|response|reply|replies|output|completion|summary|message)"
_RULES = (
    rf"^\W*(?:please\s+)?{_VERB}\b.*\b(?:your|the|this)\s+{_REPLY}\b",
    rf"\bin\s+your\s+{_REPLY}\b",
    rf"\byour\s+{_REPLY}(?:['’]s)?\b.*\b(?:must|should|words?|letters?|spaces?)\b",
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|all"
    r"|your|preceding|system)\b.{0,30}\b(?:instructions?|prompts?|directives?)\b",
    r"\b(?:output|print|repeat|say|write)\b\s+(?:exactly\s+|only\s+)?the\s+following\b",
    r"\b(?:system|hidden|initial)\s+prompt\b|\bjailbreak\b",
    r"\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:\w+\s+){0,2}(?:assistant|chatbot|AI|language\s+model)\b",
    r"\b(?:AI|language)\s+(?:model|assistant)s?\b.{0,40}\b(?:must|should|please|reading)\b",
    r"^\W*(?:please\s+)?(?:translate|rephrase|paraphrase|summari[sz]e)\s+(?:the\s+following|this)\b",
    r"^\W*(?:draft|compose|write|provide|develop)\s+(?:an?|the)\s+(?:\w+\s+){0,2}(?:introduction"
    r"|essay|poem|story|letter|speech|article|code|function|script|equivalent|example)\b",
    r"^\W*(?:explain|describe|break\s+down)\s+(?:the|how|what|why)\b[^,]*\.$",
)
_NEEDED = re.compile(
    r"you|answer|response|repl(?:y|ies)|output|completion|summar|message|ignore|disregard|forget"
    r"|override|bypass|following|prompt|jailbreak|model|assistant|translate|rephrase|paraphrase"
    r"|draft|compose|write|provide|develop|explain|describe|break"
)
"""Every rule needs one of these: most sentences have none, and this is told ten times sooner."""
_NOT_SENT = " and will not be sent to a chat model: "
_ADDRESSED = re.compile("|".join(f"(?:{rule})" for rule in _RULES), re.IGNORECASE | re.DOTALL)


@lru_cache(_REMEMBERED)
def is_addressed_to_a_machine(sentence: str) -> bool:
    """Whether the sentence tells whoever reads it by machine what to do."""
    if _NEEDED.search(sentence.casefold()) is None:
        return False
    return _ADDRESSED.search(sentence) is not None


def warnings_about(content: str, sentences: Sequence[Span]) -> tuple[str, ...]:
    """What a card says of such sentences in a text; empty when there are none."""
    found = [one for one in sentences if is_addressed_to_a_machine(one.of(content))]
    if not found:
        return ()
    first = " ".join(found[0].of(content).split())
    shown = first if len(first) <= 80 else f"{first[:80].rstrip()}…"
    count = "1 sentence addresses" if len(found) == 1 else f"{len(found)} sentences address"
    return (f"{count} a machine{_NOT_SENT}“{shown}”",)


def warning_on(source: Source) -> str | None:
    """What is to be said where words of `source` are quoted; `None` for all but few."""
    warned = any(_NOT_SENT in problem for problem in source.problems)
    return TELLS_MACHINES if warned else None
