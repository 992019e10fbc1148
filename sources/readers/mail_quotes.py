"""Whose words stand in a mail: what its sender wrote, and what is quoted or forwarded in it.

Takes the blocks of a mail as they come, each as deep in quotations as its file says (by ``>`` or
``<blockquote>``), finds the lines that lead to somebody else's words, and puts all of it into a
`Builder`: what is quoted as ``quoted`` blocks, with whose it is and of which day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sources import quoted
from sources.readers.content import Builder
from sources.readers.mail_intros import (
    Intro,
    header_key,
    is_separator,
    read_attribution,
    read_headers,
)
from sources.readers.wrapped import paragraphs, words_known

MAX_QUOTE_DEPTH = 20


@dataclass(frozen=True, slots=True)
class _Part:
    """A line of the mail, or something that is put as it is; a line may be blank."""

    depth: int
    line: str = ""
    put: Callable[[Builder], None] | None = None


class MailBlocks:
    """Collects a mail's blocks; takes what a page's walker tells, and lines of plain text."""

    reached = None
    """A note's place is not known before everything is put."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._depth = 0

    def enter_quote(self) -> None:
        self._depth += 1

    def leave_quote(self) -> None:
        self._depth -= 1

    def line(self, words: str, depth: int) -> None:
        """A line of plain text, `depth` quotations deep; a blank one ends a paragraph."""
        self._parts.append(_Part(min(depth, MAX_QUOTE_DEPTH), words))

    def lines(self, lines: Sequence[str]) -> None:
        depth = min(self._depth, MAX_QUOTE_DEPTH)
        self._parts.extend(_Part(depth, line) for line in (*lines, ""))

    def paragraph(self, words: str) -> None:
        self.lines(words.split("\n"))

    def heading(self, words: str, level: int = 1) -> None:
        self._add(lambda builder: builder.heading(words, level))

    def item(self, words: str, mark: str = "•", level: int = 1) -> None:
        self._add(lambda builder: builder.item(words, mark, level))

    def table(self, rows: Sequence[Sequence[str]], *, header: Sequence[str] | None = None) -> None:
        for row in rows:
            said = [*(header or ()), *row]
            if len(said) == 2 and header_key(f"{said[0].rstrip(':')}: {said[1]}"):
                depth = min(self._depth, MAX_QUOTE_DEPTH)
                self._parts.append(_Part(depth, f"{said[0].rstrip(':')}: {said[1]}"))
            else:
                self._add(partial(_put_row, row, header))

    def note(self, words: str, sign: str, *, anchor: int | None = None) -> None:
        self._add(lambda builder: builder.note(words, sign, anchor=anchor or builder.reached))

    def _add(self, put: Callable[[Builder], None]) -> None:
        self._parts.append(_Part(min(self._depth, MAX_QUOTE_DEPTH), put=put))

    def put(self, builder: Builder, *, whose: str = "", level: int = 0) -> None:
        """Put everything into `builder`; the mail itself is `level` quotations deep, of `whose`."""
        _Putting(self._parts, builder, whose, level).run()
        builder.quoting("", 0)


def _put_row(row: Sequence[str], header: Sequence[str] | None, builder: Builder) -> None:
    builder.table([row], header=header)


