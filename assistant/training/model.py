"""The reader's networks in PyTorch: token vectors of two texts in, numbers out.

One says whether a sentence answers a question, the other what it makes of a statement. The encoder
has read question and sentence apart from each other, as in late interaction (Khattab
and Zaharia, "ColBERT", 2020, https://arxiv.org/abs/2004.12832). Two small transformer layers
over both, told how well each word piece is met on the other side, then see what a maximum over
similarities cannot: whether the piece that is missing is the one that matters.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH = 384
"""Dimensions of the encoder's vectors."""
_FEATURES = 6
_HEADS = 4
_SPREAD = 4.0
"""Unit vectors are stretched so much before they are projected."""
_NEVER = -1.0
"""A cosine's least, for what is not there."""


VERDICTS = ("supported", "contradicted", "not_said")
"""What the network of statements tells apart, in the order of its numbers."""


class ReaderModel(nn.Module):
    """So many logits for each pair of a question, or a statement, and what is said."""

    def __init__(self, size: int, layers: int, dropout: float = 0.0, *, outputs: int = 1) -> None:
        """`size` of the hidden vectors, a multiple of four; `dropout` of whole dimensions."""
        super().__init__()
        self.dropout = dropout
        self.project = nn.Linear(WIDTH, size)
        self.features = nn.Linear(_FEATURES, size)
        self.kind = nn.Embedding(3, size)
        self.norm = nn.LayerNorm(size)
        self.layers = nn.ModuleList(_Layer(size) for _ in range(layers))
        self.weigh_question = nn.Linear(size, 1)
        self.weigh_sentence = nn.Linear(size, 1)
        self.decide = nn.Sequential(
            nn.Linear(4 * size + 5, size),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(size, outputs),
        )

    def forward(
        self,
        question: Tensor,
        question_rarity: Tensor,
        of_question: Tensor,
        sentence: Tensor,
        sentence_rarity: Tensor,
        of_sentence: Tensor,
        of_title: Tensor,
        shared: Tensor,
        similarity: Tensor,
    ) -> Tensor:
        """``(pairs, outputs)`` logits; the arguments are those of
        `assistant.reader.inputs.Inputs`, with a question and 1 for its own pieces (`of_question`)
        in each row."""
        asked, own = of_question > 0, of_sentence > 0
        there = own | (of_title > 0)
        cosine = question @ sentence.transpose(1, 2)
        in_any = cosine.masked_fill(~there[:, None, :], _NEVER).amax(2)
        in_own = cosine.masked_fill(~own[:, None, :], _NEVER).amax(2)
        same_in_any = (shared * there[:, None, :]).amax(2)
        same_in_own = (shared * own[:, None, :]).amax(2)
        met = cosine.masked_fill(~asked[:, :, None], _NEVER).amax(1)
        same = (shared * asked[:, :, None]).amax(1)
        blank = torch.zeros_like(sentence_rarity)
        of_asked = (
            in_any, in_own, same_in_any, same_in_own,
            question_rarity, question_rarity * same_in_any,
        )  # fmt: skip
        of_said = (met, blank, same, blank, sentence_rarity, sentence_rarity * same)
        kinds = self.kind(of_title.long() + 2 * of_sentence.long())
        hidden = torch.cat(
            [
                self.project(question * _SPREAD)
                + self.features(torch.stack(of_asked, -1))
                + self.kind.weight[0],
                self.project(sentence * _SPREAD) + self.features(torch.stack(of_said, -1)) + kinds,
            ],
            dim=1,
        )
        hidden = self.norm(hidden)
        if self.training and self.dropout:
            kept = torch.rand(len(hidden), 1, hidden.shape[2]) > self.dropout
            hidden = hidden * kept / (1 - self.dropout)
        both = torch.cat([asked, there], dim=1)
        for layer in self.layers:
            hidden = layer(hidden, both)
        pieces = question.shape[1]
        weights = question_rarity * of_question
        total = weights.sum(1).clamp(min=1e-3)
        figures = (
            similarity * 5 - 4,
            (weights * in_own).sum(1) / total,
            (weights * same_in_any).sum(1) / total,
            torch.log1p(there.sum(1).float()) / 5,
            torch.log1p(of_question.sum(1)) / 5,
        )
        pooled = (
            *_pooled(hidden[:, :pieces], asked, self.weigh_question),
            *_pooled(hidden[:, pieces:], own, self.weigh_sentence),
            torch.stack(figures, 1),
        )
        logits: Tensor = self.decide(torch.cat(pooled, dim=1))
        return logits


