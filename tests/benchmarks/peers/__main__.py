"""Ours beside peers on the same sets: ``python -m tests.benchmarks.peers DIR …``.

A folder in BEIR's layout is measured by nDCG@10 and recall@5; one with ``texts/`` and excerpts by
recall and IoU in characters, of the best five pieces and of as many as the excerpts lie in.
Peers see the last question; where there is a conversation, also the last two questions in one
("two turns"), their better baseline.
"""

import argparse
from pathlib import Path

from tests.benchmarks.peers.adapters import Embedding
from tests.benchmarks.peers.comparing import compare_search, compare_spans


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    embed = Embedding()
    for folder in parser.parse_args().folders:
        is_excerpts = (folder / "texts").is_dir()
        rows = compare_spans(folder, embed) if is_excerpts else compare_search(folder, embed)
        _print_table(folder.resolve().name, rows)


def _print_table(title: str, rows: dict[str, dict[str, float]]) -> None:
    measures = list(next(iter(rows.values())))
    print(f"\n| {title} | {' | '.join(measures)} |")
    print(f"|---|{'---|' * len(measures)}")
    for name, found in rows.items():
        print(f"| {name} | {' | '.join(f'{found[measure]:.3f}' for measure in measures)} |")


if __name__ == "__main__":
    main()
