"""Letters into words, and words into rows; what is small and high is set apart.

The order of drawing is not trusted: what stands on one base line is read from left to right.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sources.readers.pdf.breaks import SURE_POINTS
from sources.readers.pdf.page import Letter, Row, Rule, Word

_SMALL = 0.85
"""A letter of less than this share of its neighbour's size is a raised or lowered one."""
_NEARLY = 0.95
_LONGEST_RAISED = 12
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DROP_CAP = 1.8
"""A single letter of more than this many times the size of the body opens a paragraph."""
_FEWEST_POINTS = 4
_SMALL_POINTS = frozenset(SURE_POINTS + "–-")
_POINT_REACH = 2.5
"""How far before its line a small point may hang, in sizes of the line."""
_LEADERS = {".", "…", "·", "_", "‥"}


def rows_of(letters: Sequence[Letter]) -> list[Row]:
    """The rows of a page, from top to bottom, across all of its columns."""
    if not letters:
        return []
    body = body_size(letters)
    lines = _joined(_lines(letters))
    lines = _with_small_ones(lines, body)
    lines = _with_drop_caps(lines, body)
    rows = [Row(words) for line in lines if (words := _words(line))]
    return sorted(rows, key=lambda row: -row.y)


def with_points(rows: list[Row], points: Sequence[Rule]) -> list[Row]:
    """The rows with the points of lists that are drawn as shapes, not as letters."""
    for point in points:
        middle = (point.y0 + point.y1) / 2
        for row in rows:
            if abs(middle - row.y - 0.33 * row.size) > 0.3 * row.size:
                continue
            at = next((at for at, word in enumerate(row.words) if word.x0 >= point.x1), None)
            is_free = at is not None and (not at or row.words[at - 1].x1 < point.x0 - row.size)
            if at is None or not is_free or row.words[at].x0 - point.x1 > 2.5 * row.size:
                continue
            word = Word("•", point.x0, point.x1, row.y, row.size, row.font, row.is_bold)
            rows[rows.index(row)] = Row([*row.words[:at], word, *row.words[at:]])
            break
    return rows


def body_size(letters: Sequence[Letter]) -> float:
    """The size of most letters, to half a point; 10 where there is none."""
    sizes = Counter(round(letter.size * 2) / 2 for letter in letters)
    return sizes.most_common(1)[0][0] or 10.0 if sizes else 10.0


def usual_size(rows: Sequence[Row]) -> float:
    """The same of rows."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _lines(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Letters on nearly the same base line, lines from top to bottom."""
    lines: list[list[Letter]] = []
    base = 0.0
    for letter in sorted(letters, key=lambda one: -one.y):
        if not lines or base - letter.y > max(0.8, 0.12 * letter.size):
            lines.append([])
            base = letter.y
        lines[-1].append(letter)
    return lines


def _joined(lines: list[list[Letter]]) -> list[list[Letter]]:
    """Lines that only a shaky hand, as that of text recognition, set a little apart."""
    joined: list[list[Letter]] = []
    for line in lines:
        line.sort(key=lambda one: one.x0)
        if joined and _is_same_line(joined[-1], line):
            joined[-1] = sorted([*joined[-1], *line], key=lambda one: one.x0)
        else:
            joined.append(line)
    return joined


def _is_same_line(upper: Sequence[Letter], lower: Sequence[Letter]) -> bool:
    one, two = _size_of(upper), _size_of(lower)
    if not _SMALL < one / two < 1 / _SMALL or upper[0].y - lower[0].y > 0.3 * max(one, two):
        return False
    spans = [(letter.x0 + 0.5, letter.x1 - 0.5) for letter in upper]
    at = 0
    for letter in lower:
        while at < len(spans) and spans[at][1] <= letter.x0:
            at += 1
        if at < len(spans) and spans[at][0] < letter.x1:
            return False
    return True


def _size_of(line: Sequence[Letter]) -> float:
    return Counter(letter.size for letter in line).most_common(1)[0][0]


