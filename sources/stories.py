"""Near-identical texts: reprints of one story, told by MinHash signatures.

After Broder, "On the resemblance and containment of documents" (1997). Signatures are by
`rensa`; here they are cut into bands that the catalogue can look up one by one, so that
finding the reprints of a text never reads the others (Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", chapter 3).
"""

import re
import struct
from collections.abc import Iterator

SAME_STORY = 0.5
"""Share of three-word runs in common from which two texts tell the same story."""

_VALUES = 128
_ROWS_OF_A_BAND = 4
_RUN = 3
_MIN_WORDS = 25
_MAX_WORDS = 100_000
_SEED = 20_251_222
_WORD = re.compile(r"\w+")


def sign(content: str) -> bytes | None:
    """The signature of a text, 512 bytes; `None` for one too short to be told from others."""
    from rensa import RMinHash

    words: list[str] = []
    for found in _WORD.finditer(content):
        words.append(found.group().casefold())
        if len(words) == _MAX_WORDS:
            break
    if len(words) < _MIN_WORDS:
        return None
    signature = RMinHash(num_perm=_VALUES, seed=_SEED)
    signature.update([" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)])
    return struct.pack(f"<{_VALUES}I", *signature.digest())


def resemblance(one: bytes, other: bytes) -> float:
    """The estimated share of three-word runs that two signed texts have in common, 0 to 1."""
    pairs = zip(_values(one), _values(other), strict=True)
    return sum(left == right for left, right in pairs) / _VALUES


def bands(signature: bytes) -> Iterator[tuple[int, int]]:
    """Number and value of each band: texts alike as `SAME_STORY` share one 7 times in 8."""
    width = 4 * _ROWS_OF_A_BAND
    for number in range(_VALUES // _ROWS_OF_A_BAND):
        piece = signature[number * width : (number + 1) * width]
        left, right = struct.unpack("<qq", piece)
        yield number, left ^ _mix(right)


def _values(signature: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{_VALUES}I", signature)


def _mix(value: int) -> int:
    """Spread 64 bits so that the two halves of a band do not cancel out; stays 64 bits."""
    mixed = (value * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    return mixed - (1 << 64) if mixed >= 1 << 63 else mixed
