"""One set searched by ours and by each peer, measured alike."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.answering import Assistant
from assistant.evaluation.beir import (
    Judgements,
    SetQuestion,
    hash_of_corpus,
    judged,
    read_documents,
    read_judgements,
    read_questions,
)
from assistant.evaluation.excerpts import (
    ExcerptQuestion,
    Place,
    find_origins,
    find_passages,
    first_five,
    first_needed,
    list_passages,
    mean_overlap,
    read_excerpt_questions,
    read_texts,
)
from assistant.evaluation.retrieving import make_run, measure_run
from assistant.evaluation.set_library import set_library, text_library
from assistant.settings import read_settings
from index.encoder.minilm import MiniLMEmbedder
from sources.source import Span
from tests.benchmarks.peers.adapters import PEERS, Embedding, Peer, Piece, split

PIECES = 100
OURS = "this assistant"


def compare_search(folder: Path, embed: Embedding) -> dict[str, dict[str, float]]:
    """nDCG@10 and recall@5 by the name of the search."""
    judgements = read_judgements(folder)
    questions = judged(read_questions(folder), judgements)
    documents = read_documents(folder)
    with set_library(
        documents,
        name=hash_of_corpus(folder),
        cache=_cache(),
        embedder=MiniLMEmbedder(),
    ) as own:
        rows = {OURS: measure_run(make_run(Assistant(own.library), own, questions), judgements)}
    pieces = split([f"{one.title}\n\n{one.text}".strip() for one in documents])
    ids = [documents[piece.text].id for piece in pieces]
    for name, make in PEERS.items():
        print(f"{folder.name}: {name}", file=sys.stderr)
        peer = make([piece.words for piece in pieces], embed)
        rows[name] = measure_peer(peer, ids, questions, judgements, last_turn)
        if any(question.history for question in questions):
            rows[f"{name}, two turns"] = measure_peer(peer, ids, questions, judgements, two_turns)
    return {
        name: {measure: found[measure] for measure in ("nDCG@10", "recall@5")}
        for name, found in rows.items()
    }


def compare_spans(folder: Path, embed: Embedding) -> dict[str, dict[str, float]]:
    """Overlaps of the best five pieces, and of as many as needed, by the name of the search."""
    texts = read_texts(folder)
    questions = read_excerpt_questions(folder, texts)
    with text_library(texts, cache=_cache(), embedder=MiniLMEmbedder()) as library:
        origins = find_origins(library.catalogue, texts)
        found = find_passages(Assistant(library), origins, questions)
        rows = {OURS: _overlaps(questions, found, list_passages(library, origins))}
    names = list(texts)
    pieces = split(list(texts.values()))
    every = [place_of(piece, names) for piece in pieces]
    for name, make in PEERS.items():
        print(f"{folder.name}: {name}", file=sys.stderr)
        peer = make([piece.words for piece in pieces], embed)
        found = [
            [every[at] for at in peer.search(question.words, PIECES)] for question in questions
        ]
        rows[name] = _overlaps(questions, found, every)
    return rows


def _overlaps(
    questions: Sequence[ExcerptQuestion],
    found: Sequence[Sequence[Place]],
    every: Sequence[Place],
) -> dict[str, float]:
    five = mean_overlap(questions, first_five(found))
    needed = mean_overlap(questions, first_needed(questions, found, every))
    return {
        "recall, five": five.recall,
        "IoU, five": five.iou,
        "recall, needed": needed.recall,
        "IoU, needed": needed.iou,
    }


def measure_peer(
    peer: Peer,
    ids: Sequence[str],
    questions: Sequence[SetQuestion],
    judgements: Judgements,
    words_of: Callable[[SetQuestion], str],
) -> dict[str, float]:
    """A document stands where its best piece stands."""
    run = {}
    for question in questions:
        found = dict.fromkeys(ids[at] for at in peer.search(words_of(question), PIECES))
        run[question.id] = {name: 1 / place for place, name in enumerate(found, start=1)}
    return measure_run(run, judgements)


def last_turn(question: SetQuestion) -> str:
    return question.words


def two_turns(question: SetQuestion) -> str:
    earlier = [turn.question for turn in question.history[-1:]]
    return " ".join([*earlier, question.words])


def place_of(piece: Piece, names: Sequence[str]) -> Place:
    return names[piece.text], Span(piece.start, piece.start + len(piece.words))


def _cache() -> Path:
    return read_settings().home / "evaluation"
