"""What a question takes once all is loaded: ``python -m tests.benchmarks.warm FILE SOURCES``.

FILE holds questions as `assistant eval answers` reads them, SOURCES is the folder they are about.
Each question is asked once, every second one before the clock starts: what is timed is a question
that nobody asked before, over passages of which some were read for others. Nothing is asserted.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from assistant.answering import Assistant
from assistant.evaluation.expected import read_expected
from assistant.evaluation.set_library import folder_library
from assistant.wiring import make_reader
from index.encoder.minilm import MiniLMEmbedder


def main() -> None:
    """Print the median and the longest, by the clock and in processor time."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("file", type=Path)
    options.add_argument("sources", type=Path)
    given = options.parse_args()
    questions = [one.question for one in read_expected(given.file)]
    taken_ms: list[float] = []
    processor_ms: list[float] = []
    with (
        tempfile.TemporaryDirectory() as cache,
        folder_library(given.sources, cache=Path(cache), embedder=MiniLMEmbedder()) as (library, _),
    ):
        assistant = Assistant(library, reader=make_reader(library.embedder))
        for question in questions[::2]:
            assistant.ask(question)
        for question in questions[1::2]:
            began, used = time.perf_counter(), time.process_time()
            assistant.ask(question)
            taken_ms.append(1000 * (time.perf_counter() - began))
            processor_ms.append(1000 * (time.process_time() - used))
    print(f"{len(taken_ms)} questions, milliseconds      median  longest")
    for name, values in (("by the clock", taken_ms), ("of the processor", processor_ms)):
        print(f"{name:<28}{statistics.median(values):>10.1f}{max(values):>9.1f}")


if __name__ == "__main__":
    main()
