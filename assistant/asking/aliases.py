"""Names that mean the same: "American", "U.S." and "the United States".

Only what a reader of the news takes for granted; everything else counts as its own name.
"""

import re
from collections.abc import Callable

from sources.names import place_names

_GROUPS = """
us usa america american americans washington
eu european europeans
uk britain british briton britons england english london
ukraine ukrainian ukrainians kyiv kiev
russia russian russians moscow kremlin
china chinese beijing
poland polish poles pole warsaw
germany german germans berlin
france french paris
italy italian italians rome
spain spanish madrid
netherlands dutch holland hague
turkey türkiye turkish turks ankara
belarus belarusian belarusians minsk
hungary hungarian hungarians budapest
romania romanian romanians bucharest
denmark danish danes copenhagen
sweden swedish swedes stockholm
norway norwegian norwegians oslo
finland finnish finns helsinki
estonia estonian estonians tallinn
latvia latvian latvians riga
lithuania lithuanian lithuanians vilnius
slovakia slovak slovaks bratislava
czechia czech czechs prague
switzerland swiss bern
canada canadian canadians ottawa
japan japanese tokyo
india indian indians delhi
israel israeli israelis jerusalem
iran iranian iranians tehran
korea korean koreans seoul
australia australian australians canberra
zelensky zelenskyy zelenskiy zelenskyj
"""
_CAPITALS = frozenset(
    "washington london kyiv kiev moscow beijing warsaw berlin paris rome madrid hague ankara"
    " minsk budapest bucharest copenhagen stockholm oslo helsinki tallinn riga vilnius"
    " bratislava prague bern ottawa tokyo delhi jerusalem tehran seoul canberra".split()
)
"""A capital stands for its government, but a government does not stand for the city."""

_GROUP_OF = {
    name: frozenset(line.split()) for line in _GROUPS.strip().splitlines() for name in line.split()
}
_SPELLED_OUT = (
    ("united states of america", "us"),
    ("united states", "us"),
    ("european union", "eu"),
    ("united kingdom", "uk"),
    ("great britain", "uk"),
    ("north atlantic treaty organization", "nato"),
    ("united nations", "un"),
)


_INITIALS = frozenset({"us", "usa", "uk", "eu", "un"})
_ALSO_WORDS = frozenset({"us", "pole", "poles"})
"""Forms that are everyday words too, and so prove no mention of a name."""


def same_names(name: str) -> frozenset[str]:
    """All lower-case names that stand for `name` (given in any case), itself among them."""
    name = name.lower()
    if name in _CAPITALS:
        return frozenset({name}) | (_GROUP_OF[name] - _CAPITALS)
    return _GROUP_OF.get(name, frozenset({name})) | {name}


def short_names_in(words: str) -> frozenset[str]:
    """The short forms of the names that `words` spell out ("the European Union" is "eu")."""
    folded = " ".join(words.lower().split())
    return frozenset(short for spelled, short in _SPELLED_OUT if spelled in folded)


def abbreviated(words: str) -> str:
    """The words with each name that has a short form written short: "the United States" is "US"."""
    for spelled, short in _SPELLED_OUT:
        words = re.sub(rf"\b{spelled}\b", short.upper(), words, flags=re.IGNORECASE)
    return words


def spellings(name: str) -> frozenset[str]:
    """All ways in which a source may write `name`: its like, spelled out, with full stops.

    A country and a large city are looked for by their names in every language of the
    subject, a number with and without marks between its thousands.
    """
    plain = name.lower().replace(".", "")
    forms = {name} | same_names(plain)
    if plain.isdigit() and len(plain) > 3:
        forms |= {f"{int(plain):,}", f"{int(plain):,}".replace(",", " ")}
    forms |= {spelled for spelled, short in _SPELLED_OUT if short in forms}
    forms |= {".".join(form) + "." for form in forms if len(form) in (2, 3) and form in _INITIALS}
    forms |= frozenset[str]().union(*map(place_names, forms))
    if name.isupper() and len(plain) in (2, 3):
        forms.add(".".join(plain) + ".")
    return frozenset(forms - _ALSO_WORDS)


def is_mentioned(name: str, mentions: Callable[[str], int]) -> bool:
    """Whether any passage holds the name or another spelling of it; `mentions` counts them."""
    # As it is written first: to find its other spellings takes longer than to look it up.
    return mentions(name) > 0 or any(mentions(form) for form in spellings(name))
