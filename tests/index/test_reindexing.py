import json
import sqlite3
from collections.abc import Callable

from index.library import Library
from index.reindexing import reindex
from sources.database import FILE_NAME

MISSION = (
    "Командуватиме місією генерал М. Ковшар, який раніше очолював центр у м. Яворові. "
    "Спостерігачам не дозволять носити зброю."
)


def test_a_text_of_an_earlier_version_is_told_its_language_and_cut_by_it(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(mission=MISSION)
    text = library.catalogue.text("mission")
    with sqlite3.connect(library.home / FILE_NAME) as earlier:
        whole = json.dumps([[0, len(MISSION)]])
        earlier.execute("UPDATE text SET sentences = ?", (whole,))
        earlier.execute("UPDATE source SET detected_language = NULL")
    earlier.close()
    reindex(library)
    assert library.catalogue.source("mission").language == "uk"
    assert library.catalogue.text("mission") == text
    assert len(text.sentences) == 2


def test_what_the_card_says_is_kept_apart_from_what_was_detected(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(said=f"---\nlanguage: ru\n---\n{MISSION}", told=f"{MISSION} І все.")
    said, told = map(library.catalogue.source, ("said", "told"))
    assert (said.card.language, said.detected_language, said.language) == ("ru", None, "ru")
    assert (told.card.language, told.detected_language, told.language) == (None, "uk", "uk")
