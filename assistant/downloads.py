"""What a person gets who asks for a source's file: the file, or its text where that is gone."""

from dataclasses import dataclass

from sources.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be written down or sent."""

    name: str
    content: bytes
    is_text: bool
    """Whether it is the text that was read, because the file is gone or has changed."""


def download(catalogue: Catalogue, slug: str) -> Download:
    """The file of a ready source as it was read, else its text under a name that says so.

    Raises `UseError` when there is no such source.
    """
    catalogue.source(slug)
    entry = catalogue.entry(slug)
    original = catalogue.originals.of(entry) if entry is not None else None
    if original is not None:
        return Download(original.name, original.content, is_text=False)
    content = catalogue.text(slug).content.encode()
    return Download(f"{slug}-text.txt", content, is_text=True)
