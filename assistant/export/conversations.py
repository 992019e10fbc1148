"""Answers and conversations as they are carried elsewhere, with their footnotes.

The numbers are the conversation's own. Everything that was said by a source or a person is
escaped in Markdown: it stays words there too.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.answers import Answer, Citation, as_contract
from assistant.briefing.briefings import Evidence
from assistant.conversing.conversation import Conversation
from assistant.export import footnotes

_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]<>#|~$&]")
_BEGINS_SOMETHING = re.compile(r"^(?:(?=[-+=:%])|\(?(?:\d+|[a-z]|[ivxlcdm]+|@)(?=[.)](?:\s|$)))")
"""A list, a heading, a definition, a title; in pandoc, letters, too, number a list."""


def answer_as_markdown(conversation: Conversation, turn: int) -> str:
    """The answer at `turn` with its footnotes; empty where there is none."""
    return "\n".join(_answer(conversation, turn, _MARKDOWN)) + "\n"


def answer_as_text(conversation: Conversation, turn: int) -> str:
    """The same in plain text: ``[1]`` behind a statement, the notes below."""
    return "\n".join(_answer(conversation, turn, _TEXT)) + "\n"


def answer_as_html(conversation: Conversation, turn: int) -> str:
    """The same as HTML, to be pasted into a document: its numbers raised, a paragraph a line."""
    lines = _answer(conversation, turn, _HTML)
    return "\n".join(f"<p>{line}</p>" for line in lines if line) + "\n"


def conversation_as_markdown(title: str, conversation: Conversation) -> str:
    """Every question with what became of it; each note once, at the end."""
    lines = [f"# {_escaped(title)}", ""]
    for exchange in conversation.exchanges:
        lines += [f"## {_escaped(exchange.question)}", ""]
        if exchange.answer:
            lines += [*_said(conversation, exchange.answer, _MARKDOWN), ""]
        if exchange.failure:
            lines += [_escaped(f"No answer: {exchange.failure.problem}"), ""]
    notes = _notes(conversation.cited(), _speakers(conversation), _MARKDOWN)
    return "\n".join([*lines, *notes]).rstrip() + "\n"


def conversation_as_json(title: str, conversation: Conversation) -> str:
    """The conversation for programs: each answer in the documented layout.

    ``numbers`` gives, for the citations 1, 2, … of an answer, the conversation's numbers.
    """
    turns = [
        {
            "question": exchange.question,
            "answer": as_contract(exchange.answer) if exchange.answer else None,
            "numbers": [
                conversation.number_of(citation.quote)
                for citation in (exchange.answer.citations if exchange.answer else ())
            ],
            "problem": exchange.failure.problem if exchange.failure else None,
        }
        for exchange in conversation.exchanges
    ]
    whole: dict[str, Any] = {"title": title, "turns": turns}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class _Written:
    """How words, the numbers behind them, and notes are written."""

    words: Callable[[str], str]
    mark: Callable[[int], str]
    note: Callable[[int, str], str]


def _answer(conversation: Conversation, turn: int, written: _Written) -> Iterator[str]:
    exchange = conversation.exchanges[turn]
    if exchange.answer is None:
        return
    yield from _said(conversation, exchange.answer, written)
    notes = tuple(_notes(conversation.cited_by(exchange), _speakers(conversation), written))
    if notes:
        yield ""
        yield from notes


def _said(conversation: Conversation, answer: Answer, written: _Written) -> Iterator[str]:
    if answer.verdict == "about_assistant":
        yield written.words(answer.reason or "")
        return
    if answer.verdict == "not_in_sources":
        yield written.words(f"{answer.heading}. {answer.reason}")
        return
    if answer.verdict == "likely":
        yield written.words(f"{answer.heading}. {answer.reason}")
        yield ""
    own = {citation.number: citation.quote for citation in answer.citations}
    for place, statement in enumerate(answer.statements):
        numbers = [conversation.number_of(own[number]) for number in statement.citations]
        marks = "".join(map(written.mark, numbers))
        doubt = {"partly": " (only partly supported)", "not_supported": " (not supported)"}
        if place:
            yield ""
        yield written.words(statement.text) + marks + doubt.get(statement.support, "")
    if answer.verdict == "partly":
        yield ""
        yield written.words(f"{answer.heading}. {answer.reason}")


def _notes(
    citations: Iterable[Citation], speakers: dict[int, str], written: _Written
) -> Iterator[str]:
    for citation in citations:
        note = _note(citation, speakers.get(citation.number))
        yield written.note(citation.number, written.words(note))


def _note(citation: Citation, speaker: str | None) -> str:
    evidence = Evidence(
        quote=citation.quote,
        sha256=citation.sha256 or "",
        title=citation.title,
        publisher=citation.publisher,
        published=citation.published,
        speaker=speaker,
        warning=citation.warning,
        language=citation.language,
        quoted_from=citation.quoted_from,
    )
    where = f" {citation.locator}." if citation.locator else ""
    if citation.sha256:
        where = f" {footnotes.place(evidence, locator=citation.locator)}"
    return f"{footnotes.without_place(evidence)}{where}"


def _speakers(conversation: Conversation) -> dict[int, str]:
    return {
        conversation.number_of(citation.quote): statement.speaker
        for exchange in conversation.exchanges
        if exchange.answer
        for statement in exchange.answer.statements
        if statement.speaker
        for citation in exchange.answer.citations
        if citation.number in statement.citations
    }


def _escaped(words: str) -> str:
    folded = _MEANS_SOMETHING.sub(lambda found: "\\" + found.group(), _folded(words))
    return _BEGINS_SOMETHING.sub(lambda found: found.group() + "\\", folded)


def _folded(words: str) -> str:
    return " ".join(words.split())


_MARKDOWN = _Written(_escaped, lambda n: f"[^{n}]", lambda n, note: f"[^{n}]: {note}")
_TEXT = _Written(_folded, lambda n: f" [{n}]", lambda n, note: f"[{n}] {note}")
_HTML = _Written(
    lambda words: html.escape(_folded(words)),
    lambda n: f"<sup>[{n}]</sup>",
    lambda n, note: f"[{n}] {note}",
)
