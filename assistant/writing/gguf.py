"""What the beginning of a GGUF file says of the model in it, before the model is loaded.

The format is that of https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Its own Python
package reads every word of the vocabulary first (eleven seconds for the smallest model tried);
what is asked here stands before them.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sources.errors import UseError

_NUMBERS = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip
_STRING, _ARRAY = 8, 9
_MOST_KEYS, _MOST_CHARS = 10_000, 1 << 20
_WANTED = (
    "context_length", "block_count", "embedding_length", "attention.head_count",
    "attention.head_count_kv", "attention.key_length",
)  # fmt: skip
_BYTES_A_NUMBER = 2
"""Of what is kept of each token: half precision."""
Value = int | float | str | None


@dataclass(frozen=True, slots=True)
class Header:
    """What has to be known to run it."""

    trained_tokens: int | None
    """The longest text it was trained on; `None` where the file does not say."""
    bytes_a_token: int
    """Memory that each token of a conversation takes; 0 where the file does not say."""


def read_header(file: Path) -> Header:
    """The header of a GGUF file. Raises `UseError` where `file` is missing or no such file."""
    remedy = "Set ASSISTANT_MODEL to local: and the path of a GGUF file."
    try:
        with file.open("rb") as opened:
            found = _read(opened)
    except OSError as error:
        raise UseError(
            f"The model file {str(file)!r} cannot be read: {error.strerror}.", remedy=remedy
        ) from error
    except (ValueError, struct.error) as error:
        raise UseError(
            f"The file {str(file)!r} is no GGUF model, or only a part of one.", remedy=remedy
        ) from error
    prefix = found.get("general.architecture")
    told = {name: found.get(f"{prefix}.{name}") for name in _WANTED}
    layers, width = _whole(told["block_count"]), _whole(told["embedding_length"])
    heads = _whole(told["attention.head_count"]) or 1
    kept_heads = _whole(told["attention.head_count_kv"]) or heads
    head_width = _whole(told["attention.key_length"]) or width // heads
    return Header(
        trained_tokens=_whole(told["context_length"]) or None,
        bytes_a_token=2 * layers * kept_heads * head_width * _BYTES_A_NUMBER,
    )


def _read(opened: BinaryIO) -> dict[str, Value]:
    """The values up to the vocabulary, or all where that is not the last."""
    if opened.read(4) != b"GGUF":
        raise ValueError("no GGUF file")
    version, _, keys = struct.unpack("<IQQ", _take(opened, 20))
    if version < 2 or keys > _MOST_KEYS:
        raise ValueError("not a version that is read")
    found: dict[str, Value] = {}
    for _ in range(keys):
        name = _string(opened)
        found[name] = _value(opened, _number(opened, "I"))
        prefix = found.get("general.architecture")
        if all(f"{prefix}.{one}" in found for one in _WANTED) or name.startswith("tokenizer."):
            break
    return found


def _value(opened: BinaryIO, kind: int) -> Value:
    """A value; of an array the greatest number, or nothing where it holds words."""
    if kind == _STRING:
        return _string(opened)
    if kind != _ARRAY:
        return _number(opened, _code(kind))
    inner, length = _number(opened, "I"), _number(opened, "Q")
    if inner == _STRING:
        for _ in range(length):
            _string(opened)
        return None
    code = _code(inner)
    numbers = struct.unpack(f"<{length}{code}", _take(opened, length * struct.calcsize(code)))
    return max(numbers, default=None)


def _code(kind: int) -> str:
    if kind not in _NUMBERS:
        raise ValueError("a kind of value that is not known")
    return _NUMBERS[kind]


def _number(opened: BinaryIO, code: str) -> int:
    (value,) = struct.unpack(f"<{code}", _take(opened, struct.calcsize(f"<{code}")))
    return int(value)


def _string(opened: BinaryIO) -> str:
    length = _number(opened, "Q")
    return _take(opened, length).decode("utf-8", errors="replace")


def _take(opened: BinaryIO, length: int) -> bytes:
    if length > _MOST_CHARS:
        raise ValueError("longer than anything in a header")
    words = opened.read(length)
    if len(words) != length:
        raise ValueError("the file ends")
    return words


def _whole(value: Value) -> int:
    return int(value) if isinstance(value, int | float) else 0
