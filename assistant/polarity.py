"""Words that turn a statement round or weaken it: negations and modal verbs."""

import re
from collections.abc import Mapping

MODAL = re.compile(r"\b(?:will|would|could|can|may|might|must|shall|should|cannot)\b", re.I)
NEGATION = re.compile(r"\b(?:not|never|no|nor|none|without|cannot)\b|n[’']t\b", re.I)

NEGATIONS: Mapping[str, re.Pattern[str]] = {
    language: re.compile(rf"\b(?:{words})(?!\w)", re.I)
    for language, words in {
        "uk": r"не|ні|ані|ніколи|ніхто|нікого|нікому|нічого|ніде|нікуди|жодн\w+|жоден|без|нема"
        r"|немає|навряд",
        "ru": r"не|ни|нет|никогда|никто|никого|никому|ничего|ничто|нигде|никуда|никак\w*|без"
        r"|нельзя|вряд",
        "pl": r"nie|ani|nigdy|nikt|nikogo|nikomu|nic|niczego|nigdzie|żad\w+|bez|brak\w*",
        "de": r"nicht|kein\w*|nie|niemals|niemand\w*|nichts|nirgend\w+|weder|ohne|kaum|mitnichten",
        "fr": r"ne|n['’](?=\w)|pas|jamais|aucun\w*|rien|sans|ni|nul\w*",
    }.items()
}
"""What denies in the other languages of the subject, by ISO 639-1 code."""
REFUSALS: Mapping[str, re.Pattern[str]] = {
    language: re.compile(rf"\b(?:{words})", re.I)
    for language, words in {
        "uk": r"заборон|відмов|відхил|запереч|виключ|припин|скасув|унеможлив|неможлив|бракує|завад",
        "ru": r"запре[тщ]|отказ|отклон|отриц|исключ|прекра[тщ]|отмен|невозмож|недоста|помеша",
        "pl": r"zakaz|zabr[ao]ni|odm[oóa]wi|odrzuc|zaprzecz|wyklucz|przesta[ćłn]|niemożliw|brakuj",
        "de": r"verb(?:iet|ot)|untersag|verweiger|ablehn|abgelehnt|lehn\w+|bestr[ei]{2}t|bestritt"
        r"|ausgeschlossen|ausschl|fehl[te]|verhinder|unmöglich|gestoppt|einstell",
        "fr": r"interdi|refus|rejet|nie(?:nt|r)?\b|exclu|manqu|empêch|impossible|abandonn|annul",
    }.items()
}
"""Words that turn round what they govern without a negation: "forbids", "refused"."""
DENYING_BEGINNINGS: Mapping[str, tuple[str, ...]] = {
    "uk": ("не",), "ru": ("не",), "pl": ("nie",), "de": ("un",), "fr": ("in", "il", "im", "ir"),
}  # fmt: skip
"""What turns a single word round: "незаконний", "ungültig"."""


def modals_in(words: str) -> frozenset[str]:
    """The modal verbs of `words`, in lower case."""
    return frozenset(found.group().casefold() for found in MODAL.finditer(words))


def is_negated(words: str) -> bool:
    """Whether `words`, which are English, hold a negation anywhere."""
    return NEGATION.search(words) is not None
