"""Train the reader's networks.

``python -m assistant.training.train_reader tests/assistant/reader/documents --squad FOLDER
--cache FOLDER`` embeds every question and sentence once (half an hour on two slow cores), then
trains; what is in the cache, checkpoints included, is taken up again where it was left. The
figures are of the texts held out: how often a sentence that answers comes first and among the
first three, beside plain similarity, and how well questions that a text answers are told from
those that it nearly answers (AUROC of the highest number); and what statements are told to be. At
the end the numbers are calibrated on the same texts, and networks, pieces and `network.json` are
written.
"""

import argparse
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from assistant.reader.inputs import PIECES_FILE, Pieces, inputs, joined
from assistant.reader.network import ANSWERS_FILE, CALIBRATION_FILE, SUPPORT_FILE
from assistant.training.examples import documents, group, held_against, paragraphs
from assistant.training.figures import (
    Checked,
    Scored,
    calibrate,
    check,
    curve,
    report,
    report_checked,
    score,
)
from assistant.training.model import VERDICTS, ReaderModel, export
from assistant.training.vectors import Vectorised, batch, vectorise

SIZE, LAYERS, DROPOUT = 128, 2, 0.15
EPOCHS, QUESTIONS_AT_ONCE = 4, 16
EPOCHS_OF_SUPPORT, STATEMENTS_AT_ONCE = 8, 40
LEARNING_RATE, WEIGHT_DECAY, WARM_UP_STEPS, CHECKPOINT_STEPS = 1e-3, 0.05, 200, 100
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
    model: ReaderModel,
    loss_at: Callable[[int], torch.Tensor],
    checkpoint: Path,
    *,
    steps: int,
) -> ReaderModel:
    """The model after so many steps, from the last checkpoint on; `loss_at` gives that of a step,
    the same whether or not training was interrupted."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / WARM_UP_STEPS) * max(0.0, 1 - step / steps)
    )
    first = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        first = kept["step"]
    model.train()
    for step in range(first, steps):
        torch.manual_seed(step)
        loss = loss_at(step)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # PyTorch leaves it untyped
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if (step + 1) % CHECKPOINT_STEPS == 0 or step + 1 == steps:
            torch.save(
                {
                    "model": model.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict(),
                    "step": step + 1,
                },
                checkpoint,
            )
            print(f"{checkpoint.stem}: step {step + 1} of {steps}", flush=True)  # noqa: T201  # it takes hours
    return model.eval()


def train_answers(
    trained: Sequence[Vectorised], pieces: Pieces, cache: Path, *, epochs: int = EPOCHS
) -> ReaderModel:
    """The network that says whether a sentence answers."""
    torch.manual_seed(0)
    model = ReaderModel(SIZE, LAYERS, DROPOUT)
    documents_of = [one.document for one in trained]
    every = [(at, number) for at, one in enumerate(trained) for number in range(len(one.questions))]
    a_round = max(1, len(every) // QUESTIONS_AT_ONCE)

    def loss_at(step: int) -> torch.Tensor:
        chosen = random.Random(step)
        groups = []
        for at, number in _of_step(every, step, a_round, QUESTIONS_AT_ONCE):
            own = trained[at]
            nearest = np.argsort(-own.similarity(own.questions[number])).tolist()
            groups.append(group(documents_of, at, number, nearest=nearest, chosen=chosen))
        taken = [
            inputs(
                trained[one.document].questions[one.question],
                [trained[place].sentences[number] for place, number in one.sentences],
                pieces,
            )
            for one in groups
        ]
        return loss_of(model(*batch(taken)).squeeze(1), [one.answers for one in groups])

    return train(model, loss_at, cache / "answers.pt", steps=a_round * epochs)


def train_support(
    trained: Sequence[Vectorised], pieces: Pieces, cache: Path, *, epochs: int = EPOCHS_OF_SUPPORT
) -> ReaderModel:
    """The network that says what sentences make of a statement."""
    torch.manual_seed(0)
    model = ReaderModel(SIZE, LAYERS, DROPOUT, outputs=len(VERDICTS))
    every = [
        (at, number) for at, one in enumerate(trained) for number in range(len(one.statements))
    ]
    a_round = max(1, len(every) // STATEMENTS_AT_ONCE)

    def loss_at(step: int) -> torch.Tensor:
        chosen = random.Random(step)
        taken, relations = [], []
        for at, number in _of_step(every, step, a_round, STATEMENTS_AT_ONCE):
            own = trained[at]
            labels = (*own.document.statements, *own.document.copies)
            stated, label = own.statements[number], labels[number]
            nearest = np.argsort(-own.similarity(stated)).tolist()
            others = held_against(label.places, nearest=nearest, chosen=chosen)
            for places, relation in (
                (label.places, label.relation),
                *(((other,), "not_said") for other in others),
            ):
                cited = joined([own.sentences[place] for place in places])
                taken.append(inputs(stated, [cited], pieces))
                relations.append(VERDICTS.index(relation))
        return functional.cross_entropy(model(*batch(taken)), torch.tensor(relations))

    return train(model, loss_at, cache / "support.pt", steps=a_round * epochs)


def _of_step(
    every: Sequence[tuple[int, int]],
    step: int,
    a_round: int,
    at_once: int,
) -> Sequence[tuple[int, int]]:
    """Those of `every` that the step learns from; each round has each once, in another order."""
    rounds, place = divmod(step, a_round)
    mixed = random.Random(rounds).sample(every, len(every))
    return mixed[place * at_once :][:at_once]


def write(
    answers: ReaderModel,
    support: ReaderModel,
    pieces: Pieces,
    scored: Sequence[Scored],
    checked: Sequence[Checked],
    trained_on: str,
) -> None:
    """Keep the networks with all that they need, and with where they come from."""
    export(answers, ANSWERS_FILE)
    export(support, SUPPORT_FILE)
    pieces.save(PIECES_FILE)
    kept = {
        "made_by": "python -m assistant.training.train_reader",
        "trained_on": trained_on,
        "model": {"size": SIZE, "layers": LAYERS, "dropout": DROPOUT, "seed": 0},
        "training": {
            "answers": {"epochs": EPOCHS, "at_once": QUESTIONS_AT_ONCE},
            "support": {"epochs": EPOCHS_OF_SUPPORT, "at_once": STATEMENTS_AT_ONCE},
        },
        "held_out": [*report(scored), *report_checked(checked)],
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
    held_out = [one for one in vectorised if one.document.is_held_out]
    support = train_support(trained, pieces, given.cache)
    checked = list(check(support, held_out, pieces))
    print("\n".join(report_checked(checked)), flush=True)  # noqa: T201  # what the command is for
    answers = train_answers(trained, pieces, given.cache)
    scored = list(score(answers, held_out, pieces))
    print("\n".join([*report(scored), "", *curve(scored)]))  # noqa: T201  # the same
    questions = sum(len(one.questions) for one in trained)
    statements = sum(len(one.statements) for one in trained)
    trained_on = f"{questions} questions and {statements} statements on {len(trained)} texts"
    write(answers, support, pieces, scored, checked, trained_on)


if __name__ == "__main__":
    main()
