"""Conversations that could not be kept: they go on in memory, and the page says so.

On a full disk, or in a library that may only be read, asking works and keeping does not. What
was asked meanwhile is kept with the next change that can be.
"""

import threading
from collections import OrderedDict

from assistant.conversing.conversation import Conversation
from sources.errors import FullDiskError, ReadOnlyError

MOST_HELD = 200
"""Conversations held in memory; of more, the one longest untouched lives on its page alone."""

READ_ONLY = "This conversation is not kept: the library is read-only."
FULL = "This conversation is not kept: the library's disk is full. Make room on it to keep it."


class Unkept:
    """What the last failures to keep conversations left in memory, by visitor and id."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str], Conversation] = OrderedDict()
        self._lock = threading.Lock()
        self.reason: str | None = None
        """Why the last change was not kept, in plain words; `None` when it was."""

    def get(self, visitor: str, id: str) -> Conversation | None:
        """The conversation as it was last changed, where that could not be kept."""
        with self._lock:
            return self._held.get((visitor, id))

    def hold(self, visitor: str, conversation: Conversation, error: ReadOnlyError) -> None:
        """Go on with the conversation in memory."""
        with self._lock:
            self.reason = FULL if isinstance(error, FullDiskError) else READ_ONLY
            self._held[visitor, conversation.id] = conversation
            self._held.move_to_end((visitor, conversation.id))
            while len(self._held) > MOST_HELD:
                self._held.popitem(last=False)

    def let_go(self, visitor: str, id: str) -> None:
        """The conversation is kept, or gone."""
        with self._lock:
            self.reason = None
            self._held.pop((visitor, id), None)
