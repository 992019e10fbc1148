"""Whether a question is in English, the language that the judge and the embedding know."""

from assistant.asking.vocabulary import STOP_WORDS, WORD, plain_form

_ALSO_ELSEWHERE = frozenset(
    "a an am as at do don he i in is me no on or so to was who will".split()
)
"""English words that other languages write the same."""
_FOREIGN = frozenset(
    """wie wieviel viele wann warum wer wem wen welche welcher welches nicht sind soll sollen
    wird werden eine einen einer eines das dem des und ist uber nach zum zur bei auf aus hat haben
    hatte sagt sagte gibt kein keine wurde wurden konnen
    quel quelle quels quelles sont pourquoi combien comment quand qui que quoi est les une dans
    avec sur ont elle aux ete
    jak jakie jaki jaka ile kto kiedy gdzie dlaczego czy jest sie przez nie
    cuantos cuantas cual cuales quien quienes cuando donde una para como dijo
    quanti quante quali perche sono della che cosa gli sulla""".split()
)
"""Words that ask and join in German, French, Polish, Spanish and Italian, without accents.

None that is an English word, or stands in names ("von der", "Los", "MIT")."""


def is_english(question: str) -> bool:
    """Whether no more speaks against English than for it; bare words count as English."""
    words = {plain_form(word) for word in WORD.findall(question)}
    letters = [letter for letter in question if letter.isalpha()]
    latin = sum(letter < "\u0250" for letter in letters)
    foreign = len(words & _FOREIGN)
    return latin * 2 >= len(letters) and foreign <= len((words & STOP_WORDS) - _ALSO_ELSEWHERE)
