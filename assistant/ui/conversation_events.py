"""What the list of conversations does: find, open, rename, delete, bring back, export."""

from collections.abc import Callable

import gradio as gr
from fastapi import FastAPI, HTTPException, Request, Response

from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore, Kept
from assistant.export.conversations import conversation_as_json, conversation_as_markdown
from assistant.ui.chat_events import ChatEvents
from assistant.ui.event_fields import field_of
from assistant.ui.readings import Bookmark
from assistant.ui.rendering import render_conversations
from assistant.ui.visitors import visitor_in, visitor_of
from sources.errors import AssistantError, UseError
from sources.reading import make_slug


class ConversationEvents:
    """The list's handlers over the conversations that `events` keeps."""

    def __init__(self, events: ChatEvents, store: ConversationStore) -> None:
        self._visits = events
        self._store = store

    def found(self, search: str, conversation: Conversation, request: gr.Request) -> str:
        """The visitor's conversations that hold the words."""
        return self._listed(visitor_of(request), search, conversation)

    def show(
        self, bookmark: Bookmark, event: gr.EventData, request: gr.Request
    ) -> tuple[object, ...]:
        """Another conversation on the page, and the reader closed."""
        try:
            conversation = self._store.get(visitor_of(request), _id(event))
        except UseError:
            return gr.skip(), gr.skip(), gr.skip()
        return conversation, self._visits.thread(conversation), self._visits.shut(bookmark)

    def rename(
        self, search: str, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> str:
        """The list with one conversation called something else."""
        title, visitor = field_of(event, "title"), visitor_of(request)
        if not isinstance(title, str) or not title.strip():
            return self._listed(visitor, search, conversation)
        failure = _failure_of(lambda: self._store.rename(visitor, _id(event), title))
        return self._listed(visitor, search, conversation, failure=failure)

    def remove(
        self, search: str, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[object, ...]:
        """The list without one conversation, with the way back; it leaves the page too."""
        visitor, gone = visitor_of(request), _id(event)
        removed: list[Kept] = []

        def remove() -> None:
            removed.extend(kept for kept in self._store.listed(visitor) if kept.id == gone)
            self._store.remove(visitor, gone)

        if failure := _failure_of(remove):
            listed = self._listed(visitor, search, conversation, failure=failure)
            return listed, gr.skip(), gr.skip()
        listed = self._listed(visitor, search, conversation, removed=next(iter(removed), None))
        if conversation.id != gone:
            return listed, gr.skip(), gr.skip()
        return listed, Conversation(), self._visits.thread(Conversation())

    def restore(
        self, search: str, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> str:
        """The list with a deleted conversation again."""
        visitor = visitor_of(request)
        failure = _failure_of(lambda: self._store.restore(visitor, _id(event)))
        return self._listed(visitor, search, conversation, failure=failure)

    def _listed(
        self,
        visitor: str,
        search: str,
        conversation: Conversation,
        *,
        removed: Kept | None = None,
        failure: AssistantError | None = None,
    ) -> str:
        """The list, and below its head what was just deleted, or why nothing was done."""
        try:
            kept = self._store.listed(visitor, search=search)
        except AssistantError as error:
            kept, failure = (), error
        return render_conversations(
            kept, current=conversation.id, search=search.strip(), removed=removed, failure=failure
        )

    def add_downloads(self, app: FastAPI) -> None:
        """Serve each visitor's conversations as files to that visitor alone."""

        def download(id: str, kind: str, request: Request) -> Response:
            visitor = visitor_in(request.cookies)
            try:
                conversation = self._store.get(visitor, id)
                title = self._store.title(visitor, id)
            except UseError as error:
                raise HTTPException(404, error.problem) from error
            write, media = _FILES[kind]
            name = make_slug(title)[:60] or "conversation"
            return Response(
                write(title, conversation),
                media_type=media,
                headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
            )

        @app.get("/conversations/{id}.md")
        def markdown(id: str, request: Request) -> Response:
            return download(id, "md", request)

        @app.get("/conversations/{id}.json")
        def json(id: str, request: Request) -> Response:
            return download(id, "json", request)


_FILES = {
    "md": (conversation_as_markdown, "text/markdown; charset=utf-8"),
    "json": (conversation_as_json, "application/json"),
}


def _failure_of(change: Callable[[], None]) -> AssistantError | None:
    """Why the change could not be made; `None` when it was."""
    try:
        change()
    except AssistantError as error:
        return error
    return None


def _id(event: gr.EventData) -> str:
    found = field_of(event, "id")
    return found if isinstance(found, str) else ""
