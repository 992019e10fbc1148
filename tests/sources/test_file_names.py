"""Names of files that are no UTF-8 can be shown, stored, and lead back to the file."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.file_names import in_words, path_in_words


@pytest.mark.parametrize("name", ["a.txt", "Заява.txt", r"odd\xe9.txt"])
def test_most_names_are_written_as_they_are(name: str) -> None:
    assert in_words(name) == name


@given(st.binary(min_size=1, max_size=20).filter(lambda raw: not set(raw) & set(b"\\/\0")))
def test_any_name_is_written_and_leads_back(raw: bytes) -> None:
    name = raw.decode("utf-8", "surrogateescape")
    written = in_words(name)
    assert written.encode()
    assert os.fsencode(path_in_words(f"/folder/{written}")) == os.fsencode(Path("/folder", name))


def test_a_file_that_is_called_as_another_is_written_is_found(tmp_path: Path) -> None:
    literal = tmp_path / r"odd\xe9.txt"
    literal.write_text("x")
    assert path_in_words(str(literal)) == literal
