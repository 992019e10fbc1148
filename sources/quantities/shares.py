"""Parts of a whole in words: "one third", "a quarter", "две трети", "half", "one in five"."""

from fractions import Fraction

from sources.quantities.digits import Figure, Refused
from sources.quantities.scales import HALF, scaled
from sources.quantities.spelled import Small, scale_at, small_at, understood
from sources.quantities.tokens import Line

_WHICH_HALF = frozenset(
    "other latter former upper lower zweite zweiten zweiter erste ersten erster letzte letzten"
    " seconde première другу другої другій друга вторая вторую второй первой первая перша першій"
    " druga drugiej drugą pierwsza pierwszej".split()
)
"""A half that is a time or a side: "the second half"."""
_ONLY_OF_A_SCALE = frozenset("halbe halben halber halbes halb demi demie пів pół".split())


def share_at(line: Line, at: int) -> Figure | Refused | None:
    """The part of a whole, or half of a scale, that begins at the token `at`."""
    return _parts_at(line, at) or _half_at(line, at)


def _parts_at(line: Line, at: int) -> Figure | Refused | None:
    count = small_at(line, at)
    article = line.phrase("articles", at)
    if count is None and article is None:
        return _sole_part_at(line, at)
    start = line.after_join(count.end if count is not None else article[1] if article else at)
    lower = line.phrase("denominators", start)
    senses = understood(line, lower[0]) if lower else []
    if lower is None or not senses:
        return _one_in(line, at, count)
    sense, end = line.best(senses), lower[1]
    upper, parts = (count.value if count else Fraction(1)), Fraction(sense.value)
    if not 1 <= upper < parts:
        return None
    if sense.language == "en":
        is_plural = line.key(start).endswith("s")
        if is_plural != (upper > 1) or (parts == 4 and upper == 2):
            return None if upper > 1 else Refused(end)
        if parts == 4 and line.key(end) == "-":
            return Refused(end)
        # "A third country" is one more, and no part.
        after = line.after_gap(end)
        is_before_a_noun = line.kind(after) == "word" and not line.phrase("function", after)
        if count is None and parts != 4 and is_before_a_noun:
            return Refused(end)
    return _of_a_scale(line, Figure(upper / parts, at, end, is_share=True, is_in_words=True))


def _sole_part_at(line: Line, at: int) -> Figure | None:
    """ "Третина", "ćwierć": parts that need no "one"."""
    sole = line.phrase("sole_denominators", at)
    senses = understood(line, sole[0]) if sole else []
    if sole is None or not senses or _is_ordinal(line, line.before_gap(at)):
        return None
    return Figure(
        1 / Fraction(line.best(senses).value), at, sole[1], is_share=True, is_in_words=True
    )


def _of_a_scale(line: Line, figure: Figure) -> Figure:
    """ "A quarter of a million" is a number, no share."""
    of = line.phrase("of", line.after_gap(figure.end))
    article = line.phrase("articles", line.after_gap(of[1] if of else figure.end))
    scale = scale_at(line, line.after_gap(article[1])) if article else None
    if scale is None:
        return figure
    return Figure(figure.value * scale[0], figure.start, scale[1], is_in_words=True, scale=scale[0])


def _one_in(line: Line, at: int, upper: Small | None) -> Figure | None:
    """ "One in five", "nine out of ten"; no "two in ten days"."""
    if upper is None or not 1 <= upper.value < 10:
        return None
    out_of = line.phrase("out_of", line.after_gap(upper.end))
    lower = small_at(line, line.after_gap(out_of[1])) if out_of else None
    if lower is None or not upper.value < lower.value <= 100:
        return None
    after = line.after_gap(lower.end)
    if scale_at(line, after) or line.phrase("durations", after):
        return None
    return Figure(upper.value / lower.value, at, lower.end, is_share=True, is_in_words=True)


def _half_at(line: Line, at: int) -> Figure | Refused | None:
    mixed = line.phrase("mixed", at)
    senses = understood(line, mixed[0]) if mixed else []
    if mixed is not None and senses:
        return scaled(
            line, Figure(Fraction(line.best(senses).value), at, mixed[1], is_in_words=True)
        )
    article = line.phrase("articles", at)
    first = line.after_join(article[1]) if article else at
    half = line.phrase("halves", first)
    if half is None or not understood(line, half[0]):
        return None
    end = half[1]
    after = line.after_join(end)
    inner = line.phrase("articles", line.after_gap(end))
    scale = scale_at(line, after)
    if scale is None and inner is not None:
        scale = scale_at(line, line.after_gap(inner[1]))
    if scale is not None:
        return Figure(scale[0] / 2, at, scale[1], is_in_words=True, scale=scale[0])
    before = line.before_gap(at)
    is_tied = "-" in (line.key(end), line.key(first - 1))
    if is_tied or _is_ordinal(line, before) or line.key(before) in _WHICH_HALF:
        return Refused(end)
    unit_at = line.after_gap(inner[1]) if inner else after
    if line.key(first) in _ONLY_OF_A_SCALE and line.phrase("durations", unit_at) is None:
        return None
    return Figure(HALF, at, end, is_share=True, is_in_words=True)


def _is_ordinal(line: Line, at: int) -> bool:
    return line.kind(at) == "word" and bool(line.lexicon.senses("ordinals", line.key(at)))
