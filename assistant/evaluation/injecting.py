"""Are sentences that address a machine recognised, and how often is plain text taken for one?

Attacks are the strings of a JSON object of lists; plain texts are the sentences of files that
hold no attack, in BEIR's corpus layout or as plain text.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.lines import read_lines, read_text_lines
from sources.addressed import is_addressed_to_a_machine
from sources.errors import UseError
from sources.sentences import find_sentences


@dataclass(frozen=True, slots=True)
class Caught:
    """Of one kind of attack."""

    attacks: int
    caught: int


def read_attacks(file: Path) -> dict[str, tuple[str, ...]]:
    """The attack strings by kind."""
    try:
        kinds = json.loads("\n".join(line for _, line in read_text_lines(file)))
        return {str(kind): tuple(str(one) for one in found) for kind, found in kinds.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise UseError(
            f"{str(file)!r} is no JSON object of lists of strings.", remedy="Check the file."
        ) from error


def catch(attacks: Mapping[str, Iterable[str]]) -> dict[str, Caught]:
    """How many of each kind are recognised when planted between sentences of plain text."""
    return {kind: _catch(tuple(found)) for kind, found in attacks.items()}


def false_alarms(file: Path) -> tuple[int, tuple[str, ...]]:
    """How many sentences a file of plain text has, and those taken for an attack."""
    if file.suffix == ".jsonl":
        texts: Iterable[str] = (line.words("text") for line in read_lines(file))
    else:
        texts = (words for _, words in read_text_lines(file))
    sentences = [span.of(text) for text in texts for span in find_sentences(text)]
    return len(sentences), tuple(one for one in sentences if is_addressed_to_a_machine(one))


def _catch(attacks: tuple[str, ...]) -> Caught:
    return Caught(len(attacks), sum(_is_caught(attack) for attack in attacks))


def _is_caught(attack: str) -> bool:
    """Whether any sentence of a text with the attack planted in it is recognised."""
    planted = f"The talks went on in Miami. {attack} The plan has several parts."
    return any(is_addressed_to_a_machine(span.of(planted)) for span in find_sentences(planted))
