"""Filters beside the question: set, seen, cleared, and part of the conversation."""

from playwright.sync_api import Page, expect

from tests.browser.doing import TROOPS, WATCHTOWERS, Visit, ask


def _narrow_to_polskie_radio(page: Page) -> None:
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_label("Polskie Radio").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#filters li")).to_have_text(["Polskie Radio"])


def test_a_filter_narrows_the_answer_is_seen_and_can_be_cleared(visit: Visit) -> None:
    page = visit()
    _narrow_to_polskie_radio(page)
    ask(page, WATCHTOWERS)
    expect(page.locator("#thread .silence")).to_be_visible()
    expect(page.locator("#thread .among")).to_have_text("Asked among Polskie Radio")
    page.get_by_role("button", name="Clear Polskie Radio").click()
    expect(page.locator("#filters li")).to_have_count(0)
    ask(page, WATCHTOWERS)
    expect(page.locator("#thread .turn").last.locator(".statement").first).to_contain_text("4,321")


def test_silence_under_a_filter_offers_to_ask_without_it(visit: Visit) -> None:
    page = visit()
    _narrow_to_polskie_radio(page)
    ask(page, WATCHTOWERS)
    page.get_by_role("button", name="Ask without filters").click()
    expect(page.locator("#thread .statement").first).to_contain_text("4,321")
    expect(page.locator("#filters li")).to_have_count(0)


def test_filters_are_part_of_the_conversation(visit: Visit) -> None:
    page = visit()
    _narrow_to_polskie_radio(page)
    ask(page, TROOPS)
    page.reload()
    expect(page.locator("#filters li")).to_have_text(["Polskie Radio"])
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#filters li")).to_have_count(0)


def test_one_source_alone_can_be_asked_from_the_reader(visit: Visit) -> None:
    page = visit()
    page.locator("#reader .book", has_text="Zelensky").click()
    page.get_by_role("button", name="Ask only this source").click()
    expect(page.locator("#filters li")).to_contain_text(["Security guarantees for Ukraine"])


def test_dates_narrow_to_what_was_published_then(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_label("Published since").fill("2025-01-01")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#filters li")).to_have_text(["since 1 January 2025"])
    ask(page, TROOPS)
    expect(page.locator("#thread .silence")).to_be_visible()
