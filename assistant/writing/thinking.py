"""What a reasoning model thinks aloud is told from what it answers, as both come in pieces.

Three ways are known: tags (``<think> … </think>``, also with the first one missing, as where
the server's template has written it, or the last one), the channels of the harmony format
(``<|channel|>analysis<|message|> … <|channel|>final<|message|> …``), and the same channels where
a server has dropped the marks ("analysisThe user asks … assistantfinalThe plan …"). What
providers send apart from the answer never comes here.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

_NAMES = r"think|thinking|thought|thoughts|reasoning|seed:think"
_MARK = re.compile(
    rf"(?P<open><(?:{_NAMES})>|\[THINK\]|◁think▷|<\|begin_of_thought\|>)"
    rf"|(?P<close></(?:{_NAMES})>|\[/THINK\]|◁/think▷|<\|end_of_thought\|>)"
    r"|(?P<header><\|(?:start|channel)\|>)"
    r"|(?P<message><\|message\|>)"
    r"|(?P<other><\|\w{1,30}\|>|</?answer>|</s>|<end_of_turn>)"
)
_HALF_A_MARK = re.compile(r"<(?:[/|]?[\w:|]{0,32})?$|\[/?T?H?I?N?K?$|◁[/a-z]*$")
_BARE, _BARE_END = "analysis", "assistantfinal"


@dataclass(slots=True)
class ThoughtFilter:
    """Takes in pieces, gives out what is meant for the reader."""

    characters: int = 0
    """Of everything so far that is a thought."""
    _held: str = ""
    """What may be half a mark."""
    _is_in: Literal["answer", "thought", "header", "bare"] = "answer"
    _header: str = ""
    _is_final: bool = True
    """Whether the channel is the one for the reader."""
    _shown: int = field(default=0)

    def feed(self, words: str) -> tuple[str, bool]:
        """What of it is the answer; and whether all that was given out before was a thought."""
        self._held += words
        is_anew = False
        out: list[str] = []
        if self._is_at_a_bare_channel():
            return "", False
        while self._is_in != "bare" and (mark := _MARK.search(self._held)):
            self._put(self._held[: mark.start()], out)
            self._held = self._held[mark.end() :]
            if mark.lastgroup == "close" and self._is_in == "answer" and self._is_final:
                # A thought whose first tag the server's template has written.
                self.characters += self._shown + sum(map(len, out))
                out.clear()
                self._shown = 0
                is_anew = True
            self._pass(mark.lastgroup)
        self._put(self._take_what_is_no_mark(), out)
        given = "".join(out)
        self._shown += len(given)
        return given, is_anew

    def end(self) -> str:
        """What was held back and is no mark after all."""
        out: list[str] = []
        held, self._held = self._held, ""
        self._put(held, out)
        return "".join(out)

    def _is_at_a_bare_channel(self) -> bool:
        """Whether the answer so far may be the beginning of a channel without marks."""
        if self._shown or self.characters or self._is_in != "answer":
            return False
        begun = self._held.lstrip()
        if len(begun) <= len(_BARE):
            return bool(begun) and _BARE.startswith(begun)
        if begun.startswith(_BARE) and begun[len(_BARE)].isalpha():
            self._is_in = "bare"
            self._held = begun[len(_BARE) :]
        return False

    def _pass(self, mark: str | None) -> None:
        if mark == "open" and self._is_in == "answer":
            self._is_in = "thought"
        elif mark == "close":
            self._is_in = "answer"
        elif mark == "header" and self._is_in != "thought":
            self._is_in, self._header = "header", ""
        elif mark == "message" and self._is_in == "header":
            self._is_in = "answer"
            self._is_final = self._header.strip().startswith("final")
        elif mark == "other" and self._is_in == "header":
            self._header += " "

    def _take_what_is_no_mark(self) -> str:
        """All that is held but what may be the beginning of a mark."""
        if self._is_in == "bare":
            at = self._held.find(_BARE_END)
            if at >= 0:
                self.characters += at
                self._is_in = "answer"
                words, self._held = self._held[at + len(_BARE_END) :], ""
                return words
            kept = min(len(self._held), len(_BARE_END) - 1)
        else:
            half = _HALF_A_MARK.search(self._held)
            kept = len(self._held) - half.start() if half else 0
        words = self._held[: len(self._held) - kept]
        self._held = self._held[len(words) :]
        return words

    def _put(self, words: str, out: list[str]) -> None:
        if self._is_in == "header":
            self._header += words
        elif self._is_in == "answer" and self._is_final:
            out.append(words)
        else:
            self.characters += len(words)
