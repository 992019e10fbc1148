"""The command that serves the page."""

import socket
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.serving import served


def test_a_taken_port_is_said_and_the_next_free_one_serves_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        taken = holder.getsockname()[1]
        with served(tmp_path, port=taken) as (where, said):
            assert f"Port {taken} is taken; trying {taken + 1}." in said
            assert int(where.rpartition(":")[2]) > taken
            page = browser.new_page()
            page.goto(where)
            page.wait_for_selector("#question textarea")
            page.close()
