"""Documents as the network takes them in, each read by the encoder once and kept in a cache."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.reader.inputs import Asked, Floats, Inputs, Pieces, Said, asked, said
from assistant.training.examples import Document
from index.embedder import Role
from index.encoder.encoder import MultilingualEncoder, ReadText
from index.encoder.files import MODEL_FOLDER, VOCABULARY_ROWS


@dataclass(frozen=True)
class Vectorised:
    """A document as the network takes it in."""

    document: Document
    questions: tuple[Asked, ...]
    statements: tuple[Asked, ...]
    """Those of the document, then its copies."""
    sentences: tuple[Said, ...]

    def similarity(self, asked_for: Asked) -> Floats:
        """``(sentences,)``: cosines of the wholes."""
        return np.array(
            [one.meaning @ asked_for.meaning for one in self.sentences], dtype=np.float32
        )


class _Kept(NamedTuple):
    questions: list[ReadText]
    statements: list[ReadText]
    sentences: list[ReadText]


def read_documents(given: Sequence[Document], cache: Path) -> tuple[list[_Kept], Pieces]:
    """Questions, statements and sentences of each document as the encoder reads them."""
    encoder = MultilingualEncoder()

    def read(texts: Sequence[str], role: Role) -> list[ReadText]:
        named = sha256("\n".join([role, *texts]).encode()).hexdigest()[:24]
        file = cache / f"{named}.npz"
        if not file.exists():
            _keep(file, encoder.read(texts, role=role))
        return _kept(file)

    found = [
        _Kept(
            read([question.words for question in one.questions], "question"),
            [
                *read([statement.words for statement in one.statements], "question"),
                *read([copy.words for copy in one.copies], "question"),
            ],
            read([f"{one.title}. {words}" for words in one.sentences], "passage"),
        )
        for one in given
    ]
    return found, _pieces(found)


def _pieces(read: Sequence[_Kept]) -> Pieces:
    sentences = [one for each in read for one in each.sentences]
    seen = np.zeros(len(np.load(MODEL_FOLDER / VOCABULARY_ROWS, mmap_mode="r")))
    for one in sentences:
        seen[np.unique(one.pieces)] += 1
    middle = [
        np.mean([one.vectors.mean(axis=0) for one in each if len(one.vectors)], axis=0)
        for each in ([one for each in read for one in each.questions], sentences)
    ]
    rarity = np.log(len(sentences) / (1 + seen)) / 10
    return Pieces(*(part.astype(np.float32) for part in (rarity, *middle)))


def _keep(file: Path, read: Sequence[ReadText]) -> None:
    kept = {
        f"{place}.{name}": getattr(one, name)
        for place, one in enumerate(read)
        for name in ReadText.__slots__
    }
    kept = {
        name: part.astype(np.float16) if name.endswith("vectors") else part
        for name, part in kept.items()
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".part.npz")
    np.savez(beside, **kept)
    beside.replace(file)


def _kept(file: Path) -> list[ReadText]:
    with np.load(file) as kept:
        rows: dict[int, dict[str, NDArray[np.generic]]] = {}
        for name in kept.files:
            place, _, part = name.partition(".")
            rows.setdefault(int(place), {})[part] = kept[name]
    return [ReadText(**rows[place]) for place in range(len(rows))]  # type: ignore[arg-type]  # as `_keep` wrote them


def vectorise(given: Sequence[Document], cache: Path) -> tuple[list[Vectorised], Pieces]:
    """The documents as the network takes them in, and what is known of their pieces."""
    read, pieces = read_documents(given, cache)
    return [
        Vectorised(
            one,
            tuple(asked(each, pieces) for each in kept.questions),
            tuple(asked(each, pieces) for each in kept.statements),
            tuple(said(each, pieces, title_chars=len(one.title) + 1) for each in kept.sentences),
        )
        for one, kept in zip(given, read, strict=True)
    ], pieces


def batch(taken: Sequence[Inputs]) -> tuple[torch.Tensor, ...]:
    """The arguments of `ReaderModel` for several questions, each beside its sentences."""
    rows = [len(one.similarity) for one in taken]
    asked_most = max(len(one.question) for one in taken)
    said_most = max(one.sentences.shape[1] for one in taken)

    def wide(each: Sequence[Floats], shape: tuple[int, ...]) -> torch.Tensor:
        filled = np.zeros((sum(rows), *shape), dtype=np.float32)
        at = 0
        for count, one in zip(rows, each, strict=True):
            filled[(slice(at, at + count), *(slice(0, size) for size in one.shape[1:]))] = one
            at += count
        return torch.from_numpy(filled)

    def repeated(each: Sequence[Floats]) -> list[Floats]:
        return [np.repeat(one[None], count, 0) for one, count in zip(each, rows, strict=True)]

    width = taken[0].question.shape[1]
    return (
        wide(repeated([one.question for one in taken]), (asked_most, width)),
        wide(repeated([one.question_rarity for one in taken]), (asked_most,)),
        wide(repeated([np.ones_like(one.question_rarity) for one in taken]), (asked_most,)),
        wide([one.sentences for one in taken], (said_most, width)),
        wide([one.sentence_rarity for one in taken], (said_most,)),
        wide([one.of_sentence for one in taken], (said_most,)),
        wide([one.of_title for one in taken], (said_most,)),
        wide([one.shared for one in taken], (asked_most, said_most)),
        wide([one.similarity for one in taken], ()),
    )