def _with_small_ones(lines: list[list[Letter]], body: float) -> list[list[Letter]]:
    """Signs of notes, powers and indices put into the line that they stand beside."""
    kept: list[list[Letter]] = []
    homeless: list[tuple[int, list[Letter]]] = []
    for number, line in enumerate(lines):
        largest = max(letter.size for letter in line)
        if largest < _SMALL * body or any(one.size < _SMALL * largest for one in line):
            rest = []
            for run in _runs(line):
                if len(run) <= _LONGEST_RAISED and run[0].size < _SMALL * max(body, largest):
                    homeless.append((number, run))
                else:
                    rest += run
            line = rest
        kept.append(line)
    added: dict[int, list[Letter]] = {}
    for number, run in homeless:
        home = _home_of(run, number, kept)
        if home is None:
            added.setdefault(number, []).extend(run)
            continue
        base = next(letter.y for letter in kept[home])
        for letter in run:
            letter.is_raised = letter.y - base > 0.1 * letter.size and not _is_point(run)
        added.setdefault(home, []).extend(run)
    for number, more in added.items():
        kept[number] = sorted([*kept[number], *more], key=lambda one: one.x0)
    return [line for line in kept if line]


def _runs(line: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Stretches of one size without a gap."""
    run: list[Letter] = []
    for letter in line:
        if run and (
            abs(letter.size - run[-1].size) > 0.05 * letter.size
            or letter.x0 - run[-1].x1 > 0.6 * letter.size
        ):
            yield run
            run = []
        run.append(letter)
    if run:
        yield run


def _is_point(run: Sequence[Letter]) -> bool:
    """Whether it is a mark of a list, which may be small and stands as high as lines are in the
    middle."""
    return len(run) == 1 and run[0].text in _SMALL_POINTS


def _home_of(run: Sequence[Letter], number: int, lines: Sequence[Sequence[Letter]]) -> int | None:
    """The line that the run is raised above or lowered below, and stands beside."""
    y, x0, x1, size = run[0].y, run[0].x0, run[-1].x1, run[0].size
    reach = _POINT_REACH if _is_point(run) else 0.6
    best: tuple[float, int] | None = None
    for at in range(max(0, number - 4), min(len(lines), number + 7)):
        for letter in lines[at]:
            up = y - letter.y
            # Clearly raised ones may be nearly as large, as in notes set small themselves.
            most = _NEARLY if up > 0.15 * letter.size else _SMALL
            if letter.size * most <= size or letter.is_raised:
                continue
            if not -0.4 * letter.size <= up <= 0.75 * letter.size:
                break
            behind, before = x0 - letter.x1, letter.x0 - x1
            if -0.3 * size <= behind <= 0.4 * letter.size:
                nearness = abs(behind)
            elif -0.3 * size <= before <= reach * letter.size:
                nearness = abs(before) + letter.size
            else:
                continue
            if best is None or nearness < best[0]:
                best = (nearness, at)
    return best[1] if best else None


def _with_drop_caps(lines: list[list[Letter]], body: float) -> list[list[Letter]]:
    """A large first letter put before the rest of its word, some lines higher."""
    for line in lines:
        for letter in [one for one in line if one.size > _DROP_CAP * body]:
            if not letter.text.isalpha() or any(
                one is not letter
                and one.size > _DROP_CAP * body
                and abs(one.x0 - letter.x0) < 3 * letter.size
                for one in line
            ):
                continue
            for other in lines:
                first = next((one for one in other if one.x0 >= letter.x1 - 0.1 * body), None)
                if (
                    first is not None
                    and first.size <= 1.3 * body
                    and first.x0 - letter.x1 <= body
                    and letter.y + 0.2 * body < first.y < letter.y + letter.size
                ):
                    line.remove(letter)
                    first.after_space = first.x0 - letter.x1 > 0.4 * body
                    letter.x1 = first.x0 - (0.3 * body if first.after_space else 0)
                    letter.y, letter.size = first.y, first.size
                    other.insert(other.index(first), letter)
                    break
    return [line for line in lines if line]


def _words(line: Sequence[Letter]) -> list[Word]:
    """A line's words from left to right, in reading order within each."""
    letters = _without_doubles(line) if len({letter.run for letter in line}) > 1 else line
    wide = _widest_gap_in_words(letters)
    words: list[Word] = []
    last: Letter | None = None
    for letter in letters:
        text, is_raised = letter.text, letter.is_raised
        if not text.isascii():
            text = text.translate(_RAISED)
            is_raised |= text != letter.text
        gap = letter.x0 - last.x1 if last else 0.0
        size = max(letter.size, last.size) if last else letter.size
        is_apart = last is not None and (
            gap > wide * size or (letter.after_space and gap > 0.08 * size)
        )
        if last is None or is_apart or words[-1].is_raised != is_raised:
            words.append(
                Word(
                    text, letter.x0, letter.x1, letter.y, letter.size, letter.font, letter.is_bold,
                    is_raised, is_glued=bool(words) and not is_apart,
                )
            )  # fmt: skip
        else:
            word = words[-1]
            word.text += text
            word.x1 = max(word.x1, letter.x1)
            word.is_bold &= letter.is_bold
        last = letter
    for word in words:
        if not word.text.isascii():
            word.text = _logical(word.text)
    return _without_leaders(words)


def _without_leaders(words: list[Word]) -> list[Word]:
    """The words without rows of points that lead the eye from a title to its page."""
    kept: list[Word] = []
    points: list[Word] = []
    for word in words:
        if not set(word.text) - _LEADERS:
            points.append(word)
            continue
        kept += points if sum(len(point.text) for point in points) < _FEWEST_POINTS else []
        points = []
        kept.append(word)
    kept += points if sum(len(point.text) for point in points) < _FEWEST_POINTS else []
    return kept


def _without_doubles(line: Sequence[Letter]) -> list[Letter]:
    """The letters without those that were drawn again over themselves to look bold."""
    kept: list[Letter] = []
    for letter in line:
        for other in kept[-3:]:
            if (
                other.text == letter.text
                and other.run != letter.run
                and abs(other.x0 - letter.x0) < 0.15 * letter.size
                and abs(other.y - letter.y) < 0.15 * letter.size
            ):
                break
        else:
            kept.append(letter)
    return kept


def _widest_gap_in_words(letters: Sequence[Letter]) -> float:
    """The widest gap between letters of one word, as a share of their size.

    Of letters that are set apart all alike, as in titles, the usual gap parts no words.
    """
    gaps = sorted(
        (two.x0 - one.x1) / max(one.size, two.size)
        for one, two in pairwise(letters)
        if not two.after_space
    )
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    has_spaces = any(letter.after_space and not is_leftward(letter.text) for letter in letters)
    return min(max(usual, 0.0), 0.4) + (0.25 if has_spaces else 0.14)


def _logical(text: str) -> str:
    """A word in the order of reading: Hebrew and Arabic ones stand the other way on the page."""
    if not is_leftward(text):
        return text
    turned: list[str] = []
    for cluster in reversed(_clusters(text)):
        if turned and cluster.isdigit() and turned[-1].isdigit():
            turned[-1] = cluster + turned[-1]
        else:
            turned.append(cluster)
    return "".join(turned)


def _clusters(text: str) -> list[str]:
    found: list[str] = []
    for character in text:
        if found and unicodedata.combining(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def is_leftward(text: str) -> bool:
    """Whether it holds a letter of a script that runs from right to left."""
    return not text.isascii() and any(
        character >= "\u0590" and unicodedata.bidirectional(character) in ("R", "AL")
        for character in text
    )


def in_reading_order(words: Sequence[Word]) -> list[Word]:
    """Words of a row from left to right, in the order in which they are read."""
    leftward = [is_leftward(word.text) for word in words]
    if not any(leftward):
        return list(words)
    letters = sum(
        len(word.text) if is_left else 0 for word, is_left in zip(words, leftward, strict=True)
    )
    others = sum(
        len(word.text)
        for word, is_left in zip(words, leftward, strict=True)
        if not is_left and any(map(str.isalpha, word.text))
    )
    runs_left = letters > others
    ordered: list[Word] = []
    at = 0
    while at < len(words):
        end = at + 1
        last = at
        is_turned = leftward[at] if not runs_left else not leftward[at]
        if is_turned:
            while end < len(words):
                is_plain = not any(map(str.isalpha, words[end].text))
                if leftward[end] == leftward[at]:
                    last = end
                elif not is_plain:
                    break
                end += 1
        stretch = list(words[at : last + 1])
        ordered += stretch if runs_left or not is_turned else stretch[::-1]
        if runs_left and len(stretch) > 1:
            ordered[-len(stretch) :] = stretch[::-1]
        at = last + 1
    return ordered[::-1] if runs_left else ordered
