from pathlib import Path

import pytest

from index.encoder.encoder import MultilingualEncoder
from index.encoder.make_model import (
    PARALLEL,
    Published,
    kept_pieces,
    language_directions,
    read_published,
)


def _published(*pieces: str) -> Published:
    return Published(32, 1, 32, 1e-12, (0, 2, 1, 3), pieces, (0.0,) * len(pieces), {})


def test_pieces_of_our_scripts_digits_and_signs_stay_and_others_go() -> None:
    marks = ("<s>", "<pad>", "</s>", "<unk>")
    ours = ("▁de", "800", ",", "▁гаран", "ż", "é", "€", "▁Ελ", "и\u0301")
    others = ("条約", "▁ال", "हि", "<mask>", "ไทย")
    kept = kept_pieces(_published(*marks, *ours, *others))
    assert kept == list(range(len(marks) + len(ours)))


def test_another_file_than_the_published_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"E5S1" + b"\0" * 100)
    with pytest.raises(ValueError, match="SHA-256"):
        read_published(tmp_path / "other.bin")


def test_the_sentences_say_the_same_in_each_language() -> None:
    head, *lines = PARALLEL.read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == ["en", "uk", "ru", "pl", "de", "fr"]
    assert len(lines) == 72
    assert all(len(line.split("\t")) == 6 and all(line.split("\t")) for line in lines)


def test_what_tells_the_language_is_gone_from_the_vectors() -> None:
    """The directions are found in what is left: nothing as large is there any more."""
    encoder = MultilingualEncoder()
    left = language_directions(encoder)
    _, kept = encoder._model()
    assert kept.shape == left.shape == (5, 384)
    assert abs(left @ kept.T).max() < 0.05
