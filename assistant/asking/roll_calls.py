"""Questions for the labelled lines of minutes: who was present, who was not, what is to be done.

Pure reading of words, of the question and of a line ("Present: Ms Ahlgren (Varland, chair), …").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Label = Literal["present", "absent", "chair", "action"]

_LINES: dict[Label, str] = {
    "present": r"(?:also |members )?(?:present|in attendance|attendance|attending|attendees"
    r"|attended|participants?|participating|delegat(?:es|ions))",
    "absent": r"(?:apologies|absent|absentees|regrets|excused|not present|unable to attend)",
    "chair": r"(?:chair(?:man|woman|person|ed by)?|presiding|moderator)",
    "action": r"(?:actions?|to[- ]do|tasks?|follow[- ]ups?)",
}
_FOR = (
    r"\s(?:were|was|are|items?|points?)|\s(?:for|at|on|in|from|of|by|during)\b[^:\n.]{1,40}"
    r"|\s?\([^)\n]*\)"
)
"""What may stand between a label and its colon: "Apologies for absence", "Present (online)"."""
_LINE = {
    label: re.compile(
        rf"[\s*_#>•–-]*{words}(?:{_FOR})?[*_]{{0,2}}\s?:[*_]{{0,2}}\s*(?=\S)", re.IGNORECASE
    )
    for label, words in _LINES.items()
}
_ITEM = r"(?:[•☐☑]|\d{1,3}[.)])[ \t]"
"""What an item of a list begins with, as readers write them: a blank line parts the items."""
_BLOCK = {
    label: re.compile(
        rf"^[ \t*_>#]*{words}(?:{_FOR})?[ \t]?:?[*_]{{0,2}}:?[ \t]*\n(?:[ \t]*\n)?"
        rf"(?P<list>(?:{_ITEM}[^\n]*(?:\n+(?={_ITEM})|\n|$))+|(?:[ \t]*\S[^\n]*(?:\n|$))+)",
        re.IGNORECASE | re.MULTILINE,
    )
    for label, words in _LINES.items()
}
_MOST_WORDS = 12
"""A line with more is prose and no entry of a list."""
SOUGHT: dict[Label, str] = {
    "present": "present attendance attendees participants delegates",
    "absent": "apologies absent regrets excused",
    "chair": "chair chaired chairman present",
    "action": "action actions tasks",
}
"""Words by which such lines are searched."""

_LED = r"^(?:and |but |so )?"
_CAME = r"(?:attend(?:ed|s)?|participat(?:e|ed|es)|t(?:ake|ook|akes) part|c(?:ome|ame)|join(?:ed)?)"
_ASKS: tuple[tuple[Label, str], ...] = (
    ("absent", rf"{_LED}who (?:was|were|is|are) (?:absent|missing|excused|not (?:present|there))\b"
     rf"|{_LED}who (?:sent|gave|offered)(?: \w+)? apologies\b"
     rf"|{_LED}who (?:did not|didn['’]t|could not|couldn['’]t) {_CAME}\b"),
    ("present", rf"{_LED}who(?: else)? (?:(?:was|were|is|are)(?: also)? (?:present|there|in "
     rf"attendance|at the|the (?:participants|attendees|delegates))\b|{_CAME}\b)"
     r"|^(?:list (?:of )?)?(?:the )?(?:participants|attendees|attendance)\b"),
    ("chair", rf"{_LED}who (?:chaired|chairs|presided|presides|was in the chair)\b"
     rf"|{_LED}who (?:was|is) the chair\b"),
    ("action", r"\baction (?:items?|points?)\b|\bactions (?:were|was|are|agreed)\b|^actions?\?*$"
     r"|\bto[- ]dos?\b"),
)  # fmt: skip
_OF_ONE = re.compile(
    rf"{_LED}(?:did|was|were|is|are|has|have|does) (?P<who>.+?) "
    rf"(?:{_CAME}|present|absent|there|in attendance|missing)\b"
    rf"|{_LED}who (?:represent(?:s|ed)|spoke for|speaks for|stood for) (?P<whom>.+?)"
    r"(?= (?:at|in|on|during)\b|[?.!]*$)",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"[^\s,;(*•–-][^,;(\n]*(?:\([^)\n]*\)[^,;(\n]*)?")


@dataclass(frozen=True, slots=True)
class RollCall:
    """A question for labelled lines of minutes."""

    labels: tuple[Label, ...]
    """Kinds of lines that may answer it."""
    of: str = ""
    """Whom they have to name, where it asks about one: "the Maritime Union"."""


def roll_call(question: str) -> RollCall | None:
    """What lines `question` asks for; `None` where it asks for none."""
    lower = question.lower().strip()
    for label, asks in _ASKS:
        if re.search(asks, lower):
            return RollCall((label, "present") if label == "chair" else (label,))
    found = _OF_ONE.match(question.strip())
    if found is None:
        return None
    return RollCall(("present", "absent"), found["who"] or found["whom"])


def is_line(label: Label, words: str) -> bool:
    """Whether a sentence is a line with that label, and something behind it."""
    return _LINE[label].match(words) is not None


def lists_who_came(words: str) -> bool:
    """Whether a sentence only lists who was there or not, and says nothing of them."""
    return is_line("present", words) or is_line("absent", words)


def blocks(label: Label, content: str) -> Iterator[tuple[int, int]]:
    """From and to of each list with that label on a line above it, the label included.

    A heading is left out: it is no part of the list.
    """
    for found in _BLOCK[label].finditer(content):
        lines = found["list"].splitlines()
        if all(len(line.split()) <= _MOST_WORDS for line in lines):
            name = found.group()[: found.start("list") - found.start()]
            has_items = re.match(_ITEM, found["list"]) is not None and ":" not in name
            is_heading = has_items or name.lstrip().startswith("#")
            start = found.start("list") if is_heading else found.start()
            yield start, found.start("list") + len(found["list"].rstrip())


def entries(words: str) -> Iterator[tuple[int, int]]:
    """From and to of each entry behind the label: "Ms Ahlgren (Varland, chair)"."""
    begin = words.find(":") + 1
    for found in _ENTRY.finditer(words, begin):
        entry = found.group().rstrip(" .*_\n")
        if entry.strip("*_ "):
            yield found.start(), found.start() + len(entry)