class _Putting:
    """One pass over a mail's parts."""

    def __init__(self, parts: Sequence[_Part], builder: Builder, whose: str, level: int) -> None:
        self._parts = parts
        self._builder = builder
        self._whose = {level: whose}
        self._level = level
        self._further: dict[int, int] = {}
        """At each depth, how many mails follow one another there without a mark for it."""
        self._is_begun: dict[int, bool] = {}
        """Whether words were put at a depth since it was entered."""
        self._depth = 0
        self._is_led_to = False
        self._run: list[str] = []
        self._known = words_known("\n".join(part.line for part in parts))

    def run(self) -> None:
        at = 0
        while at < len(self._parts):
            part = self._parts[at]
            is_said = part.put is not None or bool(part.line.strip())
            if is_said and part.depth != self._depth:
                self._move_to(part.depth)
            if part.put is not None:
                self._end()
                self._quote()
                part.put(self._builder)
                self._is_begun[self._depth] = True
                at += 1
            elif not is_said:
                self._end()
                at += 1
            else:
                at += self._intro(at) or self._say(part.line)
        self._end()

    def _say(self, line: str) -> int:
        self._run.append(line)
        return 1

    def _move_to(self, depth: int) -> None:
        self._end()
        for one in [one for one in self._further if one > depth]:
            del self._further[one]
        for one in [one for one in self._is_begun if one > depth]:
            del self._is_begun[one]
        self._depth = depth

    def _intro(self, at: int) -> int:
        """How many parts lead to another mail from `at` on; 0 where none do."""
        line = self._parts[at].line
        if is_separator(line):
            if not any(one.line.strip() or one.put for one in self._parts[at + 1 :]):
                return 0
            self._end()
            self._is_led_to = self._is_led_to or any(map(str.isalpha, line))
            return 1
        begins = self._depth > 0 and not self._is_begun.get(self._depth)
        if header_key(line) == "from" or (self._is_led_to and header_key(line)):
            found = read_headers(self._ahead(at, self._depth))
            if found is not None and (found.is_sure or self._is_led_to or begins):
                # The head of what is already marked as quoted, or of what follows unmarked.
                is_known = begins and not self._whose.get(self._now())
                return self._lead(at, found, deeper=not is_known)
        if line.rstrip()[-1:] == ":" or self._may_go_on(at):
            lines = self._ahead(at, self._depth)[:6]
            attribution = read_attribution(lines)
            if attribution is not None:
                follows = self._depth_after(at + attribution.lines) > self._depth
                if follows or (attribution.is_sure and not self._run):
                    return self._lead(at, attribution, deeper=not follows, follows=follows)
        return 0

    def _may_go_on(self, at: int) -> bool:
        """Whether one of the next lines ends as "… wrote:" does."""
        ahead = self._parts[at + 1 : at + 4]
        return any(one.line.rstrip().endswith(":") for one in ahead)

    def _lead(self, at: int, intro: Intro, *, deeper: bool, follows: bool = False) -> int:
        self._end()
        self._is_led_to = False
        if deeper:
            self._further[self._depth] = self._further.get(self._depth, 0) + 1
        level = self._now() + follows
        for one in [one for one in self._whose if one >= level]:
            del self._whose[one]
        self._whose[level] = quoted.label_of(intro.sender, intro.day)
        lines = [one.line.strip() for one in self._parts[at : at + intro.lines]]
        self._builder.quoting(self._whose[level], level)
        self._builder.paragraph("\n".join(filter(None, lines)))
        self._is_begun[self._depth] = True
        return intro.lines

    def _ahead(self, at: int, depth: int) -> list[str]:
        found = []
        for one in self._parts[at : at + 40]:
            if one.put is not None or (one.line.strip() and one.depth != depth):
                break
            found.append(one.line)
        return found

    def _depth_after(self, at: int) -> int:
        for one in self._parts[at:]:
            if one.put is not None or one.line.strip():
                return one.depth
        return 0

    def _now(self) -> int:
        further = sum(count for depth, count in self._further.items() if depth <= self._depth)
        return self._level + self._depth + further

    def _quote(self) -> None:
        level = self._now()
        self._builder.quoting(self._whose.get(level, ""), level)

    def _end(self) -> None:
        """Put the lines that were said as paragraphs and items."""
        run, self._run = self._run, []
        if not run:
            return
        self._quote()
        for one in paragraphs(run, self._known):
            if one.mark is None:
                self._builder.paragraph(one.words)
            else:
                self._builder.item(one.words, one.mark)
        self._is_begun[self._depth] = True
