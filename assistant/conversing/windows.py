"""One conversation open in several windows of a browser: what one does, no other undoes.

A window shows a copy. Every change is therefore made to the conversation as it is kept,
in one step, and only what the window itself has brought about comes from its copy.
"""

import threading
from collections.abc import Callable

from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore
from sources.errors import UseError


class Windows:
    """What the windows of all visitors share; without a store each has its copy alone."""

    def __init__(self, store: ConversationStore | None) -> None:
        self._store = store
        self._running: dict[str, threading.Event] = {}

    def newest(self, conversation: Conversation, visitor: str) -> Conversation:
        """The conversation as it is kept: another window may have gone on."""
        if self._store is None or not visitor or not conversation.id:
            return conversation
        try:
            return self._store.get(visitor, conversation.id)
        except UseError:
            return conversation

    def edit(
        self,
        conversation: Conversation,
        visitor: str,
        change: Callable[[Conversation], Conversation],
    ) -> Conversation:
        """Make the change to the conversation as it is kept, and keep what comes of it."""
        if self._store is None or not visitor:
            return change(conversation)
        return self._store.change(visitor, conversation, change)

    def show(self, edited: Conversation, conversation: Conversation) -> Conversation:
        """The edited conversation for the window that showed `conversation`.

        A question at work grows in the window that asks it; in any other it stands still.
        """
        if not edited.at_work:
            return edited
        return edited.taking_over(conversation) if conversation.at_work else edited.stopping()

    def begin(self, id: str) -> threading.Event | None:
        """Take the one place at work in the conversation; `None` while it is taken.

        The event is set to stop the work; `end` gives the place back. A conversation without
        an id has only just begun: nobody else is in it.
        """
        stop = threading.Event()
        return stop if not id or self._running.setdefault(id, stop) is stop else None

    def move(self, id: str, stop: threading.Event) -> None:
        """The work goes on in a conversation of this id, and in no other."""
        self.end(stop)
        self._running[id] = stop

    def end(self, stop: threading.Event) -> None:
        """Give back the place of the work that `stop` stops."""
        for id in [one for one, event in list(self._running.items()) if event is stop]:
            self._running.pop(id, None)

    def stop(self, id: str) -> bool:
        """Stop what is at work in the conversation; whether anything was."""
        running = self._running.get(id)
        if running is not None:
            running.set()
        return running is not None
