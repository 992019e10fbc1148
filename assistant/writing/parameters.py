"""What is sent beside the words, and what is sent instead where a model does not take it.

Models differ: reasoning ones refuse a temperature, new ones ``max_tokens``, old servers
``max_completion_tokens`` or the request to count tokens, some chat templates a system role.
No table of models is kept: what a server's refusal names is left out, and not tried again.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.writing.failures import status_of

CapName = Literal["max_tokens", "max_completion_tokens"]
_NAMES = re.compile(
    r"\b(?:temperature|max_tokens|max_completion_tokens|max_output_tokens|stream_options"
    r"|include_usage)\b"
)
_NO_SYSTEM = re.compile(
    r"(?:system|developer)[ _]+(?:role|message|prompt|instruction)s?\b.{0,40}"
    r"\b(?:not|cannot|can't|unsupported|disabled)\b"
    r"|\bunsupported (?:message )?role\W+system"
    r"|\bonly (?:user|the user) and assistant roles\b|roles must alternate",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a request carries beside its messages."""

    temperature: float | None = 0.0
    """`None` sends none."""
    cap: int | None = None
    """The most tokens that come back, thoughts included; `None` leaves it to the server."""
    cap_names: tuple[CapName, ...] = ("max_completion_tokens", "max_tokens")
    """What the cap may be called in the protocol of OpenAI; the first is sent, none for none."""
    counts: bool = True
    """Whether the server is asked how many tokens it used."""
    has_system: bool = True
    """Whether instructions have a message of their own, or stand above the question."""

    @property
    def cap_name(self) -> CapName | None:
        """What the cap is called that is sent; `None` where none is."""
        return self.cap_names[0] if self.cap is not None and self.cap_names else None

    def without_what_is_refused(self, error: BaseException) -> "Parameters | None":
        """What to send after a refusal: without what it names; `None` where it names nothing."""
        said = str(error)
        status = status_of(error)
        if status is None or not (status in (400, 422) or status >= 500):
            return None
        if self.has_system and _NO_SYSTEM.search(said):
            return replace(self, has_system=False)
        if status >= 500:
            return None
        named = getattr(error, "param", None)
        names = [named] if isinstance(named, str) else _NAMES.findall(said)
        return next((other for name in names if (other := self._without(name))), None)

    def _without(self, name: str) -> "Parameters | None":
        if name == "temperature" and self.temperature is not None:
            return replace(self, temperature=None)
        if name in ("stream_options", "include_usage") and self.counts:
            return replace(self, counts=False)
        if self.cap_name is not None and name.startswith("max_"):
            return replace(self, cap_names=self.cap_names[1:])
        return None
