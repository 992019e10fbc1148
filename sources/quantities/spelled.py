"""Whole numbers in words: "two hundred and fifty thousand", "п'ятнадцять тисяч", "dreißigtausend".

Words that stand together without making one number ("twenty twenty-five") make none.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from sources.quantities.digits import Figure, Refused
from sources.quantities.lexicon import Sense
from sources.quantities.scales import HALF
from sources.quantities.tokens import Line

_MOST = Fraction(10**18)
_SHORT = frozenset("k mn mln bn bln tn trn md mds mio mio. mrd mrd. bio. tsd tsd.".split())
"""Scales that stand after digits alone."""
_NEVER_ALONE = frozenset({"cents", "vingts"})
_NAMES = frozenset("big group".split())


@dataclass(frozen=True, slots=True)
class Small:
    """A word for a number below a thousand; a German one may be below a million."""

    value: Fraction
    end: int
    languages: frozenset[str]


def understood(line: Line, senses: list[Sense]) -> list[Sense]:
    """The senses in a language that the text may be in."""
    return [sense for sense in senses if sense.language in line.languages]


def small_at(line: Line, at: int) -> Small | None:
    """The number word at the token `at`."""
    if line.kind(at) != "word":
        return None
    key = line.key(at)
    senses = understood(line, line.lexicon.senses("numbers", key))
    if not senses:
        is_joined = "hundert" in key or "tausend" in key
        value = _german(line, key) if is_joined and "de" in line.languages else None
        return None if value is None else Small(value, at + 1, frozenset({"de"}))
    value = Fraction(line.best(senses).value)
    return Small(value, at + 1, frozenset(one.language for one in senses if one.value == value))


def scale_at(line: Line, at: int) -> tuple[Fraction, int] | None:
    """The scale in words at the token `at` ("thousand", "dozen"), and the token after it."""
    found = line.phrase("scales", at) or line.phrase("dozens", at)
    senses = understood(line, found[0]) if found else []
    if found is None or not senses or line.key(at) in _SHORT:
        return None
    return Fraction(line.best(senses).value), found[1]


def whole_at(line: Line, at: int) -> Figure | Refused | None:
    """The whole number in words that begins at the token `at`; `None` where none does."""
    counted = _count(line, at)
    if counted is None:
        return _vague_at(line, at)
    figure, words, is_cut = counted
    if is_cut:
        return Refused(figure.end)
    if words == 1 and line.key(at) in _NEVER_ALONE:
        return None
    is_one = words == 1 and figure.value == 1
    if is_one and line.phrase("pronouns", at) is None:
        return None
    if is_one and (
        line.phrase("no_amount_after", line.after_gap(figure.end)) is not None
        or line.phrase_before("no_amount_before", at) is not None
    ):
        return Refused(figure.end)
    if words == 1 and _is_a_name(line, at):
        return Refused(figure.end)
    return replace(figure, may_be_pronoun=is_one)


def _german(line: Line, word: str) -> Fraction | None:
    """A German number written as one word: "zweihundertfünfzigtausend"."""
    for scale, name, most in ((1000, "tausend", 1000), (100, "hundert", 20)):
        head, found, tail = word.partition(name)
        if found:
            many = _german(line, head) if head else Fraction(1)
            rest = _german(line, tail.removeprefix("und")) if tail else Fraction(0)
            if many is None or rest is None or many >= most or rest >= scale:
                return None
            return many * scale + rest
    senses = [one for one in line.lexicon.senses("numbers", word) if one.language == "de"]
    return Fraction(senses[0].value) if senses else None


@dataclass(slots=True)
class _Sum:
    """A number as far as it was read: whole scales, and the group below the next one."""

    total: Fraction = Fraction(0)
    group: Fraction | None = None
    room: Fraction = Fraction(1000)
    """What can still be added to the group is below this."""
    scale: Fraction = _MOST
    """The last scale: the next is smaller."""

    @property
    def value(self) -> Fraction:
        return self.total + (self.group or 0)

    def add(self, small: Small) -> bool:
        """Whether the word goes on with the number."""
        value, is_french = small.value, "fr" in small.languages
        if value >= 1000:  # a German word in one piece
            if self.group is not None or self.scale <= 1000:
                return False
            self.total, self.scale = self.total + value, Fraction(1)
            return True
        if self.scale == 1:
            return False
        if self.group is None:
            self.group, self.room = value, _room(small)
        elif value == 20 and self.group % 100 == 4 and is_french:  # quatre-vingt
            self.group, self.room = self.group + 76, Fraction(20)
        elif value == 100 and is_french and 1 < self.group < 10:  # deux cents
            self.group, self.room = self.group * 100, Fraction(100)
        elif 0 < value < self.room:
            self.group, self.room = self.group + value, _room(small)
        else:
            return False
        return True

    def times(self, scale: Fraction, *, may_be_bare: bool) -> bool:
        """Whether a scale goes on with the number."""
        if scale == 100:
            if self.group is None or not 0 < self.group < 100 or self.group % 10 == 0:
                return False
            self.group, self.room = self.group * 100, Fraction(100)
            return True
        if self.group is None and self.total and scale > self.scale > 1:  # thousand million
            self.total, self.scale = self.total * scale, scale
            return True
        if scale >= self.scale or (self.group is None and not may_be_bare):
            return False
        self.total += (Fraction(1) if self.group is None else self.group) * scale
        self.group, self.room, self.scale = None, Fraction(1000), scale
        return True


def _room(small: Small) -> Fraction:
    value = small.value
    if value >= 100:
        return Fraction(100)
    is_french = "fr" in small.languages
    if value == 60 and is_french:
        return Fraction(20)
    is_round = value % 10 == 0 and (value >= 20 or (value == 10 and is_french))  # dix-sept
    return Fraction(10) if is_round else Fraction(1)


def _count(line: Line, at: int) -> tuple[Figure, int, bool] | None:
    """The number words from the token `at` on as one number, how many they are, and whether
    words go on that make no number with them."""
    so_far, here, end, words = _Sum(), at, at, 0
    before_and: tuple[Fraction, int] | None = None
    languages: frozenset[str] | None = None
    is_about = False
    while True:
        small, scale = small_at(line, here), scale_at(line, here)
        article = line.phrase("articles", here) if words == 0 and small is None else None
        if article is not None and understood(line, article[0]):
            if scale_at(line, line.after_join(article[1])) is None:
                return None
            small = Small(Fraction(1), article[1], frozenset(s.language for s in article[0]))
        if small is not None:
            if languages is not None and not languages & small.languages:
                break
            goes_on, end_here = so_far.add(small), small.end
            languages = small.languages if languages is None else languages & small.languages
        elif scale is not None:
            is_bare = bool(understood(line, line.lexicon.senses("singular", line.key(here))))
            goes_on, end_here = so_far.times(scale[0], may_be_bare=is_bare), scale[1]
            is_about = is_about or _is_about(line, here)
        else:
            break
        if not goes_on:
            if words == 0:
                return None
            if before_and is not None:
                return Figure(before_and[0], at, before_and[1], is_in_words=True), words, False
            return Figure(so_far.value, at, _end_of_run(line, here), is_in_words=True), words, True
        words, end = words + 1, end_here
        half = line.phrase("and_half", line.after_gap(end))
        if half is not None:
            if so_far.group is not None:
                so_far.group, so_far.room = so_far.group + HALF, Fraction(0)
            else:
                so_far.total += so_far.scale / 2
            end = half[1]
        here = line.after_join(end)
        joined = line.phrase("and", here)
        if joined is not None:
            other = line.after_join(joined[1])
            if not _may_join(line, at, so_far, small) or small_at(line, other) is None:
                break
            before_and, here = (so_far.value, end), other
    if words == 0:
        return None
    if end != at and _is_ordinal(line, line.after_join(end)) and so_far.value % 10 == 0:
        return Figure(so_far.value, at, line.after_join(end) + 1, is_in_words=True), words, True
    figure = Figure(
        so_far.value,
        at,
        end,
        is_in_words=True,
        scale=so_far.scale if so_far.scale != _MOST else Fraction(1),
        about=is_about,
    )
    return figure, words, False


def _may_join(line: Line, at: int, so_far: _Sum, small: Small | None) -> bool:
    """Whether an "and" can lead to the rest of the number."""
    if _is_between(line, at):
        return False
    if small is not None and "fr" in small.languages:  # vingt et un
        return so_far.group is not None and so_far.room > 1
    return so_far.group is None or so_far.room == 100


def _is_between(line: Line, at: int) -> bool:
    """Whether "between" stands before, so that an "and" parts two numbers."""
    return any(line.lexicon.senses("between", line.key(one)) for one in range(max(0, at - 12), at))


def _is_about(line: Line, at: int) -> bool:
    """ "Une dizaine" is about ten; a dozen is twelve."""
    return line.phrase("dozens", at) is not None and line.key(at).endswith(("aine", "ier"))


def _is_ordinal(line: Line, at: int) -> bool:
    return line.kind(at) == "word" and bool(line.lexicon.senses("ordinals", line.key(at)))


def _end_of_run(line: Line, at: int) -> int:
    end = at + 1
    while (found := small_at(line, at)) is not None or scale_at(line, at) is not None:
        end = found.end if found is not None else at + 1
        at = line.after_join(end)
    return end


def _vague_at(line: Line, at: int) -> Figure | None:
    """ "Thousands", "tens of thousands": a size and no number."""
    found = line.phrase("vague", at)
    senses = understood(line, found[0]) if found else []
    if found is None or not senses:
        return None
    value, end = Fraction(line.best(senses).value), found[1]
    of = line.phrase("of", line.after_gap(end))
    more = line.phrase("vague", line.after_gap(of[1] if of else end))
    if more is not None:
        value, end = value * Fraction(line.best(more[0]).value), more[1]
    return Figure(value, at, end, is_some=True, is_in_words=True)


def _is_a_name(line: Line, at: int) -> bool:
    """Whether a number is written as a name: "the Group of Seven"."""
    if not line.word(at)[:1].isupper() or line.languages == ("de",):
        return False
    before = line.before_gap(at)
    if before < 0 or line.kind(before) != "word":
        return False
    return line.word(before)[:1].islower() or line.key(before) in _NAMES
