"""What a visitor does on the page, in a real browser against the real command."""

import re
import socket
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.doing import (
    OBSTACLE,
    POLAND,
    TROOPS,
    Visit,
    ask,
    eventually,
    in_view,
    said,
)
from tests.browser.serving import served


def test_a_citation_opens_the_reader_at_the_highlighted_sentence(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    statement = page.locator("#thread .statement").first
    words = said(statement)
    assert "800,000" in words
    statement.locator(".chip").click()
    expect(page.locator("#reader .position")).to_contain_text("Citation 1")
    highlighted = "".join(page.locator("#reader mark.current").all_inner_texts())
    assert highlighted == words
    assert in_view(page, "#reading")
    expect(page.locator("#reader .facts")).to_contain_text("Polskie Radio")
    expect(page.locator("#reader .facts")).to_contain_text("date unknown")
    expect(page.locator("#reader .text")).to_contain_text("NBC News reported")


def test_right_to_left_text_is_shown_right(visit: Visit) -> None:
    page = visit()
    ask(page, "מה יש ברוריטניה?")
    asked = page.locator("#thread .asked")
    assert asked.evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.locator("#reader .book", has_text="Ruritania").click()
    paragraph = page.locator("#reader .text p", has_text="האלמנך")
    assert paragraph.evaluate("e => getComputedStyle(e).direction") == "rtl"


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
        r"Citation 1: Polskie Radio, date unknown\. Open in the reader",
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


def test_the_card_of_a_citation_names_publisher_and_date(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    page.locator("#thread .statement .chip").first.hover()
    card = page.locator(".card.floating")
    expect(card).to_contain_text("800,000 troops")
    expect(card).to_contain_text("Polskie Radio")
    expect(card).to_contain_text("date unknown")
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280


def test_the_reader_moves_between_the_citations_of_the_conversation(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    ask(page, "What did NBC News report about the U.S. administration?")
    page.locator("#thread .statement .chip").first.click()
    expect(page.locator("#reader .position")).to_contain_text("Citation 1 of")
    first = "".join(page.locator("#reader mark.current").all_inner_texts())
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator("#reader .position")).to_contain_text("Citation 2 of")
    assert "".join(page.locator("#reader mark.current").all_inner_texts()) != first
    assert in_view(page, "#reading")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#reader .position")).to_contain_text("Citation 1 of")
    assert "".join(page.locator("#reader mark.current").all_inner_texts()) == first


def test_numbers_stay_over_the_whole_conversation(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    numbers = page.locator("#thread .turn").first.locator(".statement .chip").all_inner_texts()
    ask(page, OBSTACLE)
    ask(page, TROOPS)
    turns = page.locator("#thread .turn")
    assert turns.first.locator(".statement .chip").all_inner_texts() == numbers
    again = turns.last.locator(".statement .chip").all_inner_texts()
    assert set(numbers) & set(again)


def test_what_the_sources_do_not_say_is_a_card_with_related_passages(visit: Visit) -> None:
    page = visit()
    ask(page, POLAND)
    card = page.locator("#thread .silence")
    expect(card).to_contain_text("Not in the sources")
    expect(card).to_contain_text("Poland")
    expect(card).to_contain_text("Related, but not an answer")
    passages = card.locator("button.passage")
    assert 1 <= passages.count() <= 3
    words = passages.first.locator(".words").inner_text()
    passages.first.click()
    expect(page.locator("#reader .position")).to_have_text("Related passage")
    shown = "".join(page.locator("#reader mark.current").all_inner_texts())
    assert " ".join(shown.split()) == " ".join(words.split())
    assert in_view(page, "#reading")


def test_a_follow_up_question_is_understood_from_the_conversation(visit: Visit) -> None:
    page = visit()
    ask(page, "What did Vance say about the negotiations?")
    ask(page, "And what did he name as the main obstacle?")
    expect(page.locator("#thread .turn").last).to_contain_text("Donetsk")


def test_every_example_is_answered(visit: Visit) -> None:
    page = visit()
    examples = page.locator("#welcome .example").all_inner_texts()
    assert examples
    page.locator("#welcome .example").first.click()
    expect(page.locator("#thread .asked")).to_have_text(examples[0])
    for example in examples[1:]:
        expect(page.locator("#thread .working")).to_have_count(0)
        ask(page, example)
    expect(page.locator("#thread .statements")).to_have_count(len(examples))
    expect(page.locator("#thread .silence, #thread .failure")).to_have_count(0)


def test_an_error_names_its_remedy_and_loses_nothing(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    ask(page, "Why? " * 1000)
    failure = page.locator("#thread .failure")
    expect(failure).to_contain_text("characters")
    expect(failure).to_contain_text("at most 4,000")
    expect(page.locator("#thread .asked").last).to_contain_text("Why? Why?")
    expect(page.locator("#thread .statement").first).to_contain_text("800,000")
    ask(page, OBSTACLE)
    expect(page.locator("#thread .turn").last.locator(".statement").first).to_be_visible()


def test_a_text_can_be_searched(visit: Visit) -> None:
    page = visit()
    page.locator("#reader .book", has_text="Zelensky").click()
    page.fill("#find-words", "congress")
    expect(page.locator("#reader .found")).to_have_text("1 of 2")
    page.press("#find-words", "Enter")
    expect(page.locator("#reader .found")).to_have_text("2 of 2")
    page.fill("#find-words", "(jh)")
    expect(page.locator("#reader .found")).to_have_text("1 of 1")
    page.fill("#find-words", "Atlantis")
    expect(page.locator("#reader .found")).to_have_text("none")


def test_the_line_below_the_question_says_where_one_stands(visit: Visit) -> None:
    page = visit()
    line = page.locator("#status .status")
    for fact in ("Quotes mode", "2 sources", "dates unknown", "nothing leaves this machine"):
        expect(line).to_contain_text(fact)


def test_a_new_conversation_begins_empty(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    page.locator("#thread .chip").first.click()
    page.wait_for_selector("#reading")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#thread .turn")).to_have_count(0)
    expect(page.locator("#welcome .example").first).to_be_visible()
    expect(page.locator("#reading")).to_have_count(0)


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


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_nothing_overlaps_or_runs_out_of_the_window(visit: Visit, width: int) -> None:
    page = visit(width=width, height=844)
    ask(page, TROOPS)
    page.locator("#thread .statement .chip").first.click()
    page.wait_for_selector("#reading")
    ask(page, POLAND)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(
        """() => {
          const box = (selector) => document.querySelector(selector).getBoundingClientRect();
          const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1
            || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
          return apart(box("#chat"), box("#side")) && apart(box("#masthead"), box("#desk"))
            && apart(box("#question"), box("#status"));
        }"""
    )


def test_below_the_chat_on_a_phone_the_reader_is_brought_into_view(visit: Visit) -> None:
    page = visit(width=390, height=844)
    ask(page, TROOPS)
    page.locator("#thread .statement .chip").first.click()
    page.wait_for_selector("#reading")
    eventually(lambda: page.evaluate("scrollY") > 100)
    assert in_view(page, "#reading")


def test_a_taken_port_is_said_and_the_next_free_one_serves_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        taken = holder.getsockname()[1]
        with served(tmp_path, port=taken) as (where, said):
            assert f"Port {taken} is taken; trying {taken + 1}." in said
            assert int(where.rpartition(":")[2]) > taken
            page = browser.new_page()
            page.goto(where)
            page.wait_for_selector("#question textarea")
            page.close()
