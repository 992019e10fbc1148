"""What the word index keeps of a passage: its words by the rules of its language, and its names.

All words stand in one field, so that a passage's length weighs alike in every language; those
of another language than English carry its code, so that no word is taken for another
language's and each is as rare as it is in its own.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from index.filters import day_number
from index.passages import Passage
from index.stemming import LANGUAGES, MAX_LETTERS, stems_in, telling_stems_in
from sources.names import name_keys, names_in, spelling_keys
from sources.source import Source

if TYPE_CHECKING:
    import tantivy

WORD_ANALYSIS = "words-2"
"""Names the fields and how words are analysed; another analysis is a new name."""

_FORM = re.compile(r"[^\W\d_]+")
ENGLISH = "en"
"""The analysis of English, and of every language that has none of its own."""
ANALYSED = (ENGLISH, *LANGUAGES)
"""ISO 639-1 codes of the languages whose words have an analysis."""


def make_schema() -> "tantivy.Schema":
    """The schema of an index of passages."""
    import tantivy

    return (
        tantivy.SchemaBuilder()
        .add_text_field("id", stored=True, tokenizer_name="raw")
        .add_text_field("source", tokenizer_name="raw")
        .add_text_field("publisher", tokenizer_name="raw")
        .add_text_field("language", tokenizer_name="raw")
        .add_integer_field("day", indexed=True, fast=True)
        .add_text_field("words", tokenizer_name="analysed")
        .add_text_field("forms", tokenizer_name="analysed", index_option="basic")
        .add_text_field("names", tokenizer_name="analysed", index_option="basic")
        .build()
    )


def register_analyzer(index: "tantivy.Index") -> None:
    """Tell `index` that its words come analysed, one after the other."""
    import tantivy

    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("analysed", whitespace)


def make_document(source: Source, passage: Passage) -> "tantivy.Document":
    """What the index holds of a passage."""
    import tantivy

    day = day_number(source.card.published) if source.card.published else 0
    language = source.language if source.language in LANGUAGES else ENGLISH
    document = tantivy.Document(
        id=[passage.id],
        source=[source.slug],
        language=[language],
        day=[day],
        words=[" ".join(analyse(passage.content, language))],
        forms=[" ".join(forms_in(passage.content, language))],
        names=[" ".join(_name_keys(passage.content, language))],
    )
    if source.card.publisher:
        document.add_text("publisher", source.card.publisher)
    return document


def _name_keys(content: str, language: str) -> Iterator[str]:
    for name in names_in(content):
        yield from (name_token(language, key) for key in sorted(name_keys(name, language)))
        yield from (
            name_token(language, key, is_spelling=True)
            for key in sorted(spelling_keys(name, language))
        )


def name_token(language: str, key: str, *, is_spelling: bool = False) -> str:
    """How the index keeps a key of a name that stands in a passage of `language`.

    With `is_spelling` one of `spelling_keys`, else of `name_keys`.
    """
    return f"{language}{'=' if is_spelling else '~'}{key}"


def forms_in(words: str, language: str) -> tuple[str, ...]:
    """The very forms of the words of a text in `language`, each once: small, with its code."""
    found = _FORM.findall(unicodedata.normalize("NFC", words).casefold().replace("’", "'"))
    return tuple(f"{language}_{form}" for form in dict.fromkeys(found) if len(form) <= MAX_LETTERS)


def analyse(words: str, language: str, *, telling: bool = False) -> tuple[str, ...]:
    """The words of a text in `language`, one of `ANALYSED`, as the index keeps them, in order.

    With `telling` without the commonest words of another language than English: in a library
    of several they would be rare.
    """
    if language == ENGLISH:
        return tuple(_english().analyze(words))
    stems = telling_stems_in(words, language) if telling else stems_in(words, language)
    return tuple(f"{language}_{stem}" for stem in stems)


@cache
def _english() -> "tantivy.TextAnalyzer":
    """Small letters, accents folded, English stems."""
    import tantivy

    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(MAX_LETTERS))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
