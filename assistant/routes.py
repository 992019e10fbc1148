"""Questions for a place that is asked for by its name lead straight there.

A numbered article, the lines of minutes, the field of a card: what stands there is what is asked
for, and is not searched.
"""

from assistant.asking.questions import Question
from assistant.parts import Found
from assistant.quoting.navigating import go_to_part
from assistant.quoting.roll_calling import call_roll
from assistant.quoting.telling_cards import tell_card
from index.filters import Filters
from index.library import Library


def routed(library: Library, asked: Question, *, filters: Filters | None) -> Found | None:
    """What stands at the place that is asked for; `None` where none is, or none has it."""
    for route in (go_to_part, call_roll, tell_card):
        found = route(library, asked, filters=filters)
        if found is not None:
            return found
    return None
