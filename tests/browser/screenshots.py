"""``python -m tests.browser.screenshots FOLDER``: pictures of the page's main states.

Each state at 1280 and 390 pixels, light and dark. The page is the real one over a fresh
library of the shipped article.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.serving import free_port, served

SIZES = {1280: 800, 390: 844}
LOOKS = ("light", "dark")


def main() -> None:
    """Write the pictures, or say why there is no browser."""
    parser = argparse.ArgumentParser(description="Write pictures of the page's main states.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no chromium on this machine. Install it, then try again.")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        served(Path(home), port=free_port()) as (address, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for width, height in SIZES.items():
            for look in LOOKS:
                _take(browser, address, folder, width=width, height=height, look=look)
        browser.close()


def _take(
    browser: Browser, address: str, folder: Path, *, width: int, height: int, look: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if look == "dark" else "light",
        reduced_motion="reduce",
        device_scale_factor=1.5,
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#welcome .example", timeout=60_000)

    def shoot(state: str) -> None:
        page.wait_for_timeout(350)
        page.screenshot(path=folder / f"{state}-{width}-{look}.png")

    shoot("empty")
    _ask(page, "What troop level does the plan keep for Ukraine’s armed forces?")
    _ask(page, "And how many countries would the coalition include?")
    shoot("answered")
    page.locator("#thread .turn").last.locator(".statement .chip").first.hover()
    shoot("card")
    page.mouse.move(2, 2)
    page.locator("#thread .turn").last.locator(".statement .chip").first.click()
    page.wait_for_selector("#reading")
    page.mouse.move(2, 2)
    shoot("reader")
    _ask(page, "What did Poland offer?")
    shoot("not-in-sources")
    page.get_by_role("button", name="Filter", exact=True).click()
    shoot("filters")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Conversations").click()
    page.wait_for_selector("#conversations .talk")
    shoot("conversations")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit question").last.click()
    shoot("editing")
    page.keyboard.press("Escape")
    _ask(page, "Why? " * 1000)
    shoot("error")
    page.get_by_role("tab", name="Library").click()
    page.wait_for_selector("#library-table .books")
    shoot("library")
    page.get_by_role("button", name="Card of").first.click()
    page.wait_for_selector("dialog[open]")
    shoot("editing-a-card")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Briefing").click()
    if look == LOOKS[0] and width == max(SIZES):
        page.fill("#first-title", "Security guarantees")
        page.press("#first-title", "Enter")
        page.locator("#briefing summary", has_text="Draft").click()
        topic = page.locator("#briefing form[data-do=draft] input")
        topic.fill("security guarantees")
        topic.press("Enter")
    page.wait_for_selector("#briefing .line.section", timeout=60_000)
    shoot("briefing")
    page.get_by_role("tab", name="Positions").click()
    page.wait_for_selector("#positions table")
    shoot("positions")
    context.close()


def _ask(page: Page, question: str) -> None:
    turns = page.locator("#thread .turn").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function(
        "(count) => document.querySelectorAll('#thread .turn').length > count"
        " && !document.querySelector('#thread .working')",
        arg=turns,
    )


if __name__ == "__main__":
    main()
