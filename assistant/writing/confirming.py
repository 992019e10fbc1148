"""What the chat model itself says of a statement and its cited words, where it is trusted to check.

It can only lower what was verified without it; what is no clear reply lowers a little, too.
"""

import re
from dataclasses import replace
from typing import Literal

from assistant.verifying.check import Fault, FaultKind, Verification

Confirmation = Literal["entailed", "contradicted", "not said"]
MAX_REPLY_CHARS = 200
_REPLIES: dict[str, Confirmation] = {
    "entailed": "entailed",
    "contradicted": "contradicted",
    "not said": "not said",
}
_FAULTS: dict[Confirmation, FaultKind] = {
    "contradicted": "model contradicts",
    "not said": "model denies",
}


def read_confirmation(reply: str) -> Confirmation | None:
    """What the model said, in any dress; `None` where it said more than that, or nothing."""
    bare = " ".join(re.findall(r"[a-z]+", reply.casefold().replace("_", " ")))
    return _REPLIES.get(bare)


def confirmed(told: Verification, said: Confirmation | None) -> Verification:
    """The verification with what the model said of it; never better than before."""
    if said == "entailed" or told.support == "not_supported":
        return told
    if said is None:
        faults = (*told.faults, Fault("unconfirmed"))
        return replace(told, support="partly", faults=faults)
    faults = (*told.faults, Fault(_FAULTS[said]))
    return replace(told, support="not_supported", faults=faults)
