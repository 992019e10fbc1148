"""What single tokens say about names: which belong to one, and which describe its bearer."""

import re
from collections.abc import Sequence

from assistant.speakers.parties import PARTICLES, TITLES
from assistant.speakers.people import is_people_noun
from assistant.speakers.small_words import DETERMINERS, STOP, TIMES
from assistant.speakers.tokens import Token

_DESCRIBING = frozenset(
    "the a an who whose speaking citing according once now in on at also himself herself".split()
)


def describes(inside: Sequence[Token]) -> bool:
    """Whether the words between two commas say something about who stands before them."""
    return bool(inside) and (
        inside[0].low in _DESCRIBING
        or inside[0].low.endswith("ing")
        or is_possessive(inside[0])
        or any(is_people_noun(token.text) or token.low in TITLES for token in inside)
        or re.fullmatch(r"\d{2}", inside[0].text) is not None
    )


def is_stop(token: Token) -> bool:
    """Whether the token can be no part of a name or of what describes one."""
    return token.low in STOP | TIMES


def skip_determiners(tokens: Sequence[Token], first: int) -> int:
    """Where a phrase that begins at `first` begins with its articles and counts."""
    while first > 0 and tokens[first - 1].is_word and tokens[first - 1].low in DETERMINERS:
        first -= 1
    return first


def is_name_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token can be a word of a name."""
    token = tokens[at]
    if not token.is_capitalised:
        return False
    return token.low not in STOP or (token.text.isupper() and len(token.text) > 1)


def joins_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is the "von der" or the "of" inside a name."""
    while at > 0 and tokens[at].low in PARTICLES | {"of"}:
        before = tokens[at - 1]
        if is_name_word(tokens, at - 1) and not is_possessive(before):
            return True
        at -= 1
    return False


def continues_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token belongs to the name that the one before it is part of."""
    if is_possessive(tokens[at - 1]):
        return False
    return is_name_word(tokens, at) or (
        tokens[at].low in PARTICLES and at + 1 < len(tokens) and tokens[at + 1].is_capitalised
    )


def both_capitalised(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words on both sides of the token are capitalised."""
    return at + 1 < len(tokens) and tokens[at - 1].is_capitalised and tokens[at + 1].is_capitalised


def is_possessive(token: Token) -> bool:
    """``Ukraine's``, ``the allies'``."""
    return token.low.endswith(("'s", "’s", "s'", "s’"))
