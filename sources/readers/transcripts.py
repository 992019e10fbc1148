"""Transcripts with times (``.vtt``, ``.srt``): who speaks and the words, without the times."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content, normalise
from sources.readers.decoding import decode_and_tell

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}.*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)*\s+([^>]+)>")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_NOT_SAID = re.compile(r"\s*(?:NOTE|STYLE|REGION)\b")
_NAMED = re.compile(r"(?:>>\s*)?([^\W\d_][^:\n]{0,40}):\s+(?=\S)")
_NEXT_SPEAKER = re.compile(r"(?:>>|[-–—])\s*")
_ENDS = re.compile(r"[.!?…][»”\"“’)\]]*$")
_LONG = 500
"""Characters of a paragraph after which the next sentence begins another."""


@dataclass(frozen=True, slots=True)
class _Line:
    speaker: str | None
    """`None` where the line does not say."""
    words: str
    begins_anew: bool = False


def read_transcript(raw: bytes, name: str) -> Content:
    """The words of a transcript in paragraphs, each turn begun by its speaker's name."""
    decoded, problems = decode_and_tell(raw, name=name)
    content = normalise(decoded)
    if not _CUE.search(content):
        raise UnreadableFileError(
            f"{name!r} is not a transcript: it has no times.", remedy="Rename it to .txt."
        )
    builder = Builder()
    speaker, words = "", ""
    last: str | None = None
    for line in _lines(content):
        is_other = line.speaker is not None and line.speaker != last
        if words and (is_other or line.begins_anew or (len(words) > _LONG and _ENDS.search(words))):
            builder.paragraph(f"{speaker}: {words}" if speaker else words)
            words, speaker = "", ""
        if is_other:
            speaker = last = line.speaker or ""
        words = f"{words} {line.words}".strip()
    builder.paragraph(f"{speaker}: {words}" if speaker else words)
    return builder.content({}, problems)


def _lines(content: str) -> Iterator[_Line]:
    """Every line of speech once: captions that roll repeat the line above."""
    cues = list(_CUE.finditer(content))
    before: list[str] = []
    for at, cue in enumerate(cues):
        end = cues[at + 1].start() if at + 1 < len(cues) else len(content)
        block = content[cue.end() : end].strip("\n")
        said = [line for line in re.split(r"\n[ \t]*\n", block)[0].split("\n") if line.strip()]
        if said and at + 1 < len(cues) and said[-1].strip().isdigit() and "\n\n" not in block:
            said.pop()  # the number of the next cue, where no blank line parts them
        if said and _NOT_SAID.match(said[0]) and len(said) == 1 and ":" not in said[0]:
            continue
        now = []
        speaker: str | None = None
        for line in said:
            voice = _VOICE.search(line)
            speaker = voice[1].strip() if voice else speaker
            words = " ".join(html.unescape(_TAGS.sub("", line)).split())
            now.append(words)
            if words and words not in before:
                yield _as_line(words, speaker)
        before = now


def _as_line(words: str, speaker: str | None) -> _Line:
    named = None if speaker else _NAMED.match(words)
    if named and named[1][0].isupper() and len(named[1].split()) <= 4:
        return _Line(named[1].strip(), words[named.end() :])
    if change := _NEXT_SPEAKER.match(words):
        return _Line(speaker, words[change.end() :], begins_anew=True)
    return _Line(speaker, words)
