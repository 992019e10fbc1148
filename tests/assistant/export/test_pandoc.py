"""What pandoc cannot do is told with a remedy, never as an error of its own."""

from pathlib import Path

import pytest

from assistant.export.pandoc import convert, read_tree
from sources.errors import StateError, UseError


def test_a_text_in_another_format_than_said_is_told() -> None:
    with pytest.raises(StateError, match="Pandoc could not make 'bibtex' of 'csljson'"):
        convert("no list of works", source_format="csljson", to="bibtex")


def test_a_damaged_document_is_told(tmp_path: Path) -> None:
    damaged = tmp_path / "brief.docx"
    damaged.write_bytes(b"no document")
    with pytest.raises(UseError, match="cannot be read"):
        read_tree(damaged)
