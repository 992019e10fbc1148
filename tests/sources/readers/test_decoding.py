"""Every byte of a file becomes the character that it stands for, or the file is refused."""

import pytest

from sources.errors import UnreadableFileError
from sources.readers.decoding import decode

CYRILLIC = "Гарантії безпеки для України обговорили в Маямі. "
LONG = "The envoys met again in Miami and spoke of guarantees. " * 12_000


def test_a_long_file_in_another_encoding_is_read_whole() -> None:
    words = CYRILLIC * 20_000
    assert decode(words.encode("cp1251"), name="x.txt") == words


def test_the_encoding_is_told_by_the_first_words_that_need_one() -> None:
    words = LONG + CYRILLIC * 50
    assert decode(words.encode("cp1251"), name="x.txt") == words


def test_a_long_file_with_a_byte_that_is_no_character_is_refused() -> None:
    damaged = (CYRILLIC * 15_000).encode() + b"\xff\xfe" + CYRILLIC.encode()
    with pytest.raises(UnreadableFileError, match="not text in any known encoding"):
        decode(damaged, name="x.txt")
