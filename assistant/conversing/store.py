"""Conversations kept in the library's file, each visible to the one who had it.

A visitor is a name that cannot be guessed: the page gives one to every browser. What is
deleted can be brought back for `UNDO_S` seconds; after that it is gone from the disk.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from assistant.answers import Mode
from assistant.conversing.conversation import Conversation
from assistant.conversing.unkept import FULL, READ_ONLY, Unkept
from sources.database import Database
from sources.errors import FullDiskError, ReadOnlyError, UseError
from sources.writable import is_full

if TYPE_CHECKING:
    from pydantic import TypeAdapter

UNDO_S = 3600
MAX_TITLE_CHARS = 120

_MIGRATIONS = (
    """
CREATE TABLE conversation (
    id      TEXT PRIMARY KEY,
    visitor TEXT NOT NULL,
    title   TEXT NOT NULL,
    begun   TEXT NOT NULL,
    changed TEXT NOT NULL,
    removed TEXT,
    words   TEXT NOT NULL,
    content TEXT NOT NULL
);
CREATE INDEX conversation_visitor ON conversation (visitor, changed);
""",
    """
CREATE TABLE chosen_mode (
    visitor TEXT PRIMARY KEY,
    mode    TEXT NOT NULL
);
""",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation in the list of conversations."""

    id: str
    title: str
    questions: int
    changed: datetime
    """UTC."""


