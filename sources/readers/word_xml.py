"""The elements of WordprocessingML: their names, their values, and new ones."""

from collections.abc import Iterator, Mapping
from typing import Any

from sources.readers.pandoc_words import SPACE

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{WORD}val"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMES: Mapping[str, str] = {"w": WORD[1:-1], "m": MATH[1:-1]}
_OFF = frozenset({"0", "false", "off", "none"})


def name_of(element: Any) -> str:
    """The name of an element of WordprocessingML; "" for any other."""
    tag = element.tag
    return tag[len(WORD) :] if isinstance(tag, str) and tag.startswith(WORD) else ""


def value_of(element: Any, child: str) -> str | None:
    """``w:val`` of a child; `None` where there is none."""
    found = element.find(WORD + child)
    return None if found is None else found.get(VAL)


def number_in(element: Any, child: str) -> int | None:
    """``w:val`` of a child as a number; `None` where there is none."""
    written = value_of(element, child)
    try:
        return int(written[:9]) if written is not None else None
    except ValueError:
        return None


def is_on(written: str | None, *, default: bool = False) -> bool:
    """Whether an attribute such as ``w:val`` says yes."""
    return default if written is None else written.lower() not in _OFF


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children of these names, in order."""
    return element.iterchildren(*(WORD + name for name in names))  # type: ignore[no-any-return]  # lxml


def new(name: str) -> Any:
    """An element of WordprocessingML of that name."""
    from lxml import etree

    return etree.Element(WORD + name, nsmap=_NAMES)


def add(parent: Any, name: str, value: str | None = None) -> Any:
    """A new last child, with that ``w:val``."""
    from lxml import etree

    element = etree.SubElement(parent, WORD + name)
    if value is not None:
        element.set(VAL, value)
    return element


def write(run: Any, words: str) -> None:
    """Add words to a run, as pandoc is to read them."""
    text = add(run, "t")
    text.text = words.replace(" ", SPACE)
    text.set(_SPACE, "preserve")


def text_run(words: str) -> Any:
    """A run of these words."""
    run = new("r")
    write(run, words)
    return run


def words_of(element: Any) -> str:
    """All words in an element, as they are or were before `write`."""
    return "".join(element.itertext(f"{WORD}t")).replace(SPACE, " ")
