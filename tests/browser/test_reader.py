"""What the reader offers beside reading, and the page on paper."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.doing import TROOPS, Visit, ask


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
