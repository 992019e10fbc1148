"""What ONNX Runtime computes is what PyTorch has trained."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from assistant.reader.inputs import Asked, Floats, Pieces, Said, inputs
from assistant.training.model import WIDTH, ReaderModel, export
from assistant.training.vectors import batch

_VOCABULARY = 50


def _unit(chosen: np.random.Generator, count: int) -> Floats:
    vectors = chosen.normal(size=(count, WIDTH)).astype(np.float32)
    unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _question(chosen: np.random.Generator, pieces: int) -> Asked:
    ids = chosen.integers(_VOCABULARY, size=pieces).astype(np.int32)
    return Asked(_unit(chosen, pieces), ids, _unit(chosen, 1)[0])


def _sentence(chosen: np.random.Generator, pieces: int, title: int) -> Said:
    ids = chosen.integers(_VOCABULARY, size=pieces).astype(np.int32)
    return Said(_unit(chosen, pieces), ids, np.arange(pieces) < title, _unit(chosen, 1)[0])


@pytest.fixture
def known() -> Pieces:
    rarity = np.linspace(0.1, 0.9, _VOCABULARY).astype(np.float32)
    return Pieces(rarity, np.zeros(WIDTH, np.float32), np.zeros(WIDTH, np.float32))


@pytest.mark.parametrize(
    ("asked_pieces", "lengths", "outputs"),
    [(3, (9,), 1), (17, (12, 5, 30), 3), (1, (2,) * 16, 1)],
)
def test_the_exported_network_gives_what_the_model_gives(
    asked_pieces: int, lengths: tuple[int, ...], outputs: int, known: Pieces, tmp_path: Path
) -> None:
    torch.manual_seed(1)
    model = ReaderModel(16, 2, outputs=outputs).eval()
    export(model, tmp_path / "network.onnx")
    chosen = np.random.default_rng(asked_pieces)
    taken = inputs(
        _question(chosen, asked_pieces),
        [_sentence(chosen, length, title=1) for length in lengths],
        known,
    )
    session = onnxruntime.InferenceSession(str(tmp_path / "network.onnx"))
    (exported,) = session.run(["logits"], taken._asdict())
    with torch.no_grad():
        own = model(*batch([taken])).numpy()
    assert np.allclose(exported, own, atol=1e-4)


def test_what_fills_up_a_row_changes_nothing(known: Pieces) -> None:
    torch.manual_seed(1)
    model = ReaderModel(16, 2).eval()
    chosen = np.random.default_rng(0)
    first = inputs(_question(chosen, 4), [_sentence(chosen, 6, title=2)], known)
    longer = inputs(_question(chosen, 9), [_sentence(chosen, 20, title=2)], known)
    with torch.no_grad():
        alone = model(*batch([first]))
        together = model(*batch([first, longer]))
    assert torch.allclose(alone, together[:1], atol=1e-5)
