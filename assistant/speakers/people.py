"""Nouns for people and bodies that can say something, where a text gives no name."""

import re

_PEOPLE = frozenset(
    "official officials diplomat diplomats negotiator negotiators minister ministers leader"
    " leaders source sources aide aides adviser advisers advisor advisors lawmaker lawmakers"
    " senator senators envoy envoys ambassador ambassadors spokesman spokeswoman spokesperson"
    " president chancellor premier governor mayor judge prosecutor prosecutors coach chief"
    " expert experts analyst analysts economist economists scientist scientists researcher"
    " researchers commander commanders general generals soldier soldiers officer officers"
    " nurse nurses doctor doctors teacher teachers farmer farmers worker workers driver drivers"
    " resident residents witness witnesses victim victims critic critics supporter supporters"
    " opponent opponents ally allies member members people police capitals government"
    " governments ministry ministries authority authorities administration opposition"
    " management union unions delegation delegations mediator mediators activist activists"
    " lawyer lawyers investigator investigators rescuer rescuers veteran veterans parliament"
    " commission council court army military navy kremlin company companies bank parties"
    " party lobby families family campaigners campaigner observers observer monitors"
    " participants participant representatives representative delegates delegate staff"
    " regulator regulators watchdog agency office department foundation federation association"
    " secretary chair director manager owner owners chairman chairwoman historian historians lender"
    " firefighters parents students voters traders investors engineers miners fishermen".split()
)
_BODIES = frozenset(
    "ministry government police parliament commission council court army military navy union"
    " company bank administration opposition management delegation agency office department"
    " foundation federation association party regulator watchdog authority".split()
)
_AGENTS = re.compile(r"\w{2,}(?:ers|ors|ists|ians|men|women|people)|\w{3,}(?:ist|ian|woman|person)")
_THINGS = frozenset(
    "numbers papers powers orders letters rivers borders offers matters quarters tenders motors"
    " sensors reactors tractors factors sectors errors doors floors corridors rumours computers"
    " newspapers filters covers towers centers chapters transfers answers figures orders others"
    " carriers launchers containers boosters servers waters theatres list specimen".split()
)


def is_people_noun(word: str) -> bool:
    """Whether the word is a noun for people: ``officials``, ``Farmers'``, ``negotiator``."""
    folded = word.casefold().rstrip("'’")
    return folded in _PEOPLE or (_AGENTS.fullmatch(folded) is not None and folded not in _THINGS)


def is_listed_people_noun(word: str) -> bool:
    """Whether it is one even at the start of a sentence, where Sanders looks like farmers."""
    return word.casefold().rstrip("'’") in _PEOPLE


def is_one_person(word: str) -> bool:
    """Whether the noun is for a single person: ``official``, not ``officials`` or ``army``."""
    folded = word.casefold()
    return f"{folded}s" in _PEOPLE or folded.endswith(("man", "woman", "person"))


def is_body(word: str) -> bool:
    """Whether the noun is for a body that speaks as one: ``ministry``, ``union``."""
    return word.casefold() in _BODIES
