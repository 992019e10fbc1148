import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant.ingest_queue import IngestBatch, IngestQueue
from index.encoder.minilm import MiniLMEmbedder
from index.inputs import Input, bytes_input
from index.library import Library, open_library


def over(queue: IngestQueue) -> IngestBatch:
    seen = queue.now()
    while seen.at_work:
        seen = queue.next(seen)
    return seen


def states(batch: IngestBatch) -> list[tuple[str, str]]:
    return [(item.name, item.state) for item in batch.items]


def test_each_text_says_what_became_of_it(library: Library) -> None:
    queue = IngestQueue(library)
    queue.take(
        [
            bytes_input("one.txt", b"Vance named Donetsk."),
            bytes_input("broken.pdf", b"no pdf at all"),
            bytes_input("two.txt", b"Vance named Donetsk."),
        ]
    )
    batch = over(queue)
    assert states(batch) == [
        ("one.txt", "added"),
        ("broken.pdf", "refused"),
        ("two.txt", "same"),
    ]
    assert [item.slug for item in batch.items] == ["one", None, "one"]
    assert batch.items[1].remedy
    assert batch.share == 1.0
    assert [entry.source.slug for entry in library.catalogue.entries()] == ["one"]


def test_what_came_as_a_file_is_deleted_once_it_is_dealt_with(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "sent.txt"
    file.write_bytes(b"Words that were sent.")
    queue = IngestQueue(library)
    queue.take(
        [Input("sent.txt", "upload/sent.txt", 21, lambda: (file.read_bytes(), "sent.txt"))],
        spent=[file],
    )
    assert states(over(queue)) == [("sent.txt", "added")]
    assert not file.exists()


def test_stopping_keeps_what_is_done_and_gives_up_the_rest(library: Library) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def load() -> tuple[bytes, str]:
        reached.set()
        assert go_on.wait(20)
        return b"The second text.", "second.txt"

    queue = IngestQueue(library)
    queue.take(
        [
            bytes_input("first.txt", b"The first text."),
            Input("second.txt", "upload/second.txt", 16, load),
            bytes_input("third.txt", b"The third text."),
        ]
    )
    assert reached.wait(20)
    queue.stop()
    go_on.set()
    batch = over(queue)
    assert states(batch)[0] == ("first.txt", "added")
    assert {state for _, state in states(batch)[1:]} <= {"stopped", "added"}
    assert batch.items[2].state == "stopped"
    assert not library.catalogue.unfinished()


def test_a_library_that_another_changes_says_so_and_can_be_tried_again(library: Library) -> None:
    queue = IngestQueue(library)
    with library.catalogue.changing_alone():
        queue.take([bytes_input("one.txt", b"Some words.")])
        batch = over(queue)
        assert batch.problem == "Another process is changing this library."
        assert states(batch) == [("one.txt", "waiting")]
    queue.again()
    assert states(over(queue)) == [("one.txt", "added")]


def test_more_can_be_offered_while_others_are_added(library: Library) -> None:
    queue = IngestQueue(library)
    queue.take([bytes_input("one.txt", b"Some words.")])
    queue.take([bytes_input("two.txt", b"Other words.")])
    over(queue)
    assert {entry.source.slug for entry in library.catalogue.entries()} == {"one", "two"}


@pytest.mark.parametrize("clear", [True, False])
def test_what_is_over_is_forgotten_when_cleared_or_when_more_comes(
    library: Library, clear: bool
) -> None:
    queue = IngestQueue(library)
    queue.take([bytes_input("one.txt", b"Some words.")])
    over(queue)
    if clear:
        queue.clear()
    else:
        queue.take([])
    assert queue.now().items == ()


def _sent(folder: Path, name: str) -> tuple[Input, Path]:
    file = folder / name
    file.write_text(f"The words of {name}.")
    return Input(name, f"upload/{name}", 20, lambda: (file.read_bytes(), name)), file


def test_what_waits_is_not_lost_when_more_comes(library: Library, tmp_path: Path) -> None:
    queue = IngestQueue(library)
    (one, first), (two, second), (three, third) = (
        _sent(tmp_path, f"{name}.txt") for name in ("one", "two", "three")
    )
    with library.catalogue.changing_alone():
        queue.take([one], spent=[first])
        over(queue)
        queue.refuse("broken.txt", "It did not arrive whole.", "Drop it again.")
        queue.take([two], spent=[second])
        over(queue)
    queue.take([three], spent=[third])
    assert states(over(queue)) == [(f"{name}.txt", "added") for name in ("one", "two", "three")]
    assert not any(file.exists() for file in (first, second, third))


def test_clearing_leaves_what_still_waits(library: Library, tmp_path: Path) -> None:
    queue = IngestQueue(library)
    given, file = _sent(tmp_path, "one.txt")
    with library.catalogue.changing_alone():
        queue.take([given], spent=[file])
        over(queue)
    queue.refuse("broken.txt", "It did not arrive whole.", "Drop it again.")
    queue.clear()
    assert states(queue.now()) == [("one.txt", "waiting")]
    assert file.exists()


def test_what_waits_after_a_failure_can_be_given_up(library: Library, tmp_path: Path) -> None:
    queue = IngestQueue(library)
    given, file = _sent(tmp_path, "one.txt")
    with library.catalogue.changing_alone():
        queue.take([given], spent=[file])
        over(queue)
        queue.stop()
    assert states(queue.now()) == [("one.txt", "stopped")]
    assert queue.now().problem is None
    assert not file.exists()
    queue.clear()
    assert queue.now() == IngestBatch()


def test_a_text_that_the_model_of_an_english_library_cannot_read_is_told_with_what_to_do(
    tmp_path: Path, real_embedder: MiniLMEmbedder
) -> None:
    with closing(open_library(tmp_path / "english", embedder=real_embedder)) as library:
        queue = IngestQueue(library)
        ukrainian = "Наглядова місія почне роботу в січні на всій лінії.".encode()
        queue.take([bytes_input("en.txt", b"The envoys met in the capital on Monday.")])
        queue.take([bytes_input("uk.txt", ukrainian)])
        notes = {item.name: item.note for item in over(queue).items}
    assert notes["en.txt"] is None
    assert "assistant sources reindex --embedder multilingual-e5-small" in (notes["uk.txt"] or "")
