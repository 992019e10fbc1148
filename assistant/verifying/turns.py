"""Is a statement turned round, or made surer, than the words it cites?

Reads only what stands near a negation or a modal verb: the words that it governs, up to the
end of the clause. Where the statement has those words too, it must have the turn as well.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.asking.vocabulary import STOP_WORDS, WORD, stem
from assistant.polarity import MODAL, NEGATION

Force = Literal["possible", "would", "will", "must"]
MAX_GOVERNED = 4
"""Content words after a negation or modal verb that it is taken to govern."""
SHARE_GOVERNED = 0.6
"""Of the governed words a statement has, from which on it speaks of the same thing."""

_FORCE: dict[str, Force] = {
    "may": "possible", "might": "possible", "could": "possible", "can": "possible",
    "cannot": "possible", "would": "would", "will": "will", "shall": "will", "must": "must",
    "should": "must",
}  # fmt: skip
_KEPT_BY: dict[Force, re.Pattern[str]] = {
    "possible": re.compile(
        r"\b(?:may|might|could|can|cannot|would|possibl[ey]|possibility|potential(?:ly)?|perhaps"
        r"|able|whether|if|risks?|consider(?:s|ed|ing)?|option)\b",
        re.I,
    ),
    "would": re.compile(
        r"\b(?:would|could|may|might|should|if|propos\w+|plan(?:s|ned)?|potential(?:ly)?|envisag\w+"
        r"|foresee\w*|is to|are to|was to|were to|call(?:s|ed) for)\b|[’']d\b",
        re.I,
    ),
    "will": re.compile(
        r"\b(?:will|would|shall|should|may|might|could|going to|set to|due to|plan(?:s|ned)?"
        r"|expect\w*|intend\w*|promis\w+|pledg\w+|vow\w*|is to|are to|was to|were to|future"
        r"|(?:un)?likely)\b|[’']ll\b|\bwon[’']t\b",
        re.I,
    ),
    "must": re.compile(
        r"\b(?:must|should|ought|need(?:s|ed)?|(?:has|have|had) to|requir\w+|necessary|demand\w*"
        r"|call(?:s|ed)? (?:for|on)|urg\w+|would|insist\w*|is to|are to|want\w*)\b",
        re.I,
    ),
}
_ALSO_NEGATES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refus\w+|reject\w*|fail(?:s|ed|ing|ure)?|rul(?:e|es|ed|ing) out"
    r"|unable|unlikely|lack(?:s|ed|ing)?|neither|hardly|yet to|absen(?:t|ce)|declin\w+|oppos\w+"
    r"|exclud\w+|instead of|rather than|un\w{4,}ed|stop(?:s|ped)?|prevent\w*|ban(?:s|ned)?|nothing"
    r"|nobody|avoid\w*|impossible|against)\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|never|cannot|no)\b|n[’']t\b", re.I)
"""Negations that a statement may not drop; "without" is told in many other ways."""
_CLAUSE_END = re.compile(
    r"[,;:—()]|\.(?:\s|$)|\b(?:but|although|though|because|while|whereas)\b", re.I
)
_REPORTS = re.compile(
    r"\b(?:said|says|told|stated|added|announced|believes?|stressed|noted)\b", re.I
)
_ADVERB = re.compile(r"\w{3,}ly", re.I)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A negation or modal verb with the stems before and after it in its clause."""

    word: str
    subject: str | None
    governed: tuple[str, ...]


def changed_negation(statement: str, cited: Sequence[str]) -> str | None:
    """The negation that `statement` drops or adds, with its words; `None` where it is kept."""
    ours = tuple(_turns(NEGATION, statement))
    for sentence in cited:
        for turn in _turns(_NOT, sentence):
            if _speaks_of(turn, statement) and not (
                any(set(turn.governed) & set(one.governed) for one in ours)
                or _ALSO_NEGATES.search(statement)
                or _said_plainly(turn, cited)
            ):
                return f"{turn.word} … {' '.join(turn.governed[:1])}"
    for turn in ours:
        if turn.governed and not any(
            (NEGATION.search(sentence) or _ALSO_NEGATES.search(sentence))
            and (turn.governed[0] in _stems(sentence) or not _anywhere(turn.governed[0], cited))
            for sentence in cited
        ):
            return turn.word
    return None


def changed_modality(statement: str, cited: Sequence[str]) -> str | None:
    """The modal verb that `statement` drops or makes surer; `None` where it is kept."""
    for sentence in cited:
        for turn in _turns(MODAL, sentence):
            force = _FORCE[turn.word]
            if not _has_deed(turn, statement) or _said_plainly(turn, cited):
                continue
            keeps = _KEPT_BY[force].search(statement) is not None
            if force == "would" and not keeps:
                # "He said they would come" may be told as "he said they will come".
                keeps = (
                    re.search(r"\bwill\b", statement) is not None
                    and _REPORTS.search(sentence) is not None
                )
            if not keeps:
                return turn.word
    return None


def _turns(pattern: re.Pattern[str], words: str) -> Iterator[_Turn]:
    for found in pattern.finditer(words):
        end = _CLAUSE_END.search(words, found.end())
        rest = words[found.end() : end.start() if end else len(words)]
        before = _CLAUSE_END.split(words[: found.start()])[-1]
        subject = _content(before)
        yield _Turn(
            found.group().casefold().replace("’", "'"),
            subject[-1] if subject else None,
            tuple(_content(rest)[:MAX_GOVERNED]),
        )


def _speaks_of(turn: _Turn, statement: str) -> bool:
    if not turn.governed:
        return False
    have = _stems(statement)
    held = sum(word in have for word in turn.governed)
    return turn.governed[0] in have and held >= SHARE_GOVERNED * len(turn.governed)


def _has_deed(turn: _Turn, statement: str) -> bool:
    """Whether the statement has the governed verb with its object after or subject before."""
    content = _content(statement)
    if not turn.governed or turn.governed[0] not in content:
        return False
    at = content.index(turn.governed[0])
    after = content[at + 1 : at + 4]
    return (len(turn.governed) > 1 and turn.governed[1] in after) or (
        turn.subject is not None and turn.subject in content[max(0, at - 3) : at]
    )


def _said_plainly(turn: _Turn, cited: Sequence[str]) -> bool:
    """Whether the cited words also have the deed in a sentence without any turn."""
    return any(
        _has_deed(turn, sentence) and not NEGATION.search(sentence) and not MODAL.search(sentence)
        for sentence in cited
    )


def _anywhere(word: str, cited: Sequence[str]) -> bool:
    return any(word in _stems(sentence) for sentence in cited)


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(found.group()) for found in WORD.finditer(words))


def _content(words: str) -> list[str]:
    return [
        stem(found.group())
        for found in WORD.finditer(words)
        if found.group().lower().replace("’", "'") not in STOP_WORDS
        and not _ADVERB.fullmatch(found.group())
        and not MODAL.fullmatch(found.group())
    ]
