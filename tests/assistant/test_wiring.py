"""The parts that the settings name are put together, also while an index is being replaced."""

from contextlib import closing
from pathlib import Path

import pytest

from assistant import wiring
from assistant.settings import Settings
from index.embedder import Embedder
from index.encoder.encoder import MultilingualEncoder
from index.encoder.files import MULTILINGUAL
from index.indexing import add
from index.inputs import bytes_input
from index.library import open_fresh_index, open_library
from index.reindexing import reindex
from index.retrieval import Retriever
from sources.errors import IndexMismatchError, UseError
from tests.conftest import WordEmbedder


class _Renamed(WordEmbedder):
    def __init__(self, name: str) -> None:
        self.name = name


def test_answers_come_from_the_old_index_until_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(settings: Settings) -> Embedder:
        return _Renamed(settings.embedder)

    monkeypatch.setattr(wiring, "make_embedder", make)
    with closing(open_library(tmp_path, embedder=_Renamed("old"))) as library:
        add(library, [bytes_input("a.txt", b"The envoys met in Miami.")])
    settings = Settings(home=tmp_path, embedder="new")
    with pytest.raises(IndexMismatchError):
        wiring.make_library(settings)
    # As an interrupted `reindex` leaves it: begun, and nothing in it yet.
    with closing(open_fresh_index(tmp_path, embedder=_Renamed("new"))) as fresh:
        with closing(wiring.make_library(settings)) as answering:
            assert answering.embedder.name == "old"
            assert Retriever(answering).find("Miami", limit=1)
        reindex(fresh)
    with closing(wiring.make_library(settings)) as answering:
        assert answering.embedder.name == "new"
        assert Retriever(answering).find("Miami", limit=1)


def test_no_library_is_put_among_texts(tmp_path: Path) -> None:
    texts = tmp_path / "my texts"
    texts.mkdir()
    (texts / "settings.toml").write_text("")
    wiring.make_catalogue(Settings(home=texts)).close()
    (texts / "a.md").write_text("The envoys met in Miami.")
    wiring.make_catalogue(Settings(home=texts)).close()  # which is a library by now
    other = tmp_path / "others"
    other.mkdir()
    (other / "b.md").write_text("The envoys met in Miami.")
    for make in (wiring.make_catalogue, wiring.make_library, wiring.make_editor):
        with pytest.raises(UseError, match=r"is a folder of files .'b\.md'. and no library"):
            make(Settings(home=other))
    assert [one.name for one in other.iterdir()] == ["b.md"]


def test_the_encoder_for_several_languages_is_chosen_by_its_name() -> None:
    embedder = wiring.make_embedder(Settings(embedder=MULTILINGUAL))
    assert isinstance(embedder, MultilingualEncoder)
    assert embedder.name == MULTILINGUAL
