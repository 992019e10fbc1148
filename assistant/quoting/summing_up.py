"""A source as a whole: which one a question means, and the few sentences that stand for it.

No chat model is asked: the sentences are chosen so that each sentence of the text has one
among them that is near in meaning.
"""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.asking.asked_speaker import asked_speaker
from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence, held, weigh
from assistant.judging.judgement import Judgement
from assistant.quoting.instructing import without_instructions
from index.filters import Filters
from index.library import Library
from index.retrieval import Match
from index.whole_source import KeptPassage, read_whole
from sources.addressed import is_addressed_to_a_machine
from sources.catalogue import Catalogue
from sources.entries import Entry

MAX_SENTENCES = 6
MIN_SENTENCES = 3
_SHARE = 2
"""One sentence of so many is chosen, within these bounds."""
_MAX_CANDIDATES = 500
"""Among so many sentences nearest to the whole the choice is made."""
_EARLY = 0.3
"""A text's first sentence counts so much more than its last: most begin with what matters."""
_MIN_WORDS = 6
_TITLES_NAMED = 4
_MIN_TITLE_WORDS = 3
"""Shorter titles have to be put in quotation marks."""

_WHOLE = re.compile(
    r"\b(?:this|the|that) (?:\w+ )?(?:article|source|text|document|report|paper|memo|interview|"
    r"statement|piece)s?\b|\b(?:it all|everything|what is this about|what'?s this about)\b",
    re.IGNORECASE,
)
_SUMS = re.compile(r"\b(?:summar\w+|sum up|overview|key points)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"„«](.+)[”\"“»]")
_CREDIT = re.compile(
    r"(?:This|The) (?:report|article|story|text|interview|version)\b.{0,40}"
    r"\b(?:published|updated|corrected|translated|appeared)\b"
)
"""A sentence about the text itself and not about its matter."""
_ENDS = re.compile(r"[.!?…][”\"’)\]]*$")


def sum_up(
    library: Library, question: Question, *, is_first: bool, filters: Filters | None
) -> tuple[tuple[Evidence, ...], Judgement] | None:
    """The sentences that stand for the one source that is meant, in the order of its text.

    Where several may be meant it is asked which; `None` where no whole source is asked for.
    """
    if question.kind != "summary":
        return None
    meant = sources_meant(library, question, is_first=is_first, filters=filters)
    if len(meant) == 1:
        chosen = telling_sentences(question, read_whole(library, meant[0].source.slug))
        if chosen:
            return chosen, Judgement("answered", chosen, confidence=1.0)
    if len(meant) > 1:
        return (), Judgement("not_in_sources", reason=which_source(meant))
    return None


def sources_meant(
    library: Library, question: Question, *, is_first: bool, filters: Filters | None
) -> tuple[Entry, ...]:
    """The sources that a question for a summary may mean as a whole, newest first.

    The one whose title it names, or is about; else, where it names no subject, all in reach.
    """
    if question.kind != "summary":
        return ()
    entries = in_reach(library.catalogue, filters)
    titled = tuple(entry for entry in entries if _names_title(question, entry))
    if titled:
        return titled[:1]
    if not question.subjects:
        is_whole = is_first or _WHOLE.search(question.words) is not None
        return entries if is_whole else ()
    if not _SUMS.search(question.words) or asked_speaker(question) is not None:
        return ()
    return _about(question, entries, library.catalogue)


def choices(
    library: Library, question: Question, *, is_first: bool, filters: Filters | None
) -> tuple[str, ...]:
    """Where several sources may be meant, questions that each name one; else empty."""
    meant = sources_meant(library, question, is_first=is_first, filters=filters)
    titles = [_plain(entry.source.card.title) for entry in meant[:_TITLES_NAMED]]
    return tuple(f"Summarise “{title}”" for title in titles) if len(meant) > 1 else ()


def which_source(entries: Sequence[Entry]) -> str:
    """The question which of several sources is meant, with titles to choose from."""
    titles = [f"“{_plain(entry.source.card.title)}”" for entry in entries[:_TITLES_NAMED]]
    more = len(entries) - len(titles)
    rest = f" or one of {more} more" if more else ""
    return f"Which source? Name it by its title: {', '.join(titles)}{rest}."


