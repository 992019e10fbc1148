"""The page for every visitor: by keyboard, in any script, look and width."""

import re

from playwright.sync_api import expect

from tests.browser.doing import POLAND, TROOPS, Visit, ask, eventually


def test_everything_can_be_reached_by_keyboard(visit: Visit) -> None:
    page = visit()
    page.locator("body").click(position={"x": 640, "y": 20})
    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(TROOPS)
    page.keyboard.press("Enter")
    chip = page.locator("#thread .statement .chip").first
    expect(chip).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if chip.evaluate("e => e === document.activeElement"):
            break
    expect(chip).to_be_focused()
    assert re.fullmatch(
        r"Citation 1: Polskie Radio, undated\. Open in the reader",
        chip.get_attribute("aria-label") or "",
    )
    expect(page.locator(".card.floating")).to_contain_text("800,000")
    page.keyboard.press("Escape")
    expect(page.locator(".card.floating")).to_have_count(0)
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


def test_right_to_left_text_is_shown_right(visit: Visit) -> None:
    page = visit()
    ask(page, "מה יש ברוריטניה?")
    asked = page.locator("#thread .asked")
    assert asked.evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.locator("#reader .book", has_text="Ruritania").click()
    paragraph = page.locator("#reader .text p", has_text="האלמנך")
    assert paragraph.evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_light_and_dark_follow_the_system_or_the_visitor(visit: Visit) -> None:
    page = visit(color_scheme="dark")
    paper = "() => getComputedStyle(document.body).getPropertyValue('background-color')"
    dark = page.evaluate(paper)
    page.locator("[data-look]").click()
    expect(page.locator("[data-look]")).to_contain_text("Light")
    eventually(lambda: page.evaluate(paper) != dark)
    page.reload()
    page.wait_for_selector("#welcome .example")
    assert page.evaluate(paper) != dark


def test_nothing_overlaps_or_runs_out_of_the_window(visit: Visit) -> None:
    page = visit(width=390, height=844)
    ask(page, TROOPS)
    page.locator("#thread .statement .chip").first.click()
    page.wait_for_selector("#reading")
    ask(page, POLAND)
    for width in (390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(
            """() => {
              const box = (selector) => document.querySelector(selector).getBoundingClientRect();
              const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1
                || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
              return apart(box("#chat"), box("#side")) && apart(box("#masthead"), box("#columns"))
                && apart(box("#question"), box("#status"));
            }"""
        ), width


def test_the_way_back_leads_to_the_view_before_and_a_reload_stays(visit: Visit) -> None:
    page = visit()
    for name in ("Library", "Positions"):
        page.get_by_role("tab", name=name).click()
    page.go_back()
    selected = page.locator("#views [role=tab][aria-selected=true]")
    expect(selected).to_have_text("Library")
    page.reload()
    expect(selected).to_have_text("Library")
    expect(page.locator("#library-table")).to_be_visible()
    page.go_back()
    expect(selected).to_have_text("Ask")
    page.go_forward()
    expect(selected).to_have_text("Library")
