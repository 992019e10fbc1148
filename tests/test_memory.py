"""What the served page takes in memory comes to an end."""

from pathlib import Path

import pytest

from tests.benchmarks.memory import ask_over_the_page

QUESTIONS = 5_000


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="only Linux tells the size")
def test_memory_reaches_a_plateau_however_many_questions_are_asked(tmp_path: Path) -> None:
    """The second half must take less than half of what the first took.

    The first holds what is made once: models, threads, and the pages that are remembered. What
    grew with every question grew in the second half by all of that but what is made once.
    """
    sizes: dict[int, float] = {}
    ask_over_the_page(tmp_path / "home", QUESTIONS, at=sizes.__setitem__)
    first = sizes[QUESTIONS // 2] - sizes[0]
    second = sizes[QUESTIONS] - sizes[QUESTIONS // 2]
    assert second < first / 2, sizes
