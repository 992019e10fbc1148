from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.evaluation.excerpts import (
    ExcerptQuestion,
    Overlap,
    find_origins,
    find_passages,
    find_shown,
    first_needed,
    found_perfectly,
    list_passages,
    mean_overlap,
    overlap,
    read_excerpt_questions,
    read_texts,
)
from assistant.evaluation.set_library import text_library
from index.encoder.minilm import MiniLMEmbedder
from sources.errors import UseError
from sources.source import Span
from tests.assistant.evaluation.sets import write_lines

TEXT = " The army would keep 800,000 troops. Partners would pay nine billion euros every year."


def write_excerpts(folder: Path, *, text: str = TEXT, **line: object) -> Path:
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "plan.md").write_text(text, encoding="utf-8")
    words = "The army would keep 800,000 troops."
    start = text.find(words)
    excerpt = {"start": start, "end": start + len(words), "text": words}
    question = {"_id": "q", "source": "plan", "text": "How many troops would the army keep?"}
    write_lines(folder / "questions.jsonl", [question | {"excerpts": [excerpt]} | line])
    return folder


def test_each_character_counts_once() -> None:
    wanted = [("a", Span(0, 10)), ("a", Span(20, 30))]
    found = [("a", Span(5, 25)), ("a", Span(15, 25)), ("b", Span(0, 5))]
    # 10 of 20 wanted, of 25 found; 35 in either.
    assert overlap(wanted, found) == Overlap(recall=10 / 20, precision=10 / 25, iou=10 / 35)


def test_silence_finds_nothing() -> None:
    questions = [ExcerptQuestion(name, "Who?", (("a", Span(0, 10)),)) for name in "xy"]
    found = [[], [("a", Span(0, 10))]]
    assert mean_overlap(questions, found) == Overlap(0.5, 0.5, 0.5)


def test_as_many_passages_are_taken_as_the_excerpts_lie_in() -> None:
    every = [("a", Span(0, 10)), ("a", Span(10, 20)), ("a", Span(20, 30)), ("b", Span(0, 20))]
    question = ExcerptQuestion("x", "Who?", (("a", Span(8, 12)),))
    ranked = [every[3], every[0], every[1]]
    assert first_needed([question], [ranked], every) == [[every[3], every[0]]]


def test_at_best_the_passages_that_hold_it_are_found_and_the_shortest_others() -> None:
    every = [("a", Span(0, 10)), ("a", Span(10, 20)), ("b", Span(0, 30)), ("b", Span(30, 35))]
    question = ExcerptQuestion("x", "Who?", (("a", Span(8, 12)),))
    assert found_perfectly([question], every) == [every[:2]]
    assert found_perfectly([question], every, passages=3) == [[*every[:2], every[3]]]


def test_offsets_are_those_of_the_text_as_it_is_written(
    tmp_path: Path, real_embedder: MiniLMEmbedder
) -> None:
    folder = write_excerpts(tmp_path / "set")
    texts = read_texts(folder)
    questions = read_excerpt_questions(folder, texts)
    with text_library(texts, cache=tmp_path / "cache", embedder=real_embedder) as library:
        origins = find_origins(library.catalogue, texts)
        assert list_passages(library, origins) == [("plan", Span(1, len(TEXT)))]
        passages = find_passages(Assistant(library), origins, questions)
        (shown,) = find_shown(Assistant(library), origins, questions)
    assert passages == [[("plan", Span(1, len(TEXT)))]]
    assert (shown.cited, shown.related) == ([("plan", Span(1, 36))], [])
    assert shown.further == shown.cited
    assert mean_overlap(questions, [shown.cited]) == Overlap(1, 1, 1)


def test_a_text_that_is_changed_as_it_is_read_is_refused(
    tmp_path: Path, real_embedder: MiniLMEmbedder
) -> None:
    folder = write_excerpts(tmp_path / "set", text=f"e\u0301tat. {TEXT}")
    texts = read_texts(folder)
    with (
        text_library(texts, cache=tmp_path / "cache", embedder=real_embedder) as library,
        pytest.raises(UseError, match="'plan' is not kept as it is written"),
    ):
        find_origins(library.catalogue, texts)


def test_marks_of_markdown_and_joined_lines_move_no_offset(
    tmp_path: Path, real_embedder: MiniLMEmbedder
) -> None:
    lines = ("# **Plan**", "| a | b |\n|---|---|", "The board of the town agreed on\nthis:")
    text = "\n\n".join(lines) + TEXT
    folder = write_excerpts(tmp_path / "set", text=text)
    texts = read_texts(folder)
    (question,) = read_excerpt_questions(folder, texts)
    with text_library(texts, cache=tmp_path / "cache", embedder=real_embedder) as library:
        origins = find_origins(library.catalogue, texts)
        kept = library.catalogue.text("plan").content
        start = kept.index("800,000")
        name, span = origins.place("plan", Span(start, start + 7))
    assert (name, texts[name][span.start : span.end]) == ("plan", "800,000")
    assert question.excerpts[0][1].covers(span)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"source": "other"}, "which texts/ does not have"),
        ({"excerpts": []}, "has no 'excerpts'"),
        ({"excerpts": [{"start": 5}]}, "without 'start' and 'end'"),
        ({"excerpts": [{"start": 0, "end": 4, "text": "Here"}]}, "does not stand at 0:4"),
        ({"excerpts": [{"start": 0, "end": 4_000}]}, "does not stand at 0:4000"),
    ],
)
def test_a_bad_line_is_named_by_its_number(
    tmp_path: Path, line: dict[str, object], said: str
) -> None:
    folder = write_excerpts(tmp_path / "set", **line)
    with pytest.raises(UseError, match="Line 1 of") as error:
        read_excerpt_questions(folder, read_texts(folder))
    assert said in error.value.problem


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="There is no folder"):
        read_texts(tmp_path)
