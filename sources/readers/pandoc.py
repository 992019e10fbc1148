"""Pandoc for reading: a document in, pandoc's tree of it out.

Pandoc runs as a program of its own, which reaches no file and no network (``--sandbox``, the
document comes on its standard input), may use so much memory and so much time, and writes
nothing. The tree is pandoc's JSON form (https://hackage.haskell.org/package/pandoc-types).
"""

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sources.errors import UnreadableFileError

Node = Mapping[str, Any]
"""A block or an inline: ``t`` says what it is, ``c`` what is in it."""

SECONDS = 40
"""Less than a file may take in all, so that pandoc never outlives what waits for it."""
MEMORY_MB = 700
_HEAP_EXHAUSTED = 251
"""The exit code of a Haskell program whose heap reached its limit."""


class Tree(NamedTuple):
    """A document as pandoc reads it."""

    blocks: Sequence[Node]
    meta: Mapping[str, Node]


def read_tree(raw: bytes, *, source_format: str, name: str, seconds: float = SECONDS) -> Tree:
    """The tree of a document in one of pandoc's formats.

    Raises `UnreadableFileError` when pandoc cannot read it, or not within the limits.
    """
    command = [_program(), "--sandbox", "--from", source_format, "--to", "json"]
    command += ["+RTS", f"-M{MEMORY_MB}m", "-RTS"]
    try:
        done = subprocess.run(
            command,
            input=raw,
            capture_output=True,
            timeout=seconds,
            preexec_fn=_limits(seconds),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name, f"more than {seconds:g} seconds") from error
    except OSError as error:
        raise UnreadableFileError(
            f"{name!r} cannot be read: pandoc does not start ({error.strerror or error}).",
            remedy="Run `pip install --force-reinstall pypandoc_binary`, then try again.",
        ) from error
    if done.returncode == _HEAP_EXHAUSTED:
        raise _too_much(name, "too much memory")
    if done.returncode < 0:
        raise _too_much(name, "too much time or memory")
    try:
        tree = json.loads(done.stdout) if done.returncode == 0 else None
    except (ValueError, RecursionError) as error:
        raise _damaged(name) from error
    if tree is None:
        raise _damaged(name)
    return Tree(tree["blocks"], tree["meta"])


def _program() -> str:
    import pypandoc

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise UnreadableFileError(
            "Documents of this kind are read by pandoc, which is not installed.",
            remedy="Run `pip install --force-reinstall pypandoc_binary`, then try again.",
        ) from error


def _limits(seconds: float) -> Callable[[], None] | None:
    """What limits the new process before pandoc begins; `None` on Windows."""
    if os.name != "posix":
        return None
    import resource

    limits = (
        # Of its own, since whoever waits for it may be stopped first.
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )

    def limit() -> None:
        for what, most in limits:
            resource.setrlimit(what, (most, most))

    return limit


def _too_much(name: str, what: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"Reading {name!r} took {what} and was stopped.",
        remedy="Split it, or save its words as plain text.",
    )


def _damaged(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name!r} is damaged, or not what its name says.",
        remedy="Open it in the program that made it, and save it anew.",
    )
