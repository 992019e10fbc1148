"""A briefing as the blocks of a document: the same for Word, Markdown and the web."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.briefing.briefings import CITED, Briefing, Evidence, Line
from assistant.export.citing import PLACE, cited
from assistant.export.pandoc import (
    Block,
    Inline,
    bullets,
    emphasised,
    heading,
    in_language,
    in_style,
    link,
    paragraph,
    strong,
    styled,
    words,
)
from assistant.export.positions import WhoSaidWhat, evidence_in, positions
from assistant.export.reading import lines_in
from assistant.formatting import quotation, written_day
from sources.addresses import safe_address

QUOTED = "Quoted Words"
OWN = "Own Words"
AUTHOR = "(author)"
"""Ends a line of the author's own."""
FACTS = "Facts"

_MODES = {
    "quotes": "the sources' own sentences; no text was generated",
    "model": "statements written by a chat model, each checked against the words it cites",
}
NO_CLEAR_ANSWER = "No clear answer was found to:"
NOT_FOUND = "Not in the sources:"

UNSUPPORTED = {"partly": "only partly supported", "not_supported": "not supported"}
"""What is said behind a statement that its evidence does not bear out in full."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the first page says about how the briefing was made."""

    written: date
    sources: int
    newest: date | None
    """The newest date of publication in the library."""
    library: str
    """The fingerprint of the library state."""
    left_out: int = 0
    """Statements that their evidence does not bear out in full and that are not shown."""


def make_document(
    briefing: Briefing, imprint: Imprint, *, shown: WhoSaidWhat | None = None
) -> tuple[Block, ...]:
    """Title page facts, the lines, who said what where `shown`, what was not found, sources."""
    evidence = _evidence(briefing, shown)
    body = (
        *_body(briefing.lines),
        *(positions(shown) if shown else ()),
        *_not_found(briefing.lines),
        *_sources(_one_each(evidence)),
    )
    facts = tuple(_facts(briefing, imprint))
    count = len(lines_in((*facts, *body), title=briefing.title)) + 1
    return (*facts, _check(count, len(evidence)), *body)


def cited_sources(briefing: Briefing, *, shown: WhoSaidWhat | None = None) -> tuple[Evidence, ...]:
    """One piece of evidence for each source that is cited, in the order of first use."""
    return _one_each(_evidence(briefing, shown))


def _evidence(briefing: Briefing, shown: WhoSaidWhat | None) -> tuple[Evidence, ...]:
    lines = tuple(one for line in briefing.lines for one in line.evidence)
    return (*lines, *(evidence_in(shown) if shown else ()))


def _one_each(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    first: dict[tuple[str, str], Evidence] = {}
    for one in evidence:
        first.setdefault((one.quote.source, one.sha256), one)
    return tuple(first.values())


def _facts(briefing: Briefing, imprint: Imprint) -> Iterator[Block]:
    newest = f"newest {written_day(imprint.newest)}" if imprint.newest else "all undated"
    left_out: tuple[tuple[str, str], ...] = ()
    if imprint.left_out:
        count = _counted(imprint.left_out, "statement")
        left_out = (("Left out", f"{count} not supported in full by the words cited"),)
    facts = (
        ("Date", written_day(imprint.written)),
        (
            "Library",
            f"{_counted(imprint.sources, 'source')}, {newest}; state {imprint.library}",
        ),
        ("Made from", _MODES[briefing.mode]),
        *left_out,
    )
    for name, value in facts:
        yield _fact(name, value)


def _check(lines: int, notes: int) -> Block:
    """How much there is to be read again, so that a reader sees when some of it is gone."""
    counts = f"{_counted(lines, 'line')} and {_counted(notes, 'footnote')}"
    return _fact(
        "Check",
        f"{counts}, each footnote with the exact words it rests on;"
        " assistant verify reads them again",
    )


def _fact(name: str, value: str) -> Block:
    return in_style(FACTS, [paragraph([strong(name), *words(f"  {value}")])])


def _body(lines: Sequence[Line]) -> Iterator[Block]:
    for line in lines:
        match line.kind:
            case "section":
                yield heading(1, line.text)
            case "subsection":
                yield heading(2, line.text)
            case "quote":
                yield in_style(QUOTED, [paragraph([*_lead(line), *_quoted(line)])])
            case "statement":
                yield paragraph([*_lead(line), *words(line.text), *_notes(line), *_doubt(line)])
            case "own":
                yield in_style(OWN, [paragraph([*words(line.text), *words(f" {AUTHOR}")])])
            case "remark":
                yield paragraph([emphasised(line.text)])
            case "not_found":
                yield bullets([[paragraph(_left_open(line))]])
            case "note":
                continue


def _lead(line: Line) -> list[Inline]:
    """What stands before the words: how far it is, and who says it."""
    speaker = line.evidence[0].speaker if line.kind == "quote" else None
    lead = ", ".join(words for words in (line.label, speaker) if words)
    if not lead:
        return []
    return [strong(f"{lead[0].upper()}{lead[1:]}:"), {"t": "Space"}]


def _left_open(line: Line) -> list[Inline]:
    """The question; where words come near, those too, so that nobody reads it as an absence."""
    if not line.evidence:
        return words(f"{NOT_FOUND} {line.text}")
    asked = words(f"{NO_CLEAR_ANSWER} {line.text} Nearest: ")
    return [*asked, *_words_of(line.evidence[0]), *_notes(line)]


def _quoted(line: Line) -> list[Inline]:
    return [*_words_of(line.evidence[0]), *_notes(line)]


def _words_of(evidence: Evidence) -> list[Inline]:
    """The quotation, in the language of its source."""
    return in_language(words(quotation(evidence.quote.words)), evidence.language)


def _notes(line: Line) -> list[Inline]:
    return [cited(one) for one in line.evidence]


def _doubt(line: Line) -> list[Inline]:
    said = UNSUPPORTED.get(line.support)
    return [{"t": "Space"}, emphasised(f"({said})")] if said else []


def _not_found(lines: Sequence[Line]) -> Iterator[Block]:
    asked = [line for line in lines if line.kind == "not_found"]
    if not asked:
        return
    yield heading(1, "Appendix: asked and not found")
    yield paragraph(
        words("These questions were put to the library; no clear answer was found in its sources.")
    )
    yield bullets(
        [
            [paragraph([strong(line.text), *words(f" {line.reason or ''}".rstrip())])]
            for line in asked
        ]
    )


def _sources(cited: Sequence[Evidence]) -> Iterator[Block]:
    if not cited:
        return
    yield heading(1, "Sources")
    for one in sorted(cited, key=lambda source: (source.publisher or "~", source.title)):
        inlines: list[Inline] = [*words(one.publisher or "Publisher unknown")]
        if one.author:
            inlines.extend(words(f" ({one.author})"))
        inlines.extend([*words(", "), emphasised(one.title)])
        inlines.extend(words(f", {written_day(one.published)}. "))
        if address := safe_address(one.url):
            inlines.extend([link(address, address), *words(". ")])
        inlines.append(styled(f"{one.quote.source}, text sha256 {one.sha256}", PLACE))
        yield in_style("Bibliography", [paragraph(inlines)])


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def is_empty(briefing: Briefing) -> bool:
    """Whether nothing of the briefing would leave the desk."""
    return not any(line.kind in CITED | {"own", "remark", "not_found"} for line in briefing.lines)
