"""In which language a text or a question is, where no card says it.

A question is told by its commonest words and the letters that only one language has, which
costs nothing; a text, and a question that these leave open, by py3langid's model, which is
loaded when first needed (some 0.7 s, 90 MB). "Unknown" is an answer: one or two bare words
seldom tell.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

OF_THE_SUBJECT = ("en", "uk", "ru", "pl", "de", "fr")
"""ISO 639-1 codes of the languages that texts about the subject are written and asked about in."""

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_IN_NAMES = re.compile(r"\b(?:von|van)\b(?: (?:der|den|dem)\b)?(?= [A-Z])|\bde la\b(?= [A-Z])")
"""Common words that names carry into every language: "von der Leyen"."""
_LETTERS: Mapping[str, re.Pattern[str]] = {
    "uk": re.compile("[іїєґ]"),
    "ru": re.compile("[ыэёъ]"),
    "pl": re.compile("[ąćęłńśźż]"),
    "de": re.compile("[ßäöü]"),
    "fr": re.compile("[çèêëâîôûœàù]"),
}
"""Small letters that, among the languages of the subject, one alone has.

Of words that begin small: a name keeps its letters in every language.
"""
COMMON: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """a about against an and any are as at been before between but by can could did do
        does for from had has have he her his how i if in into is it its many much not of on or our
        shall she should so than that the their them then there these they this those to under was
        we were what when where whether which who whom whose why will with would you your""",
        "uk": """або але без буде будуть був була були в вже від він вона вони де для до є за з зі
        із й його її їх коли кого кому ким куди на не немає ні про по при під скільки та так також
        те то тому у хто це цей ця чи чий чого чому що щоб щодо як яка яке який які яким якої якою
        якому якщо і між після перед через""",
        "ru": """без был была были было будет будут в вот где для до его ее её если и из или их к
        как какая какие каким какой какую когда кого кому который которые кто куда ли между на не
        нет но о об он она они от перед по под после почему при про с сколько со так также то чего
        чей чем что чтобы эта эти это этот зачем откуда у через""",
        "pl": """albo co ale będą będzie bez był była było były czy czyj dla dlaczego do gdzie i ich
        ile ilu im jak jaka jaki jakie jakiej jakich jako jego jej jest ją już kiedy kogo komu kto
        która które który którzy lub ma mają między na nad nie niż o od oraz po pod podczas przed
        przez przy się są ta tak także te tego tej ten to tylko tym u w we według z za ze że żeby
        czym czego skąd dokąd""",
        "de": """aber als am an auch auf aus bei bis das dass dem den der des die durch ein eine
        einem einen einer eines er es für gegen gibt haben hat hatte ich ihr im in ist kann können
        kein keine man mit muss müssen nach nicht noch nur oder seit sich sie sind soll sollen
        sollte sowie über um und unter vom von vor wann war waren warum was welche welchem welchen
        welcher welches wem wen wenn wer werden wessen wie wieso wird wo woher wohin wurde wurden
        wofür wozu womit zu zum zur zwischen wieviel viele""",
        "fr": """a à au aucun aucune aux avec ce cela ces cette combien comme comment contre dans
        de depuis des dont du elle elles en entre est et eu il ils je l la le les leur leurs lui
        mais ne ni non nous on ont ou où par pas pendant plus pour pourquoi qu quand que quel
        quelle quelles quels qui quoi sa sans se selon ses si son sont sous sur une un vers vous
        été être était""",
    }.items()
}
"""The commonest small words of each language of the subject, which hardly another one has."""
_OF_OTHERS = frozenset(
    "cuántos cuántas cuáles quién quiénes cuándo dónde qué cómo una los las del el"
    " quanti quante quali perché della che cosa gli sulla nel di il wat hoeveel het een niet"
    " waarom hvad hvor vad och kdo kdy proč kolik".split()
)
"""Words of languages beyond those, which speak against every one of them."""
_ANOTHER = "another"
_NAMES = {
    "en": "English", "uk": "Ukrainian", "ru": "Russian", "pl": "Polish", "de": "German",
    "fr": "French",
}  # fmt: skip
_LATIN_ENDS = "\u0250"
_LEAST_WORDS = 3
"""Of a question, for the model to be asked."""
_LEAST_LETTERS = 20
_SURE, _SURE_OF_OTHERS = 0.80, 0.98
"""Probabilities from which a language of the subject, and another one, is believed."""
_SAMPLED_CHARACTERS = 2_000
_SAMPLES = 5


def language_of_text(content: str) -> str | None:
    """The ISO 639-1 code of the language most of `content` is in; `None` where it is not sure.

    It may be a language beyond those of the subject, where the text is long enough to tell.
    """
    return _by_model(_sample(content))


@lru_cache(1_024)
def language_of_question(words: str) -> str | None:
    """The code of the language of the subject that `words` are in; `None` where that is open.

    One or two words are told by what only one language has, or not at all.
    """
    told = language_by_words(words)
    if told is not None or len(_WORD.findall(words)) < _LEAST_WORDS:
        return told
    found = _by_model(words)
    return found if found in OF_THE_SUBJECT else None


def is_foreign(words: str) -> bool:
    """Whether more speaks for another language than for English; bare words count as English."""
    letters = [letter for letter in words if letter.isalpha()]
    if sum(letter < _LATIN_ENDS for letter in letters) * 2 < len(letters):
        return True
    speaking = _speaking(words)
    return max(speaking.values()) > speaking.get("en", 0)


def name_of(code: str) -> str:
    """What the language is called in English: "Ukrainian"; the code itself where it has no name."""
    if code in _NAMES:
        return _NAMES[code]
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(code).get_language_name("en") or code)
    except (UnknownLocaleError, ValueError):
        return code


def language_by_words(words: str) -> str | None:
    """The one language that more of the words and letters speak for than for any other.

    Told without the model; `None` where nothing does, or two as much.
    """
    speaking = _speaking(words)
    most = max(speaking.values())
    best = [language for language, count in speaking.items() if count == most]
    return best[0] if most and len(best) == 1 and best != [_ANOTHER] else None


def _speaking(words: str) -> dict[str, int]:
    """How many of the words and letters speak for each language, and for one beyond those."""
    found = _WORD.findall(_IN_NAMES.sub(" ", words))
    if not words.isupper():
        found = [word for word in found if not _is_initials(word)]
    low = [word.casefold().replace("’", "'") for word in found]
    parts = {part for word in low for part in (word, *word.split("'"))}
    shown = [word for word in found if word[0].islower() or words.isupper()]
    small = " ".join(shown).casefold()
    is_cyrillic = [_is_cyrillic(word) for word in found]
    speaking = {_ANOTHER: len(parts & _OF_OTHERS)}
    for language, common in COMMON.items():
        if is_cyrillic.count(language in ("uk", "ru")) * 2 < len(found):
            continue
        letters = _LETTERS.get(language)
        speaks = len(parts & common) + (letters is not None and bool(letters.search(small)))
        if language in ("uk", "ru") and letters and letters.search(words.casefold()):
            speaks += 1  # also in a name: no language but one spells it so
        speaking[language] = speaks
    return speaking


def _is_initials(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[0] <= "\u052f"


def _by_model(words: str) -> str | None:
    letters = sum(letter.isalpha() for letter in words)
    if letters < _LEAST_LETTERS:
        return language_by_words(words)
    ranked = [(str(language), float(share)) for language, share in _model().rank(words)]
    first, share = ranked[0]
    if first not in OF_THE_SUBJECT and share >= _SURE_OF_OTHERS and letters >= _LEAST_LETTERS * 5:
        return first
    near = [(language, share) for language, share in ranked if language in OF_THE_SUBJECT]
    whole = sum(share for _, share in near)
    language, share = near[0]
    return language if share >= _SURE * whole > 0 else None


def _sample(content: str) -> str:
    """Some of a long text, from its beginning to its end."""
    if len(content) <= _SAMPLES * _SAMPLED_CHARACTERS:
        return content
    step = (len(content) - _SAMPLED_CHARACTERS) // (_SAMPLES - 1)
    starts = range(0, _SAMPLES * step, step)
    return "\n".join(content[start : start + _SAMPLED_CHARACTERS] for start in starts)


@cache
def _model() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