def telling_sentences(
    question: Question, kept: Sequence[KeptPassage], *, limit: int | None = None
) -> tuple[Evidence, ...]:
    """The sentences that together stand for all of `kept`, in order; empty for nothing.

    `limit` is how many at most; without it as many as so long a text needs.
    """
    if not kept:
        return ()
    every = [(one, place) for one in kept for place in range(len(one.passage.sentences))]
    vectors = np.concatenate([one.vectors for one in kept])
    worth = np.array([_is_worth_quoting(one, place) for one, place in every])
    if not worth.any():
        worth[:] = True
    enough = limit or min(MAX_SENTENCES, max(MIN_SENTENCES, len(every) // _SHARE))
    wanted = min(enough, int(worth.sum()))
    chosen = choose_telling(vectors, worth, limit=wanted)
    centre = vectors.mean(axis=0)
    evidence = {
        (one.match.passage.id, one.sentence.start): one
        for one in weigh(
            question,
            [
                Match(found.passage, 1.0, tuple(map(float, found.vectors @ centre)))
                for found in {id(every[place][0]): every[place][0] for place in chosen}.values()
            ],
        )
    }
    return without_instructions(
        [
            evidence[found.passage.id, found.passage.sentences[place].start]
            for found, place in (every[number] for number in chosen)
        ]
    )


def choose_telling(
    vectors: NDArray[np.float32], worth: NDArray[np.bool_], *, limit: int
) -> tuple[int, ...]:
    """The rows of at most `limit` vectors among `worth` that lie nearest to all, ascending.

    Each is the one that adds most to the sum over all rows of the cosine with the nearest
    chosen; early rows count a little more. After Lin and Bilmes, "A Class of Submodular
    Functions for Document Summarization", ACL (2011).
    """
    rows = np.flatnonzero(worth)
    near_centre = np.argsort(-(vectors[rows] @ vectors.mean(axis=0)))[:_MAX_CANDIDATES]
    candidates = np.sort(rows[near_centre])
    cosines = np.maximum(vectors @ vectors[candidates].T, 0.0)
    weights = 1.0 + _EARLY * (1.0 - candidates / len(vectors))
    reached = np.zeros(len(vectors), dtype=cosines.dtype)
    chosen: list[int] = []
    for _ in range(min(limit, len(candidates))):
        gains = np.maximum(cosines - reached[:, None], 0.0).sum(axis=0) * weights
        gains[chosen] = -1.0
        best = int(gains.argmax())
        chosen.append(best)
        reached = np.maximum(reached, cosines[:, best])
    return tuple(sorted(int(candidates[place]) for place in chosen))


def _is_worth_quoting(kept: KeptPassage, place: int) -> bool:
    words = kept.passage.words_of(kept.passage.sentences[place])
    is_sentence = len(words.split()) >= _MIN_WORDS and _ENDS.search(words.rstrip()) is not None
    is_matter = _CREDIT.match(words) is None and not is_addressed_to_a_machine(words)
    return is_sentence and is_matter


def in_reach(catalogue: Catalogue, filters: Filters | None) -> tuple[Entry, ...]:
    """The ready sources that the filters let through."""
    entries = catalogue.entries(state="ready")
    if not filters:
        return entries
    tagged = set(catalogue.tagged(filters.tags)) if filters.tags else None
    return tuple(entry for entry in entries if _passes(entry, filters, tagged))


def _passes(entry: Entry, filters: Filters, tagged: set[str] | None) -> bool:
    card, slug = entry.source.card, entry.source.slug
    return (
        (not filters.sources or slug in filters.sources)
        and (not filters.publishers or card.publisher in filters.publishers)
        and (tagged is None or slug in tagged)
        and (not filters.since or (card.published is not None and card.published >= filters.since))
        and (not filters.until or (card.published is not None and card.published <= filters.until))
    )


def _names_title(question: Question, entry: Entry) -> bool:
    title = _folded(entry.source.card.title)
    quoted = _QUOTED.search(question.words)
    if quoted is not None:
        return title == _folded(quoted[1])
    return len(title.split()) >= _MIN_TITLE_WORDS and title in _folded(question.words)


def _about(question: Question, entries: Sequence[Entry], catalogue: Catalogue) -> tuple[Entry, ...]:
    """The source whose title holds all that the question is about: of one story the first."""
    found = {
        entry.source.slug: entry
        for entry in entries
        if held(question.subjects, entry.source.card.title).min() >= 1.0
    }
    stories = catalogue.stories(found)
    if len({stories.get(slug, slug) for slug in found}) != 1:
        return ()
    first = min(found, key=lambda slug: (found[slug].source.card.published or date.max, slug))
    return (found[first],)


def _folded(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _plain(title: str) -> str:
    return title.translate(str.maketrans("“”", "‘’"))
