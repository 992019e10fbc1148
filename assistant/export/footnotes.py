"""What a footnote says, and how it is read back.

    “Words.” — Zelensky, reported speech. Polskie Radio, Title, undated. Source:
    polskie-radio-security-guarantees, characters 249–410, text sha256 0123456789abcdef.

The words, who says them, the card, the place, and enough of the text's hash to tell whether
it is still the same text.
"""

import re
import unicodedata
from dataclasses import dataclass

from assistant.briefing.briefings import Evidence
from assistant.formatting import HAIR_SPACE, quotation, written_day
from sources import quoted

HASH_DIGITS = 16

_PLACE = re.compile(
    r"Source:\s*(?P<slug>[\w-]+),\s*characters\s+(?P<start>\d+)\s*[–-]\s*(?P<end>\d+)"
    r"(?:\s+\((?P<locator>.{1,200}?)\))?,"
    rf"\s*text\s+sha256\s+(?P<sha256>[0-9a-f]{{{HASH_DIGITS}}})\.?"
    r"(?:\s*Take care: [^.]{1,200}\.)?\s*$"
)
_SAME = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "\u00ad": None,
        HAIR_SPACE: None,
    }
)


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote as it was read from a document."""

    before_place: str
    """The quotation with its attribution, as written."""
    slug: str
    start: int
    end: int
    sha256: str
    """The first `HASH_DIGITS` digits."""
    locator: str | None = None
    """Page and heading, where they are given."""


def attribution(evidence: Evidence) -> str:
    """Who says it: ``Zelensky, reported speech``, or nothing where nobody is named."""
    if evidence.speaker is None:
        return ""
    return f"{evidence.speaker}, {evidence.manner}" if evidence.manner else evidence.speaker


def card(evidence: Evidence) -> tuple[str, str, str]:
    """Publisher, title and date as a footnote gives them."""
    return (
        evidence.publisher or "publisher unknown",
        evidence.title,
        written_day(evidence.published),
    )


def place(evidence: Evidence, *, locator: str | None = None) -> str:
    """Where the words are, on which page and under which heading, in which text; a warning."""
    span = evidence.quote.span
    if locator is None and evidence.quoted_from is not None:
        locator = quoted.in_words(evidence.quoted_from)
    where = f" ({locator})" if locator else ""
    care = f" Take care: {evidence.warning}." if evidence.warning else ""
    return (
        f"Source: {evidence.quote.source}, characters {span.start}–{span.end}{where},"
        f" text sha256 {evidence.sha256[:HASH_DIGITS]}.{care}"
    )


def without_place(evidence: Evidence) -> str:
    """The whole footnote up to its place."""
    said = attribution(evidence)
    before = f"{quotation(evidence.quote.words)} — {said + '. ' if said else ''}"
    return f"{before}{card_in_words(evidence)}"


def card_in_words(evidence: Evidence) -> str:
    """``Polskie Radio, Title, undated.``"""
    return f"{', '.join(card(evidence))}."


def read_footnote(words: str) -> Footnote | None:
    """The footnote that `words` are, or `None` when they name no place in a source."""
    found = _PLACE.search(words)
    if found is None:
        return None
    return Footnote(
        before_place=words[: found.start()].strip(),
        slug=found["slug"],
        start=int(found["start"]),
        end=int(found["end"]),
        sha256=found["sha256"],
        locator=found["locator"],
    )


def quoted_in(footnote: Footnote) -> str:
    """The footnote's quotation, without its marks, as far as it can be told."""
    words = footnote.before_place.partition("” — ")[0]
    return words.removeprefix("“").replace(HAIR_SPACE, "").strip()


def comparable(words: str) -> str:
    """`words` with white space and the shape of quotation marks evened out, nothing else."""
    return " ".join(unicodedata.normalize("NFC", words).translate(_SAME).split())


def levelled(words: str) -> str:
    """`words` evened out as `comparable` does, double and single marks alike.

    A quotation in a quotation has single marks where its source has double ones.
    """
    return comparable(words).replace("'", '"')
