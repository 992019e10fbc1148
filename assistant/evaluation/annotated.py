"""Texts with questions and the sentences that answer them, as people can write and read them.

A file holds texts one after the other. A text begins with ``# kind | language | title |
publisher | day`` (an ISO day or ``unknown``) and has one numbered sentence a line, a tab after
the number, with blank lines between paragraphs. Then come its questions: ``? QUESTION => 3,5``
names the sentences that answer, ``=> -`` says that none does, and ``?? EARLIER || QUESTION``
is asked after another. Lines that begin with ``=`` are statements, and passed over here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sources.errors import UseError

_SENTENCE = re.compile(r"(\d+)\t(.+)")
_QUESTION = re.compile(r"\?\??\s+(?:(?P<earlier>.+?)\s+\|\|\s+)?(?P<words>.+?)\s+=>\s*(?P<by>.+)")


@dataclass(frozen=True, slots=True)
class AskedText:
    """A question about one text."""

    words: str
    earlier: str | None
    """The question asked before; `None` without one."""
    answers: frozenset[str]
    """The sentences that answer, each in full; empty where the text does not answer."""


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text and what is asked about it."""

    kind: str
    language: str
    title: str
    content: str
    sentences: tuple[str, ...]
    questions: tuple[AskedText, ...]


@dataclass(slots=True)
class _Begun:
    head: str
    sentences: dict[str, str] = field(default_factory=dict)
    paragraphs: list[list[str]] = field(default_factory=lambda: [[]])
    questions: list[AskedText] = field(default_factory=list)

    def finished(self, where: str) -> AnnotatedText:
        parts = [part.strip() for part in self.head.split("|")]
        if len(parts) < 3 or not self.sentences:
            raise UseError(
                f"{where} has a text without a title or sentences.",
                remedy="Begin it with `# kind | language | title`, and number its sentences.",
            )
        kind, language, title = parts[:3]
        content = "\n\n".join(" ".join(one) for one in self.paragraphs if one)
        return AnnotatedText(
            kind, language, title, content, tuple(self.sentences.values()), tuple(self.questions)
        )


def read_annotated(file: Path) -> tuple[AnnotatedText, ...]:
    """The texts of a file, in order. Raises `UseError` for a line that is none of these."""
    return tuple(_texts(file))


def _texts(file: Path) -> Iterator[AnnotatedText]:
    begun: _Begun | None = None
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        where = f"{file.name!r}, line {number},"
        if line.startswith("# "):
            if begun is not None:
                yield begun.finished(where)
            begun = _Begun(line[2:])
        elif begun is None:
            if line.strip():
                raise UseError(f"{where} stands before any text.", remedy="Begin it with `# `.")
        elif found := _SENTENCE.fullmatch(line):
            begun.sentences[found[1]] = found[2]
            begun.paragraphs[-1].append(found[2])
        elif not line.strip():
            begun.paragraphs.append([])
        elif found := _QUESTION.fullmatch(line):
            begun.questions.append(_asked(found, begun, where))
        elif not line.startswith("= "):
            raise UseError(
                f"{where} cannot be read.", remedy="See `assistant.evaluation.annotated`."
            )
    if begun is not None:
        yield begun.finished(repr(file.name))


def _asked(found: re.Match[str], begun: _Begun, where: str) -> AskedText:
    numbers = [] if found["by"].strip() == "-" else re.split(r"\s*,\s*", found["by"].strip())
    missing = [number for number in numbers if number not in begun.sentences]
    if missing:
        raise UseError(f"{where} names no sentence: {missing[0]!r}.", remedy="Name one, or `-`.")
    answers = frozenset(begun.sentences[number] for number in numbers)
    return AskedText(found["words"], found["earlier"], answers)
