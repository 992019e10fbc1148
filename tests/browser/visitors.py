"""Visitors of a page that is being served, each in a browser context of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.browser.doing import Visit


@contextmanager
def visitors(
    browser: Browser, address: str, *, height: int = 800, tab: str = "Ask", shows: str = "#thread"
) -> Iterator[Visit]:
    """Opens one tab of the page as a new visitor, once it shows that; no request may go elsewhere.

    Every request of every visit is recorded and checked at the end, and no script may fail.
    """
    contexts = []
    elsewhere: list[str] = []
    broken: list[str] = []

    def open_page(*, width: int = 1280, height: int = height, **settings: object) -> Page:
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
        if tab != "Ask":
            page.get_by_role("tab", name=tab).click()
        page.wait_for_selector(shows, state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert broken == []
