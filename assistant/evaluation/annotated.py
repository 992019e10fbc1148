"""Texts with questions and the sentences that answer them, as people can write and read them.

A file holds texts one after the other. A text begins with ``# kind | language | title |
publisher | day`` (an ISO day or ``unknown``) and has one numbered sentence a line, a tab after
the number, with blank lines between paragraphs. Then come its questions: ``? QUESTION => 3,5``
names the sentences that answer, ``=> -`` says that none does, and ``?? EARLIER || QUESTION``
is asked after another. ``= S 3 | STATEMENT`` is a statement that sentence 3 supports, ``= C`` one
that it contradicts, ``= N`` one that it does not say.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sources.errors import UseError

Relation = Literal["supported", "contradicted", "not_said"]

_STATEMENT = re.compile(r"= (?P<label>[SCN]) (?P<by>[\d, ]+) \| (?P<words>.+)")
_RELATIONS: Mapping[str, Relation] = {"S": "supported", "C": "contradicted", "N": "not_said"}
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
class StatementOn:
    """A statement, and what the sentences that it is held against make of it."""

    words: str
    relation: Relation
    places: tuple[int, ...]
    """Of those sentences, from 0."""


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text and what is asked about it."""

    kind: str
    language: str
    title: str
    content: str
    sentences: tuple[str, ...]
    questions: tuple[AskedText, ...]
    statements: tuple[StatementOn, ...] = ()


@dataclass(slots=True)
class _Begun:
    head: str
    sentences: dict[str, str] = field(default_factory=dict)
    paragraphs: list[list[str]] = field(default_factory=lambda: [[]])
    questions: list[AskedText] = field(default_factory=list)
    statements: list[StatementOn] = field(default_factory=list)

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
            kind,
            language,
            title,
            content,
            tuple(self.sentences.values()),
            tuple(self.questions),
            tuple(self.statements),
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
        elif found := _STATEMENT.fullmatch(line):
            begun.statements.append(_stated(found, begun, where))
        else:
            raise UseError(
                f"{where} cannot be read.", remedy="See `assistant.evaluation.annotated`."
            )
    if begun is not None:
        yield begun.finished(repr(file.name))


def _stated(found: re.Match[str], begun: _Begun, where: str) -> StatementOn:
    order = list(begun.sentences)
    places = tuple(order.index(number) for number in _numbers(found["by"], begun, where))
    return StatementOn(found["words"], _RELATIONS[found["label"]], places)


def _numbers(written: str, begun: _Begun, where: str) -> list[str]:
    numbers = re.split(r"\s*,\s*", written.strip())
    missing = [number for number in numbers if number not in begun.sentences]
    if missing:
        raise UseError(f"{where} names no sentence: {missing[0]!r}.", remedy="Name one, or `-`.")
    return numbers


def _asked(found: re.Match[str], begun: _Begun, where: str) -> AskedText:
    numbers = [] if found["by"].strip() == "-" else _numbers(found["by"], begun, where)
    answers = frozenset(begun.sentences[number] for number in numbers)
    return AskedText(found["words"], found["earlier"], answers)
