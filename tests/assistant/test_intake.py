import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant.intake import Delivery, Intake
from index.encoder.minilm import MiniLMEmbedder
from index.library import Library, open_library
from index.offers import Offer, offer_bytes


def over(intake: Intake) -> Delivery:
    seen = intake.now()
    while seen.at_work:
        seen = intake.next(seen)
    return seen


def states(delivery: Delivery) -> list[tuple[str, str]]:
    return [(item.name, item.state) for item in delivery.items]


def test_each_text_says_what_became_of_it(library: Library) -> None:
    intake = Intake(library)
    intake.take(
        [
            offer_bytes("one.txt", b"Vance named Donetsk."),
            offer_bytes("broken.pdf", b"no pdf at all"),
            offer_bytes("two.txt", b"Vance named Donetsk."),
        ]
    )
    delivery = over(intake)
    assert states(delivery) == [
        ("one.txt", "added"),
        ("broken.pdf", "refused"),
        ("two.txt", "same"),
    ]
    assert [item.slug for item in delivery.items] == ["one", None, "one"]
    assert delivery.items[1].remedy
    assert delivery.share == 1.0
    assert [entry.source.slug for entry in library.catalogue.entries()] == ["one"]


def test_what_came_as_a_file_is_deleted_once_it_is_dealt_with(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "sent.txt"
    file.write_bytes(b"Words that were sent.")
    intake = Intake(library)
    intake.take(
        [Offer("sent.txt", "upload/sent.txt", 21, lambda: (file.read_bytes(), "sent.txt"))],
        spent=[file],
    )
    assert states(over(intake)) == [("sent.txt", "added")]
    assert not file.exists()


def test_stopping_keeps_what_is_done_and_gives_up_the_rest(library: Library) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def load() -> tuple[bytes, str]:
        reached.set()
        assert go_on.wait(20)
        return b"The second text.", "second.txt"

    intake = Intake(library)
    intake.take(
        [
            offer_bytes("first.txt", b"The first text."),
            Offer("second.txt", "upload/second.txt", 16, load),
            offer_bytes("third.txt", b"The third text."),
        ]
    )
    assert reached.wait(20)
    intake.stop()
    go_on.set()
    delivery = over(intake)
    assert states(delivery)[0] == ("first.txt", "added")
    assert {state for _, state in states(delivery)[1:]} <= {"stopped", "added"}
    assert delivery.items[2].state == "stopped"
    assert not library.catalogue.unfinished()


def test_a_library_that_another_changes_says_so_and_can_be_tried_again(library: Library) -> None:
    intake = Intake(library)
    with library.catalogue.changing_alone():
        intake.take([offer_bytes("one.txt", b"Some words.")])
        delivery = over(intake)
        assert delivery.problem == "Another process is changing this library."
        assert states(delivery) == [("one.txt", "waiting")]
    intake.again()
    assert states(over(intake)) == [("one.txt", "added")]


def test_more_can_be_offered_while_others_are_added(library: Library) -> None:
    intake = Intake(library)
    intake.take([offer_bytes("one.txt", b"Some words.")])
    intake.take([offer_bytes("two.txt", b"Other words.")])
    over(intake)
    assert {entry.source.slug for entry in library.catalogue.entries()} == {"one", "two"}


@pytest.mark.parametrize("clear", [True, False])
def test_what_is_over_is_forgotten_when_cleared_or_when_more_comes(
    library: Library, clear: bool
) -> None:
    intake = Intake(library)
    intake.take([offer_bytes("one.txt", b"Some words.")])
    over(intake)
    if clear:
        intake.clear()
    else:
        intake.take([])
    assert intake.now().items == ()


def _sent(folder: Path, name: str) -> tuple[Offer, Path]:
    file = folder / name
    file.write_text(f"The words of {name}.")
    return Offer(name, f"upload/{name}", 20, lambda: (file.read_bytes(), name)), file


def test_what_waits_is_not_lost_when_more_comes(library: Library, tmp_path: Path) -> None:
    intake = Intake(library)
    (one, first), (two, second), (three, third) = (
        _sent(tmp_path, f"{name}.txt") for name in ("one", "two", "three")
    )
    with library.catalogue.changing_alone():
        intake.take([one], spent=[first])
        over(intake)
        intake.refuse("broken.txt", "It did not arrive whole.", "Drop it again.")
        intake.take([two], spent=[second])
        over(intake)
    intake.take([three], spent=[third])
    assert states(over(intake)) == [(f"{name}.txt", "added") for name in ("one", "two", "three")]
    assert not any(file.exists() for file in (first, second, third))


def test_clearing_leaves_what_still_waits(library: Library, tmp_path: Path) -> None:
    intake = Intake(library)
    offer, file = _sent(tmp_path, "one.txt")
    with library.catalogue.changing_alone():
        intake.take([offer], spent=[file])
        over(intake)
    intake.refuse("broken.txt", "It did not arrive whole.", "Drop it again.")
    intake.clear()
    assert states(intake.now()) == [("one.txt", "waiting")]
    assert file.exists()


def test_what_waits_after_a_failure_can_be_given_up(library: Library, tmp_path: Path) -> None:
    intake = Intake(library)
    offer, file = _sent(tmp_path, "one.txt")
    with library.catalogue.changing_alone():
        intake.take([offer], spent=[file])
        over(intake)
        intake.stop()
    assert states(intake.now()) == [("one.txt", "stopped")]
    assert intake.now().problem is None
    assert not file.exists()
    intake.clear()
    assert intake.now() == Delivery()


def test_a_text_that_the_model_of_an_english_library_cannot_read_is_told_with_what_to_do(
    tmp_path: Path, real_embedder: MiniLMEmbedder
) -> None:
    with closing(open_library(tmp_path / "english", embedder=real_embedder)) as library:
        intake = Intake(library)
        ukrainian = "Наглядова місія почне роботу в січні на всій лінії.".encode()
        intake.take([offer_bytes("en.txt", b"The envoys met in the capital on Monday.")])
        intake.take([offer_bytes("uk.txt", ukrainian)])
        notes = {item.name: item.note for item in over(intake).items}
    assert notes["en.txt"] is None
    assert "assistant sources reindex --embedder multilingual-e5-small" in (notes["uk.txt"] or "")
