"""Who asks: a cookie tells browsers apart, so that each sees its own conversations and files."""

import re
from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from starlette.requests import HTTPConnection

if TYPE_CHECKING:
    import gradio as gr

VISITOR = "visitor"
"""The name of the cookie."""

_NAME = re.compile(r"[\w-]{32}", re.ASCII)


def visitor_in(cookies: Mapping[str, str]) -> str:
    """The name that the page gave to the browser; empty for one that keeps no cookies."""
    name = cookies.get(VISITOR, "")
    return name if _NAME.fullmatch(name) else ""


def visitor_of(request: "gr.Request") -> str:
    """Whose browser it is; empty for one that keeps no cookies."""
    asked = request.request
    return visitor_in(asked.cookies) if asked is not None else ""


def visitor_of_scope(scope: MutableMapping[str, Any]) -> str:
    """The same of a bare request."""
    return visitor_in(HTTPConnection(scope).cookies)
