import io
from collections.abc import Callable
from pathlib import Path

import gradio as gr
import pytest
from fastapi import Request

from assistant.ui.door.rules import Limits
from assistant.ui.door.uploads import Uploads
from assistant.ui.library_events import LibraryEvents
from assistant.ui.uploads_folder import uploads_folder
from index.library import Library
from sources.catalogue import Catalogue
from sources.entries import Arrival
from sources.listing import Wanted

VISITOR = "a" * 32
BROWSER = gr.Request(
    Request({"type": "http", "headers": [(b"cookie", f"visitor={VISITOR}".encode())]})
)


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", Limits())


@pytest.fixture
def library_events(library_of: Callable[..., Library], uploads: Uploads) -> LibraryEvents:
    return LibraryEvents(
        library_of(
            alpha="---\ntitle: Alpha <b>\npublisher: Agence\n---\nOne sentence.",
            beta="---\ntitle: Beta\n---\nAnother sentence.",
        ),
        uploads,
    )


def event(**fields: object) -> gr.EventData:
    return gr.EventData(None, fields)


def send(uploads: Uploads, name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "sent": uploads.keep(VISITOR, name, io.BytesIO(content))}


def test_sent_files_are_added_told_of_and_do_not_linger(
    library_events: LibraryEvents, uploads: Uploads
) -> None:
    files = [
        send(uploads, "new.txt", b"A new text."),
        send(uploads, "broken.pdf", b"not a pdf"),
        {"name": "huge.txt", "problem": "It is larger than 64 MB."},
    ]
    library_events.take(event(files=files), BROWSER)
    line, table = list(library_events.follow())[-1], library_events.table(Wanted())
    assert "3 of 3" in str(line)
    assert "It is larger than 64 MB." in str(line)
    assert str(line).count("refused</span>") == 2
    assert "New" in str(table) or "new" in str(table)
    assert list(uploads.folder.iterdir()) == []


def test_no_file_is_taken_but_by_the_name_that_its_visitor_was_given(
    library_events: LibraryEvents, uploads: Uploads, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret of this machine.")
    theirs = uploads.keep("b" * 32, "theirs.txt", io.BytesIO(b"The words of somebody else."))
    paths = [str(secret), str(uploads.folder / ".." / ".." / "secret.txt"), "\0", 7, theirs]
    library_events.take(event(files=[{"name": "x.txt", "sent": path} for path in paths]), BROWSER)
    line, table = list(library_events.follow())[-1], library_events.table(Wanted())
    assert str(line).count("It did not arrive whole.") == len(paths)
    assert "2</strong> sources" in str(table)
    assert secret.exists()
    assert uploads.path_of(theirs, "b" * 32) is not None


def test_an_edit_that_cannot_be_keeps_what_was_typed_and_says_why(
    library_events: LibraryEvents,
) -> None:
    card, table, _ = library_events.save(
        Wanted(), event(slug="beta", title="Beta, corrected", published="yesterday")
    )
    assert "not a day" in str(card)
    assert 'value="Beta, corrected"' in str(card)
    assert table == gr.skip()


def test_an_address_that_would_run_something_is_refused_and_what_was_typed_stays(
    library_events: LibraryEvents,
) -> None:
    card, table, _ = library_events.save(
        Wanted(), event(slug="beta", title="Beta, corrected", url="javascript:alert(1)")
    )
    assert "only http, https and mailto are linked to" in str(card)
    assert "Give one that begins with https://." in str(card)
    assert 'value="Beta, corrected"' in str(card)
    assert table == gr.skip()
    assert library_events._catalogue.source("beta").card.url is None


def test_a_card_leads_to_the_file_it_was_read_from(library_events: LibraryEvents) -> None:
    assert 'href="originals/beta" download' in library_events.edit(event(slug="beta"))


def test_a_saved_card_is_in_the_table(library_events: LibraryEvents) -> None:
    card, table, notice = library_events.save(
        Wanted(), event(slug="beta", title="Better", published="2025-12-22", tags="a, b")
    )
    assert card == ""
    assert "Better" in str(table)
    assert "22 December 2025" in str(table)
    assert "is saved" in str(notice)


def test_a_removed_source_can_be_taken_back_until_it_is_forgotten(
    library_events: LibraryEvents,
) -> None:
    table, notice = library_events.remove(Wanted(), event(slug="beta"))
    assert "1</strong> source" in str(table)
    assert 'data-restore="beta"' in str(notice)
    table, _ = library_events.restore(Wanted(), event(slug="beta"))
    assert "2</strong> sources" in str(table)
    library_events.remove(Wanted(), event(slug="beta"))
    library_events.clean_up(Wanted())
    _, notice = library_events.restore(Wanted(), event(slug="beta"))
    assert "No removed source" in str(notice)


def test_what_a_visitor_sends_as_a_filter_is_checked(library_events: LibraryEvents) -> None:
    wanted, _ = library_events.look(
        Wanted(), event(by="; DROP TABLE source", page=-3, publisher="Agence", descending="x")
    )
    assert wanted == Wanted(publisher="Agence")
    wanted, _ = library_events.look(wanted, event(publisher="", show="removed", by="title", page=2))
    assert wanted == Wanted(state="removed", by="title", page=2)


def test_a_title_is_words_and_never_markup(library_events: LibraryEvents) -> None:
    _, table = library_events.look(Wanted(), event())
    assert "Alpha &lt;b&gt;" in table
    assert "<b>" not in table


def test_a_library_that_another_process_changes_says_what_to_do(
    library_events: LibraryEvents,
) -> None:
    with library_events._catalogue.changing_alone():
        _, notice = library_events.remove(Wanted(), event(slug="beta"))
    assert "Another process is changing this library." in str(notice)
    assert "Wait until it has finished" in str(notice)


def test_an_empty_library_shows_the_way_in(library: Library, tmp_path: Path) -> None:
    _, table = LibraryEvents(library, Uploads(tmp_path, Limits())).show(Wanted())
    assert "The library is empty" in table


def test_a_second_server_leaves_what_was_sent_to_the_first(library: Library) -> None:
    with uploads_folder(library) as first, uploads_folder(library) as second:
        assert first != second
        kept = Uploads(first, Limits()).keep(VISITOR, "new.txt", io.BytesIO(b"A new text."))
        assert kept
        assert [file.name for file in first.rglob("*.txt")] == ["new.txt"]


def test_what_a_server_that_is_gone_left_behind_goes_with_the_next(library: Library) -> None:
    left = library.home / "arriving" / "1234" / "sent" / "old.txt"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"An old text.")
    with uploads_folder(library):
        assert not left.exists()
        assert not (library.home / "arriving" / "1234").exists()


