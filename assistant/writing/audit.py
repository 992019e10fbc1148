"""One line for everything that was sent to a chat model: when, where, how much, and hashes.

The words themselves are written down only where the settings ask for it. The lines of a day
also say how many tokens that day has used, which is what the daily cap is held against.
"""

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from assistant.writing.chat_model import Message
from sources.errors import StateError
from sources.rights import make_private

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Audit:
    """The lines in `folder`, one file a day (UTC)."""

    folder: Path
    keeps_words: bool = False

    def tokens_today(self) -> int:
        """Tokens sent and received today, as far as they were written down.

        A line that was cut short by a crash counts nothing, and is told of once.
        """
        try:
            lines = self._file().read_text("utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise self._unusable(error) from error
        counts = [_tokens_of(line) for line in lines if line.strip()]
        unread = counts.count(None)
        if unread:
            _tell_unread(self._file(), unread)
        return sum(count for count in counts if count is not None)

    def note(
        self, messages: Sequence[Message], *, model: str, where: str, tokens: int, outcome: str
    ) -> None:
        """Write down one request that was made."""
        line: dict[str, object] = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "model": model,
            "where": where,
            "tokens": tokens,
            "outcome": outcome,
            "characters": sum(len(one.words) for one in messages),
            "sha256": [hashlib.sha256(one.words.encode()).hexdigest() for one in messages],
        }
        if self.keeps_words:
            line["words"] = [one.words for one in messages]
        try:
            make_private(self.folder)
            written = json.dumps(line, ensure_ascii=False) + "\n"
            with self._file().open("a+b") as file:
                file.write(b"\n" * _ends_half_way(file) + written.encode())
        except OSError as error:
            raise self._unusable(error) from error

    def _file(self) -> Path:
        return self.folder / f"{datetime.now(UTC):%Y-%m-%d}.jsonl"

    def _unusable(self, error: OSError) -> StateError:
        return StateError(
            f"The audit folder {str(self.folder)!r} cannot be used: {error.strerror}.",
            remedy="Set ASSISTANT_AUDIT to a folder that can be written.",
        )


def _tokens_of(line: str) -> int | None:
    try:
        return int(json.loads(line)["tokens"])
    except (ValueError, TypeError, LookupError):
        return None


@lru_cache(maxsize=1)
def _tell_unread(file: Path, lines: int) -> None:
    _log.warning("Lines of %s that cannot be read, and count no tokens: %d", file, lines)


def _ends_half_way(file: BinaryIO) -> bool:
    """Whether the last line was cut short: what comes next must not be lost with it."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"