class _Layer(nn.Module):
    """A transformer layer that norms before it reads (Xiong et al., 2020,
    https://arxiv.org/abs/2002.04745); written out, so that it can be exported for any number of
    pairs."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.norm_before = nn.LayerNorm(size)
        self.attend = nn.Linear(size, 3 * size)
        self.attended = nn.Linear(size, size)
        self.norm_between = nn.LayerNorm(size)
        self.wide = nn.Linear(size, 2 * size)
        self.narrow = nn.Linear(2 * size, size)

    def forward(self, hidden: Tensor, there: Tensor) -> Tensor:
        """``(pairs, pieces, size)``, as it came; `there` is ``(pairs, pieces)``."""
        size = hidden.shape[2]
        heads = self.attend(self.norm_before(hidden)).unflatten(2, (3, _HEADS, size // _HEADS))
        query, key, value = heads.permute(2, 0, 3, 1, 4).unbind(0)
        weights = query @ key.transpose(2, 3) / (size // _HEADS) ** 0.5
        weights = weights.masked_fill(~there[:, None, None, :], -1e4).softmax(3)
        hidden = hidden + self.attended((weights @ value).transpose(1, 2).flatten(2))
        wide: Tensor = self.wide(self.norm_between(hidden))
        narrow: Tensor = self.narrow(functional.gelu(wide))
        return hidden + narrow


def _pooled(hidden: Tensor, there: Tensor, weigh: nn.Linear) -> tuple[Tensor, Tensor]:
    """The mean by learned weights and the maximum over what is there."""
    weights = weigh(hidden).squeeze(-1).masked_fill(~there, -1e4).softmax(1)
    highest = hidden.masked_fill(~there[..., None], -1e4).amax(1)
    return (weights[..., None] * hidden).sum(1), highest


class _OneQuestion(nn.Module):
    """The same for one question beside many sentences, as `Inputs` has them."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.model = model

    def forward(
        self,
        question: Tensor,
        question_rarity: Tensor,
        sentences: Tensor,
        sentence_rarity: Tensor,
        of_sentence: Tensor,
        of_title: Tensor,
        shared: Tensor,
        similarity: Tensor,
    ) -> Tensor:
        many = sentences.shape[0]
        logits: Tensor = self.model(
            question[None].expand(many, -1, -1),
            question_rarity[None].expand(many, -1),
            torch.ones_like(question_rarity)[None].expand(many, -1),
            sentences,
            sentence_rarity,
            of_sentence,
            of_title,
            shared,
            similarity,
        )
        return logits


def export(model: ReaderModel, file: Path) -> None:
    """Write the network as ONNX, its inputs named as the fields of `Inputs`, out ``logits``."""
    question, sentences, pieces = 5, 3, 7
    example = {
        "question": torch.rand(question, WIDTH),
        "question_rarity": torch.rand(question),
        "sentences": torch.rand(sentences, pieces, WIDTH),
        "sentence_rarity": torch.rand(sentences, pieces),
        "of_sentence": torch.ones(sentences, pieces),
        "of_title": torch.zeros(sentences, pieces),
        "shared": torch.zeros(sentences, question, pieces),
        "similarity": torch.rand(sentences),
    }
    sizes = {
        "question": {0: "asked"},
        "question_rarity": {0: "asked"},
        "shared": {0: "sentences", 1: "asked", 2: "pieces"},
        "similarity": {0: "sentences"},
        "logits": {0: "sentences"},
        **{
            name: {0: "sentences", 1: "pieces"}
            for name in ("sentences", "sentence_rarity", "of_sentence", "of_title")
        },
    }
    torch.onnx.export(
        _OneQuestion(model).eval(),
        tuple(example.values()),
        str(file),
        input_names=list(example),
        output_names=["logits"],
        dynamic_axes=sizes,
        opset_version=17,
        dynamo=False,
    )
