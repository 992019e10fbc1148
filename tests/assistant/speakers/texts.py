"""Texts for the tests of who speaks and of the desk: the article and the made-up library."""

from pathlib import Path

from assistant.speakers.utterances import EverythingSaid, listen
from sources.originals import SHIPPED_FOLDER
from sources.reading import read_source
from sources.sentences import find_sentences
from sources.source import Source, Text

MADE_UP = Path(__file__).resolve().parents[2] / "made_up"
SAMPLE = Path(__file__).with_name("speakers.jsonl")


def read_folder(folder: Path) -> dict[str, tuple[Source, Text]]:
    read = [read_source(path) for path in sorted(folder.glob("*.md"))]
    return {source.slug: (source, text) for source, text in read}


def made_up() -> EverythingSaid:
    current = {
        slug: (source, text)
        for slug, (source, text) in read_folder(MADE_UP).items()
        if "superseded" not in source.card.tags
    }
    reprints = {slug: "geneva" for slug in current if slug[:2] in ("01", "02", "03")}
    return listen(current, stories=reprints)


def shipped_article() -> EverythingSaid:
    return listen(read_folder(SHIPPED_FOLDER))


def text_of(content: str) -> Text:
    return Text(content, find_sentences(content))
