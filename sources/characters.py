"""One way of writing each character, for texts as they are read and for questions as typed.

What a word looks like must be what it is: characters that have no width, ligatures and other
forms of a letter would hide it from every search, and in a quotation nobody would see why.
"""

import re
import unicodedata

_CONTROL = {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t\r\x85"
}
_LINES_AND_HYPHENS = {0x85: "\n", 0x2028: "\n", 0x2029: "\n\n", 0x2010: "-", 0x2011: "-"}
"""Other ways to end a line; and U+2010 and U+2011, which are the hyphen that everybody types."""
_WITHOUT_WIDTH: dict[int, None] = dict.fromkeys(
    (0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF)
)
_WITHOUT_WIDTH |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2060, 0x2070)))
"""Soft hyphens, zero-width spaces, marks of direction, byte order marks, and their like."""
_REMOVED = {**_CONTROL, **_WITHOUT_WIDTH, **_LINES_AND_HYPHENS}
"""Of the control characters only line ends and tabs are kept."""
_JOINERS = re.compile(
    r"(?:(?<![\u0600-\U0010ffff])|(?<=\s))[\u200c\u200d]+"
    r"|[\u200c\u200d]+(?:(?![\u0600-\U0010ffff])|(?=\s))"
)
"""Joiners beside a letter that has no joined form. Emoji and Arabic or Indic words need theirs."""
_COMPATIBLE = re.compile(
    "[\u0132\u0133\u013f\u0140\u0149\u01c4-\u01cc\u01f1-\u01f3"  # ĳ, ŀ, ŉ, ǆ
    "\u2160-\u217f"  # Roman numerals
    "\ufb00-\ufb06\ufb13-\ufb17"  # ﬁ, ﬂ, ﬀ
    "\ufb50-\ufdff\ufe70-\ufefc"  # Arabic letters by their place in a word
    "\uff01-\uffdc\uffe0-\uffe6"  # full and half width
    "\U0001d400-\U0001d7ff]+"  # bold and script letters of formulas
)
"""Other forms of the same letters and digits. Not "½", "²" or "№", which mean what they are."""


def normalise(words: str) -> str:
    """NFC, ``\\n`` line ends, letters in their plain form, nothing that has no width.

    Without white space around the whole. A text put together of normalised pieces with white
    space between is normalised.
    """
    unified = words.replace("\r\n", "\n").replace("\r", "\n").translate(_REMOVED)
    if unified.isascii():
        return unified.strip()
    if _has_surrogate(unified):
        unified = unified.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    unified = unicodedata.normalize("NFC", _COMPATIBLE.sub(_plain_form, unified)).strip()
    if "\u200c" in unified or "\u200d" in unified:
        unified = unicodedata.normalize("NFC", _JOINERS.sub("", unified)).strip()
    return unified


def _plain_form(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found.group())


def _has_surrogate(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return True
    return False
