"""Words that do one another's work in the news: who "contributes" troops sends them.

The table of words knows which words stand in like places, and misses most verbs that mean the
same; these are only what every reader takes for granted. A question of yes or no is answered
by the opposite as well: an annex that "stays classified" will not be published.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from assistant.asking.vocabulary import STOP_WORDS, WORD, nearness, places_of, stem

_DEEDS = """
send contribute deploy dispatch station provide supply deliver commit despatch
give provide supply deliver donate grant grants hand contribute send disburse
pay fund finance funding financing bankroll foot cover
name cite mention list call identify describe single
run operate manage administer control govern oversee
control hold occupy govern rule run seize
command lead head direct
start begin launch open commence
end finish terminate stop conclude expire close cancel
leave quit withdraw exit abandon terminate cancel
cede surrender yield relinquish abandon concede give hand
break violate breach
kill die dead death deaths toll fatality
wound injure hurt casualty
attack strike hit bomb shell target
build construct make
make produce generate
create found establish set
write author pen
invent devise develop inventor
discover find discoverer found
buy purchase acquire
sell sale
win beat defeat winner
join enter accede member membership accession belong
attend participate join present part
meet meeting talk session gather
monitor verify supervise observe watch
accept agree approve back support endorse acceptable
propose suggest offer put call proposal
promise pledge vow commit guarantee
sign initial conclude
approve ratify adopt pass consider consideration consent approval
reject refuse oppose veto decline deny
demand request ask require insist seek call
need require necessary
want need wish desire demand request seek
include involve contain cover comprise consist
keep maintain retain
speak say tell talk
own possess belong owner
secret classify confidential undisclosed
use employ
replace substitute
demine mine clear
soil territory land
territory soil land region
author write pen
founder found establish
director direct
inventor invent
discoverer discover
composer compose
winner win
owner own
publisher publish
chair chairman chairwoman preside
wife husband marry spouse
parent son daughter father mother child born
mother son daughter parent child born
father son daughter parent child born
daughter mother father parent child
son mother father parent child born
husband wife marry spouse
"""
_OPPOSITES = """
publish classify secret confidential public release disclose
accept agree approve reject refuse oppose veto decline
begin start end finish complete
join leave withdraw quit
agree disagree dispute open undecided
include exclude
allow forbid ban prohibit permit
win lose
"""
_LIGHT = frozenset(map(stem, "put make take give get have go come let do bring be".split()))
"""Verbs that say little by themselves: "put soldiers on Ukrainian soil"."""
_FORMS = """
send sent; give gave given; pay paid; break broke broken; take took taken; hold held; win won
leave left; build built; meet met; keep kept; run ran; write wrote written; lead led; buy bought
sell sold; choose chose chosen; begin began begun; fight fought; find found; make made; say said
tell told; speak spoke spoken; think thought; get got; go went gone; come came; see saw seen
know knew known; bring brought; teach taught; catch caught; lose lost; rise rose risen; fall fell
fallen; grow grew grown; draw drew drawn; drive drove driven; shoot shot; steal stole stolen
strike struck; seek sought; spend spent; stand stood; withdraw withdrew withdrawn; become became
"""
"""Verbs with the forms that no stem shows."""
_SAYING = frozenset({"say", "tell"})
"""Verbs that stand in most sentences of the news, and are near to what they say nothing of."""
_MOST_WORDS = 2 / 3
NEAR = 0.3
"""`nearness` from which a word does another's work."""


def _forms_in(lines: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for verb in re.split(r"[;\n]", lines.strip()):
        base, *forms = verb.split()
        found.update(dict.fromkeys(forms, base))
    return found


_BASE = _forms_in(_FORMS)


def base_of(word: str) -> str:
    """The verb that an irregular form belongs to, any other word as it is: "left" is "leave"."""
    return _BASE.get(word.lower(), word)


def _groups_in(lines: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines.strip().splitlines():
        group = {stem(word) for word in line.split()}
        # The first word is served by the rest; the rest serve it and not one another.
        found.setdefault(stem(line.split()[0]), set()).update(group)
        for word in group:
            found.setdefault(word, {word}).add(stem(line.split()[0]))
    return {word: frozenset(group) for word, group in found.items()}


_ALIKE = _groups_in(_DEEDS)
_EITHER_WAY = _groups_in(_OPPOSITES)


def is_light(word: str) -> bool:
    """Whether a verb says too little to be looked for."""
    return stem(base_of(word)) in _LIGHT


def alike(word: str, *, either_way: bool = False) -> frozenset[str]:
    """The stems of the words that do its work, itself among them; the opposites too."""
    own = stem(base_of(word))
    found = _ALIKE.get(own, frozenset()) | {own}
    return found | _EITHER_WAY.get(own, frozenset()) if either_way else found


def stands_for(word: str, other: str) -> bool:
    """Whether `other` does the work of `word`: alike, or near in meaning by the table."""
    return stem(base_of(other)) in alike(word) or is_near(word, [other])


def is_near(word: str, others: Sequence[str]) -> bool:
    """Whether any of `others` is near to `word` in meaning, by the table of words."""
    others = [base_of(other) for other in others]
    return bool(others) and float(nearness([base_of(word)], [places_of(others)])[0, 0]) >= NEAR


def says_most(said: Sequence[bool]) -> bool:
    """Whether enough of the words that say what is asked are there, the last of them always."""
    return said[-1] and sum(said) >= _MOST_WORDS * len(said)


def said_in(words: Iterable[str], text: str, *, either_way: bool = False) -> tuple[bool, ...]:
    """For each of `words`, whether `text` holds it or a word that does its work."""
    words = tuple(base_of(word) for word in words)
    found = [base_of(word) for word in WORD.findall(text)]
    stems = {stem(one) for one in found}
    telling = [one for one in found if one.lower() not in STOP_WORDS | _SAYING]
    near = nearness(words, [places_of(telling)])[:, 0] if words else np.zeros(0)
    return tuple(
        bool(alike(word, either_way=either_way) & stems) or float(share) >= NEAR
        for word, share in zip(words, near, strict=True)
    )
