"""The reader: at the words that were cited, and what it offers beside; the page on paper."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.doing import TROOPS, Visit, ask, eventually, in_view, point_at, said


def test_a_citation_shows_its_card_and_opens_the_reader_at_the_highlighted_sentence(
    visit: Visit,
) -> None:
    page = visit()
    ask(page, TROOPS)
    statement = page.locator("#thread .statement").first
    words = said(statement)
    assert "800,000" in words
    point_at(statement.locator(".chip"))
    card = page.locator(".card.floating")
    for shown in ("800,000 troops", "Polskie Radio", "undated"):
        expect(card).to_contain_text(shown)
    expect(card.locator(".around").first).not_to_be_empty()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    statement.locator(".chip").click()
    expect(page.locator("#reader .position")).to_contain_text("Citation 1")
    highlighted = "".join(page.locator("#reader mark.current").all_inner_texts())
    assert highlighted == words
    assert in_view(page, "#reading")
    expect(page.locator("#reader .facts")).to_contain_text("Polskie Radio")
    expect(page.locator("#reader .facts")).to_contain_text("undated")
    expect(page.locator("#reader .text")).to_contain_text("NBC News reported")


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


def test_below_the_chat_on_a_phone_the_reader_is_brought_into_view(visit: Visit) -> None:
    page = visit(width=390, height=844)
    ask(page, TROOPS)
    page.locator("#thread .statement .chip").first.click()
    page.wait_for_selector("#reading")
    eventually(lambda: page.evaluate("scrollY") > 100)
    assert in_view(page, "#reading")


def test_on_a_phone_back_leads_from_the_reader_to_the_answer(visit: Visit) -> None:
    page = visit(width=390, height=844)
    ask(page, TROOPS)
    chip = page.locator("#thread .statement .chip").first
    chip.click()
    page.wait_for_selector("#reading")
    eventually(lambda: in_view(page, "#reading"))
    page.go_back()
    expect(chip).to_be_focused()
    expect(chip).to_be_in_viewport()
    page.go_forward()
    eventually(lambda: in_view(page, "#reading"))


def test_words_that_are_selected_can_be_asked_about(visit: Visit) -> None:
    page = visit()
    page.locator("#reader .book", has_text="Zelensky").click()
    page.locator("#reader .text p").nth(4).evaluate(
        """(paragraph) => {
          const at = paragraph.textContent.indexOf("coalition of the willing");
          const range = document.createRange(), node = paragraph.firstChild;
          range.setStart(node, at);
          range.setEnd(node, at + "coalition of the willing".length);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
        }"""
    )
    page.get_by_role("button", name="Ask about this passage").click()
    box = page.locator("#question textarea")
    expect(box).to_be_focused()
    expect(box).to_have_value("What is said about “coalition of the willing”?")
    page.keyboard.press("Enter")
    expect(page.locator("#thread .statement").first).to_contain_text("coalition of the willing")


def test_paper_gets_questions_answers_and_notes_and_nothing_else(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    page.locator("#thread .chip").first.click()
    page.wait_for_selector("#reading")
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    words = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    assert TROOPS in words
    assert "[1]" in words
    assert words.count("armed forces at 800,000 troops") == 2
    assert "Polskie Radio, Security guarantees for Ukraine" in words
    for unwanted in ("New conversation", "Copy as", "Pin", "Search in this text", "NBC News"):
        assert unwanted not in words
    assert len(printed.pages) == 1
