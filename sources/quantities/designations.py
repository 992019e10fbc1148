"""Digits that are no amount: "Article 5", "F-16", "Covid-19", "No. 1325", "[3]", "5 pm"."""

import re

from sources.quantities.tokens import Line

_STANDS_ALONE_BEFORE = frozenset("mid early late pre post ex sub inter under".split())
"""What may be tied to a number by a hyphen without making it a name: "mid-2025"."""
_LISTED = re.compile(r"(?:^|\n)[ >#*-]*$")
_LIST_END = re.compile(r"[0-9]{1,3}(?:\.|\)|\.\))(?=\s|$)")
_SIGNS = "=*^#№§@\\_~/"
_MOST_LABELLED = 10_000
_QUARTER = re.compile(r"\b[QHqh][1-4]['/ -]*$")


def names_something(line: Line, at: int, end: int, *, after_dash: bool) -> bool:
    """Whether the digits from the token `at` up to `end` belong to a name, a list or a label."""
    text, start = line.plain, line.start(at)
    before = text[start - 1 : start]
    if before:
        wordy = text[start - 2 : start - 1]
        if before.isalpha() or (before in _SIGNS and not _is_about(before)):
            return True
        if before == "'" and line.kind(at - 1) == "mark" and wordy.isalnum():
            return True
        if before in ".,:" and wordy.isalnum() and not (before in ",:" and wordy.isalpha()):
            return True
        if before == "-" and not after_dash and wordy.isalnum():
            return line.key(at - 2) not in _STANDS_ALONE_BEFORE
        if before == "[" and text[line.end(end) : line.end(end) + 1] in {"]", ","}:
            return True
    if _SIGNED_NUMBER.search(text[max(0, start - 4) : start]):
        return True
    return _is_labelled(line, at, end) or _opens_a_list_item(line, at)


_SIGNED_NUMBER = re.compile(r"(?:№|#|§|\bn°|\bnº) ?$", re.IGNORECASE)


def _is_about(sign: str) -> bool:
    return sign == "~"


def _is_labelled(line: Line, at: int, end: int) -> bool:
    """Whether a word before it says what is numbered: "Article 5", "pp. 12", "Articles 4 and 5"."""
    if line.end(end) - line.start(at) > len("9,999"):
        return False
    if line.phrase_before("labels", at) or line.phrase_before("many_labels", at):
        return True
    loose = line.phrase_before("loose_labels", at)
    if loose is not None:
        after = line.after_gap(end)
        is_followed = line.kind(after) == "word" and line.word(after)[:1].islower()
        counts = is_followed and after != end and line.phrase("function", after) is None
        # "On that day 30 countries signed" numbers no day; "Day 30" and "line 30." do.
        return not counts or line.word(loose[1])[:1].isupper()
    # "Articles 4, 5 and 6"
    before = at
    for _ in range(6):
        joint = line.before_gap(before)
        word = line.key(joint)
        is_joint = word in {",", "-", "&"} or _joins(line, joint)
        digits = line.before_gap(joint) if is_joint else -1
        if digits >= 0 and _joins(line, digits) and word == ",":
            digits = line.before_gap(digits)
        if digits < 0 or line.kind(digits) != "digits":
            return False
        if line.phrase_before("many_labels", digits):
            return True
        before = digits
    return False


def _joins(line: Line, at: int) -> bool:
    return line.kind(at) == "word" and line.key(at) in _AND


_AND = frozenset("and or to und oder bis et ou à i oraz lub a й і та або и или до".split())


def _opens_a_list_item(line: Line, at: int) -> bool:
    """Whether it only numbers a paragraph: "1. In the event of …", "(2) …"."""
    text, start = line.plain, line.start(at)
    opens = start - 1 if text[start - 1 : start] == "(" else start
    if not _LIST_END.match(text, start) or not _LISTED.search(text[max(0, opens - 20) : opens]):
        return False
    if opens > 20 and "\n" not in text[opens - 20 : opens]:
        return False
    # "22. Dezember" is a day.
    word = line.after_gap(line.token_at(_list_end(text, start)))
    return line.phrase("months", word) is None


def _list_end(text: str, start: int) -> int:
    found = _LIST_END.match(text, start)
    assert found is not None
    return found.end()


def is_of_a_quarter(line: Line, at: int) -> bool:
    """Whether a year stands in "Q3 2025"."""
    start = line.start(at)
    return _QUARTER.search(line.plain[max(0, start - 6) : start]) is not None


def is_clock_time(line: Line, at: int, end: int) -> bool:
    """Whether the number up to the token `end` is a time of day: "5 pm", "17.30 Uhr"."""
    if line.phrase("clock", line.after_gap(end)) is not None:
        return True
    before = line.phrase_before("clock_before", at)
    return before is not None and line.key(line.after_gap(end)) in _HOURS


_HOURS = frozenset("годині години утра вечора".split())
