"""What an event of the page brings along: values that anybody may have sent."""

from collections.abc import Mapping

import gradio as gr


def fields_of(event: gr.EventData) -> Mapping[str, object]:
    """What the event says, by name; empty where it says nothing."""
    fields = event._data
    return fields if isinstance(fields, dict) else {}


def field_of(event: gr.EventData, name: str) -> object:
    """What the event says under `name`; `None` where it says nothing."""
    return fields_of(event).get(name)


def whole(value: object) -> int:
    """The whole number that a value is, 0 where it is none."""
    try:
        return int(str(value))
    except ValueError:
        return 0
