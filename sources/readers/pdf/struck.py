"""Letters that a line is drawn through, as revised and withdrawn words are."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from sources.readers.pdf.page import Letter, Rule

_LOWEST, _HIGHEST = 0.15, 0.5
"""How high above the base line a line strikes letters out, in their sizes."""
_THICKEST = 0.15
_COVERED = 0.6
"""Of a letter's width."""
_OVERHANG = 0.4
"""A line that goes further beyond the letters is a table's or a chart's, in sizes."""
_MOST_RULES = 2_000


def without_struck(
    letters: Sequence[Letter], rules: Sequence[Rule]
) -> tuple[Sequence[Letter], int]:
    """The letters without those that are struck out, and how many lines strike some out."""
    level = [one for one in rules if one.is_level and one.x1 > one.x0]
    if not level or len(level) > _MOST_RULES:
        return letters, 0
    by_height = sorted(letters, key=lambda letter: letter.y)
    heights = [letter.y for letter in by_height]
    largest = max((letter.size for letter in letters), default=0.0)
    struck: set[int] = set()
    lines = 0
    for rule in level:
        found = _struck_by(rule, by_height, heights, largest)
        lines += bool(found.difference(struck))
        struck |= found
    return [letter for letter in letters if id(letter) not in struck] if struck else letters, lines


def _struck_by(
    rule: Rule, letters: Sequence[Letter], heights: Sequence[float], largest: float
) -> set[int]:
    y = (rule.y0 + rule.y1) / 2
    near = letters[bisect_left(heights, y - _HIGHEST * largest) : bisect_right(heights, y)]
    found = [
        letter
        for letter in near
        if _LOWEST * letter.size <= y - letter.y <= _HIGHEST * letter.size
        and rule.y1 - rule.y0 <= _THICKEST * letter.size
        and min(rule.x1, letter.x1) - max(rule.x0, letter.x0)
        >= _COVERED * max(letter.x1 - letter.x0, 0.1)
    ]
    if not found:
        return set()
    over = _OVERHANG * max(letter.size for letter in found)
    left, right = min(one.x0 for one in found), max(one.x1 for one in found)
    fits = rule.x0 >= left - over and rule.x1 <= right + over
    return {id(letter) for letter in found} if fits else set()
