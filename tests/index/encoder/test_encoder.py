import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encoder.encoder import MultilingualEncoder
from index.encoder.files import GRAPH, MODEL_FOLDER, MULTILINGUAL, SHA256, TOKENIZER, check_model
from index.encoder.running import MAX_TOKENS
from sources.errors import StateError

PASSAGE = "Vance spoke in Washington. He named territory as the main obstacle."


@pytest.fixture(scope="module")
def encoder() -> MultilingualEncoder:
    return MultilingualEncoder()


def test_the_files_are_those_whose_hashes_are_kept() -> None:
    mark = check_model(MULTILINGUAL)
    assert all(name in mark for name in SHA256)
    assert sum((MODEL_FOLDER / name).stat().st_size for name in SHA256) < 60_000_000


def test_vectors_have_unit_length_and_the_order_of_the_texts(encoder: MultilingualEncoder) -> None:
    texts = ["troops " * 200, "Grain.", "", "A treaty was signed in Paris.", "条約 🚀"]
    vectors = encoder.embed(texts, role="passage")
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    for text, vector in zip(texts, vectors, strict=True):
        alone = encoder.embed([text], role="passage")[0]
        assert alone @ vector == pytest.approx(1, abs=1e-4)


def test_no_texts_give_no_vectors(encoder: MultilingualEncoder) -> None:
    assert encoder.embed([], role="passage").shape == (0, 384)
    assert list(encoder.count_tokens([])) == []


def test_a_longer_text_than_the_model_takes_in_is_read_as_far_as_it_does(
    encoder: MultilingualEncoder,
) -> None:
    text = "The grain corridor reopened on Monday. " * 400
    assert encoder.count_tokens([text])[0] > 510
    assert np.linalg.norm(encoder.embed([text], role="passage")) == pytest.approx(1)


def test_pieces_are_counted_as_the_model_takes_them_in(encoder: MultilingualEncoder) -> None:
    (counted,) = encoder.count_tokens(["Гарантії безпеки"])
    assert 2 <= counted <= 8
    assert encoder.max_tokens == MAX_TOKENS


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is the main obstacle?", "He named territory as the main obstacle."),
        ("Що є головною перешкодою?", "He named territory as the main obstacle."),
        ("Welche Rolle hat Polen?", "Polska wyśle inżynierów i lekarzy."),
        ("How many soldiers will there be?", "Чисельність армії становитиме 800 тисяч осіб."),
    ],
)
def test_a_question_is_nearest_to_its_answer_in_whatever_language(
    encoder: MultilingualEncoder, question: str, answer: str
) -> None:
    texts = [
        "He named territory as the main obstacle.",
        "Polska wyśle inżynierów i lekarzy.",
        "Чисельність армії становитиме 800 тисяч осіб.",
        "The harbour was rebuilt in spring.",
        "Das Wetter bleibt am Wochenende trocken.",
        "Порт відбудували навесні.",
    ]
    near = encoder.embed(texts, role="passage") @ encoder.embed([question], role="question")[0]
    assert texts[int(near.argmax())] == answer


def test_texts_that_are_strangers_have_the_cosine_that_is_told(
    encoder: MultilingualEncoder,
) -> None:
    asked = encoder.embed(["Who pays for the bridge?", "How long is the season?"], role="question")
    told = encoder.embed(["Lava flows slowly.", "Цей рецепт без молока."], role="passage")
    assert float((asked @ told.T).mean()) == pytest.approx(encoder.cosine_of_strangers, abs=0.05)


def test_threads_may_share_one_encoder() -> None:
    shared = MultilingualEncoder()
    texts = [f"Question number {number}?" for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: shared.embed([text], role="question")[0], texts))
    assert np.allclose(found, shared.embed(texts, role="question"), atol=1e-4)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_texts_have_the_same_vectors_on_however_many_threads(
    encoder: MultilingualEncoder, threads: int
) -> None:
    texts = [f"{number}. {PASSAGE * (1 + number % 4)}" for number in range(9)]
    found = MultilingualEncoder(threads=threads).embed(texts, role="passage")
    assert np.allclose(found, encoder.embed(texts, role="passage"), atol=1e-4)


def test_neither_torch_nor_sentence_transformers_is_imported() -> None:
    code = (
        "import sys\n"
        "from index.encoder.encoder import MultilingualEncoder\n"
        "MultilingualEncoder().embed(['Who spoke?'], role='question')\n"
        "print(*sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
def test_a_damaged_model_is_told_with_what_to_do(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, folder)
    (folder / name).write_bytes(b"no model")
    with pytest.raises(StateError, match="cannot be loaded") as told:
        MultilingualEncoder(folder=folder).embed(["Who spoke?"], role="question")
    assert told.value.remedy == "Install the assistant again."


@pytest.mark.long
def test_the_shipped_weights_compute_what_pytorch_computes_with_them(
    encoder: MultilingualEncoder,
) -> None:
    from tests.index.encoder.in_pytorch import embed_in_pytorch

    texts = [PASSAGE, "Переговори тривають третій день поспіль.", "grain " * 120, "Kraków?"]
    for role in ("question", "passage"):
        ours = encoder.embed(texts, role=role)
        assert (ours * embed_in_pytorch(texts, role=role)).sum(axis=1).min() > 0.9999
