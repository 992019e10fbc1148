"""A light stemmer of Ukrainian: what an ending turns is taken off, and nothing more.

Snowball has none, and the dictionaries of pymorphy3 are under the GPL. Endings of nouns,
adjectives and verbs go, the longest first; then the sounds that change before them are made
one ("Київ", "Києва"; "республіка", "республіці").
"""

import re

_ENDINGS = (
    # of nouns
    "а я у ю і ї и о е є ь ам ям ами ями ах ях ом єм ою ею єю їв ей ій ії ію ія ією іям іями"
    " іях енню енням еннями ення"
    # of adjectives and numbers
    " ий ого ому им ім ої их ими єї його йому їй їм їх їми яя юю"
    # of verbs
    " увати ювати ував ював увала ювала увало ювало ували ювали ує ють ують уть ять ать ить ять"
    " єш ємо єте емо ете имо ите ила ило или еться ється"
).split()
_ENDING = re.compile(rf"(?<=..)(?:{'|'.join(sorted(_ENDINGS, key=lambda one: -len(one)))})$")
_WEAPON = re.compile(r"збро(?:я|ю|ї|єю|й)$")
"""The one common noun whose last vowel looks like an ending's first."""
_LONGER_STEM = re.compile(r"(?<=....)(?:ив|ено|ано)$|(?<=...)ів$|(?<=[жчшщцн])ем$")
_REFLEXIVE = re.compile(r"(?<=.{4})(?:ся|сь)$")
_THEME = re.compile(r"(?<=...)(?:ува|юва|ує|ює|у|ю)$")
"""What verbs have between root and ending: "встановл-юва-ти"."""
_AFTER_LIPS = re.compile(r"(?<=..[бпвмф])л$")
_FLEETING = re.compile(r"(?<=..[^аеєиіїоуюя])[ео](?=[кцнл]$)")
_LAST_SOUNDS = str.maketrans("цзсч", "кгхк")
_CLOSED = re.compile(r"[іїє](?=[^аеєиіїоуюя]*$)")
_TOWNS = re.compile(r"(?:київ|харків|львів|чернігів|миколаїв|канів|стрийків|бердичів|рогатів)$")
"""Not the genitive of several that their last letters look like."""


def stem(word: str) -> str:
    """The stem of a Ukrainian word in small letters; at least two letters are left of it."""
    word = _REFLEXIVE.sub("", word.replace("'", ""))
    if _WEAPON.match(word):
        return "збро"
    if not _TOWNS.match(word):
        shorter = _LONGER_STEM.sub("", word)
        word = shorter if shorter != word else _ENDING.sub("", word)
    word = _AFTER_LIPS.sub("", _THEME.sub("", word).rstrip("ь"))
    if word[-1:] == word[-2:-1]:
        word = word[:-1]
    word = _FLEETING.sub("", word[:-1] + word[-1:].translate(_LAST_SOUNDS))
    return _FLEETING.sub("", _CLOSED.sub("о", word))
