"""What the list of conversations does: find, open, rename, delete, bring back, export."""

import gradio as gr
from fastapi import FastAPI, HTTPException, Request, Response

from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore
from assistant.export.conversations import conversation_as_json, conversation_as_markdown
from assistant.ui.readings import Bookmark, field_of
from assistant.ui.rendering import render_talks
from assistant.ui.serving import visitor_in, visitor_of
from assistant.ui.visits import Visits
from sources.errors import UseError
from sources.reading import make_slug


class Talks:
    """The list's handlers over the conversations that `visits` keeps."""

    def __init__(self, visits: Visits, store: ConversationStore) -> None:
        self._visits = visits
        self._store = store

    def found(self, search: str, conversation: Conversation, request: gr.Request) -> str:
        """The visitor's conversations that hold the words."""
        kept = self._store.listed(visitor_of(request), search=search)
        return render_talks(kept, current=conversation.id, search=search.strip())

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
        title = field_of(event, "title")
        if isinstance(title, str) and title.strip():
            self._store.rename(visitor_of(request), _id(event), title)
        return self.found(search, conversation, request)

    def remove(
        self, search: str, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[object, ...]:
        """The list without one conversation, with the way back; it leaves the page too."""
        visitor, gone = visitor_of(request), _id(event)
        removed = next((kept for kept in self._store.listed(visitor) if kept.id == gone), None)
        if removed is None:
            return gr.skip(), gr.skip(), gr.skip()
        self._store.remove(visitor, gone)
        kept = self._store.listed(visitor, search=search)
        listed = render_talks(kept, current=conversation.id, search=search, removed=removed)
        if conversation.id != gone:
            return listed, gr.skip(), gr.skip()
        return listed, Conversation(), self._visits.thread(Conversation())

    def restore(
        self, search: str, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> str:
        """The list with a deleted conversation again."""
        self._store.restore(visitor_of(request), _id(event))
        return self.found(search, conversation, request)

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


def _id(event: gr.EventData) -> str:
    found = field_of(event, "id")
    return found if isinstance(found, str) else ""
