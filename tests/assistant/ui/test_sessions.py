"""What is remembered of pages that were opened, in Gradio's own app."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from gradio.routes import App

from assistant.ui.sessions import LEFT_FOR, Sessions, bound_memory

_DRAWN = "<p>What?</p>"


def _answer(question: str, asked: int) -> tuple[object, object, int]:
    return gr.skip(), f"<p>{question}</p>", asked + 1


async def _mounted() -> FastAPI:
    """Made where a loop runs: anywhere else Gradio begins loops of its own and leaves them."""
    with gr.Blocks(analytics_enabled=False) as blocks:
        question, thread, asked = gr.Textbox(), gr.HTML(), gr.State(0)
        question.submit(_answer, [question, asked], [question, thread, asked])
    app = FastAPI()
    gr.mount_gradio_app(app, blocks, path="/", ssr_mode=False)
    return app


@pytest.fixture
def mounted() -> FastAPI:
    """A small page whose one event leaves its question as it is, answers and counts."""
    return asyncio.run(_mounted())


@pytest.fixture
def app(mounted: FastAPI) -> App:
    found = mounted.routes[-1].app  # type: ignore[attr-defined]  # of a mount
    assert isinstance(found, App)
    bound_memory(found)
    return found


@pytest.fixture
def client(mounted: FastAPI, app: App) -> Iterator[TestClient]:  # noqa: ARG001
    with TestClient(mounted) as opened:
        yield opened


def _ask(client: TestClient, session: str) -> None:
    body = {"data": ["What?", None], "fn_index": 0, "session_hash": session}
    assert client.post("/gradio_api/queue/join", json=body).status_code == 200
    read = client.get("/gradio_api/queue/data", params={"session_hash": session})
    assert '"success":true' in read.text


def _opened(sessions: Sessions, *names: str, left: bool = False) -> None:
    for name in names:
        sessions[name].is_closed = left


def test_a_session_does_not_grow_with_what_is_asked(client: TestClient, app: App) -> None:
    _ask(client, "a")
    session = app.state_holder["a"]
    before = len(session.blocks_config.blocks)
    for _ in range(5):
        _ask(client, "a")
    assert len(session.blocks_config.blocks) == before
    asked = next(iter(app.get_blocks().fns.values())).inputs[1]
    assert session[asked._id] == 6


def test_a_session_does_not_hold_what_was_drawn(client: TestClient, app: App) -> None:
    _ask(client, "a")
    session = app.state_holder["a"]
    assert session.config_values == {}
    assert _DRAWN not in [
        getattr(one, "value", None) for one in session.blocks_config.blocks.values()
    ]


def test_no_figures_are_kept_about_past_events(client: TestClient, app: App) -> None:
    for _ in range(5):
        _ask(client, "a")
    queue = app.get_blocks()._queue
    assert len(queue.event_analytics) <= 1
    assert queue.cached_event_analytics_summary == {"functions": {}}


def test_pages_that_were_left_are_forgotten_beyond_their_bound(app: App) -> None:
    sessions = Sessions(app, left_pages=2)
    _opened(sessions, "open")
    _opened(sessions, "a", "b", "c", left=True)
    _opened(sessions, "new")
    assert list(sessions.session_data) == ["open", "b", "c", "new"]
    assert sessions.time_last_used.keys() == sessions.session_data.keys()


def test_a_page_that_comes_back_is_forgotten_after_those_that_do_not(app: App) -> None:
    sessions = Sessions(app, left_pages=2)
    _opened(sessions, "a", "b", "c", left=True)
    kept = sessions["b"]
    _opened(sessions, "d", left=True)
    _opened(sessions, "new")
    assert list(sessions.session_data) == ["b", "d", "new"]
    assert sessions["b"] is kept


def test_an_open_page_is_forgotten_only_beyond_the_bound_of_all(app: App) -> None:
    sessions = Sessions(app, left_pages=2, pages=3)
    _opened(sessions, "a", "b", "c")
    assert len(sessions.session_data) == 3
    _opened(sessions, "d")
    assert list(sessions.session_data) == ["b", "c", "d"]


def test_a_page_that_was_left_long_ago_is_forgotten_by_itself(app: App) -> None:
    sessions = Sessions(app)
    _opened(sessions, "open")
    _opened(sessions, "lately", "long ago", left=True)
    long_ago = datetime.now() - LEFT_FOR - timedelta(seconds=1)
    sessions.time_last_used |= {"open": long_ago, "long ago": long_ago}
    sessions.delete_all_expired_state()
    assert list(sessions.session_data) == ["open", "lately"]


def test_with_a_page_goes_what_waits_to_be_read_by_it(client: TestClient, app: App) -> None:
    _ask(client, "a")
    queue = app.get_blocks()._queue
    assert "a" in queue.pending_messages_per_session
    assert isinstance(app.state_holder, Sessions)
    _opened(app.state_holder, "a", left=True)
    app.state_holder.time_last_used["a"] = datetime.now() - LEFT_FOR - timedelta(seconds=1)
    app.state_holder.delete_all_expired_state()
    assert "a" not in queue.pending_messages_per_session
    assert "a" not in queue.pending_event_ids_session


def test_what_was_stopped_is_not_remembered(app: App) -> None:
    sessions = Sessions(app)
    app.iterators_to_reset.add("gone")
    sessions.delete_all_expired_state()
    assert app.iterators_to_reset == set()
