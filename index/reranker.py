"""A cross-encoder of the user's own: question and passage read together, by one more model.

None comes with the installation and none is fetched unless a person has allowed it.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from index.retrieval import Match
from sources.errors import UseError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

RERANKED = 30
"""So many of the best matches are read again."""


class CrossEncoderReranker:
    """A sentence-transformers `CrossEncoder`, loaded at first use: a folder or a hub name."""

    def __init__(self, model: str, *, may_download: bool = False) -> None:
        self.name = model
        self._may_download = may_download

    def rerank(self, question: str, matches: Sequence[Match]) -> tuple[Match, ...]:
        """All `matches`, in the order in which the model finds they answer `question`.

        The fused values are handed on in the new order, so that they still fall.
        """
        if len(matches) < 2:
            return tuple(matches)
        pairs = [(question, match.passage.content) for match in matches]
        values = self._model.predict(pairs, show_progress_bar=False)
        order = sorted(range(len(matches)), key=lambda place: (-float(values[place]), place))
        fused = sorted((match.relevance for match in matches), reverse=True)
        return tuple(
            replace(matches[place], relevance=value)
            for place, value in zip(order, fused, strict=True)
        )

    @cached_property
    def _model(self) -> "CrossEncoder":
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        if not self._may_download:
            os.environ["HF_HUB_OFFLINE"] = "1"
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self.name, local_files_only=not self._may_download)
        except (OSError, ValueError) as error:
            raise self._refused() from error
        if model.num_labels != 1:
            raise self._refused(f" as a reranker: it gives {model.num_labels} values, not one")
        return model

    def _refused(self, why: str = "") -> UseError:
        return UseError(
            f"The reranker {self.name!r} cannot be used{why}.",
            remedy="Name a folder that holds a sentence-transformers CrossEncoder, unset "
            "ASSISTANT_RERANKER, or set ASSISTANT_MAY_DOWNLOAD=1 to let it be fetched.",
        )
