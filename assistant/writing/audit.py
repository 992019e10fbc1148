"""One line for everything that was sent to a chat model: when, where, how much, and hashes.

The words themselves are written down only where the settings ask for it. The lines of a day
also say how many tokens that day has used, which is what the daily cap is held against.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.writing.chat_model import Message
from sources.errors import StateError


@dataclass(frozen=True, slots=True)
class Audit:
    """The lines in `folder`, one file a day (UTC)."""

    folder: Path
    keeps_words: bool = False

    def tokens_today(self) -> int:
        """Tokens sent and received today, as far as they were written down."""
        try:
            lines = self._file().read_text("utf-8").splitlines()
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise self._unusable(error) from error
        return sum(int(json.loads(line)["tokens"]) for line in lines if line.strip())

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
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._file().open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise self._unusable(error) from error

    def _file(self) -> Path:
        return self.folder / f"{datetime.now(UTC):%Y-%m-%d}.jsonl"

    def _unusable(self, error: OSError) -> StateError:
        return StateError(
            f"The audit folder {str(self.folder)!r} cannot be used: {error.strerror}.",
            remedy="Set ASSISTANT_AUDIT to a folder that can be written.",
        )
