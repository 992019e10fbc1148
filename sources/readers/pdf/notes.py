"""Notes at the foot of pages, and the signs in the text that lead to them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sources.readers.content import normalise
from sources.readers.pdf.page import Part, Prose, Row, Rule, Word
from sources.readers.pdf.rows import in_reading_order

SMALLER = 0.94
"""Letters of notes have less than this share of the body's size."""
_PLAIN_SIGN = re.compile(r"(\d{1,3})[.):]?")
_SYMBOLS = re.compile(r"[*†‡§¶]{1,3}")
_LED_BY_SYMBOL = re.compile(r"([*†‡§¶]{1,3})\s?(?=\w)")
_LETTERS = re.compile(r"[ivxl]{1,6}|[a-z]")
"""A sign of endnotes and of notes of tables: roman, or a letter."""
_UNIT = re.compile(
    r"(?<![^\W\d_])(?:[mkcdµ]?m|km|cm|mm|ft|mi|yd|nm|ha|s|[мск]|км|см|мм|дм|x|e)$", re.IGNORECASE
)
_LETTER_AFTER_WORD = re.compile(r"[^\W\d_A-ZА-Я]{3}[a-z]")
"""A raised letter behind a whole word; behind a number or a capital it is an ordinal's."""
_POWER_OF_TEN = re.compile(r"(?<!\d)10$")
_POWERS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_BRACKETS = "()[]"
_BEFORE_LETTERS = frozenset(".,;:!?”’»)")


@dataclass(slots=True)
class Note:
    """A note at the foot of a page."""

    sign: str
    rows: list[Row]
    page: int = 0


@dataclass(slots=True)
class Line:
    """The words of a row, without signs of notes."""

    text: str
    row: Row
    signs: list[tuple[str, int]] = field(default_factory=list)
    """The signs and where in `text` they stood."""


def without_notes(
    parts: Sequence[Part], body: float, rules: Sequence[Rule], raised: Collection[str] = ()
) -> tuple[list[Part], list[Note], list[Row]]:
    """The parts of a page without its notes; the notes; and rows of one begun on another page.

    `raised` are the letters that are raised like signs anywhere in the file.
    """
    kept: list[Part] = []
    notes: list[Note] = []
    carried: list[Row] = []
    for part in parts:
        if not isinstance(part, Prose):
            kept.append(part)
            continue
        part = Prose(_without_inner_notes(part.rows, body, raised, notes))
        at = _notes_start(part.rows, body, rules, raised)
        found, before = _notes(part.rows[at:], raised)
        if not found and at < len(part.rows) and _is_under_rule(part.rows, at, rules):
            before = part.rows[at:]
        elif not found:
            at = len(part.rows)
        notes += found
        carried += before if at < len(part.rows) else []
        if part.rows[:at]:
            kept.append(Prose(part.rows[:at]))
    return kept, notes, carried


def _without_inner_notes(
    rows: Sequence[Row], body: float, raised: Collection[str], found: list[Note]
) -> list[Row]:
    """The rows without smaller ones amid them that a raised sign opens, as below a table."""
    kept: list[Row] = []
    small: list[Row] = []
    for row in (*rows, None):
        if row is not None and row.size < SMALLER * body:
            small.append(row)
            continue
        if row is not None and small and small[0].words[0].is_raised and _sign_of(small[0], raised):
            found += _notes(small, raised)[0]
        else:
            kept += small
        small = []
        if row is not None:
            kept.append(row)
    return kept


def _notes_start(
    rows: Sequence[Row], body: float, rules: Sequence[Rule], raised: Collection[str]
) -> int:
    """Where at the end of a column smaller rows, or rows below a short rule, begin."""
    at = len(rows)
    while at and rows[at - 1].size < SMALLER * body:
        at -= 1
    for number in range(max(0, at - 40), at):
        if _sign_of(rows[number], raised) and _is_under_rule(rows, number, rules):
            return number
    return at