def test_a_server_that_ends_leaves_neither_files_nor_locks(library: Library) -> None:
    with uploads_folder(library) as folder:
        Uploads(folder, Limits()).keep(VISITOR, "new.txt", io.BytesIO(b"A new text."))
    assert list((library.home / "arriving").iterdir()) == []


def test_what_waits_for_another_process_is_told_and_can_be_given_up(
    library_events: LibraryEvents, uploads: Uploads
) -> None:
    with library_events._catalogue.changing_alone():
        library_events.take(event(files=[send(uploads, "new.txt", b"A new text.")]), BROWSER)
        line = list(library_events.follow())[-1]
    assert "0 of 1</strong> · 1 waiting" in line
    assert ">Give up</button>" in line
    assert ">Clear</button>" not in line
    assert ">Clear</button>" in library_events.stop()
    assert list(uploads.folder.iterdir()) == []


def test_the_table_says_how_many_sources_an_earlier_version_read(
    library_events: LibraryEvents, library_of: Callable[..., Library]
) -> None:
    assert "earlier version" not in library_events.table(Wanted())
    catalogue = library_of().catalogue
    slug = catalogue.entries()[0].source.slug
    catalogue.register.take_card_of(Arrival(catalogue.source(slug), catalogue.text(slug), "", 0))
    assert "1 source was read by an earlier version" in library_events.table(Wanted())


def _as_read_earlier(catalogue: Catalogue, slug: str) -> None:
    source = catalogue.source(slug)
    catalogue.register.take_card_of(Arrival(source, catalogue.text(slug), "", 0))


def test_what_an_earlier_version_read_is_read_again_at_a_button(
    library_events: LibraryEvents, library_of: Callable[..., Library]
) -> None:
    catalogue = library_of().catalogue
    slug = catalogue.entries()[0].source.slug
    _as_read_earlier(catalogue, slug)
    assert "data-reread" in library_events.table(Wanted())
    *told, (table, _) = library_events.reread(Wanted())
    assert "1 source read again." in str(told[-1][1])
    assert "data-reread" not in str(table)
    assert "Every source was read" in str(list(library_events.reread(Wanted()))[-2][1])


def test_what_cannot_be_read_again_stays_and_says_why(
    library_events: LibraryEvents,
    library_of: Callable[..., Library],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogue = library_of().catalogue
    slug = catalogue.entries()[0].source.slug
    _as_read_earlier(catalogue, slug)
    before = catalogue.text(slug)
    monkeypatch.setattr(type(catalogue.originals), "of", lambda *_: None)
    monkeypatch.setattr("index.rereading.path_of", lambda _: None)
    *told, (table, _) = library_events.reread(Wanted())
    assert "0 sources read again. 1 stayed as it was" in str(told[-1][1])
    assert "data-reread" in str(table)
    assert catalogue.text(slug) == before


def test_a_phone_is_given_short_pages_and_no_page_any_length(
    library_events: LibraryEvents,
) -> None:
    wanted, _ = library_events.look(Wanted(), event(size=10))
    assert wanted.page_size == 10
    wanted, _ = library_events.look(wanted, event(size=1_000_000))
    assert wanted.page_size == 10
