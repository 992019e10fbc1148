"""Which sources are the same report: copies collapse, so one wire story counts once.

Two sources are copies of each other when at least six tenths of the shorter one's
characters stand, sentence by sentence, in the other as well.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from sources.source import Source, Text

MIN_SHARED = 0.6
MIN_SENTENCE_CHARS = 30
"""Shorter sentences ("He agreed.") show nothing about where a text is from."""


def find_originals(texts: Mapping[str, tuple[Source, Text]]) -> dict[str, str]:
    """For each slug the slug of its original: itself, or the earliest of its copies.

    Undated copies come after dated ones; then the slug decides.
    """
    lengths: dict[str, int] = {}
    holders: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for slug, (_, text) in texts.items():
        sentences = {
            _key(sentence.of(text.content)): len(sentence)
            for sentence in text.sentences
            if len(sentence) >= MIN_SENTENCE_CHARS
        }
        lengths[slug] = sum(sentences.values())
        for key, length in sentences.items():
            holders[key][slug] = length
    shared: Counter[tuple[str, str]] = Counter()
    for slugs in holders.values():
        names = sorted(slugs)
        if len(names) < 2 or len(names) > 50:
            continue
        for at, first in enumerate(names):
            for second in names[at + 1 :]:
                shared[first, second] += slugs[first]
    parent = {slug: slug for slug in texts}
    for (first, second), characters in shared.items():
        if characters >= MIN_SHARED * min(lengths[first], lengths[second]):
            parent[_root(parent, second)] = _root(parent, first)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for slug in texts:
        groups[_root(parent, slug)].append(slug)
    return {
        slug: min(group, key=lambda name: (texts[name][0].card.published or date.max, name))
        for group in groups.values()
        for slug in group
    }


def _root(parent: dict[str, str], slug: str) -> str:
    while parent[slug] != slug:
        parent[slug] = slug = parent[parent[slug]]
    return slug


def _key(sentence: str) -> str:
    words = " ".join(re.findall(r"\w+", sentence.casefold()))
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()
