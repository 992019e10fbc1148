import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.evaluation.beir import Document, SetQuestion, read_documents
from assistant.evaluation.retrieving import make_run, measure_run, rank, write_run
from assistant.evaluation.set_library import library_folder, set_library
from index.embedder import Role, Vectors
from index.retrieval import Turn
from sources.errors import UseError
from tests.assistant.evaluation.sets import write_set
from tests.conftest import WordEmbedder


class CountingEmbedder(WordEmbedder):
    """Counts the passages it embeds."""

    embedded = 0

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        self.embedded += len(texts) if role == "passage" else 0
        return super().embed(texts, role=role)


def test_the_right_document_is_first_and_found_through_the_history(tmp_path: Path) -> None:
    documents = read_documents(write_set(tmp_path / "set", questions=[]))
    questions = (
        SetQuestion("alone", "How many troops would the army keep?"),
        SetQuestion("after", "And every year?", history=(Turn("Partners would pay euros?"),)),
    )
    with set_library(
        documents, name="made up", cache=tmp_path / "cache", embedder=WordEmbedder()
    ) as own:
        run = make_run(Assistant(own.library), own, questions)
    assert [next(iter(run[name])) for name in ("alone", "after")] == ["troops", "money"]


def test_a_document_of_several_passages_counts_as_its_best(tmp_path: Path) -> None:
    filler = "Nothing of note was said by anybody in the hall that day. " * 12
    documents = (
        Document("long", "", f"{filler}Poland sends tanks. {filler}"),
        Document("short", "", "Poland was there."),
    )
    with set_library(
        documents, name="made up", cache=tmp_path / "cache", embedder=WordEmbedder()
    ) as own:
        assistant = Assistant(own.library)
        matches = assistant.search("Poland sends tanks")
        found = rank(assistant, own, SetQuestion("q", "Poland sends tanks"))
    assert len([one for one in matches if one.passage.source == own.slugs["long"]]) > 1
    assert list(found) == ["long", "short"]
    assert found["long"] == max(one.relevance for one in matches)


def test_documents_of_the_same_words_are_found_together(tmp_path: Path) -> None:
    documents = (
        Document("one", "Same", "Poland sends tanks."),
        Document("two", "Same", "Poland sends tanks."),
        Document("none", "", ""),
    )
    with set_library(
        documents, name="made up", cache=tmp_path / "cache", embedder=WordEmbedder()
    ) as own:
        found = rank(Assistant(own.library), own, SetQuestion("q", "Who sends tanks?"))
        assert own.refused == ("none",)
    assert set(found) == {"one", "two"}
    assert found["one"] == found["two"]


def test_a_question_sees_only_the_documents_it_names(tmp_path: Path) -> None:
    documents = read_documents(write_set(tmp_path / "set", questions=[]))
    with set_library(
        documents, name="made up", cache=tmp_path / "cache", embedder=WordEmbedder()
    ) as own:
        assistant = Assistant(own.library)
        asked = SetQuestion("q", "How many troops?", documents=("money", "talks"))
        assert set(rank(assistant, own, asked)) == {"money", "talks"}
        unknown = SetQuestion("q", "How many troops?", documents=("gone",))
        assert rank(assistant, own, unknown) == {}


def test_a_set_is_embedded_once(tmp_path: Path) -> None:
    documents = read_documents(write_set(tmp_path / "set", questions=[]))
    embedder = CountingEmbedder()
    embedded = []
    for _ in range(2):
        with set_library(
            documents, name="made up", cache=tmp_path / "cache", embedder=embedder
        ) as own:
            assert len(own.slugs) == 3
        embedded.append(embedder.embedded)
    assert 0 < embedded[0] == embedded[1]


def test_an_interrupted_build_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    class PowerCut(CountingEmbedder):
        def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
            if self.embedded > 550:
                raise RuntimeError("power cut")
            return super().embed(texts, role=role)

    documents = tuple(Document(str(at), "", f"Report number {at}.") for at in range(300))
    cut, whole = PowerCut(), CountingEmbedder()
    with (
        pytest.raises(RuntimeError, match="power cut"),
        set_library(documents, name="made up", cache=tmp_path, embedder=cut),
    ):
        pass
    with set_library(documents, name="made up", cache=tmp_path, embedder=whole) as own:
        assert len(own.slugs) == 300
    # A passage and its one sentence each; the first 256 passages were there already.
    assert whole.embedded == 2 * (300 - 256)


def test_another_model_and_other_texts_have_another_folder(tmp_path: Path) -> None:
    class Other(WordEmbedder):
        name = "other"

    folders = {
        library_folder(tmp_path, name, embedder)
        for name in ("one", "two")
        for embedder in (WordEmbedder(), Other())
    }
    assert len(folders) == 4


def test_measures_are_those_worked_out_by_hand() -> None:
    run = {"a": {"x": 0.9, "y": 0.5}, "b": {"x": 0.9, "y": 0.5}}
    judgements = {"a": {"x": 1}, "b": {"y": 1, "gone": 1}}
    # b: the second of two relevant documents that could be found stands second.
    b = (1 / math.log2(3)) / (1 + 1 / math.log2(3))
    assert measure_run(run, judgements) == pytest.approx(
        {"nDCG@10": (1 + b) / 2, "recall@5": 0.75, "recall@100": 0.75}
    )


def test_a_question_that_found_nothing_counts_as_nothing() -> None:
    figures = measure_run({"a": {"x": 1.0}, "b": {}}, {"a": {"x": 1}, "b": {"x": 1}})
    assert figures == {"nDCG@10": 0.5, "recall@5": 0.5, "recall@100": 0.5}


def test_the_run_is_what_trec_tools_read(tmp_path: Path) -> None:
    write_run({"a": {"x": 0.9, "y": 0.5}}, tmp_path / "run")
    assert (tmp_path / "run").read_text() == (
        "a Q0 x 1 0.900000 assistant\na Q0 y 2 0.500000 assistant\n"
    )


def test_a_run_with_white_space_in_an_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="cannot hold the ids"):
        write_run({"a": {"x y": 0.9}}, tmp_path / "run")
