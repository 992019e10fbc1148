"""Letters of an RTF document: the alphabets of its fonts, and how any letter is written in it."""

CODECS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
"""By a font's ``\\fcharset``."""


def escaped(character: str) -> str:
    """The character in RTF."""
    if character in "\\{}":
        return f"\\{character}"
    if " " <= character <= "~":
        return character
    # Pandoc forgets what was said of fallbacks at each paragraph, and knows 16 bits.
    code = ord(character) if character <= "\uffff" else 0xFFFD
    return f"\\uc0\\u{code} "


def escaped_all(letters: str) -> str:
    """The letters in RTF, with what is to be said of fallbacks said once."""
    written = "".join(map(escaped, letters))
    first, said, rest = written.partition("\\uc0")
    return first + said + rest.replace("\\uc0", "")


def is_codec(name: str) -> bool:
    import codecs

    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
