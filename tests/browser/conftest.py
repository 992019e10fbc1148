"""A browser for the tests, or the reason why there is none.

Without Chromium these tests are skipped; where ``CI`` or ``ASSISTANT_REQUIRE_BROWSER`` is
set they fail instead, so that a change is never accepted without them.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.serving import free_port, served

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
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
    (folder / "ruritania.md").write_text(HOSTILE, encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    with served(home, port=free_port(), folder=folder) as (where, _):
        yield where


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the page as a new visitor; whatever a test does, no request may go elsewhere.

    Every request of every visit is recorded and checked, and no script may fail.
    """
    contexts = []
    elsewhere: list[str] = []
    broken: list[str] = []

    def open_page(*, width: int = 1280, height: int = 800, **settings: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            **settings,  # type: ignore[arg-type]  # playwright's own keywords
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((f"{address}/", "data:", "blob:"))
                else elsewhere.append(request.url)
            ),
        )
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(f"{address}/")
        page.wait_for_selector("#welcome .example", timeout=60_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert broken == []
