"""How a chat model fails, in plain words: what is wrong, and what to do about it.

Providers' own words are never passed on: they may hold a key or a passage.
"""

import re
from typing import Literal

FailureKind = Literal[
    "key", "payment", "no model", "too many", "busy", "server", "unreachable", "slow",
    "too long", "garbled", "refused", "filtered", "not loaded", "no memory",
]  # fmt: skip
_SAID: dict[FailureKind, tuple[str, str]] = {
    "key": (
        "refused the key",
        "Set ASSISTANT_MODEL_KEY, or the provider's own variable, to a key that is valid there.",
    ),
    "payment": (
        "takes no request from this account: its credit is used up",
        "Pay at the provider, or set ASSISTANT_MODEL to another model.",
    ),
    "no model": (
        "does not know this model, or it is no address of a chat model",
        "Check ASSISTANT_MODEL and ASSISTANT_MODEL_URL, which most servers want to end in /v1;"
        " with Ollama, run `ollama pull NAME`.",
    ),
    "too many": ("takes no more requests just now", "Wait a minute, and ask again."),
    "busy": ("is overloaded, or still loading", "Wait a minute, and ask again."),
    "server": (
        "reports an error of its own",
        "Ask again; where it stays, the server's log says more.",
    ),
    "unreachable": (
        "cannot be reached, or broke off",
        "Start its server, or correct ASSISTANT_MODEL_URL; `assistant doctor` tries it.",
    ),
    "slow": (
        "did not answer in time",
        "Raise ASSISTANT_FIRST_WORD_S, ASSISTANT_NEXT_WORD_S or ASSISTANT_WHOLE_ANSWER_S, or set"
        " ASSISTANT_MODEL to a faster model.",
    ),
    "too long": (
        "cannot take in that much text",
        "Set ASSISTANT_MODEL_WINDOW to the tokens that it takes in, or give its server more.",
    ),
    "garbled": (
        "sent something that cannot be read",
        "Check that ASSISTANT_MODEL_URL is the address of a chat model.",
    ),
    "refused": ("refused the request", "The server's log says what it does not take."),
    "filtered": (
        "was stopped by its provider's content filter",
        "Ask in other words, or set ASSISTANT_MODEL to another model.",
    ),
    "not loaded": (
        "cannot be loaded: its file is damaged, or of a kind that this llama.cpp does not know",
        "Fetch the GGUF file anew, or run `pip install --upgrade xllamacpp`.",
    ),
    "no memory": (
        "needs more memory than is free",
        "Set ASSISTANT_MODEL to a smaller GGUF file, or ASSISTANT_MODEL_WINDOW lower.",
    ),
}
_TOO_LONG = re.compile(
    r"context[ _-]?(?:length|window|size)|maximum context|prompt (?:is )?too long"
    r"|too many (?:input )?tokens|token count .{0,40}exceeds|reduce the length|exceed_context",
)
_FILTERED = re.compile(r"content[ _-]?(?:filter|management policy|policy)|responsibleaipolicy")
_UNPAID = re.compile(r"insufficient[ _](?:quota|balance|credit|funds)|credit balance|billing")
_NO_CONNECTION = frozenset({"ConnectError", "ConnectTimeout", "ConnectionRefusedError", "gaierror"})


class ModelFailure(Exception):  # noqa: N818  # a state of an answer, not an error of the program
    """The model did not do its part; `kind` says how. Holds no key and no passage.

    `was_sent` is whether anything can have reached it.
    """

    def __init__(self, kind: FailureKind, *, was_sent: bool = True) -> None:
        super().__init__(f"The model {_SAID[kind][0]}.")
        self.kind: FailureKind = kind
        self.was_sent = was_sent

    def told(self, where: str) -> str:
        """What went wrong and what to do, with where it was tried: ``at ADDRESS``, ``on HOST``."""
        problem, remedy = _SAID[self.kind]
        return f"The model {where} {problem}. {remedy}"


def failure_of(error: BaseException) -> ModelFailure:
    """The failure that a provider's own error means; its words are never passed on."""
    said = f"{error} {getattr(error, 'code', '')}".lower()
    if _TOO_LONG.search(said):
        return ModelFailure("too long")
    status = status_of(error)
    if _FILTERED.search(said) and (status is None or status < 500):
        return ModelFailure("filtered")
    if status is not None:
        return ModelFailure(_kind_of(status, said))
    if _never_connected(error):
        return ModelFailure("unreachable", was_sent=False)
    name = " ".join(kind.__name__ for kind in type(error).__mro__)
    if "Timeout" in name:
        return ModelFailure("slow")
    if "JSON" in name or "Unicode" in name or "Validation" in name:
        return ModelFailure("garbled")
    if "Connect" in name or "Protocol" in name or "Read" in name or isinstance(error, OSError):
        return ModelFailure("unreachable")
    return ModelFailure("server")


def status_of(error: BaseException) -> int | None:
    """The HTTP status that the error carries, whatever its package calls it; else `None`."""
    places = (error, getattr(error, "response", None))
    for place in places:
        for name in ("status_code", "code"):
            value = getattr(place, name, None)
            if isinstance(value, int) and 400 <= value < 600:
                return value
    return None


def _kind_of(status: int, said: str) -> FailureKind:
    if status == 402 or (status in (400, 403, 429) and _UNPAID.search(said)):
        return "payment"
    known: dict[int, FailureKind] = {
        401: "key", 403: "key", 404: "no model", 408: "slow", 413: "too long",
        429: "too many", 503: "busy", 504: "slow", 529: "busy",
    }  # fmt: skip
    return known.get(status, "server" if status >= 500 else "refused")


def _never_connected(error: BaseException) -> bool:
    """Whether no connection was made: the packages wrap the error that says so in their own."""
    known: set[int] = set()
    inner: BaseException | None = error
    while inner is not None and id(inner) not in known:
        known.add(id(inner))
        if type(inner).__name__ in _NO_CONNECTION:
            return True
        inner = inner.__cause__ or inner.__context__
    return False
