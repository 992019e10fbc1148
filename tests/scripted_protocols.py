"""What servers of chat models send, byte for byte: OpenAI's chat completions, Anthropic's
messages, Ollama's chat. Only what is needed to play an answer, and to break it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Protocol = Literal["openai", "anthropic", "ollama"]


def protocol_of(path: str) -> Protocol:
    """The protocol of a request to `path`."""
    if path.endswith("/messages"):
        return "anthropic"
    return "ollama" if path.endswith("/api/chat") else "openai"


def event(words: str, protocol: Protocol = "openai") -> bytes:
    """A part of the stream that carries `words` of the answer."""
    if protocol == "anthropic":
        return text_of_block(0, words)
    if protocol == "ollama":
        return _line({"message": {"role": "assistant", "content": words}, "done": False})
    return delta({"content": words})


def beginning(protocol: Protocol) -> bytes:
    """What comes before the first word."""
    if protocol != "anthropic":
        return b""
    message = {
        "id": "m1", "type": "message", "role": "assistant", "model": "scripted", "content": [],
        "stop_reason": None, "stop_sequence": None,
        "usage": {"input_tokens": 321, "output_tokens": 1},
    }  # fmt: skip
    return _named({"type": "message_start", "message": message})


def ending(reason: str, protocol: Protocol = "openai", *, counts: bool = True) -> bytes:
    """The end of the answer, why it ended, and the tokens it took."""
    if protocol == "anthropic":
        last = {
            "type": "message_delta",
            "delta": {"stop_reason": reason, "stop_sequence": None},
            "usage": {"output_tokens": 45},
        }
        return _named(last) + _named({"type": "message_stop"})
    if protocol == "ollama":
        used = {"prompt_eval_count": 321, "eval_count": 45} if counts else {}
        message = {"role": "assistant", "content": ""}
        return _line({"message": message, "done": True, "done_reason": reason, **used})
    stop = _chunk([{"index": 0, "delta": {}, "finish_reason": reason}])
    used = {"prompt_tokens": 321, "completion_tokens": 45, "total_tokens": 366}
    counted = _data({**_CHUNK, "choices": [], "usage": used}) if counts else b""
    return stop + counted + b"data: [DONE]\n\n"


def delta(fields: Mapping[str, Any]) -> bytes:
    """An event of OpenAI's protocol with these fields: ``content``, ``reasoning_content`` …"""
    return _chunk([{"index": 0, "delta": dict(fields), "finish_reason": None}])


def ollama_thought(words: str) -> bytes:
    """A line of Ollama's protocol with a part of a thought."""
    message = {"role": "assistant", "content": "", "thinking": words}
    return _line({"message": message, "done": False})


def block_begins(index: int, kind: str) -> bytes:
    """The begin of a block of Anthropic's protocol: ``text`` or ``thinking``."""
    block = {"type": "text", "text": ""}
    if kind == "thinking":
        block = {"type": "thinking", "thinking": "", "signature": ""}
    return _named({"type": "content_block_start", "index": index, "content_block": block})


def text_of_block(index: int, words: str) -> bytes:
    return _block_delta(index, {"type": "text_delta", "text": words})


def thought_of_block(index: int, words: str) -> bytes:
    return _block_delta(index, {"type": "thinking_delta", "thinking": words})


def citation_of_block(index: int, document: int, cited: str) -> bytes:
    """That the block rests on a sentence of the document, counted from 0."""
    place = {
        "type": "content_block_location", "cited_text": cited, "document_index": document,
        "document_title": f"Passage {document + 1}", "start_block_index": 0,
        "end_block_index": 1, "file_id": None,
    }  # fmt: skip
    return _block_delta(index, {"type": "citations_delta", "citation": place})


def block_ends(index: int) -> bytes:
    return _named({"type": "content_block_stop", "index": index})


def cited_blocks(blocks: Sequence[tuple[str, int | None]]) -> list[bytes]:
    """An answer of Anthropic's with its own citations: words and the document, if any, a block."""
    sent = []
    for index, (words, document) in enumerate(blocks):
        sent.append(block_begins(index, "text"))
        if document is not None:
            sent.append(citation_of_block(index, document, words))
        sent += [text_of_block(index, words), block_ends(index)]
    return sent


def refusal(message: str, protocol: Protocol, *, param: str | None, code: str | None) -> bytes:
    """The body of an answer with an error's status."""
    if protocol == "ollama":
        return json.dumps({"error": message}).encode()
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    if protocol == "anthropic":
        error = {"message": message, "type": "invalid_request_error"}
    return json.dumps({"type": "error", "error": error}).encode()


_CHUNK = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}


def _chunk(choices: list[dict[str, Any]]) -> bytes:
    return _data({**_CHUNK, "choices": choices})


def _data(value: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def _named(value: Mapping[str, Any]) -> bytes:
    return b"event: " + str(value["type"]).encode() + b"\n" + _data(value)


def _block_delta(index: int, change: Mapping[str, Any]) -> bytes:
    return _named({"type": "content_block_delta", "index": index, "delta": dict(change)})


def _line(value: Mapping[str, Any]) -> bytes:
    made = {"model": "scripted", "created_at": "2026-01-01T00:00:00Z", **value}
    return json.dumps(made).encode() + b"\n"
