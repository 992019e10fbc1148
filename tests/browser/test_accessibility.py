"""WCAG 2.2 AA as far as axe-core can tell, in the states that people meet, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.doing import POLAND, TROOPS, Visit, ask, eventually

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERIOUS = ("serious", "critical")


def check(page: Page) -> None:
    """No serious violation as it is, and none of contrast in the dark."""
    assert _violations(page, {"type": "tag", "values": RULES}) == []
    _look(page, "dark")
    assert _violations(page, {"type": "rule", "values": ["color-contrast"]}) == []
    _look(page, "light")


def _violations(page: Page, only: dict[str, object]) -> list[str]:
    """What axe finds seriously wrong, each with the elements it is about."""
    found = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes']]}"
        for one in found.response["violations"]
        if one["impact"] in SERIOUS
    ]


def _look(page: Page, look: str) -> None:
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    is_dark = "() => document.body.classList.contains('dark')"
    eventually(lambda: page.evaluate(is_dark) == (look == "dark"))


def _view(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit(color_scheme="light", reduced_motion="reduce")


def test_the_conversation_and_the_reader_hold_to_wcag(page: Page) -> None:
    check(page)
    ask(page, TROOPS)
    page.get_by_role("button", name="Not helpful").click()
    page.locator("#thread .statement .chip").first.click()
    page.wait_for_selector("#reading")
    check(page)
    ask(page, POLAND)
    page.get_by_role("button", name="Filter", exact=True).click()
    check(page)
    page.keyboard.press("Escape")
    page.locator("#reader [data-close]").click()
    page.fill("#seek-words", "coalition")
    page.press("#seek-words", "Enter")
    expect(page.locator("#reader .results li").first).to_be_visible()
    check(page)
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#conversations .talk")).to_have_count(1)
    check(page)


def test_library_briefing_and_positions_hold_to_wcag(page: Page) -> None:
    ask(page, TROOPS)
    page.get_by_role("button", name="Pin the whole answer").click()
    _view(page, "Library")
    expect(page.locator("#library-table .books")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Card of").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page)
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("is saved")
    check(page)
    _view(page, "Briefing")
    expect(page.locator("#briefing .lines > .line").first).to_be_visible()
    check(page)
    _view(page, "Positions")
    expect(page.locator("#positions table")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Over time", exact=True).click()
    page.locator("#positions .mark").first.click()
    expect(page.locator("#positions .chosen")).to_be_visible()
    check(page)
