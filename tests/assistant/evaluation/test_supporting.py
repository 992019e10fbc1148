"""Support measured against labels: figures that can be worked out by hand."""

import json
from pathlib import Path

import pytest

from assistant.evaluation.supporting import balanced_accuracy, measure, read_labelled, tell
from assistant.reader.reader import SentenceReader
from sources.errors import UseError


def _file(folder: Path, *lines: dict[str, object]) -> Path:
    file = folder / "statements.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def test_balanced_accuracy_is_the_mean_over_both_labels() -> None:
    assert balanced_accuracy([(True, True), (True, True), (True, False), (False, False)]) == (
        pytest.approx((2 / 3 + 1) / 2)
    )


def test_a_changed_number_is_told_where_word_overlap_sees_little(
    tmp_path: Path, real_reader: SentenceReader
) -> None:
    source = "The plan keeps 800,000 troops in Ukraine. Thirty countries would help."
    file = _file(
        tmp_path,
        {"_id": 1, "source": source, "statement": "The plan keeps 800,000 troops in Ukraine.",
         "supported": True},
        {"_id": 2, "source": source, "statement": "The plan keeps 900,000 troops in Ukraine.",
         "supported": False},
    )  # fmt: skip
    figures = measure(tell(read_labelled(file), model=real_reader))["all"]
    assert (figures.statements, figures.supported, figures.balanced_accuracy) == (2, 1, 1.0)


def test_a_line_without_a_label_is_named(tmp_path: Path) -> None:
    file = _file(tmp_path, {"_id": 1, "source": "A b.", "statement": "A b.", "supported": None})
    with pytest.raises(UseError, match="Line 1"):
        read_labelled(file)
