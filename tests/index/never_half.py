"""A process that changes a library without end, to be killed: ``python -m tests.index.never_half``.

It says ``begun`` once it is at work. What it adds, replaces, edits, removes, restores and
reindexes is chosen by a seed; sources called ``kept-…`` it never removes.
"""

import random
import sys
from pathlib import Path

from index.indexing import add, clean_up, edit_card, remove, restore, resume
from index.inputs import bytes_input
from index.library import open_fresh_index, open_library
from index.reindexing import reindex
from tests.conftest import WordEmbedder


def words_of(name: str, version: int, sentences: int) -> bytes:
    """A text that says of itself which it is."""
    return " ".join(
        f"Sentence {number} of {name} in version {version} tells of Miami."
        for number in range(sentences)
    ).encode()


def main(home: Path, seed: int) -> None:
    chance = random.Random(seed)
    library = open_library(home, embedder=WordEmbedder())
    resume(library)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    step = 0
    while True:
        step += 1
        what = chance.choice(
            ("add", "add", "replace", "edit", "remove", "restore", "reindex", "clean up")
        )
        slugs = [entry.source.slug for entry in library.catalogue.entries(state="ready")]
        loose = [slug for slug in slugs if not slug.startswith("kept")]
        gone = [entry.source.slug for entry in library.catalogue.entries(state="removed")]
        match what:
            case "add":
                names = [f"loose-{seed}-{step}-{number}" for number in range(5)]
                add(
                    library,
                    [
                        bytes_input(f"{name}.txt", words_of(name, 0, chance.randint(1, 60)))
                        for name in names
                    ],
                )
            case "replace":
                name = chance.choice(slugs)
                offered = bytes_input(f"{name}.txt", words_of(name, step, chance.randint(1, 60)))
                add(library, [offered])
            case "edit":
                edit_card(library, chance.choice(slugs), {"publisher": f"Publisher {step}"})
            case "remove" if loose:
                remove(library, chance.sample(loose, min(3, len(loose))))
            case "restore" if gone:
                restore(library, chance.choice(gone))
            case "clean up":
                clean_up(library)
            case "reindex":
                reindex(open_fresh_index(home, embedder=WordEmbedder()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
