"""Whether a question is in English, the language that the judge and the embedding know."""

from assistant.asking.vocabulary import STOP_WORDS, WORD, plain_form

_ALSO_ELSEWHERE = frozenset(
    "a an am as at do don he i in is me no on or so to was who will".split()
)
"""English words that other languages write the same."""
_FOREIGN = frozenset(
    """wie viele wann warum wer welche welcher welches nicht sind soll sollen wird werden eine einen
    quel quelle quels quelles sont pourquoi combien comment quand
    jak jakie jaki jaka ile kto kiedy gdzie dlaczego czy jest
    cuantos cuantas cual cuales quien cuando donde
    quanti quante quali perche sono della""".split()
)
"""Words that ask in German, French, Polish, Spanish and Italian, without accents."""


def is_english(question: str) -> bool:
    """Whether nothing speaks against English; words without a sentence count as English."""
    words = [plain_form(word) for word in WORD.findall(question)]
    if any(word in STOP_WORDS and word not in _ALSO_ELSEWHERE for word in words):
        return True
    letters = [letter for letter in question if letter.isalpha()]
    latin = sum(letter < "\u0250" for letter in letters)
    return latin * 2 >= len(letters) and not any(word in _FOREIGN for word in words)
