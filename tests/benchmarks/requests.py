"""What the sixty worded requests get, and what follow-ups and changes of topic get.

``python -m tests.benchmarks.requests`` puts them to the shipped article and the twelve texts of
the blind set: for each request what it is taken for, and for each pair whether the quote is shown
and, after a change of topic, whether the answer is the same as without the question before.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.minilm import MiniLMEmbedder

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.asking.intents import shipped_intents
from assistant.reader.reader import SentenceReader
from index.encoder.encoder import MultilingualEncoder
from index.indexing import sync_folder, sync_shipped
from index.library import open_library
from index.retrieval import Turn

HERE = Path(__file__).parent.parent / "assistant"


def requests(reader: SentenceReader) -> Iterator[str]:
    """How many requests of each half are taken for what they are, and for something else."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in _rows(HERE / "asking" / "intents.jsonl"):
        found = shipped_intents().intent_of(reader.vector_of(one["question"]))
        told = "a question" if found is None else "right" if found[0] == one["intent"] else "wrong"
        counts[one["half"], told] += 1
    for (half, told), count in sorted(counts.items()):
        yield f"requests, {half} half, taken for {told}: {count}"


def pairs(assistant: Assistant) -> Iterator[str]:
    """How many questions are answered rightly, alone and after another one."""
    counts: Counter[str] = Counter()
    for one in _rows(HERE / "conversing" / "follow_ups.jsonl"):
        kind = "follow-ups" if one["is_follow_up"] else "changes of topic"
        alone = assistant.ask(one["question"])
        after = assistant.ask(one["question"], history=[Turn(one["earlier"])])
        counts[f"{kind}, right alone"] += _is_right(alone, one["quote"])
        counts[f"{kind}, right after the question before"] += _is_right(after, one["quote"])
        counts[f"{kind}, the same as alone"] += _shown(alone) == _shown(after)
    for told, count in sorted(counts.items()):
        yield f"{told}: {count} of 20"


def _rows(file: Path) -> Iterator[dict[str, str]]:
    yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def _is_right(answer: Answer, quote: str | None) -> bool:
    if quote is None:
        return not answer.is_certain
    return any(quote in " ".join(one.quote.words.split()) for one in answer.citations)


def _shown(answer: Answer) -> tuple[object, ...]:
    return answer.verdict, *(one.quote for one in answer.citations)


def main() -> None:
    """Print the figures."""
    reader = SentenceReader(MultilingualEncoder())
    for line in requests(reader):
        print(line, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder), embedder=MiniLMEmbedder())
        sync_shipped(library)
        sync_folder(library, HERE / "evaluation" / "blind" / "texts")
        for line in pairs(Assistant(library, reader=reader)):
            print(line, flush=True)
        library.close()


if __name__ == "__main__":
    main()
