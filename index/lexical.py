"""The index of words: BM25 over stemmed words, kept by tantivy.

A passage is analysed by the rules of its language (`index.analysis`), and a question by those
of every language that the library holds. Besides search it answers what judging must know:
does any source mention this word, or this name, at all?
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.analysis import (
    ANALYSED,
    ENGLISH,
    analyse,
    forms_in,
    make_document,
    make_schema,
    name_token,
    register_analyzer,
)
from index.filters import Filters, day_number
from index.passages import Passage
from index.read_only_copy import TemporaryCopy, linked_copy
from sources.database import may_be_written
from sources.errors import LibraryBusyError, StateError
from sources.names import name_keys, place_names, spelling_keys
from sources.source import Source

if TYPE_CHECKING:
    import tantivy

_FARTHEST_DAY = 9999_12_31
_LEAST_RARITY = 0.2
"""Of the rarest word's. Commoner words take most of a search's time, and help no more to find."""

_LOCKED = "LockBusy"
"""Stands in tantivy's message when another writer holds the index."""


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise StateError(
            f"The word index cannot be used: {error}.",
            remedy="Run `assistant sources reindex` to build the index anew.",
        ) from error


class Lexical:
    """Passages by their words (BM25, each language's own stems, accents folded)."""

    def __init__(self, folder: Path) -> None:
        """Open the word index in `folder`, making it where there is none."""
        import tantivy

        self._copy: TemporaryCopy | None = None
        with _translated():
            folder = self._opened_from(folder)
            self._schema = make_schema()
            self._index = tantivy.Index(self._schema, path=str(folder))
            register_analyzer(self._index)

    def _opened_from(self, folder: Path) -> Path:
        if folder.is_dir() and not may_be_written(folder / "meta.json"):
            self._copy = linked_copy(folder)
            return self._copy.folder
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def close(self) -> None:
        """Leave nothing behind of what reading alone needed."""
        if self._copy is not None:
            self._copy.close()

    def add(self, source: Source, passages: Sequence[Passage]) -> None:
        """Add passages of one source; they can be found when this returns."""
        self.change(add=((source, passages),))

    def remove(self, source: str) -> None:
        """Remove all passages of the source of that slug; none is no error."""
        self.change(remove=(source,))

    def change(
        self,
        *,
        remove: Sequence[str] = (),
        add: Sequence[tuple[Source, Sequence[Passage]]] = (),
    ) -> None:
        """Remove all passages of the slugs in `remove`, then add: all of it, or nothing."""
        with _translated():
            with self._writer() as writer:
                for slug in remove:
                    writer.delete_documents_by_term("source", slug)
                for source, passages in add:
                    for passage in passages:
                        writer.add_document(make_document(source, passage))
            self._index.reload()

    def ids_of(self, source: str) -> frozenset[str]:
        """The ids of the passages of the source of that slug."""
        import tantivy

        return self._ids(tantivy.Query.term_query(self._schema, "source", source))

    def sources(self) -> frozenset[str]:
        """The slugs of all sources that have passages here; reads every passage's id."""
        import tantivy

        return frozenset(found.rpartition("#")[0] for found in self._ids(tantivy.Query.all_query()))

    @_translated()
    def search(
        self, words: str, *, limit: int, filters: Filters | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The ids of the `limit` best passages with their BM25 values (> 0), best first."""
        analysed = self._analysed(words, telling=True)
        terms = [self._term(stem) for stems in analysed for stem in stems]
        return self._best(terms, limit=limit, filters=filters)

    @_translated()
    def cover(
        self, words: str, *, limit: int, filters: Filters | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The ids of the `limit` passages that hold most of the words, with their share.

        In (0, 1], best first: a word counts by its rarity in the library (the inverse
        document frequency of BM25), once, however often a passage says it. Words that are
        common beside the rarest of them ("the", "said") are not looked up. The whole is that
        of the language in which most of the words are found.
        """
        import tantivy

        found = [self._rarities(stems) for stems in self._analysed(words, telling=True)]
        whole = max(sum(rarities.values()) for rarities in found) or 1.0
        terms = [
            tantivy.Query.const_score_query(self._term(stem), rarity / whole)
            for rarities in found
            for stem, rarity in rarities.items()
        ]
        return self._best(terms, limit=limit, filters=filters)

    def _rarities(self, stems: Sequence[str]) -> dict[str, float]:
        """The rarity of each stem that any passage holds, without the common ones."""
        searcher = self._index.searcher()
        passages = int(searcher.num_docs)
        rarities = {}
        for stem in dict.fromkeys(stems):
            holding = int(searcher.doc_freq("words", stem))
            if holding:
                rarities[stem] = math.log1p((passages - holding + 0.5) / (holding + 0.5))
        least = _LEAST_RARITY * max(rarities.values(), default=0.0)
        return {stem: rarity for stem, rarity in rarities.items() if rarity >= least}

    @property
    @_translated()
    def languages(self) -> tuple[str, ...]:
        """The languages that have passages here, English for all without an analysis; at least it.

        One of which every passage was removed may still be among them.
        """
        searcher = self._index.searcher()
        held = (code for code in ANALYSED if searcher.doc_freq("language", code))
        return tuple(held) or (ENGLISH,)

    def _analysed(self, words: str, *, telling: bool = False) -> list[tuple[str, ...]]:
        """The words by the rules of each language held; see `index.analysis.analyse`."""
        return [analyse(words, language, telling=telling) for language in self.languages]

    @contextmanager
    def _writer(self) -> Iterator["tantivy.IndexWriter"]:
        """What changes the index; `LibraryBusyError` while another holds it."""
        try:
            writer = self._index.writer(heap_size=32_000_000, num_threads=1)
        except ValueError as error:
            if _LOCKED not in str(error):
                raise
            raise LibraryBusyError(
                "Another process is changing this library.",
                remedy="Wait until it has finished, then try again.",
            ) from error
        with writer:
            yield writer

    @_translated()
    def _ids(self, query: "tantivy.Query") -> frozenset[str]:
        searcher = self._index.searcher()
        hits = searcher.search(query, max(1, int(searcher.num_docs))).hits
        return frozenset(str(searcher.doc(address)["id"][0]) for _, address in hits)

    def _term(self, stem: str) -> "tantivy.Query":
        import tantivy

        return tantivy.Query.term_query(self._schema, "words", stem)

    @_translated()
    def _best(
        self, terms: Sequence["tantivy.Query"], *, limit: int, filters: Filters | None
    ) -> tuple[tuple[str, float], ...]:
        """The ids of the `limit` passages that meet most of the terms, with their values."""
        import tantivy

        query = tantivy.Query
        wanted = query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        if filters:
            wanted = query.boolean_query(
                [(tantivy.Occur.Must, wanted)]
                + [
                    (tantivy.Occur.Must, query.const_score_query(condition, 0.0))
                    for condition in self._conditions(filters)
                ]
            )
        searcher = self._index.searcher()
        return tuple(
            (str(searcher.doc(address)["id"][0]), float(value))
            for value, address in searcher.search(wanted, limit, count=False).hits
        )

    @_translated()
    def holding(self, phrase: str, *, filters: Filters | None = None) -> frozenset[str]:
        """The ids of the passages that hold the words one after the other, in any form.

        At most 1,000, those that say them most; none for a phrase without a word.
        """
        import tantivy

        wanted = [
            self._term(stems[0])
            if len(stems) == 1
            else tantivy.Query.phrase_query(self._schema, "words", [*stems])
            for stems in self._analysed(phrase)
            if stems
        ]
        if not wanted:
            return frozenset()
        return frozenset(name for name, _ in self._best(wanted, limit=1_000, filters=filters))

    def stems(self, words: str) -> tuple[str, ...]:
        """The words as the index keeps those of English: lower case, accents folded, stemmed."""
        return analyse(words, ENGLISH)

    @_translated()
    def mentions(self, word: str) -> int:
        """How many passages hold the word in any of its forms; of several words, all of them.

        In whatever language they are. Several words are counted up to 1,000 passages.
        """
        import tantivy

        searcher = self._index.searcher()
        analysed = self._analysed(word)
        counted = sum(
            int(searcher.doc_freq("words", stems[0])) for stems in analysed if len(stems) == 1
        )
        together = [
            tantivy.Query.boolean_query([(tantivy.Occur.Must, self._term(stem)) for stem in stems])
            for stems in analysed
            if len(stems) > 1
        ]
        if together:
            wanted = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in together])
            counted += len(searcher.search(wanted, 1_000).hits)
        return counted

    @_translated()
    def writes(self, word: str, *, language: str = ENGLISH) -> int:
        """How many passages in `language` hold the very form `word`, large or small."""
        forms = forms_in(word, language)
        if len(forms) != 1:
            return 0
        return int(self._index.searcher().doc_freq("forms", forms[0]))

    @_translated()
    def mentions_name(self, name: str, *, language: str | None = None) -> int:
        """How many passages hold `name` in any script, spelling or case that may be the same.

        `language` is that of who asks: passages in it must spell the name alike, vowels too.
        What is written small is no name, and counted as `mentions` does. A passage may count
        more than once; 0 says that no spelling stands anywhere.
        """
        counted = self.mentions(name)
        if counted or not name[:1].isupper():
            return counted
        if places := place_names(name):
            return sum(map(self.mentions, places))
        words = name.split()
        return min((self._passages_naming(word, language) for word in words), default=0)

    def _passages_naming(self, word: str, language: str | None) -> int:
        searcher = self._index.searcher()
        return sum(
            int(searcher.doc_freq("names", name_token(held, key, is_spelling=is_own)))
            for held in self.languages
            for is_own in [held == language]
            for key in (spelling_keys(word) if is_own else name_keys(word))
        )

    @_translated()
    def count(self) -> int:
        """How many passages there are."""
        return int(self._index.searcher().num_docs)

    def _conditions(self, filters: Filters) -> Iterator[Any]:
        import tantivy

        query = tantivy.Query
        if filters.sources:
            yield query.term_set_query(self._schema, "source", list(filters.sources))
        if filters.publishers:
            yield query.term_set_query(self._schema, "publisher", list(filters.publishers))
        if filters.since or filters.until:
            yield query.range_query(
                self._schema,
                "day",
                tantivy.FieldType.Integer,
                day_number(filters.since) if filters.since else 1,
                day_number(filters.until) if filters.until else _FARTHEST_DAY,
            )
