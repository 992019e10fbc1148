"""How well speakers are found, measured on a labelled sample.

A line of the sample is ``{"_id", "half", "text", "said": [{"speaker", "statement"}]}``. A
found statement is right when at least half of its words are labelled as this speaker's; a
labelled one is found when at least half of its words are given to its speaker.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.speakers.parties import party_named
from assistant.speakers.speakers import find_utterances
from sources.errors import UseError
from sources.sentences import find_sentences
from sources.source import Span, Text

_AFTER_HEAD = re.compile(r" (?:at|in|for|from|close to|familiar) ")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A short text and who says what in it."""

    name: str
    half: str
    text: str
    said: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a set of labelled texts."""

    right: int
    found: int
    labelled: int
    recalled: int
    wrong: tuple[str, ...] = ()
    """Each mistake in words: what was found and should not be, or the other way round."""

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.recalled / self.labelled if self.labelled else 1.0


def read_sample(path: Path) -> tuple[Labelled, ...]:
    """The labelled texts of a file of lines; `UseError` for a line that is not one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UseError(f"{str(path)!r} cannot be read.", remedy="Check the path.") from error
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            fields = json.loads(line)
            said = tuple(
                (str(one["speaker"]), _place(fields["text"], one["statement"]))
                for one in fields["said"]
            )
            found.append(
                Labelled(str(fields["_id"]), str(fields.get("half", "")), fields["text"], said)
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UseError(
                f"Line {number} of {path.name} is not a labelled text.",
                remedy='Each line is {"_id", "half", "text", "said": [{"speaker", "statement"}]}.',
            ) from error
    return tuple(found)


def measure(sample: Iterable[Labelled]) -> Found:
    """Precision and recall of (speaker, statement) over the sample, with every mistake."""
    right = found = labelled = recalled = 0
    wrong: list[str] = []
    for one in sample:
        text = Text(one.text, find_sentences(one.text))
        heard = [(said.speaker, said.words) for said in find_utterances(text)]
        expected = [(_canonical(speaker), words) for speaker, words in one.said]
        found += len(heard)
        labelled += len(expected)
        for speaker, words in heard:
            if _is_mostly_in(words, speaker, expected, one.text):
                right += 1
            else:
                wrong.append(f"{one.name} not said: {speaker}: {words.of(one.text)}")
        for speaker, words in expected:
            if _is_mostly_in(words, speaker, heard, one.text):
                recalled += 1
            else:
                wrong.append(f"{one.name} missed: {speaker}: {words.of(one.text)}")
    return Found(right, found, labelled, recalled, tuple(wrong))


def _place(text: str, statement: str) -> Span:
    found = re.search(rf"(?<!\w){re.escape(statement)}(?!\w)", text)
    if found is None:
        raise ValueError(f"{statement!r} is not in the text")
    return Span(found.start(), found.end())


def _canonical(speaker: str) -> str:
    return party_named(speaker).name if speaker[0].isupper() and " " not in speaker else speaker


def _head(speaker: str) -> str:
    """The speaker without what follows the noun: ``nurses at the hospital`` are nurses."""
    return _AFTER_HEAD.split(speaker.casefold(), maxsplit=1)[0]


def _is_mostly_in(words: Span, speaker: str, others: Sequence[tuple[str, Span]], text: str) -> bool:
    at, inside, total = words.start, 0, 0
    for word in words.of(text).split(" "):
        middle = Span(at, at + 1)
        total += 1
        inside += any(
            other.overlaps(middle) and _head(name) == _head(speaker) for name, other in others
        )
        at += len(word) + 1
    return inside * 2 >= total
