"""The names in what a card calls the author: people with given and family name, and institutions.

A card has one line for all of them. Where it is not sure that two names stand in it, it is one:
the Ministry of Foreign Affairs and Trade is no two authors.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_AND = re.compile(r"\s+(?:and|und|et|oraz|i|та|і|и|&)\s+")
_LED = re.compile(
    r"(?:by|written by|von|par|autor(?:zy|en)?|author(?:s)?|автор[иы]?)\s*:?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*<[^<>]*@[^<>]*>|\s*\([^()]*@[^()]*\)")
_TITLES = re.compile(
    r"(?:(?:prof|dr|mr|mrs|ms|hab|inż|ing|mgr|sir|dame|lord|rev|проф|д-р)\.?\s+)+", re.IGNORECASE
)
_SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV)$")
_PARTICLES = frozenset(
    "von van der den de da di do dos del della la le du ten ter zu zur af av al el bin ibn".split()
)
_NAME = re.compile(r"(?:d['’]|O['’]|Mc|Mac|al-|el-)?[^\W\d_][\w'’ʼ.-]*", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"\b(?:minist|commission|committee|council|department|office|agency|institut|universit|academ"
    r"|foundation|fund\b|bank\b|cent(?:re|er)\b|group\b|union\b|board\b|society|associat|organi[sz]"
    r"|government|parliament|senate|congress|embassy|secretariat|service\b|bureau|court\b|party\b"
    r"|press\b|news\b|radio\b|televis|tv\b|times\b|post\b|gazette|journal|herald|tribune|guardian"
    r"|courier|observer|review\b|daily\b|weekly|media\b|editor|staff\b|team\b|desk\b|watch\b"
    r"|network|alliance|federation|company|corporation|gmbh|ltd|inc\b|republic|state\b|nations"
    r"|redak|redaktion|rédaction|agencja|agentur|agence|urząd|rada\b|komisja|fundacja|uniwersytet"
    r"|zeitung|verlag|stiftung|verein|amt\b|rat\b|bundes|conseil|commissariat|fondation|ligue"
    r"|міністер|минист|рада\b|совет|комісі|комисси|інститут|институт|університет|университет"
    r"|агент|редакц|служб|фонд|центр|газет|правда|новин|новост|радіо|радио|european|national"
    r"|international|united|human|world)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Author:
    """One of them; an institution, or a name that cannot be parted, has no given name."""

    family: str
    given: str = ""
    suffix: str = ""
    particle: str = ""
    """What stands before the family name and is no part of it when sorting: "van der"."""

    @property
    def is_person(self) -> bool:
        """Whether a given name is known."""
        return bool(self.given)


def authors_in(line: str, *, publisher: str | None = None) -> tuple[Author, ...]:
    """The authors that a card's line names, in its order; whoever publishes is no person."""
    line = _LED.sub("", _ADDRESS.sub("", " ".join(line.split())), count=1).strip(" ,;")
    names = [name for part in line.split(";") for name in _names_in(part.strip(" ,"))]
    return tuple(
        Author(name) if publisher and name.casefold() == publisher.casefold() else _author(name)
        for name in names
        if name
    )


def _names_in(part: str) -> Sequence[str]:
    """The names in a part that has no semicolon: several where each is plainly a person's."""
    pieces = [
        piece.strip()
        for one in part.split(",")
        for piece in _AND.split(one.strip())
        if piece.strip()
    ]
    if len(pieces) > 1 and all(map(_is_full_name, pieces)):
        return pieces
    halves = [half.strip(" ,") for half in _AND.split(part)]
    if len(halves) > 1 and all(map(_is_person, halves)):
        return halves
    return [part]


def _is_full_name(name: str) -> bool:
    """Whether it is a person's name with a given and a family name, written in that order."""
    tokens = _SUFFIX.sub("", _TITLES.sub("", name)).split()
    return (
        2 <= len(tokens) <= 6
        and _INSTITUTION.search(name) is None
        and all(token in _PARTICLES or _is_name(token) for token in tokens)
        and _is_name(tokens[0])
        and _is_name(tokens[-1])
        and any(len(token) > 2 for token in tokens)
    )


def _is_person(name: str) -> bool:
    """The same, also written "Vik, Ana"."""
    family, _, given = name.partition(", ")
    return _is_full_name(f"{given} {family}" if given else name)


def _is_name(token: str) -> bool:
    is_acronym = token.isupper() and len(token.replace(".", "").replace("-", "")) > 2
    return _NAME.fullmatch(token) is not None and token[0].isupper() and not is_acronym


def _author(name: str) -> Author:
    family, comma, given = name.partition(", ")
    suffix = ""
    if found := _SUFFIX.search(name):
        name, suffix = name[: found.start()], found[1]
        family, comma, given = name.partition(", ")
    if not _is_person(name):
        return Author(f"{name} {suffix}".strip())
    if comma:
        particle, _, family = _parted(family.split())
        return Author(family, given, suffix, particle)
    tokens = _TITLES.sub("", name).split()
    particle, given, family = _parted(tokens)
    return Author(family, given, suffix, particle)


def _parted(tokens: Sequence[str]) -> tuple[str, str, str]:
    """The particles before the family name, the given names, and the family name."""
    first = next((at for at, token in enumerate(tokens) if token in _PARTICLES), len(tokens) - 1)
    last = first
    while last < len(tokens) - 1 and tokens[last] in _PARTICLES:
        last += 1
    return " ".join(tokens[first:last]), " ".join(tokens[:first]), " ".join(tokens[last:])
