"""Who said what on the page, over the shipped article and the made-up library."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.speakers.texts import MADE_UP
from tests.browser.doing import Visit
from tests.browser.serving import free_port, served
from tests.browser.visitors import visitors


@pytest.fixture(scope="module")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    with served(home, port=free_port(), folder=MADE_UP) as (where, _):
        yield where


@pytest.fixture
def positions(browser: Browser, own_address: str) -> Iterator[Visit]:
    """Opens the view as a new visitor."""
    with visitors(
        browser, own_address, height=900, tab="Positions", shows="#positions table"
    ) as opened:
        yield opened


def part(page: Page, name: str) -> None:
    page.locator("#positions .parts button", has_text=name).click()
    expect(page.locator("#positions .parts [aria-current=page]")).to_have_text(name)


def test_all_parties_of_the_article_have_columns_and_publishers_their_own(positions: Visit) -> None:
    page = positions()
    page.get_by_role("button", name="Show all parties").click()
    heads = page.locator("#positions thead tr").last.locator("th")
    expect(heads.filter(has_text="NBC News")).to_have_count(1)
    named = set(heads.all_inner_texts())
    assert {"Zelensky", "Vance", "NBC News", "negotiators", "Kyiv", "Macron"} <= named
    groups = page.locator("#positions th[scope=colgroup]")
    expect(groups).to_have_text(["Speakers", "Unnamed", "Publishers' own reports"])
    own_reports = int(groups.last.get_attribute("colspan") or 0)
    assert "NBC News" in heads.all_inner_texts()[-own_reports:]


def test_a_cell_opens_the_reader_at_its_very_words(positions: Visit) -> None:
    page = positions()
    cell = page.locator("#positions td[data-party=Macron] button.cell").first
    words = cell.locator(".said").inner_text()
    cell.click()
    expect(page.locator("#reader mark.current").first).to_be_visible()
    assert "".join(page.locator("#reader mark.current").all_inner_texts()) == words


def test_an_empty_cell_is_shown_empty(positions: Visit) -> None:
    page = positions()
    row = page.locator("#positions tbody tr", has=page.locator("th", has_text="nuclear plant"))
    expect(row.locator("td[data-party=Macron]")).to_have_class("empty")
    expect(row.locator("td[data-party=Macron] .cell")).to_have_count(0)


def test_differing_figures_of_one_party_stand_side_by_side(positions: Visit) -> None:
    page = positions()
    part(page, "Compare")
    pair = page.locator("#positions .pair", has_text="26 countries").first
    expect(pair).to_contain_text("30 countries")
    expect(page.locator("#positions")).not_to_contain_text("contradict")


def test_words_over_time_mark_the_changed_number(positions: Visit) -> None:
    page = positions()
    row = page.locator("#positions tbody tr", has=page.locator("th", has_text="coalition"))
    row.locator("td[data-party=Macron] .earlier").click()
    steps = page.locator("#positions .said-list li")
    expect(steps).to_have_count(2)
    expect(steps.last.locator("mark.value").first).to_have_text("30 countries")


def test_a_bar_leads_to_its_statements_by_keys_and_they_to_reader_and_briefing(
    positions: Visit,
) -> None:
    page = positions()
    part(page, "Over time")
    expect(page.locator("#positions svg.bars text", has_text="undated").first).to_be_visible()
    bar = page.get_by_role("button", name="Macron, November 2025: 2 statements")
    bar.focus()
    bar.press("Enter")
    chosen = page.locator("#positions .chosen")
    expect(chosen.locator(".cell")).to_have_count(2)
    expect(chosen).to_be_focused()
    chosen.locator(".cell").first.click()
    expect(page.locator("#reader mark.current").first).to_contain_text("26 countries")
    chosen.locator(".pin").first.click()
    expect(page.get_by_text("Pinned to “")).to_be_visible()
    part(page, "Events")
    event = page.locator("#positions .events li", has_text="18 December 2025").first
    event.locator(".chip").click()
    expect(page.locator("#reader mark.current").first).to_contain_text("90 billion euros")


def test_no_part_leaves_a_phones_window_or_is_cut_at_a_desk(positions: Visit) -> None:
    for width in (390, 1280):
        page = positions(width=width)
        if width == 390:
            expect(page.locator("#positions tbody tr").first).to_have_css("display", "flex")
        for name in ("Compare", "Commitments", "Over time", "Events", "Issues"):
            part(page, name)
            fits = "(paper) => paper.scrollWidth <= paper.clientWidth"
            assert page.locator("#positions-paper").evaluate(fits), name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        part(page, "Who said what")
        row = page.locator("#positions tbody tr", has=page.locator("th", has_text="coalition"))
        row.locator("td[data-party=Macron] .earlier").click()
        expect(page.locator("#positions .said-list li").first).to_be_visible()
        assert page.locator("#positions-paper").evaluate(fits)
