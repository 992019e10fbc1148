"""The layers of the bundled model by ONNX Runtime: for questions and a few passages.

Loads in a fifth of a second. Several texts run beside each other, each on its share of the
cores: threads that work on one product wait for the slowest, threads on texts of their own do
not, and while one question is read another core has the time to search for its words.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.minilm_graph import GRAPH_FILES, Numbers, SumsOfRun, rounded
from index.processor import cores

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

TOKENS_PER_RUN = 512
"""More at once is not faster, takes more memory and makes a question wait longer."""
_BESIDE = 2
"""So many runs share the cores."""


class OnnxLayers:
    """From the sums of embeddings to the tokens' vectors; see `index.minilm_graph`."""

    tokens_per_run = TOKENS_PER_RUN

    def __init__(
        self, weights: Mapping[str, NDArray[Any]], *, threads: int, numbers: Numbers
    ) -> None:
        """`weights` as published, the attention's biases joined; `threads` 0 is all cores.

        Raises `ValueError` for weights that do not fit.
        """
        threads = threads or cores()
        self._beside = min(threads, _BESIDE)
        self._session = _session(weights, threads // self._beside, numbers)

    def run_each(
        self, embedded: SumsOfRun, runs: Sequence[list[int]]
    ) -> Iterator[NDArray[np.float32]]:
        """For each run its tokens' vectors; `embedded` gives its embeddings and lengths."""
        if self._beside == 1 or len(runs) <= 1:
            yield from (self._run(*embedded(run)) for run in runs)
            return
        with ThreadPoolExecutor(min(self._beside, len(runs)), "minilm") as pool:
            yield from pool.map(lambda run: self._run(*embedded(run)), runs)

    def _run(self, sums: NDArray[np.float32], lengths: NDArray[np.int32]) -> NDArray[np.float32]:
        found: NDArray[np.float32]
        (found,) = self._session.run(["hidden"], {"embedded": sums, "lengths": lengths})
        return found


def _session(
    weights: Mapping[str, NDArray[Any]], threads: int, numbers: Numbers
) -> "InferenceSession":
    # ONNX Runtime 1.32 names this machine to its maker from the moment it is imported; its own
    # `disable_telemetry_events` comes too late for what the import itself has queued.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as refused

    onnxruntime.disable_telemetry_events()
    if numbers == "int8":
        weights = dict(rounded(weights))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    for_graph = {
        name: onnxruntime.OrtValue.ortvalue_from_numpy(value)
        for name, value in weights.items()
        if name.startswith("encoder.") or "LayerNorm" in name
    }
    options.add_external_initializers(list(for_graph), list(for_graph.values()))
    try:
        return onnxruntime.InferenceSession(
            GRAPH_FILES[numbers].read_bytes(), options, providers=["CPUExecutionProvider"]
        )
    except (
        refused.Fail,
        refused.InvalidArgument,
        refused.InvalidGraph,
        refused.InvalidProtobuf,
        refused.RuntimeException,
    ) as error:
        raise ValueError(f"ONNX Runtime refuses the weights: {error}") from error
