"""Texts through a model by ONNX Runtime: cut into word pieces, embedded, and read by its layers.

Several texts run beside each other, each on its share of the cores: threads that work on one
product wait for the slowest, threads on texts of their own do not, and while one question is
read another core has the time to search for its words.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MAX_TOKENS = 254
"""Of a passage, without its start and end marks. all-MiniLM-L6-v2 was trained on so many;
multilingual-e5-small takes in twice as many, but finds longer passages less exactly."""

_TOKENS_PER_RUN = 512
"""More at once is not faster, takes more memory and makes a question wait longer."""
_BESIDE = 2
"""So many runs share the cores."""
_BEHIND_QUESTIONS = 5
"""Steps of `nice`."""


@dataclass(frozen=True)
class Running:
    """A model, loaded; safe to use from several threads."""

    tokenizer: "Tokenizer"
    session: "InferenceSession"
    rows: Callable[[Sequence[int]], NDArray[np.float32]]
    """``(len(ids), width)``: the vectors of word pieces before any layer has read them."""
    positions: NDArray[np.float32]
    """``(positions, width)``, the type embedding of a single text already added."""
    marks: tuple[int, int]
    """The numbers of the pieces that every text begins and ends with."""
    most: int
    """Pieces of a text that are read, without its marks; the rest is left out."""
    beside: int

    @property
    def width(self) -> int:
        """Numbers of a vector."""
        return int(self.positions.shape[1])

    def read(self, texts: Sequence[str]) -> "Sequence[Encoding]":
        """The word pieces of each text, uncut and without marks."""
        return self.tokenizer.encode_batch(list(texts), add_special_tokens=False)

    def count(self, texts: Sequence[str]) -> Sequence[int]:
        """How many word pieces each text has, uncut and without marks."""
        read = self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding) for encoding in read]

    def hidden(
        self, read: "Sequence[Encoding]", *, is_alone: bool = False
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Row and token vectors (tokens, `width`) of every text, marks included, in any order.

        Texts of like length run together, so that little is spent on filling up rows; with
        `is_alone` each runs by itself, ahead of those that do not.
        """
        start, end = self.marks
        ids = [[start, *encoding.ids[: self.most], end] for encoding in read]
        rows = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        runs: list[list[int]] = []
        while rows:
            together = 1 if is_alone else max(1, _TOKENS_PER_RUN // len(ids[rows[-1]]))
            runs.append(rows[-together:])
            rows = rows[:-together]
        wanted = [[ids[row] for row in run] for run in runs]
        for run, found in zip(runs, self._run_each(wanted, is_alone), strict=True):
            for place, row in enumerate(run):
                yield row, found[place, : len(ids[row])]

    def _run_each(
        self, runs: Sequence[list[list[int]]], is_alone: bool
    ) -> Iterator[NDArray[np.float32]]:
        if self.beside == 1 or len(runs) <= 1:
            yield from map(self._run, runs)
            return
        give_way = None if is_alone else _give_way
        with ThreadPoolExecutor(self.beside, "encoder", initializer=give_way) as pool:
            yield from pool.map(self._run, runs)

    def _run(self, ids: list[list[int]]) -> NDArray[np.float32]:
        lengths = np.array([len(one) for one in ids], dtype=np.int32)
        sums = np.zeros((len(ids), int(lengths.max()), self.width), dtype=np.float32)
        for place, one in enumerate(ids):
            np.add(self.rows(one), self.positions[: len(one)], out=sums[place, : len(one)])
        found: NDArray[np.float32]
        (found,) = self.session.run(["hidden"], {"embedded": sums, "lengths": lengths})
        return found


def shares(threads: int) -> tuple[int, int]:
    """How many runs go beside each other, and the threads of each; 0 is one for each core."""
    threads = threads or cores()
    beside = min(threads, _BESIDE)
    return beside, threads // beside


def cores() -> int:
    """How many this process may use."""
    tell = getattr(os, "sched_getaffinity", None)
    return len(tell(0)) if tell else os.cpu_count() or 1


def open_tokenizer(file: Path) -> "Tokenizer":
    """The tokenizer that the file describes; raises `ValueError` for a damaged one."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # the library raises no narrower one
        raise ValueError(f"the tokenizer is damaged: {error}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def marks_of(tokenizer: "Tokenizer", start: str, end: str) -> tuple[int, int]:
    """The numbers of those two pieces; raises `ValueError` where one is missing."""
    found = tokenizer.token_to_id(start), tokenizer.token_to_id(end)
    if found[0] is None or found[1] is None:
        raise ValueError(f"the tokenizer lacks {start!r} or {end!r}")
    return found[0], found[1]


def open_session(
    graph: Path, *, threads: int, weights_folder: Path | None = None
) -> "InferenceSession":
    """The graph, ready to compute; its weights are in it, or lie in the files it names.

    Raises `ValueError` where graph and weights are not to be computed.
    """
    # ONNX Runtime 1.32 names this machine to its maker from the moment it is imported; its own
    # `disable_telemetry_events` comes too late for what the import itself has queued.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as refused

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    loaded: str | bytes = str(graph)
    if weights_folder is not None:
        loaded = graph.read_bytes()
        key = "session.model_external_initializers_file_folder_path"
        options.add_session_config_entry(key, str(weights_folder))
    try:
        return onnxruntime.InferenceSession(loaded, options, providers=["CPUExecutionProvider"])
    except (
        refused.Fail,
        refused.InvalidArgument,
        refused.InvalidGraph,
        refused.InvalidProtobuf,
        refused.NoSuchFile,
        refused.RuntimeException,
    ) as error:
        raise ValueError(f"ONNX Runtime refuses the weights: {error}") from error


def _give_way() -> None:
    """Let go of the core when a question is asked meanwhile."""
    with suppress(AttributeError, OSError):  # only Linux has a rank for each thread
        thread = threading.get_native_id()
        os.setpriority(
            os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _BEHIND_QUESTIONS
        )
