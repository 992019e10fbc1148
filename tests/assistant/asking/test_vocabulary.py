import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.asking.vocabulary import stem

ROOTS = "negotiat guarant contribut nation".split()
ENDS = "e ed ing ion ions ional ionally ive or ors eeing ees".split()
WORDS = [root + end for root in ROOTS for end in ENDS]


@pytest.fixture
def _switching_all_the_time() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_switching_all_the_time")
def test_many_who_ask_at_once_get_the_stems_that_one_gets() -> None:
    wanted = [stem.__wrapped__(word) for word in WORDS]

    def found(_: int) -> list[str]:
        return [stem.__wrapped__(word) for word in WORDS]

    with ThreadPoolExecutor(8) as pool:
        assert all(stems == wanted for stems in pool.map(found, range(64)))
