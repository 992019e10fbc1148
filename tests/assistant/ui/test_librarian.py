import threading
from collections.abc import Callable
from pathlib import Path

import gradio as gr
import pytest

from assistant.ui.librarian import Librarian
from index.library import Library
from sources.listing import Wanted


@pytest.fixture
def librarian(library_of: Callable[..., Library]) -> Librarian:
    return Librarian(
        library_of(
            alpha="---\ntitle: Alpha <b>\npublisher: Agence\n---\nOne sentence.",
            beta="---\ntitle: Beta\n---\nAnother sentence.",
        )
    )


def event(**fields: object) -> gr.EventData:
    return gr.EventData(None, fields)


def send(librarian: Librarian, name: str, content: bytes) -> dict[str, object]:
    folder = librarian.uploads / "sent"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return {"name": name, "sent": str(folder / name)}


def test_sent_files_are_added_told_of_and_do_not_linger(librarian: Librarian) -> None:
    files = [
        send(librarian, "new.txt", b"A new text."),
        send(librarian, "broken.pdf", b"not a pdf"),
        {"name": "huge.txt", "problem": "It is larger than 64 MB."},
    ]
    librarian.take(event(files=files))
    line, table = list(librarian.follow())[-1], librarian.table(Wanted())
    assert "3 of 3" in str(line)
    assert "It is larger than 64 MB." in str(line)
    assert str(line).count("refused</span>") == 2
    assert "New" in str(table) or "new" in str(table)
    assert list(librarian.uploads.iterdir()) == []


def test_a_folder_that_a_file_is_about_to_be_put_in_stays(librarian: Librarian) -> None:
    awaiting = librarian.uploads / "awaiting"
    awaiting.mkdir(parents=True)
    librarian.take(event(files=[send(librarian, "new.txt", b"A new text.")]))
    list(librarian.follow())
    assert list(librarian.uploads.iterdir()) == [awaiting]


def test_a_file_is_taken_only_when_all_of_it_is_there(librarian: Librarian) -> None:
    sent = send(librarian, "new.txt", b"The first half, ")
    file = Path(str(sent["sent"]))
    rest = threading.Timer(0.3, lambda: file.write_bytes(b"The first half, and the second."))
    rest.start()
    librarian.take(event(files=[sent | {"size": 31}]))
    list(librarian.follow())
    rest.join()
    (found,) = librarian._catalogue.listing.find(Wanted(words="new")).entries
    assert librarian._catalogue.text(found.source.slug).content == "The first half, and the second."


def test_no_path_outside_the_folder_of_sent_files_is_read(
    librarian: Librarian, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret of this machine.")
    paths = [str(secret), str(librarian.uploads / ".." / ".." / "secret.txt"), "\0", 7]
    librarian.take(event(files=[{"name": "x.txt", "sent": path} for path in paths]))
    line, table = list(librarian.follow())[-1], librarian.table(Wanted())
    assert str(line).count("It did not arrive whole.") == len(paths)
    assert "2</strong> sources" in str(table)
    assert secret.exists()


def test_an_edit_that_cannot_be_keeps_what_was_typed_and_says_why(librarian: Librarian) -> None:
    card, table, _ = librarian.save(
        Wanted(), event(slug="beta", title="Beta, corrected", published="yesterday")
    )
    assert "not a day" in str(card)
    assert 'value="Beta, corrected"' in str(card)
    assert table == gr.skip()


def test_a_card_leads_to_the_file_it_was_read_from(librarian: Librarian) -> None:
    assert 'href="originals/beta" download' in librarian.edit(event(slug="beta"))


def test_a_saved_card_is_in_the_table(librarian: Librarian) -> None:
    card, table, notice = librarian.save(
        Wanted(), event(slug="beta", title="Better", published="2025-12-22", tags="a, b")
    )
    assert card == ""
    assert "Better" in str(table)
    assert "2025-12-22" in str(table)
    assert "is saved" in str(notice)


def test_a_removed_source_can_be_taken_back_until_it_is_forgotten(librarian: Librarian) -> None:
    table, notice = librarian.remove(Wanted(), event(slug="beta"))
    assert "1</strong> source" in str(table)
    assert 'data-restore="beta"' in str(notice)
    table, _ = librarian.restore(Wanted(), event(slug="beta"))
    assert "2</strong> sources" in str(table)
    librarian.remove(Wanted(), event(slug="beta"))
    librarian.clean_up(Wanted())
    _, notice = librarian.restore(Wanted(), event(slug="beta"))
    assert "No removed source" in str(notice)


def test_what_a_visitor_sends_as_a_filter_is_checked(librarian: Librarian) -> None:
    wanted, _ = librarian.look(
        Wanted(), event(by="; DROP TABLE source", page=-3, publisher="Agence", descending="x")
    )
    assert wanted == Wanted(publisher="Agence")
    wanted, _ = librarian.look(wanted, event(publisher="", show="removed", by="title", page=2))
    assert wanted == Wanted(state="removed", by="title", page=2)


def test_a_title_is_words_and_never_markup(librarian: Librarian) -> None:
    _, table = librarian.look(Wanted(), event())
    assert "Alpha &lt;b&gt;" in table
    assert "<b>" not in table


def test_a_library_that_another_process_changes_says_what_to_do(librarian: Librarian) -> None:
    with librarian._catalogue.changing_alone():
        _, notice = librarian.remove(Wanted(), event(slug="beta"))
    assert "Another process is changing this library." in str(notice)
    assert "Wait until it has finished" in str(notice)


def test_an_empty_library_shows_the_way_in(library: Library) -> None:
    _, table = Librarian(library).show(Wanted())
    assert "The library is empty" in table


def test_a_second_server_leaves_what_was_sent_to_the_first(librarian: Librarian) -> None:
    sent = send(librarian, "new.txt", b"A new text.")
    second = Librarian(librarian._library)
    assert second.uploads != librarian.uploads
    librarian.take(event(files=[sent]))
    list(librarian.follow())
    assert librarian._catalogue.listing.find(Wanted(words="new")).total == 1


def test_what_a_server_that_is_gone_left_behind_goes_with_the_next(library: Library) -> None:
    left = library.home / "arriving" / "1234" / "sent" / "old.txt"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"An old text.")
    Librarian(library)
    assert not left.exists()
    assert not (library.home / "arriving" / "1234").exists()


def test_what_waits_for_another_process_is_told_and_can_be_given_up(librarian: Librarian) -> None:
    with librarian._catalogue.changing_alone():
        librarian.take(event(files=[send(librarian, "new.txt", b"A new text.")]))
        line = list(librarian.follow())[-1]
    assert "0 of 1</strong> · 1 waiting" in line
    assert ">Give up</button>" in line
    assert ">Clear</button>" not in line
    assert ">Clear</button>" in librarian.stop()
    assert list(librarian.uploads.iterdir()) == []
