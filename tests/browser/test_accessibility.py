"""WCAG 2.2 AA as far as axe-core can tell, in the states that people meet."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.doing import POLAND, TROOPS, Visit, ask

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What axe finds seriously wrong, each with the elements it is about."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes']]}"
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_conversation_and_the_reader_hold_to_wcag(visit: Visit, look: str) -> None:
    page = visit(color_scheme=look, reduced_motion="reduce")
    assert violations(page) == []
    ask(page, TROOPS)
    page.get_by_role("button", name="Not helpful").click()
    page.locator("#thread .statement .chip").first.click()
    page.wait_for_selector("#reading")
    assert violations(page) == []
    ask(page, POLAND)
    page.get_by_role("button", name="Filter", exact=True).click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#talks .talk")).to_have_count(1)
    assert violations(page) == []
