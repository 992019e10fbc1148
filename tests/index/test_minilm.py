import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.minilm import MiniLMEmbedder
from index.minilm_graph import GRAPH_FILES, Numbers, build_graph

PASSAGE = "Vance spoke in Washington. He named territory as the main obstacle."
SENTENCES = ((0, 26), (27, 67))


@pytest.fixture(scope="module")
def embedder() -> MiniLMEmbedder:
    """In float32: whatever the processor, the vectors are the published model's."""
    return MiniLMEmbedder(numbers="float32")


@pytest.mark.parametrize("numbers", GRAPH_FILES)
def test_the_graph_beside_the_code_is_the_one_the_code_builds(numbers: Numbers) -> None:
    import onnx

    kept, built = (
        onnx.load(GRAPH_FILES[numbers], load_external_data=False),
        onnx.load_from_string(build_graph(numbers)),
    )
    assert kept == built


def test_passages_in_int8_lie_where_questions_in_float32_look_for_them() -> None:
    rounded, whole = MiniLMEmbedder(numbers="int8"), MiniLMEmbedder(numbers="float32")
    texts = [
        "Twelve parties signed the treaty in Berlin after a night of talks about grain.",
        PASSAGE,
        "Troops would stay for ten years, the minister said on Monday, and then go home.",
        "The budget of the city rose by 3.5 percent, more than in any year since 1998.",
    ]
    found, wanted = (one.embed(texts, role="passage") for one in (rounded, whole))
    assert np.einsum("ij,ij->i", found, wanted).min() > 0.98
    asked = [
        "Who signed the treaty?",
        "What is the obstacle?",
        "How long do troops stay?",
        "budget",
    ]
    questions = rounded.embed(asked, role="question")
    assert np.array_equal(questions, whole.embed(asked, role="question"))
    assert list((questions @ found.T).argmax(axis=1)) == [0, 1, 2, 3]
    assert np.abs(questions @ (found - wanted).T).max() < 0.05


def test_many_passages_in_bfloat16_have_the_vectors_of_float32() -> None:
    embedder = MiniLMEmbedder(many="bfloat16")
    texts = [f"{number}. {PASSAGE * (1 + number % 6)}" for number in range(20)]
    bounds = [[(0, 20), (20, 60)] for _ in texts]
    many = embedder.for_many(1_000)
    assert isinstance(many, MiniLMEmbedder)
    assert many.numbers == "bfloat16"
    found, found_in = many.embed_with_sentences(texts, bounds)
    wanted, wanted_in = embedder.embed_with_sentences(texts, bounds)
    assert np.einsum("ij,ij->i", found, wanted).min() > 0.9999
    assert np.einsum("ij,ij->i", np.vstack(found_in), np.vstack(wanted_in)).min() > 0.9995
    asked = ["Who spoke in Washington?"]
    by_many, alone = (one.embed(asked, role="question") for one in (many, embedder))
    assert np.array_equal(by_many, alone)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a rank for each thread")
def test_adding_much_gives_way_to_questions() -> None:
    layers = MiniLMEmbedder()._model("bfloat16").layers
    ranks = []

    def made(_: list[int]) -> tuple[np.ndarray, np.ndarray]:
        ranks.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return np.zeros((1, 4, 384), dtype=np.float32), np.array([4], dtype=np.int32)

    assert len(list(layers.run_each(made, [[0]]))) == 1
    assert ranks[0] > os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.parametrize("embedder", [MiniLMEmbedder(), MiniLMEmbedder(many="bfloat16")])
def test_a_few_passages_are_embedded_in_float32(embedder: MiniLMEmbedder) -> None:
    assert embedder.for_many(5) is embedder
    assert embedder.numbers == "float32"


def test_neither_torch_nor_sentence_transformers_is_imported() -> None:
    code = (
        "import sys\n"
        "from index.minilm import MiniLMEmbedder\n"
        "MiniLMEmbedder(many='bfloat16').embed(['Who spoke?'], role='question')\n"
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
