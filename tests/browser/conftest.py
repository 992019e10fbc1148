"""A browser for the tests, or the reason why there is none.

Without Chromium these tests are skipped; where ``CI`` or ``ASSISTANT_REQUIRE_BROWSER`` is
set they fail instead, so that a change is never accepted without them.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.doing import Visit
from tests.browser.serving import free_port, served
from tests.browser.visitors import visitors

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000
"""How long a page is waited for: what is tested is what it shows, not how busy the machine is."""
expect.set_options(timeout=PATIENCE_MS)

HOSTILE = """---
title: '<img src=x onerror="window.hurt=1"> "Ruritania" & <b>bold</b>'
publisher: <script>window.hurt=2</script>
published: unknown
---
Ruritania keeps 4,321 watchtowers <img src=x onerror="window.hurt=3"> <script>window.hurt=4\
</script> ${window.hurt=5} {{7*7}} [here](javascript:alert(1)) **bold** at its border.

האלמנך של רוריטניה מונה 77 מגדלורים.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        if os.environ.get("CI") or os.environ.get("ASSISTANT_REQUIRE_BROWSER"):
            pytest.fail("The browser tests are compulsory here, and there is no chromium.")
        pytest.skip("There is no chromium on this machine.")
    launched = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
    yield launched
    launched.close()


@pytest.fixture(scope="package")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """The page over the shipped article and one text that means harm."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "ruritania.txt").write_text(HOSTILE, encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    with served(home, port=free_port(), folder=folder) as (where, _):
        yield where


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens the page as a new visitor."""
    with visitors(browser, address) as opened:
        yield opened
