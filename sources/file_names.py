"""File names whose bytes are no UTF-8, in words that can be shown and stored.

Python gives such bytes as lone surrogates, which no database, terminal or page takes. Here each
is written ``\\xE9``, and the file is found again by what was written.
"""

import re
from pathlib import Path

_ESCAPED = re.compile(r"\\x([89a-f][0-9a-f])")


def in_words(name: str) -> str:
    """A file's name or path as it is shown and stored; most are the same."""
    try:
        name.encode()
    except UnicodeEncodeError:
        try:
            raw = name.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # a surrogate that stands for no byte, as on Windows
            return name.encode("utf-8", "backslashreplace").decode()
        return raw.decode("utf-8", "backslashreplace")
    return name


def path_in_words(words: str) -> Path:
    """The path that `in_words` wrote."""
    path = Path(words)
    if _ESCAPED.search(words) is None or path.exists():
        return path
    return Path(_ESCAPED.sub(lambda found: chr(0xDC00 + int(found[1], 16)), words))
