"""Make `lexicon.json` from Unicode's own tables (CLDR) and from the words written by hand.

``python -m sources.quantities.make_lexicon`` writes it anew; needs Babel and unicode-rbnf (both in
the extra ``dev``), which nothing needs at run time. By hand, in ``words/LANGUAGE.json``, is what
CLDR does not have: other cases, what people write short, what stands around a number. There each
meaning has a list of words or phrases, parted by commas; where both have a word, that one holds.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sources.quantities.letters import fold
from sources.quantities.lexicon import FILE, LANGUAGES, NUMBERED

_WORDS = Path(__file__).parent / "words"
_CURRENCIES = (
    "EUR USD GBP CHF JPY CNY UAH RUB PLN SEK NOK DKK CZK HUF RON CAD AUD NZD INR ILS KRW MDL"
    " BYN KZT TRY"
).split()
_COUNTS = (1, 2, 5, 1.5)
"""One number for each form that CLDR tells apart in these languages."""
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second", "century")
_SCALES = (10**3, 10**6, 10**9)
"""Words for more are written by hand: CLDR's Ukrainian trillion is no Ukrainian word."""
_VALUED = NUMBERED | {"months", "currencies", "cents", "durations", "before", "after"}
"""The roles whose words are listed under what they mean; of the others a word is one, or not."""

Value = str | int | bool


def make_lexicon() -> dict[str, object]:
    """What `Lexicon` loads: for each role its phrases, for each phrase its value by language."""
    phrases: dict[str, dict[str, dict[str, Value]]] = defaultdict(lambda: defaultdict(dict))
    for language in LANGUAGES:
        for role, words in _from_unicode(language).items():
            for phrase, value in words.items():
                phrases[role][_phrase(phrase)][language] = value
        for role, listed in _by_hand(language):
            for phrase, value in listed:
                phrases[role][_phrase(phrase)][language] = value
    every = [phrase for of_role in phrases.values() for phrase in of_role]
    return {
        "phrases": phrases,
        "lengths": {role: _lengths(of_role, 0) for role, of_role in phrases.items()},
        "lengths_to": {role: _lengths(of_role, -1) for role, of_role in phrases.items()},
        "dotted": sorted({word for one in every for word in one.split() if word.endswith(".")}),
    }


def _phrase(words: str) -> str:
    return " ".join(fold(words).replace("-", " ").split())


def _lengths(phrases: Iterable[str], place: int) -> dict[str, list[int]]:
    """For first words (last ones with -1) of phrases of several words, how long those are."""
    found: dict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        words = phrase.split()
        found[words[place]].add(len(words))
    return {
        word: sorted(lengths, reverse=True) for word, lengths in found.items() if max(lengths) > 1
    }


def _by_hand(language: str) -> Iterator[tuple[str, list[tuple[str, Value]]]]:
    written = json.loads((_WORDS / f"{language}.json").read_text(encoding="utf-8"))
    stems, endings = written.pop("ordinal_stems", ""), written.pop("ordinal_endings", "")
    yield (
        "ordinals",
        [(f"{stem}{end}", True) for stem in _listed(stems) for end in _listed(endings)],
    )
    for role, listed in written.items():
        if role in _VALUED:
            yield (
                role,
                [
                    (phrase, int(value) if role == "months" else value)
                    for value, words in listed.items()
                    for phrase in _listed(words)
                ],
            )
        else:
            yield role, [(phrase, True) for phrase in _listed(listed)]


def _listed(words: str) -> Iterator[str]:
    return (one.strip() for one in words.split(",") if one.strip())


def _from_unicode(language: str) -> dict[str, Mapping[str, Value]]:
    from babel import Locale
    from babel.numbers import get_currency_name

    locale = Locale.parse(language)
    months = {
        fold(name): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in locale.months[context][width].items()
    }
    full = {fold(name) for name in locale.months["format"]["wide"].values()}
    months |= {f"{name}.": number for name, number in months.items() if _is_cut(name, full)}
    return {
        "numbers": {word: str(n) for word, n in _single(_spelled(language, range(1000)))},
        "scales": {
            word: str(scale)
            for word, scale in _last(
                _spelled(language, [n * s for s in _SCALES for n in (1, 2, 5)])
            )
        },
        "ordinals": {word: True for word, _ in _last(_ordinals(language, range(1, 101)))},
        "months": months,
        "currencies": {
            get_currency_name(code, count=count, locale=locale): code
            for code in _CURRENCIES
            for count in (None, *_COUNTS)
        },
        "durations": {
            word: unit for unit in _UNITS for word in sorted(_duration_words(language, unit))
        },
    }


def _is_cut(name: str, full: set[str]) -> bool:
    """Whether a name of a month is a short one without its full stop."""
    return not name.endswith(".") and any(
        len(name) < len(one) for one in full if one[:3] == name[:3]
    )


def _spelled(language: str, numbers: Iterable[int]) -> Iterator[tuple[str, int]]:
    from unicode_rbnf import RbnfEngine

    engine = RbnfEngine.for_language(language)
    for number in numbers:
        for words in sorted(set(engine.format_number(number).text_by_ruleset.values())):
            yield fold(words), number


def _ordinals(language: str, numbers: Iterable[int]) -> Iterator[tuple[str, int]]:
    from unicode_rbnf import FormatPurpose, RbnfEngine

    engine = RbnfEngine.for_language(language)
    for number in numbers:
        try:
            spelled = engine.format_number(number, FormatPurpose.ORDINAL)
        except ValueError:  # CLDR has none for this language; they are written by hand
            return
        for words in sorted(set(spelled.text_by_ruleset.values())):
            yield fold(words), number


def _single(spelled: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The numbers that are one word. German joins what others write apart, so there it is only
    those below a hundred: the rest is taken apart when it is read."""
    for words, number in spelled:
        if " " not in words and "-" not in words and "hundert" not in words:
            yield words, number


def _last(spelled: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The last word of each with its scale: ``thousand`` of "two thousand"."""
    for words, number in spelled:
        scale = max((scale for scale in _SCALES if number % scale == 0), default=number)
        word = words.replace("-", " ").split()[-1]
        yield ("tausend" if word.endswith("tausend") else word), scale


def _duration_words(language: str, unit: str) -> set[str]:
    from babel.units import format_unit

    words = set()
    for count in _COUNTS:
        written = format_unit(count, f"duration-{unit}", "long", locale=language)
        word = fold("".join(one for one in written if one.isalpha() or one == " ").strip())
        words |= {word} if " " not in word else set()
    return words


def main() -> None:
    """Write the file."""
    text = json.dumps(make_lexicon(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    FILE.write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
