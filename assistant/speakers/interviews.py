"""Interviews and records of talks: who has the word, paragraph by paragraph.

"Name: words" or "**Name:** words" at the start of a line. Lists, forms and tables are written
like that as well, so a text is an interview only where its labels talk to each other: one
asks and another answers, or speakers with titles take turns.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.speakers.parties import PARTICLES, TITLES, is_listed, party_named
from assistant.speakers.people import is_people_noun
from sources.source import Block, Span, block_at

_LABEL = re.compile(
    r"^[ \t]*(?P<open>\*\*|__|\*|_)?(?P<name>[^\W\d_][^\n:*_()]{0,58}[^\s:*_()])"
    r"(?:[ \t]\([^()\n]+\))?"
    r"(?(open)(?:[ \t]*:[ \t]*(?P=open)|(?P=open)[ \t]*:)|[ \t]*:)[ \t]*(?=\S|\n[ \t]*\n?[ \t]*\S)",
    re.MULTILINE,
)
_SMALL = PARTICLES | {"of", "the", "for", "and"}
_FORMS = frozenset(
    "absent abstract action actions agenda aim an analysis annex answer antwort apologies"
    " appendix article attendees author b background betreff big bottom by byline case"
    " category cc challenge chapter city comment comments conclusion contact copyright"
    " correction cost country credit credits date datum dear decision description edited"
    " editor editors email example f figure file footnote for frage from goal heading image"
    " important info interview introduction issue item key keywords language link location"
    " methodology name next no note notes number objective options outcome overview page"
    " participants phone photo picture place points present previous price problem q quelle"
    " question questions r re read reason reasons recommendation reference references"
    " regarding related reply report response result results risk risks role rule section see"
    " sent signed solution source sources status step subject summary table tags task text"
    " time title to topic total translation type update updated url verdict version"
    " warning website when where who why a".split()
)
"""First words of labels of forms, lists and exchanges without names."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until another has the word."""

    speaker: str
    """As the label writes it, without emphasis."""
    label: Span
    words: Span
    """Without the label; more than one paragraph only where another turn follows."""
    asked: Span | None = None
    """The turn of another just before that it answers, where that ends with a question."""


def find_turns(content: str, blocks: Sequence[Block] = ()) -> tuple[Turn, ...]:
    """The turns of an interview or record of talks, in order; empty for any other text.

    With the text's blocks, no label of a table's column, a note or a field is a speaker.
    """
    labels = [
        found
        for found in _LABEL.finditer(content)
        if _could_be_a_name(found["name"]) and not is_beside(block_at(blocks, found.start("name")))
    ]
    if len(labels) < 2:
        return ()
    names = [found["name"] for found in labels]
    ends = [*(found.start() for found in labels[1:]), len(content)]
    said = [content[found.end() : end] for found, end in zip(labels, ends, strict=True)]
    asks = [_first_paragraph(words).rstrip(" \n*_”\"'").endswith("?") for words in said]
    speakers = _answering(names, asks) or _titled(names)
    turns: list[Turn] = []
    question: Span | None = None
    for number, (found, end) in enumerate(zip(labels, ends, strict=True)):
        if found["name"] not in speakers:
            question = None
            continue
        is_last = number + 1 == len(labels)
        ending = found.end() + len(_first_paragraph(said[number])) if is_last else end
        words = _trimmed(content, found.end(), ending)
        if words is None:
            continue
        before = turns[-1].speaker if turns else found["name"]
        asked = question if before != found["name"] else None
        turns.append(Turn(found["name"], Span(found.start(), found.end()), words, asked))
        question = words if asks[number] else None
    return tuple(turns)


def is_beside(block: Block | None) -> bool:
    """Whether nobody has the word in it: a row, a note, a field."""
    return block is not None and block.kind in ("row", "note", "field")


def speaker_at(content: str, span: Span) -> str | None:
    """Who has the word in that part of an interview, as the label writes it; else `None`."""
    turn = turn_at(find_turns(content), span)
    return turn.speaker if turn else None


def turn_at(turns: Sequence[Turn], span: Span) -> Turn | None:
    """The first of the turns, which are in order, whose words have part in the span."""
    at = bisect_right(turns, span.start, key=lambda one: one.words.end)
    return turns[at] if at < len(turns) and turns[at].words.overlaps(span) else None


def _could_be_a_name(label: str) -> bool:
    words = label.split()
    if len(words) > 6 or words[0].casefold().strip(".") in _FORMS:
        return False
    if words[0] == "The" and not (
        is_people_noun(words[-1]) or party_named(label).kind in ("publisher", "organisation")
    ):
        return False
    return all(word[0].isupper() or word in _SMALL for word in words) and (
        words[-1][0].isupper() and not any(character.isdigit() for character in label)
    )


def _answering(names: Sequence[str], asks: Sequence[bool]) -> frozenset[str]:
    """The labels of an interview; empty where no name answers a question of another."""
    answers = Counter(
        (one, other)
        for (one, asking), (other, asking_back) in pairwise(zip(names, asks, strict=True))
        if asking and not asking_back and one != other
    )
    by_speaker: Counter[str] = Counter()
    for (_, other), times in answers.items():
        by_speaker[other] += times
    sure = {
        name
        for name, times in by_speaker.items()
        if times > 1 or " " in name or name.isupper() or _is_listed_speaker(name)
    }
    return frozenset(name for pair in answers if pair[1] in sure for name in pair)


def _is_listed_speaker(name: str) -> bool:
    return is_listed(name) and party_named(name).kind != "place"


def _titled(names: Sequence[str]) -> frozenset[str]:
    """The labels of a record of talks: two or more with titles, of whom one speaks again."""
    titled = {
        name
        for name in names
        if is_listed(party_named(name).name)
        or any(word.casefold().strip(".") in TITLES for word in name.split())
    }
    again = any(
        one in titled and one in names[at + 2 :] and names[at + 1] in titled - {one}
        for at, one in enumerate(names[:-1])
    )
    return frozenset(titled) if again else frozenset()


def _first_paragraph(words: str) -> str:
    lead = len(words) - len(words.lstrip())
    gap = re.search(r"\n[ \t]*\n", words[lead:])
    return words[: lead + gap.start()] if gap else words


def _trimmed(content: str, start: int, end: int) -> Span | None:
    while start < end and content[start].isspace():
        start += 1
    while start < end and content[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
