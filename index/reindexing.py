"""Building another index beside the one in use, and swapping them.

Until the swap, answers come from the old one. What the new one already holds is noted, so
an interrupted building goes on where it stopped.
"""

from dataclasses import replace

from index import indexes
from index.ingest import finish
from index.library import Library, put_in_use
from index.progress import Meter, ProgressReport
from sources.catalogue import Catalogue
from sources.entries import Entry
from sources.language import language_of_text
from sources.sentences import find_sentences


def reindex(library: Library, *, report: ProgressReport | None = None) -> int:
    """Bring `library`'s index to hold every source of the catalogue, then put it in use.

    Returns how many sources it holds. An index that is in use already is made anew source
    by source, in place.
    """
    catalogue = library.catalogue
    with catalogue.changing_alone():
        if library.is_in_use:
            finish(library, [one for one in catalogue.unfinished() if one.state != "adding"])
            catalogue.register.forget_indexed(library.fingerprint)
        for entry in catalogue.entries():
            _cut_anew(catalogue, entry)
        entries = [entry for entry in catalogue.entries() if entry.state in ("ready", "adding")]
        wanted = {entry.source.slug: entry.source.sha256 for entry in entries}
        done = catalogue.indexed(library.fingerprint)
        stale = [slug for slug, (sha256, _) in done.items() if wanted.get(slug) != sha256]
        indexes.take_out(library, stale)
        catalogue.register.forget_indexed(library.fingerprint, stale)
        todo = [entry for entry in entries if entry.source.slug not in done.keys() - set(stale)]
        meter = Meter(report, files=len(todo), bytes_total=sum(entry.characters for entry in todo))
        indexes.take_in(library, todo, meter)
        put_in_use(library)
        finish(library, catalogue.unfinished())
    return len(entries)


def _cut_anew(catalogue: Catalogue, entry: Entry) -> None:
    """Cut a text that another version read into the sentences of its own language.

    Its language is detected where neither its card nor the catalogue names it.
    """
    source = entry.source
    text = catalogue.text(source.slug)
    detected = source.detected_language
    if source.language is None:
        detected = language_of_text(text.content)
    language = source.card.language or detected
    sentences = find_sentences(
        text.content, language=language, locators=text.locators, blocks=text.blocks
    )
    if sentences != text.sentences or detected != source.detected_language:
        cut = replace(text, sentences=sentences)
        catalogue.register.cut_anew(source.slug, cut, detected_language=detected)
