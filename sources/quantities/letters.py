"""Text as the readers of figures look at it: one way of writing each space, dash and digit.

Every character stays one character, so that what is found stands at the same place in the text.
"""

import unicodedata

_ALSO = {
    "−": "-", "⁃": "-", "\t": " ", "\u200b": " ", "\u2060": " ", "\ufeff": " ",
    "’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "′": "'", "＇": "'",
    "٪": "%", "﹪": "%", "％": "%", "٫": ",", "٬": "'", "，": ",", "．": ".", "：": ":", "／": "/",
    "＄": "$", "￡": "£", "￥": "¥", "（": "(", "）": ")", "ё": "е", "Ё": "Е",
}  # fmt: skip
"""What no category tells. The letter ё is written е as often."""
_SOFT_HYPHEN = "\u00ad"


class _Characters(dict[int, str]):
    """How each character is looked at; made for a character when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        match unicodedata.category(character):
            case "Nd":
                seen = str(unicodedata.digit(character))
            case "Zs":
                seen = " "
            case "Pd":
                seen = "-"
            case _:
                seen = _ALSO.get(character, character)
        self[code] = seen
        return seen


_CHARACTERS = _Characters()


def plain(text: str) -> str:
    """`text` with every kind of space as " ", dash as "-", digit as "0" to "9"; the same length."""
    return text.translate(_CHARACTERS)


def fold(word: str) -> str:
    """A word as it is looked up: plain characters, no capitals, no hyphens that are not seen."""
    return plain(word).replace(_SOFT_HYPHEN, "").casefold()
