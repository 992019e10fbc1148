"""What is written down of requests: it survives a crash, and counts what it can."""

import logging
from pathlib import Path

import pytest

from assistant.writing.audit import Audit


def _note(audit: Audit, tokens: int) -> None:
    audit.note((), model="m", where="here", tokens=tokens, outcome="answered")


def test_a_line_cut_short_stops_no_question_and_loses_no_other_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    audit = Audit(tmp_path)
    _note(audit, 100)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole + whole[: len(whole) // 2])
    _note(audit, 20)
    with caplog.at_level(logging.WARNING):
        assert [audit.tokens_today() for _ in range(2)] == [120, 120]
    assert [one.getMessage() for one in caplog.records] == [
        f"Lines of {file} that cannot be read, and count no tokens: 1"
    ]


@pytest.mark.parametrize("line", ["[]", "7", "{}", '{"tokens": null}', '{"tokens": "x"}', "\udcff"])
def test_a_line_of_another_shape_counts_nothing(tmp_path: Path, line: str) -> None:
    audit = Audit(tmp_path)
    _note(audit, 3)
    (file,) = tmp_path.iterdir()
    with file.open("a", encoding="utf-8", errors="surrogateescape") as written:
        written.write(line + "\n")
    assert audit.tokens_today() == 3
