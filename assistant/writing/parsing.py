"""A stream of words becomes sentences with the keys they cite, each as soon as it is whole.

A half-received bracket is held back; 【1】, [1, 2], [1][2] and (1) are keys; keys in code or
between quotation marks are not; keys that no passage has are dropped.
"""

import re
from dataclasses import dataclass, field

from sources.sentences import find_sentences

_KEYS = re.compile(
    r"\s*(?:\[\^?|【|\()\s*(?P<keys>\d{1,3}(?:\s*[,;]\s*\d{1,3})*)(?:†[^\]】)]*)?\s*[\]】)]"
)
_AFTER_STOP = re.compile(
    r"(?P<stop>[.!?][\"”’')*]*)(?P<keys>(?:\s*(?:\[\^?|【)[\d,;\s]+(?:†[^\]】]*)?[\]】])+)"
)
_FENCED = re.compile(r"```.*?(?:```|$)", re.DOTALL)
_DECORATION = re.compile(r"\*\*|__|^\s{0,3}(?:[-*•]|\d+[.)]|#{1,6})\s+", re.MULTILINE)
_OPENING = "[【("


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence as the model wrote it, without its keys."""

    words: str
    keys: tuple[int, ...]


@dataclass(slots=True)
class StatementStream:
    """Takes in pieces, gives out whole sentences."""

    known: int
    """Keys are 1 to this."""
    _text: str = ""
    _given: int = field(default=0)

    @property
    def text(self) -> str:
        """Everything that came."""
        return self._text

    def feed(self, words: str) -> tuple[Written, ...]:
        """The sentences that are whole now and were not before."""
        self._text += words
        return self._take(self._sentences()[:-1])

    def end(self) -> tuple[Written, ...]:
        """What was held back; the last sentence only where it has an end."""
        sentences = self._sentences()
        if sentences and not re.search(r"[.!?…][\"”’')]*$", _without_keys(sentences[-1])):
            sentences = sentences[:-1]
        return self._take(sentences)

    def _sentences(self) -> list[str]:
        text = _DECORATION.sub("", _FENCED.sub("", self._text))
        text = _AFTER_STOP.sub(lambda found: f"{found['keys']}{found['stop']}", text)
        sentences: list[str] = []
        for line in text.split("\n"):
            sentences += [span.of(line) for span in find_sentences(line)] if line.strip() else []
        # The keys of the sentence before may still be on their way.
        while len(sentences) > 1 and sentences[-1][0] in _OPENING:
            sentences[-2:] = [f"{sentences[-2]} {sentences[-1]}"]
        if sentences and text.endswith("\n"):
            sentences.append("")
        return sentences

    def _take(self, sentences: list[str]) -> tuple[Written, ...]:
        new = sentences[self._given :]
        self._given = max(self._given, len(sentences))
        read = [self._read(sentence) for sentence in new]
        return tuple(one for one in read if re.search(r"\w", one.words))

    def _read(self, sentence: str) -> Written:
        keys: list[int] = []

        def take(found: re.Match[str]) -> str:
            before = sentence[: found.start()]
            quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
            code = before.count("`") % 2 == 1
            here = [int(key) for key in re.findall(r"\d+", found["keys"])]
            is_round = "(" in found.group()
            if quoted or code or (is_round and not all(1 <= key <= self.known for key in here)):
                return found.group()
            keys.extend(key for key in here if 1 <= key <= self.known)
            return ""

        words = _KEYS.sub(take, sentence).strip()
        return Written(" ".join(words.split()), tuple(dict.fromkeys(keys)))


def _without_keys(sentence: str) -> str:
    return _KEYS.sub("", sentence).strip()
