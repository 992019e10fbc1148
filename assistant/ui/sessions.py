"""What the server remembers of each open page, with an end to it.

Gradio keeps a session for every page that was ever opened: the values of its states, its
components as they were last drawn, and their configuration. It forgets them only beyond ten
thousand, lets each one grow with every event, and keeps figures about the last ten thousand
events, which it sums up anew after each. Here the pages that were left are forgotten, what is
kept of the others is what their handlers need, and nothing is summed up that nobody reads.

It can go once Gradio forgets closed sessions and keeps the id of a component that it updates:
https://github.com/gradio-app/gradio/issues/11602, in part mended by
https://github.com/gradio-app/gradio/pull/13756; the figures are of
https://github.com/gradio-app/gradio/pull/11764.
"""

import sys
from datetime import datetime, timedelta
from typing import Any

from gradio.blocks import Block, Blocks
from gradio.routes import App
from gradio.state_holder import SessionState, StateHolder

LEFT_PAGES = 64
"""So many pages that were left are remembered, for a browser that was only cut off."""
PAGES = 1_000
"""So many are remembered in all: beyond, the one that was used least recently is forgotten."""
LEFT_FOR = timedelta(hours=1)
"""A page that was left is forgotten after this time, as Gradio forgets its values."""


class Session(SessionState):
    """A session that holds its states, and does not grow with every event.

    Gradio keeps beside them how each component was configured and last drawn, to write links
    to a page as it stands, which this page has not: that is most of a session, and the whole
    conversation as HTML. And an update makes a new component with an id of its own, noted
    beside its predecessor when it is next read; with the predecessor's id it takes its place.
    """

    def __init__(self, blocks: Blocks) -> None:
        super().__init__(blocks)
        self.config_values.clear()

    def __setitem__(self, key: int, value: Any) -> None:
        if isinstance(value, Block):
            value._id = key
        super().__setitem__(key, value)
        self.config_values.pop(key, None)

    def _update_config(self, key: int) -> None:
        pass

    def _update_value_in_config(self, key: int, value: Any) -> None:
        pass


class Sessions(StateHolder):
    """The sessions of one app, of which those beyond the bounds are forgotten."""

    def __init__(self, app: App, *, left_pages: int = LEFT_PAGES, pages: int = PAGES) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Gradio's
        self._app = app
        self._left_pages, self._pages = left_pages, pages
        self.set_blocks(app.get_blocks())

    def __getitem__(self, session_id: str) -> SessionState:
        """The session, begun where there is none; what is beyond the bounds is forgotten."""
        with self.lock:
            if session_id not in self.session_data:
                self.session_data[session_id] = Session(self.blocks)
            session = self.session_data[session_id]
            self.session_data.move_to_end(session_id)
            self.time_last_used[session_id] = datetime.now()
            self._forget_beyond_bounds(sparing=session_id)
        return session

    def delete_all_expired_state(self) -> None:
        """Forget the pages that were left long ago; Gradio calls this every second."""
        before = datetime.now() - LEFT_FOR
        with self.lock:
            for session_id in self._left():
                if self.time_last_used[session_id] < before:
                    self._forget(session_id)
            self._forget_beyond_bounds(sparing="")
            self._app.iterators_to_reset.intersection_update(self._app.iterators)

    def _left(self) -> list[str]:
        """Sessions whose page is gone, the one that was used least recently first."""
        return [id for id, session in self.session_data.items() if session.is_closed]

    def _forget_beyond_bounds(self, *, sparing: str) -> None:
        left = [id for id in self._left() if id != sparing]
        for session_id in left[: max(0, len(left) - self._left_pages)]:
            self._forget(session_id)
        while len(self.session_data) > self._pages:
            self._forget(next(iter(self.session_data)))

    def _forget(self, session_id: str) -> None:
        self.session_data.pop(session_id, None)
        self.time_last_used.pop(session_id, None)
        queue = self.blocks._queue
        queue.pending_event_ids_session.pop(session_id, None)
        if session_id in queue.pending_messages_per_session:
            del queue.pending_messages_per_session[session_id]


def bound_memory(app: App) -> None:
    """Let a mounted page remember no more than the bounds of this file."""
    app.state_holder = Sessions(app)
    queue = app.get_blocks()._queue
    queue.ANALYTICS_MAX_EVENTS = 1
    queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize  # spelled so by Gradio
