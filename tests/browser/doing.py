"""What visitors do in the tests of the page, and what they look for."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

Visit = Callable[..., Page]

OBSTACLE = "What is the main obstacle in the negotiations?"
TROOPS = "How many troops would Ukraine keep?"
POLAND = "What did Poland offer?"
WATCHTOWERS = "How many watchtowers does Ruritania keep?"


def ask(page: Page, question: str) -> None:
    """Ask and wait until the answer is complete."""
    turns = page.locator("#thread .turn")
    before = turns.count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(turns).to_have_count(before + 1)
    expect(page.locator("#thread .working")).to_have_count(0)


def eventually(holds: Callable[[], bool], *, within_s: float = 20) -> None:
    """Wait until it holds. The page forbids the evaluation that Playwright's own wait needs."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


def point_at(chip: Locator) -> None:
    """Point at a number until its card shows: an answer that still scrolls puts cards away."""

    def shows() -> bool:
        chip.page.mouse.move(0, 0)
        chip.hover()
        return chip.page.locator(".card.floating").count() == 1

    eventually(shows)


def said(statement: Locator) -> str:
    """The words of a statement without the numbers behind them."""
    return str(
        statement.locator(".words").evaluate(
            """(words) => {
              const copy = words.cloneNode(true);
              copy.querySelectorAll(".chip").forEach((chip) => chip.remove());
              return copy.textContent;
            }"""
        )
    )


def in_view(page: Page, selector: str) -> bool:
    """Whether the middle of the element is what is seen at its place."""
    return bool(
        page.evaluate(
            """(selector) => {
              const element = document.querySelector(selector);
              const box = element.getClientRects()[0];
              const middle = [box.left + box.width / 2, box.top + box.height / 2];
              const at = document.elementFromPoint(...middle);
              return element === at || element.contains(at);
            }""",
            selector,
        )
    )
