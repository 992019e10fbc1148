"""Who is who: one name for a party, however a text writes it.

The shipped list knows the people, capitals and publishers of this subject. A name it does
not know is kept as the text has it: a person by surname, anything else in full.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

PartyKind = Literal["person", "place", "publisher", "organisation", "unnamed"]

PARTICLES = frozenset("von van der den de del della di da la le al el bin ben ter ten dos".split())
TITLES = frozenset(
    "president vice prime minister chancellor secretary general senator congressman congresswoman"
    " representative ambassador envoy special chief king queen prince princess pope archbishop"
    " bishop mayor governor judge justice professor doctor captain colonel major lieutenant"
    " admiral marshal commissioner spokesman spokeswoman spokesperson premier foreign defence"
    " defense deputy finance interior economy energy health speaker leader head director"
    " commander coach sir lord lady dame mr mrs ms dr prof gen sen gov rep lt col sgt former"
    " acting state negotiator lawyer economist analyst historian author activist adviser advisor"
    " chairman chairwoman chair executive".split()
)
_ORGANISATION_WORDS = frozenset(
    "ministry commission council house department union party office group bank university"
    " institute court agency association committee federation parliament congress senate"
    " government army force forces police service authority board bureau centre center company"
    " corporation foundation alliance assembly duma rada administration pentagon kremlin"
    " organization organisation".split()
)
_PUBLISHER_WORDS = frozenset(
    "news times post journal radio television tv herald tribune gazette press daily weekly"
    " magazine newspaper zeitung chronicle observer".split()
)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who says something, under one name."""

    name: str
    kind: PartyKind
    pronoun: str | None = None
    """``he`` or ``she`` where that is known; `None` fits any."""


@cache
def _shipped() -> tuple[Mapping[str, Party], Mapping[str, str]]:
    """Parties by folded name and alias, and the names of people by the role they hold."""
    listed = json.loads(files("assistant.speakers").joinpath("parties.json").read_text("utf-8"))
    parties: dict[str, Party] = {}
    roles: dict[str, str] = {}
    for entry in listed["people"]:
        party = Party(entry["name"], "person", entry.get("pronoun"))
        for name in (entry["name"], *entry.get("aliases", ())):
            parties[name.casefold()] = party
        roles.update(dict.fromkeys(entry.get("roles", ()), entry["name"]))
    for entry in listed["places"]:
        party = Party(entry["name"], "place")
        for name in (entry["name"], *entry.get("aliases", ())):
            parties[name.casefold()] = party
    for name in listed["publishers"]:
        parties[name.casefold()] = Party(name, "publisher")
    return parties, roles


def party_named(name: str) -> Party:
    """The party of a proper name, without title: ``Emmanuel Macron`` is Macron, a person."""
    known, _ = _shipped()
    words = name.split()
    if words and words[0].casefold() == "the" and len(words) > 1:
        words = words[1:]
    whole = " ".join(words)
    if whole.casefold() in known:
        return known[whole.casefold()]
    folded = [word.casefold().strip(".") for word in words]
    if any(word in _PUBLISHER_WORDS for word in folded):
        return Party(whole, "publisher")
    if any(word in _ORGANISATION_WORDS for word in folded) or (
        len(words) == 1 and whole.isupper() and len(whole) > 1
    ):
        return Party(whole, "organisation")
    surname = surname_of(words)
    if len(words) > 1 and surname.casefold() in known:
        return known[surname.casefold()]
    return Party(surname, "person")


def names_meant(wanted: str) -> frozenset[str]:
    """The folded names of speakers whom somebody means who asks for `wanted`.

    "Rustem Koval" is Koval; empty for no name at all.
    """
    name = " ".join(wanted.split())
    return frozenset({name.casefold(), party_named(name).name.casefold()} if name else ())


def holder_of(role: str) -> str | None:
    """The surname of the person who is listed with that role (``French president``)."""
    return _shipped()[1].get(role.casefold())


def is_listed(name: str) -> bool:
    """Whether the shipped list has a party of that name."""
    return name.casefold() in _shipped()[0]


@cache
def words_of_listed_names() -> frozenset[str]:
    """All words of the names that the list gives: a text need not hold them to mean them."""
    parties, _ = _shipped()
    return frozenset(word for party in parties.values() for word in party.name.split())


def surname_of(words: list[str]) -> str:
    """The last word with the particles before it: ``Ursula von der Leyen`` is von der Leyen."""
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    return " ".join(words[start:])
