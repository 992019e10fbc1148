"""The layers of the bundled model in bfloat16, by PyTorch: for adding much at once.

Where the processor multiplies bfloat16 (AVX512-BF16, AMX) its matrix products take half the
time of float32, and lose next to nothing: what is multiplied is rounded to 8 bits, sums are
float32, and so is what one layer hands on to the next (cosine to float32 above .9999).
PyTorch takes a second and 180 MB to load, so a question or a few passages never come here.
"""

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.minilm_graph import ATTENTION_BIAS, EPSILON, HEADS, LAYERS, WIDTH, SumsOfRun
from index.processor import cores

if TYPE_CHECKING:
    import torch

TOKENS_PER_RUN = 1024
"""Each core takes runs of its own: no two wait for each other, also on a busy machine."""
_BEHIND_QUESTIONS = 5
"""Steps of `nice`."""


class Bfloat16Layers:
    """From the sums of embeddings to the tokens' vectors; see `index.minilm_graph`."""

    tokens_per_run = TOKENS_PER_RUN

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], *, threads: int) -> None:
        """`weights` as published, the attention's biases joined; `threads` 0 is all cores."""
        import torch

        def tensor(name: str) -> torch.Tensor:
            return torch.from_numpy(np.array(weights[name]))

        def product(*names: str, bias: str) -> "tuple[torch.Tensor, torch.Tensor]":
            matrix = torch.cat([tensor(f"{name}.weight") for name in names])
            return matrix.to(torch.bfloat16), tensor(bias).to(torch.bfloat16)

        def norm(name: str) -> "tuple[torch.Tensor, torch.Tensor]":
            return tensor(f"{name}.LayerNorm.weight"), tensor(f"{name}.LayerNorm.bias")

        self._embeddings = norm("embeddings")
        self._layers = [
            (
                product(
                    *(f"{one}.attention.self.{part}" for part in ("query", "key", "value")),
                    bias=ATTENTION_BIAS.format(number),
                ),
                product(f"{one}.attention.output.dense", bias=f"{one}.attention.output.dense.bias"),
                norm(f"{one}.attention.output"),
                product(f"{one}.intermediate.dense", bias=f"{one}.intermediate.dense.bias"),
                product(f"{one}.output.dense", bias=f"{one}.output.dense.bias"),
                norm(f"{one}.output"),
            )
            for number, one in ((number, f"encoder.layer.{number}") for number in range(LAYERS))
        ]
        self._pool = ThreadPoolExecutor(
            threads or cores(),
            thread_name_prefix="bfloat16",
            initializer=_give_way,
        )

    def run_each(
        self,
        embedded: SumsOfRun,
        runs: Sequence[list[int]],
    ) -> Iterator[NDArray[np.float32]]:
        """For each run its tokens' vectors; `embedded` gives its embeddings and lengths."""
        return self._pool.map(lambda run: self._run(*embedded(run)), runs)

    def _run(self, embedded: NDArray[np.float32], lengths: NDArray[np.int32]) -> Any:
        import torch
        from torch.nn import functional as layers

        texts, tokens, _ = embedded.shape
        behind = None
        if int(lengths.min()) < tokens:
            behind = torch.arange(tokens) >= torch.from_numpy(lengths)[:, None]
            behind = behind[:, None, None, :]
        with torch.inference_mode():
            hidden = layers.layer_norm(
                torch.from_numpy(embedded), (WIDTH,), *self._embeddings, EPSILON
            )
            for attention, out, normed, widen, narrow, normed_again in self._layers:
                asked = layers.linear(hidden.to(torch.bfloat16), *attention)
                attended = layers.linear(_attend(asked, behind, texts, tokens), *out)
                hidden = layers.layer_norm(hidden + attended, (WIDTH,), *normed, EPSILON)
                active = layers.gelu(layers.linear(hidden.to(torch.bfloat16), *widen))
                narrowed = layers.linear(active, *narrow)
                hidden = layers.layer_norm(hidden + narrowed, (WIDTH,), *normed_again, EPSILON)
            return hidden.numpy()


def _give_way() -> None:
    """Use one core, and let go of it when a question is asked meanwhile."""
    import torch

    torch.set_num_threads(1)
    with suppress(AttributeError, OSError):  # only Linux has a rank for each thread
        thread = threading.get_native_id()
        os.setpriority(
            os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _BEHIND_QUESTIONS
        )


def _attend(
    asked: "torch.Tensor", behind: "torch.Tensor | None", texts: int, tokens: int
) -> "torch.Tensor":
    """Attention of all heads; PyTorch's own takes two to three times as long for heads of 32."""
    import torch

    shape = (texts * HEADS, tokens, WIDTH // HEADS)
    parts = asked.view(texts, tokens, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
    query, key, value = (part.reshape(shape) for part in parts)
    likeness = torch.bmm(query * (WIDTH // HEADS) ** -0.5, key.transpose(1, 2))
    if behind is not None:
        likeness.view(texts, HEADS, tokens, tokens).masked_fill_(behind, float("-inf"))
    attended = torch.bmm(torch.softmax(likeness, -1), value)
    return attended.view(texts, HEADS, tokens, -1).transpose(1, 2).reshape(texts, tokens, WIDTH)
