"""A source as a whole: the few sentences that stand for it; which one was meant.

No chat model is asked: the sentences are chosen so that each sentence of the text has one
among them that is near in meaning.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence, weigh
from assistant.quoting.instructing import without_instructions
from index.filters import Filters
from index.retrieval import Match
from index.whole_source import KeptPassage
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
WHICH_SOURCE = "Which source?"
"""How it is asked back which source is meant."""
_TITLES_NAMED = 4

_CREDIT = re.compile(
    r"(?:This|The) (?:report|article|story|text|interview|version)\b.{0,40}"
    r"\b(?:published|updated|corrected|translated|appeared)\b"
)
"""A sentence about the text itself and not about its matter."""
_ENDS = re.compile(r"[.!?…][”\"’)\]]*$")


def choices(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Where it is asked which of several sources is meant, requests that each name one."""
    titles = [_plain(entry.source.card.title) for entry in entries[:_TITLES_NAMED]]
    return tuple(f"Summarise “{title}”" for title in titles) if len(entries) > 1 else ()


def which_source(entries: Sequence[Entry]) -> str:
    """The question which of several sources is meant, with titles to choose from."""
    titles = [f"“{_plain(entry.source.card.title)}”" for entry in entries[:_TITLES_NAMED]]
    more = len(entries) - len(titles)
    rest = f" or one of {more} more" if more else ""
    return f"{WHICH_SOURCE} Name it by its title: {', '.join(titles)}{rest}."


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


def _plain(title: str) -> str:
    return title.translate(str.maketrans("“”", "‘’"))
