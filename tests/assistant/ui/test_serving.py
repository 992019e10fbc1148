import socket
from contextlib import suppress

import pytest

from assistant.ui.serving import address_of, bind
from sources.errors import StateError, UseError


def _taken() -> tuple[socket.socket, int]:
    holder = bind("127.0.0.1", 20_000, say=lambda _: None)
    return holder, holder.getsockname()[1]


def test_a_taken_port_is_said_and_the_next_free_one_is_used() -> None:
    said: list[str] = []
    holder, port = _taken()
    with holder, bind("127.0.0.1", port, say=said.append) as bound:
        got = bound.getsockname()[1]
        assert got > port
        assert said[0] == f"Port {port} is taken; trying {port + 1}."
        assert len(said) == got - port
        assert address_of("127.0.0.1", bound) == f"http://127.0.0.1:{got}"


def test_a_host_of_another_machine_is_refused_with_the_remedy() -> None:
    with pytest.raises(UseError, match="is not an address of this machine") as refused:
        bind("192.0.2.1", 20_000, say=lambda _: None)
    assert "--host 127.0.0.1" in refused.value.remedy


def test_when_no_port_is_free_that_is_said() -> None:
    with socket.socket() as holder:
        with suppress(OSError):  # then somebody else holds it, which does as well
            holder.bind(("127.0.0.1", 65_535))
            holder.listen()
        with pytest.raises(StateError, match="65535 to 65535 are all taken") as refused:
            bind("127.0.0.1", 65_535, say=lambda _: None)
    assert "--port" in refused.value.remedy
