"""A library that the version before made is moved to another model, and nothing in it is lost."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.briefing.briefings import Briefing
from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore
from assistant.settings import read_settings
from assistant.wiring import make_assistant, make_catalogue, make_editor, make_library
from index.encoder.files import BUNDLED, MULTILINGUAL
from index.library import IN_USE, index_folder, models_of
from sources.catalogue import Catalogue
from sources.database import FILE_NAME
from tests.assistant.cli.conftest import Run

Runner = Callable[..., Run]
EARLIER = f"{BUNDLED}, an earlier cutting, earlier vectors"
QUESTION = "What did the harbour master name as the main obstacle?"


@pytest.fixture
def home(run: Runner, tmp_path: Path) -> Path:
    """A library with all that one can hold, as an earlier version has left it."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "harbour.txt").write_text("The harbour master named ice as the main obstacle.")
    (texts / "grain.txt").write_text("The grain corridor reopened after nine weeks of talks.")
    (texts / "gone.txt").write_text("The lighthouse keeper retired after forty years.")
    mission = "Наглядова місія почне роботу в січні на всій лінії розмежування."
    (texts / "mission.txt").write_text(mission, "utf-8")
    run("sources", "sync", texts)
    run("sources", "reindex", "--embedder", BUNDLED)
    with closing(make_library(read_settings())) as library:
        answer = make_assistant(read_settings(), library=library).ask(QUESTION)
        assert answer.citations
        editor = make_editor(read_settings(), catalogue=library.catalogue)
        editor.new("Harbours", name="harbours")
        editor.pin_answer("harbours", answer)
        talks = ConversationStore(tmp_path / "home" / FILE_NAME)
        talks.keep("ann", Conversation(id="talk").asking(QUESTION).answering(answer))
        talks.close()
    (texts / "harbour.txt").write_text("The harbour master named fog as the main obstacle.")
    run("sources", "sync", texts)
    run("sources", "edit", "grain", "--publisher", "Harbour Post", "--tags", "grain,talks")
    run("sources", "remove", "gone")
    home = tmp_path / "home"
    with closing(Catalogue(home / FILE_NAME)) as catalogue:
        made_now = catalogue.note(IN_USE) or ""
    index_folder(home, made_now).rename(index_folder(home, EARLIER))
    with closing(sqlite3.connect(home / FILE_NAME)) as file, file:
        file.execute("UPDATE note SET value = ? WHERE name = ?", (EARLIER, IN_USE))
        file.execute("UPDATE indexed SET fingerprint = ?", (EARLIER,))
    return home


def _held(home: Path) -> tuple[object, ...]:
    """Everything but the index: sources with cards, texts, versions, talks and briefings."""
    with closing(make_catalogue(read_settings())) as catalogue:
        entries = (*catalogue.entries(), *catalogue.entries(state="removed"))
        sources = [(one.source, one.state) for one in entries]
        slugs = [one.source.slug for one in entries if one.state == "ready"]
        texts = [catalogue.text(slug) for slug in slugs]
        versions = [catalogue.versions(slug) for slug in slugs]
        editor = make_editor(read_settings(), catalogue=catalogue)
        briefings = [editor.store.get(one.name) for one in editor.store.briefings()]
    talks = ConversationStore(home / FILE_NAME)
    kept = talks.every()
    talks.close()
    return sources, texts, versions, briefings, kept


def _briefing() -> Briefing:
    with closing(make_catalogue(read_settings())) as catalogue:
        return make_editor(read_settings(), catalogue=catalogue).store.get("harbours")


def test_a_library_of_the_version_before_is_moved_to_another_model_with_nothing_lost(
    run: Runner, home: Path
) -> None:
    refused = run("ask", QUESTION)
    assert refused.code == 1
    assert "assistant sources reindex" in " ".join(refused.err.split())
    before = _held(home)
    assert all(before)
    assert run("sources", "reindex", "--embedder", MULTILINGUAL).out == "3 sources indexed anew.\n"
    assert _held(home) == before
    assert models_of(home) == (MULTILINGUAL, None)
    assert run("doctor").code == 0

    said = run("ask", QUESTION, "--json").lines[0]
    assert [one["quote"] for one in said["citations"]] == [
        "The harbour master named fog as the main obstacle."
    ]
    abroad = run("ask", "When will the monitoring mission begin its work?", "--json").lines[0]
    assert [*abroad["citations"], *abroad["related"]][0]["source"] == "mission"
    assert run("ask", "What reopened?", "--publisher", "Harbour Post", "--json").lines[0][
        "citations"
    ]

    ((pinned,),) = [line.evidence for line in _briefing().lines if line.evidence]
    quote = pinned.quote
    shown = run("sources", "show", quote.source, "--text", "--version", pinned.sha256[:12]).out
    assert shown[quote.span.start : quote.span.end] == quote.words

    assert run("sources", "restore", "gone").code == 0
    kept = run("ask", "Who retired after forty years?", "--json").lines[0]
    assert [one["source"] for one in kept["citations"]] == ["gone"]
