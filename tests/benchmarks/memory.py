"""What the served page takes in memory: ``python -m tests.benchmarks.memory [--questions N]``.

The real command, in a process of its own, and pages that are opened, asked `PER_PAGE`
questions and left again, `AT_ONCE` at a time. Printed is the resident size of the process as
it goes; nothing is asserted. Linux alone tells it in ``/proc``.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.serving import free_port, serving
from tests.visiting import visiting

QUESTIONS = 5_000
PER_PAGE = 10
AT_ONCE = 4
EVERY = 250
ASKED = (
    "What is the main obstacle in the negotiations?",
    "How many troops would Ukraine keep?",
    "What did Poland offer?",
    "What did Vance say about the negotiations?",
    "Who is Witkoff?",
    "What are the pillars?",
    "How long would the guarantees last?",
    "What about frozen assets?",
    "What did Zelensky say?",
    "Who disagrees?",
)


def resident_mb(process: int) -> float:
    """What a process of that number holds in memory now."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return int(fields["VmRSS"].split()[0]) / 1024


def ask_over_the_page(
    home: Path, questions: int, *, at: Callable[[int, float], None], every: int = EVERY
) -> None:
    """Ask so many questions; `at` gets how many were asked and the megabytes, from 0 on."""
    with serving(home, port=free_port()) as (process, address, _):
        asked, lock = 0, threading.Lock()

        def visit(number: int) -> None:
            nonlocal asked
            with visiting(address) as visitor:
                visitor.load()
                for turn in range(PER_PAGE):
                    shown = visitor.ask(ASKED[(number + turn) % len(ASKED)])
                    assert shown, "the conversation was not drawn"
                    with lock:
                        asked += 1
                        if asked % every == 0:
                            at(asked, resident_mb(process.pid))
                visitor.settle()

        at(0, resident_mb(process.pid))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(visit, range(questions // PER_PAGE)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    asked = parser.parse_args()
    began = time.perf_counter()

    def tell(questions: int, megabytes: float) -> None:
        spent_s = time.perf_counter() - began
        print(f"{questions:6,} questions   {megabytes:6.0f} MB   {spent_s:5.0f} s", flush=True)

    with tempfile.TemporaryDirectory() as place:
        ask_over_the_page(Path(place) / "home", asked.questions, at=tell)


if __name__ == "__main__":
    main()