class ConversationStore:
    """The conversations of one library."""

    def __init__(self, path: Path) -> None:
        """Open the library's file at `path`."""
        self._database = Database(path, room="conversations", migrations=_MIGRATIONS)
        self._unkept = Unkept()

    @property
    def unkept(self) -> str | None:
        """Why conversations are not kept just now, in plain words; `None` while they are."""
        if self._database.is_read_only:
            return FULL if is_full(self._database.path.parent) else READ_ONLY
        return self._unkept.reason

    def keep(self, visitor: str, conversation: Conversation) -> None:
        """Keep the conversation as it is now, under its first question unless it was renamed.

        `UseError` when another visitor has one of that id. Where the library may only be read
        or its disk is full, nothing is kept, and `unkept` says so.
        """
        self.change(visitor, conversation, lambda _kept: conversation)

    def change(
        self,
        visitor: str,
        conversation: Conversation,
        edit: Callable[[Conversation], Conversation],
    ) -> Conversation:
        """What `edit` makes of the conversation as it is kept, kept in the same transaction.

        `conversation` is what is edited where none of its id is kept. One without an id is
        not kept. Raises and keeps like `keep`.
        """
        if self._database.is_read_only:
            with self._database.reading() as connection:
                return edit(_kept(connection, visitor, conversation.id) or conversation)
        held = self._unkept.get(visitor, conversation.id)
        try:
            with self._database.changing() as connection:
                edited = edit(held or _kept(connection, visitor, conversation.id) or conversation)
                if edited.id:
                    _put(connection, visitor, edited)
        except ReadOnlyError as error:
            with self._database.reading() as connection:
                edited = edit(held or _kept(connection, visitor, conversation.id) or conversation)
            if edited.id:
                self._unkept.hold(visitor, edited, error)
            return edited
        self._unkept.let_go(visitor, conversation.id)
        return edited

    def get(self, visitor: str, id: str) -> Conversation:
        """The visitor's conversation of that id; `UseError` when there is none."""
        held = self._unkept.get(visitor, id)
        if held is not None:
            return held.stopping()
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT content FROM conversation WHERE visitor = ? AND id = ? AND removed IS NULL",
                (visitor, id),
            ).fetchone()
        if row is None:
            raise _no_conversation()
        return from_json(row[0])

    def every(self) -> tuple[Conversation, ...]:
        """All conversations of all visitors, the oldest first, for the keeper of the library."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT content FROM conversation WHERE removed IS NULL ORDER BY begun, rowid"
            ).fetchall()
        return tuple(from_json(row[0]) for row in rows)

    def title(self, visitor: str, id: str) -> str:
        """What the conversation is called; `UseError` when there is none."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT title FROM conversation WHERE visitor = ? AND id = ? AND removed IS NULL",
                (visitor, id),
            ).fetchone()
        if row is None:
            raise _no_conversation()
        return str(row[0])

    def listed(self, visitor: str, *, search: str = "") -> tuple[Kept, ...]:
        """The visitor's conversations that hold every word of `search`, newest first."""
        wanted = search.casefold().split()
        holds = " AND instr(words || ' ' || folded(title), ?)" * len(wanted)
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, title, json_array_length(content, '$.exchanges'), changed"
                f" FROM conversation WHERE visitor = ? AND removed IS NULL{holds}"
                " ORDER BY changed DESC, rowid DESC",
                (visitor, *wanted),
            ).fetchall()
        return tuple(
            Kept(id, title, questions, datetime.fromisoformat(changed))
            for id, title, questions, changed in rows
        )

    def rename(self, visitor: str, id: str, title: str) -> None:
        """Call the conversation `title`; `UseError` for a blank one, or none of that id."""
        if not _title(title):
            raise UseError("A conversation needs a name.", remedy="Give it one.")
        self._set(visitor, id, "title = ?", _title(title))

    def remove(self, visitor: str, id: str) -> None:
        """Take the conversation off the list; `restore` brings it back for `UNDO_S` seconds."""
        self.forget_removed()
        self._set(visitor, id, "removed = ?", _now())
        self._unkept.let_go(visitor, id)

    def restore(self, visitor: str, id: str) -> None:
        """Bring a removed conversation back; `UseError` when it is gone for good."""
        self._set(visitor, id, "removed = ?", None)

    def forget_removed(self) -> None:
        """Take from the disk what was removed more than `UNDO_S` seconds ago.

        On a full disk it is left for the next time.
        """
        if self._database.is_read_only:
            return
        before = (datetime.now(UTC) - timedelta(seconds=UNDO_S)).isoformat()
        with suppress(FullDiskError), self._database.changing() as connection:
            connection.execute("DELETE FROM conversation WHERE removed < ?", (before,))

    def mode(self, visitor: str) -> Mode | None:
        """How the visitor chose to be answered; `None` for one who never chose."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT mode FROM chosen_mode WHERE visitor = ?", (visitor,)
            ).fetchone()
        return next((one for one in get_args(Mode) if row and one == row[0]), None)

    def keep_mode(self, visitor: str, mode: Mode) -> None:
        """Keep how the visitor chooses to be answered, where anything can be kept."""
        if self._database.is_read_only:
            return
        with suppress(FullDiskError), self._database.changing() as connection:
            connection.execute("INSERT OR REPLACE INTO chosen_mode VALUES (?, ?)", (visitor, mode))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _set(self, visitor: str, id: str, what: str, value: str | None) -> None:
        with self._database.changing() as connection:
            changed = connection.execute(
                f"UPDATE conversation SET {what} WHERE visitor = ? AND id = ?",
                (value, visitor, id),
            ).rowcount
        if not changed:
            raise _no_conversation()


def as_json(conversation: Conversation) -> str:
    """The conversation as one JSON text; `from_json` is the inverse."""
    return str(_adapter().dump_json(conversation).decode())


def from_json(content: str) -> Conversation:
    """The conversation that `as_json` wrote; one that was at work is a stopped one."""
    return _read(content).stopping()


def _read(content: str) -> Conversation:
    kept: Conversation = _adapter().validate_json(content)
    return kept


def _put(connection: sqlite3.Connection, visitor: str, conversation: Conversation) -> None:
    now = _now()
    title = _title(conversation.exchanges[0].question if conversation.exchanges else "")
    changed = connection.execute(
        "INSERT INTO conversation VALUES (?, ?, ?, ?, ?, NULL, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET changed = excluded.changed, removed = NULL,"
        " words = excluded.words, content = excluded.content"
        " WHERE visitor = excluded.visitor",
        (conversation.id, visitor, title, now, now, _words(conversation), as_json(conversation)),
    ).rowcount
    if not changed:
        raise _no_conversation()


def _kept(connection: sqlite3.Connection, visitor: str, id: str) -> Conversation | None:
    """As it was kept: a question at work is still at work, and it may have been removed."""
    row = connection.execute(
        "SELECT content FROM conversation WHERE visitor = ? AND id = ?", (visitor, id)
    ).fetchone()
    return None if row is None else _read(row[0])


@cache
def _adapter() -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(Conversation)


def _title(words: str) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= MAX_TITLE_CHARS else f"{folded[: MAX_TITLE_CHARS - 1]}…"


def _words(conversation: Conversation) -> str:
    """All that is searched: questions and statements, in one case."""
    words = [exchange.question for exchange in conversation.exchanges]
    words += [
        statement.text
        for exchange in conversation.exchanges
        if exchange.answer
        for statement in exchange.answer.statements
    ]
    return " ".join(words).casefold()


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _no_conversation() -> UseError:
    return UseError(
        "There is no such conversation, or it belongs to another browser.",
        remedy="Choose one from the list, or begin a new one.",
    )
