"""From a command to its first answer: ``python -m tests.benchmarks.cold [--rounds N]``.

Whole processes, started by turns: the clock, the processor's seconds and the largest memory,
medians. Ours are `assistant --help`, a cold `assistant ask`, and `assistant chat` until the
page is served and until a visitor's first answer stands in Chromium (which is open before);
first with an empty library, which takes in the shipped texts, then with what that left.
Beside them a script with LangChain, Chroma and HuggingFaceEmbeddings over the same text
until its first passages, where the packages of the group ``peers`` are installed. Nothing is
asserted; on a shared machine only the ratios count.
"""

import argparse
import importlib.util
import os
import queue
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.speed import COLD_LANGCHAIN, cold
from tests.browser.doing import OBSTACLE, ask
from tests.browser.serving import free_port

ROUNDS = 5
ASSISTANT = (sys.executable, "-m", "assistant")
SHIPPED = Path(__file__).resolve().parents[2] / "sources" / "texts"

ADD = """
import sys
from pathlib import Path
from tests.benchmarks.speed import add_langchain
add_langchain([file.read_text("utf-8") for file in Path(sys.argv[1]).iterdir()], Path(sys.argv[2]))
"""
"""In a process of its own: a large parent counts in the largest memory of its children."""

Figures = dict[str, float]


def chat(home: Path, open_page: Callable[[str], None]) -> tuple[Figures, Figures]:
    """Figures until the page is served, and until the first answer."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [*ASSISTANT, "chat", "--port", str(free_port())],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "ASSISTANT_HOME": str(home), "PYTHONUNBUFFERED": "1"},
    )
    address = _address(process)
    served = _so_far(process.pid, began)
    open_page(address)
    answered = _so_far(process.pid, began)
    process.terminate()
    process.wait()
    return served, answered


def _address(process: "subprocess.Popen[str]") -> str:
    lines: queue.Queue[str] = queue.Queue()

    def pass_on() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line)

    threading.Thread(target=pass_on, daemon=True).start()
    while True:
        found = re.search(r"The page is at (\S+)", lines.get(timeout=300))
        if found:
            return found.group(1)


def _so_far(pid: int, began: float) -> Figures:
    """What a process and those it waited for have used: Linux's /proc alone tells."""
    took_s = time.perf_counter() - began
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
    status = Path(f"/proc/{pid}/status").read_text()
    peak_kb = re.search(r"VmHWM:\s+(\d+)", status)
    return {
        "s": took_s,
        "cpu": sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"),
        "MB": int(peak_kb.group(1)) / 1024 if peak_kb else 0.0,
    }


@contextmanager
def visitor() -> Iterator[Callable[[str], None]]:
    """Opens an address in a browser that is there already, and asks until the answer stands."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )

        def open_page(address: str) -> None:
            page = browser.new_context().new_page()
            page.set_default_timeout(120_000)
            page.goto(f"{address}/")
            page.wait_for_selector("#question textarea")
            ask(page, OBSTACLE)
            page.context.close()

        yield open_page
        browser.close()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.cold", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args(arguments)
    found: defaultdict[str, list[Figures]] = defaultdict(list)
    has_peer = importlib.util.find_spec("langchain_chroma") is not None
    with tempfile.TemporaryDirectory() as folder, visitor() as open_page:
        place = Path(folder)
        if has_peer:
            subprocess.run(
                [sys.executable, "-c", ADD, str(SHIPPED), str(place / "peer")], check=True
            )
        for turn in range(asked.rounds):
            home = place / str(turn)
            for name in ("the first start", "a later start"):
                served, answered = chat(home, open_page)
                found[f"chat, {name}: the page is served"].append(served)
                found[f"chat, {name}: the first answer stands"].append(answered)
            found["assistant ask"].append(cold([*ASSISTANT, "ask", OBSTACLE], home))
            found["assistant --help"].append(cold([*ASSISTANT, "--help"], home))
            if has_peer:
                script = [sys.executable, "-c", COLD_LANGCHAIN, str(place / "peer"), OBSTACLE]
                found["LangChain, Chroma: first passages"].append(cold(script, home))
    print("| | s | processor, s | MB |\n|---|---|---|---|")
    for name, rounds in found.items():
        cells = [
            f"{statistics.median(figures[what] for figures in rounds):.{digits}f}"
            for what, digits in (("s", 2), ("cpu", 2), ("MB", 0))
        ]
        print(f"| {name} | {' | '.join(cells)} |")
    if not has_peer:
        print("LangChain is left out: the packages of the group `peers` are not installed.")


if __name__ == "__main__":
    main()
