"""Which sentences of a passage are a heading, and under which each stands.

A heading states nothing: it says what the sentences below it are about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.passages import Passage
from sources.source import Locator, Sentence

Headings = Mapping[str, Sequence[Locator]]
"""Where pages and headings begin in the texts of sources, by slug."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a sentence stands in its text."""

    is_heading: bool
    """Whether it is a heading, or a part of one ("## 2. Air defence" is cut in two)."""
    under: str
    """The words of the last heading above it; empty without any."""


PLAIN = Standing(is_heading=False, under="")


def standings(passage: Passage, headings: Headings) -> tuple[Standing, ...]:
    """How each sentence of the passage stands, in their order."""
    known = [one for one in headings.get(passage.source, ()) if one.kind == "heading"]
    if not known:
        return (PLAIN,) * len(passage.sentences)
    found, last, following = [], None, 0
    for sentence in passage.sentences:
        while following < len(known) and known[following].start <= sentence.start:
            last = known[following]
            following += 1
        is_heading = last is not None and _is_of(last, sentence, passage)
        found.append(Standing(is_heading, last.label if last else ""))
    return tuple(found)


def _is_of(heading: Locator, sentence: Sentence, passage: Passage) -> bool:
    """Whether the sentence is of the line that the heading stands on, and not beyond it."""
    words = passage.words_of(sentence).strip("# \n")
    if "\n" in words.rstrip("=-\n"):
        return False
    if heading.start < passage.start:
        return passage.start - heading.start <= len(heading.label) and words in heading.label
    between = passage.content[heading.start - passage.start : sentence.start - passage.start]
    return "\n" not in between
