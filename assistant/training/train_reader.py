"""Train the reader's network.

``python -m assistant.training.train_reader tests/assistant/reader/documents --squad FOLDER
--cache FOLDER`` embeds every question and sentence once (half an hour on two slow cores), then
trains; what is in the cache, checkpoints included, is taken up again where it was left. The
figures are of the texts held out: how often a sentence that answers comes first and among the
first three, beside plain similarity, and how well questions that a text answers are told from
those that it nearly answers (AUROC of the highest number). At the end the numbers are calibrated
on the same texts, and network, pieces and `network.json` are written.
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from assistant.reader.inputs import PIECES_FILE, Pieces, inputs
from assistant.reader.network import CALIBRATION_FILE, NETWORK_FILE
from assistant.training.examples import documents, group, paragraphs
from assistant.training.figures import Scored, calibrate, curve, report, score
from assistant.training.model import ReaderModel, export
from assistant.training.vectors import Vectorised, batch, vectorise

SIZE, LAYERS, DROPOUT = 96, 2, 0.15
EPOCHS, QUESTIONS_AT_ONCE = 5, 16
LEARNING_RATE, WEIGHT_DECAY, WARM_UP_STEPS = 1e-3, 0.05, 200
POSITIVE_WEIGHT = 3.0


def loss_of(logits: torch.Tensor, answers: Sequence[Sequence[bool]]) -> torch.Tensor:
    """Listwise against "none of them" at 0, and each sentence by itself."""
    listwise = torch.zeros(())
    sizes = [len(one) for one in answers]
    for own, right in zip(torch.split(logits, sizes), answers, strict=True):
        all_of_them = torch.logsumexp(torch.cat([own, torch.zeros(1)]), 0)
        if any(right):
            listwise = listwise + all_of_them - torch.logsumexp(own[torch.tensor(right)], 0)
        else:
            listwise = listwise + all_of_them
    labels = torch.tensor([one for each in answers for one in each], dtype=torch.float32)
    weight = torch.tensor(POSITIVE_WEIGHT)
    alone = functional.binary_cross_entropy_with_logits(logits, labels, pos_weight=weight)
    return listwise / len(answers) + alone


def train(
    trained: Sequence[Vectorised], pieces: Pieces, cache: Path, *, epochs: int = EPOCHS
) -> ReaderModel:
    """The model after so many rounds over all questions, from the last checkpoint on."""
    torch.manual_seed(0)
    model = ReaderModel(SIZE, LAYERS, DROPOUT)
    optimiser = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    every = [
        (place, number)
        for place, one in enumerate(trained)
        for number in range(len(one.document.questions))
    ]
    nearest = {
        (place, number): list(np.argsort(-trained[place].similarity(number)))
        for place, number in every
    }
    steps = max(1, len(every) // QUESTIONS_AT_ONCE) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / WARM_UP_STEPS) * max(0.0, 1 - step / steps)
    )
    checkpoint, first = cache / "checkpoint.pt", 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        first = kept["epoch"]
    own = [one.document for one in trained]
    for epoch in range(first, epochs):
        chosen = random.Random(epoch)
        chosen.shuffle(every)
        for at in range(0, len(every), QUESTIONS_AT_ONCE):
            groups = [
                group(own, *one, nearest=nearest[one], chosen=chosen)
                for one in every[at : at + QUESTIONS_AT_ONCE]
            ]
            taken = [
                inputs(
                    trained[one.document].questions[one.question],
                    [trained[place].sentences[number] for place, number in one.sentences],
                    pieces,
                )
                for one in groups
            ]
            loss = loss_of(model(*batch(taken)), [one.answers for one in groups])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # PyTorch leaves it untyped
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        torch.save(
            {
                "model": model.state_dict(),
                "optimiser": optimiser.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": epoch + 1,
            },
            checkpoint,
        )
        print(f"round {epoch + 1} of {epochs}", flush=True)  # noqa: T201  # it takes hours
    return model.eval()


def write(model: ReaderModel, pieces: Pieces, scored: Sequence[Scored], trained_on: str) -> None:
    """Keep the network with all that it needs, and with where it comes from."""
    export(model, NETWORK_FILE)
    pieces.save(PIECES_FILE)
    kept = {
        "made_by": "python -m assistant.training.train_reader",
        "trained_on": trained_on,
        "model": {"size": SIZE, "layers": LAYERS, "dropout": DROPOUT, "seed": 0},
        "training": {"epochs": EPOCHS, "questions_at_once": QUESTIONS_AT_ONCE},
        "held_out": list(report(scored)),
        "calibration": calibrate(scored),
    }
    CALIBRATION_FILE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train, print the figures, and write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--squad", type=Path, help="SQuAD 2.0 in BEIR's layout")
    options.add_argument("--cache", type=Path, required=True)
    options.add_argument("--threads", type=int, default=0)
    given = options.parse_args()
    if given.threads:
        torch.set_num_threads(given.threads)
    all_of_them = [*documents(given.folder), *(paragraphs(given.squad) if given.squad else ())]
    vectorised, pieces = vectorise(all_of_them, given.cache)
    trained = [one for one in vectorised if not one.document.is_held_out]
    model = train(trained, pieces, given.cache)
    scored = list(score(model, [one for one in vectorised if one.document.is_held_out], pieces))
    count = sum(len(one.document.questions) for one in trained)
    print("\n".join([*report(scored), "", *curve(scored)]))  # noqa: T201  # what the command is for
    write(model, pieces, scored, f"{count} questions on {len(trained)} texts")


if __name__ == "__main__":
    main()
