"""Texts in another language than the model of an English library knows: what to say of them."""

from collections.abc import Sequence

from index.encoder.files import BUNDLED, MULTILINGUAL
from index.library import Library


def found_by_words_alone(library: Library, slugs: Sequence[str]) -> str | None:
    """What to do about those of the sources that the library's model cannot read, if any."""
    if library.embedder.name != BUNDLED:
        return None
    entries = [library.catalogue.entry(slug) for slug in slugs]
    count = sum(one is not None and one.source.language not in (None, "en") for one in entries)
    if not count:
        return None
    are = "It is" if len(slugs) == 1 else f"{count:,} of them {'is' if count == 1 else 'are'}"
    return (
        f"{are} not in English: the embedding model in use knows English alone. Run `assistant"
        f" sources reindex --embedder {MULTILINGUAL}` to ask in one of six languages about texts"
        " in another."
    )
