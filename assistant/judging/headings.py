"""Which sentences of a passage are a heading, and under which each stands; what stands apart.

A heading states nothing: it says what the sentences below it are about. A row, a note and a field
stand by themselves: no "he" in them means whom the sentence before them names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.passages import Passage
from sources.catalogue import Catalogue
from sources.source import Block, Locator, Sentence, block_at


@dataclass(frozen=True, slots=True)
class Layout:
    """Where pages and headings begin in a text, and its blocks, if it has some."""

    locators: Sequence[Locator] = ()
    blocks: Sequence[Block] = ()


Headings = Mapping[str, Layout]
"""How the texts of sources are laid out, by slug."""


def layouts(passages: Sequence[Passage], catalogue: Catalogue) -> Headings:
    """How the texts of the passages are laid out, as far as these passages reach."""
    reach: dict[str, tuple[int, int]] = {}
    for one in passages:
        start, end = reach.get(one.source, (one.start, one.end))
        reach[one.source] = min(start, one.start), max(end, one.end)
    return {
        slug: Layout(catalogue.locators(slug), catalogue.blocks(slug, start, end))
        for slug, (start, end) in reach.items()
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a sentence stands in its text."""

    is_heading: bool
    """Whether it is a heading, or a part of one ("## 2. Air defence" is cut in two)."""
    under: str
    """The words of the last heading above it; empty without any."""
    apart: Block | None = None
    """The row, note, field or quoted paragraph that it stands in."""

    def can_lead(self, other: "Standing") -> bool:
        """Whether the sentence right after it, that stands as `other`, may point back to it."""
        return not self.is_heading and _whose(self.apart) == _whose(other.apart)


_APART = ("row", "note", "field", "quoted")
PLAIN = Standing(is_heading=False, under="")


def standings(passage: Passage, headings: Headings) -> tuple[Standing, ...]:
    """How each sentence of the passage stands, in their order."""
    layout = headings.get(passage.source, Layout())
    known = [one for one in layout.locators if one.kind == "heading"]
    if not known and not layout.blocks:
        return (PLAIN,) * len(passage.sentences)
    found, last, following = [], None, 0
    for sentence in passage.sentences:
        while following < len(known) and known[following].start <= sentence.start:
            last = known[following]
            following += 1
        block = block_at(layout.blocks, sentence.start)
        if block is not None:
            is_heading = block.kind == "heading"
        else:
            is_heading = last is not None and _is_of(last, sentence, passage)
        apart = block if block is not None and block.kind in _APART else None
        found.append(Standing(is_heading, last.label if last else "", apart))
    return tuple(found)


def _whose(block: Block | None) -> object:
    """What the sentences of one block, or of what one person wrote, have in common."""
    if block is not None and block.kind == "quoted":
        return block.level, block.label
    return block


def _is_of(heading: Locator, sentence: Sentence, passage: Passage) -> bool:
    """Whether the sentence is of the line that the heading stands on, and not beyond it."""
    words = passage.words_of(sentence).strip("# \n")
    if "\n" in words.rstrip("=-\n"):
        return False
    if heading.start < passage.start:
        return passage.start - heading.start <= len(heading.label) and words in heading.label
    between = passage.content[heading.start - passage.start : sentence.start - passage.start]
    return "\n" not in between
