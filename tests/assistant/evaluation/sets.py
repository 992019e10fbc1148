"""Made-up sets, small enough to work out every figure by hand."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

DOCUMENTS = (
    {"_id": "troops", "title": "Army", "text": "The army would keep 800,000 troops in peacetime."},
    {"_id": "money", "title": "", "text": "Partners would pay nine billion euros every year."},
    {"_id": "talks", "title": "Talks", "text": "The delegations met in Geneva on Sunday."},
)


def write_lines(file: Path, lines: Sequence[Mapping[str, object]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def write_set(
    folder: Path,
    *,
    questions: Sequence[Mapping[str, object]],
    documents: Sequence[Mapping[str, object]] = DOCUMENTS,
    judgements: Sequence[tuple[str, str, int]] = (),
) -> Path:
    """A folder in BEIR's layout."""
    write_lines(folder / "corpus.jsonl", documents)
    write_lines(folder / "queries.jsonl", questions)
    rows = ["query-id\tcorpus-id\tscore"] + ["\t".join(map(str, row)) for row in judgements]
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder
