"""Documents as the network takes them in, each read by the encoder once and kept in a cache."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.reader.inputs import Asked, Floats, Inputs, Pieces, Said, asked, said
from assistant.training.examples import Document
from index.encoder.encoder import MultilingualEncoder, ReadText


@dataclass(frozen=True)
class Vectorised:
    """A document as the network takes it in."""

    document: Document
    questions: tuple[Asked, ...]
    sentences: tuple[Said, ...]

    def similarity(self, question: int) -> Floats:
        """``(sentences,)``: cosines of the wholes."""
        asked_for = self.questions[question].meaning
        return np.array([one.meaning @ asked_for for one in self.sentences], dtype=np.float32)


def read_documents(
    given: Sequence[Document], cache: Path
) -> tuple[list[tuple[list[ReadText], list[ReadText]]], Pieces]:
    """Questions and sentences of each document as the encoder reads them, and their pieces."""
    encoder = MultilingualEncoder()
    read = []
    for one in given:
        said_so = [f"{one.title}. {words}" for words in one.sentences]
        questions = [question.words for question in one.questions]
        name = sha256("\n".join([*said_so, "?", *questions]).encode()).hexdigest()[:24]
        file = cache / f"{name}.npz"
        if not file.exists():
            _keep(
                file,
                encoder.read(questions, role="question"),
                encoder.read(said_so, role="passage"),
            )
        read.append(_kept(file))
    return read, _pieces(read)


def _pieces(read: Sequence[tuple[list[ReadText], list[ReadText]]]) -> Pieces:
    sentences = [one for _, each in read for one in each]
    seen = np.zeros(max(int(one.pieces.max(initial=0)) for one in sentences) + 1)
    for one in sentences:
        seen[np.unique(one.pieces)] += 1
    middle = [
        np.mean([one.vectors.mean(axis=0) for one in each if len(one.vectors)], axis=0)
        for each in ([one for each, _ in read for one in each], sentences)
    ]
    rarity = np.log(len(sentences) / (1 + seen)) / 10
    return Pieces(*(part.astype(np.float32) for part in (rarity, *middle)))


def _keep(file: Path, *read: Sequence[ReadText]) -> None:
    kept = {
        f"{kind}{place}.{name}": getattr(one, name)
        for kind, each in zip("qs", read, strict=True)
        for place, one in enumerate(each)
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


def _kept(file: Path) -> tuple[list[ReadText], list[ReadText]]:
    with np.load(file) as kept:
        rows: dict[str, dict[str, NDArray[np.generic]]] = {}
        for name in kept.files:
            which, _, part = name.partition(".")
            rows.setdefault(which, {})[part] = kept[name]
    made = {which: ReadText(**parts) for which, parts in rows.items()}  # type: ignore[arg-type]  # as `_keep` wrote them
    return tuple(  # type: ignore[return-value]  # two of them
        [made[f"{kind}{place}"] for place in range(sum(one[0] == kind for one in made))]
        for kind in "qs"
    )


def vectorise(given: Sequence[Document], cache: Path) -> tuple[list[Vectorised], Pieces]:
    """The documents as the network takes them in, and what is known of their pieces."""
    read, pieces = read_documents(given, cache)
    return [
        Vectorised(
            one,
            tuple(asked(each, pieces) for each in questions),
            tuple(said(each, pieces, title_chars=len(one.title) + 1) for each in sentences),
        )
        for one, (questions, sentences) in zip(given, read, strict=True)
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
