"""What a person is told while files are added."""

import pytest

from assistant.cli.console import overall_in_words
from index.progress import Progress


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Progress("a", 0, 0, files_total=3, bytes_total=100), "0 of 3"),
        (
            Progress(
                "a", 1, 2, 1, 3, bytes_done=50, bytes_total=100, passages_done=40, elapsed_s=2
            ),
            "1 of 3, 20 passages a second, 2 s left",
        ),
        (
            Progress("a", 1, 2, 1, 2000, bytes_done=1, bytes_total=101, elapsed_s=0.75),
            "1 of 2,000, 1 min 15 s left",
        ),
    ],
)
def test_progress_tells_files_rate_and_time_left(step: Progress, words: str) -> None:
    assert overall_in_words(step) == words
