"""Where the files of the encoder for several languages lie, and that they are themselves."""

import hashlib
from pathlib import Path

from sources.errors import StateError

MULTILINGUAL = "multilingual-e5-small"
"""The model's name; an index records it."""
MODEL_FOLDER = Path(__file__).with_name("model")
GRAPH = "encoder.onnx"
VOCABULARY_ROWS = "words.npy"
POSITIONS = "positions.npy"
TOKENIZER = "tokenizer.json"
LANGUAGES = "languages.npy"
SHA256 = {
    GRAPH: "90d7c1d4ef5821482c24ec63e0b3b6b1cdc8a9b59e9539ff5126d11a0ba90489",
    VOCABULARY_ROWS: "739e0a306a512aa67b5095253f5ade231d8243acd2e6ac812421182e29ef83c0",
    POSITIONS: "e226f2718d865eff9d8b313fdf03e72492374015e8df84e63d06ec6039950b6a",
    TOKENIZER: "578ee91eda94362007e9dbbb9f2bee0ea1a6ce88b53af9513d646add49522a74",
    LANGUAGES: "98295d8d382700641d6c1c5e77627a7281f07f48c309a1fd7eda4dcce0b12f96",
}
"""Of each file, as `index.encoder.make_model` prints them."""


def check_model() -> str:
    """Compare the model's files with their hashes; return what was checked.

    The value names files, sizes and times of change, so that a caller who keeps it can tell
    when there is something new to check. Raises `StateError` when a file differs or is gone.
    """
    for name, wanted in SHA256.items():
        try:
            with (MODEL_FOLDER / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise StateError(
                f"The file {name!r} of the embedding model cannot be read: {error.strerror}.",
                remedy="Install the assistant again.",
            ) from error
        if found != wanted:
            raise StateError(
                f"The file {name!r} of the embedding model has the SHA-256 {found}, not {wanted}.",
                remedy="Install the assistant again.",
            )
    return model_mark()


def model_mark() -> str:
    """What `check_model` returns, without reading the files."""
    marks = []
    for name in SHA256:
        file = MODEL_FOLDER / name
        if file.exists():
            status = file.stat()
            marks.append(f"{name}:{status.st_size}:{status.st_mtime_ns}")
    return " ".join(marks)