def _is_under_rule(rows: Sequence[Row], at: int, rules: Sequence[Rule]) -> bool:
    """Whether a short level line parts the row from the one above it."""
    row = rows[at]
    above = rows[at - 1].y if at else row.y + 4 * row.size
    width = max(one.x1 for one in rows) - min(one.x0 for one in rows)
    return any(
        rule.is_level
        and row.y + 0.5 * row.size < rule.y0 < above
        and 20 < rule.x1 - rule.x0 < max(0.7 * width, 150)
        and abs(rule.x0 - row.x0) < 40
        for rule in rules
    )


def _notes(rows: Sequence[Row], raised: Collection[str]) -> tuple[list[Note], list[Row]]:
    notes: list[Note] = []
    before: list[Row] = []
    for row in rows:
        sign = _sign_of(row, raised)
        if sign and notes and sign.isdecimal() and notes[-1].sign.isdecimal():
            is_raised = row.words[0].is_raised
            is_next = int(sign) == int(notes[-1].sign) + 1
            sign = sign if is_next or is_raised else ""
        if sign:
            notes.append(Note(sign, [_without_sign(row, sign)]))
        elif notes:
            notes[-1].rows.append(row)
        else:
            before.append(row)
    return notes, before


def raised_letters(rows: Sequence[Row]) -> set[str]:
    """The letters that stand raised behind the end of a sentence, or of a part, as signs do."""
    found = set()
    for row in rows:
        for before, word in pairwise(row.words):
            if (
                word.is_raised
                and word.is_glued
                and _LETTERS.fullmatch(word.text)
                and before.text[-1] in _BEFORE_LETTERS
            ):
                found.add(word.text)
    return found


def _sign_of(row: Row, raised: Collection[str]) -> str:
    """The sign that the row begins with, or nothing."""
    first = row.words[0]
    if first.is_raised and len(row.words) > 1:
        return first.text.strip(_BRACKETS)[:3]
    if len(row.words) > 1 and (found := _PLAIN_SIGN.fullmatch(first.text)):
        return found.group(1)
    if len(row.words) > 1 and first.text in raised:
        return first.text
    found = _LED_BY_SYMBOL.match(row.text)
    return found.group(1) if found else ""


def _without_sign(row: Row, sign: str) -> Row:
    first = row.words[0]
    if first.is_raised or _PLAIN_SIGN.fullmatch(first.text) or first.text == sign:
        return Row(row.words[1:])
    rest = Word(
        first.text.removeprefix(sign), first.x0, first.x1, first.y, first.size, first.font,
        first.is_bold,
    )  # fmt: skip
    return Row([rest, *row.words[1:]])


def line_of(row: Row, signs: Collection[str]) -> Line:
    """The row's words in reading order, without the signs of notes.

    A raised number is the sign of a note unless no note bears it and it is a power: ``km²``.
    """
    text = ""
    found: list[tuple[str, int]] = []
    for number, word in enumerate(in_reading_order(row.words)):
        piece = word.text
        if word.is_raised and number:
            is_sign, power = _read_raised(piece, text, signs)
            if is_sign:
                found += [(sign, len(text.rstrip())) for sign in re.split(r"[,;]", piece) if sign]
                continue
            text += power
            continue
        text += piece if word.is_glued or not number else f" {piece}"
    clean = normalise(" ".join(text.split()))
    return Line(clean, row, [(sign.strip(_BRACKETS), min(at, len(clean))) for sign, at in found])


def _read_raised(piece: str, before: str, signs: Collection[str]) -> tuple[bool, str]:
    bare = piece.strip(_BRACKETS)
    parts = [part for part in re.split(r"[,;]", bare) if part]
    is_power = bool(
        (bare in ("2", "3") and _UNIT.search(before))
        or (_POWER_OF_TEN.search(before) and bare.strip("+-−–").isdecimal())
    )
    if parts and all(part in signs for part in parts) and not (is_power and bare in ("2", "3")):
        return True, ""
    if is_power or (bare[:1] in "-−–+" and bare[1:].isdecimal()):
        return False, bare.translate(_POWERS)
    if parts and all(part.isdecimal() or _SYMBOLS.fullmatch(part) for part in parts):
        return True, ""
    if before[-1:] in _BEFORE_LETTERS and _LETTERS.fullmatch(bare):
        return True, ""
    return bool(_LETTER_AFTER_WORD.fullmatch(f"{before[-3:]}{bare}")), piece
