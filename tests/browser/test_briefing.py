"""The briefing desk on the page: from a question to a document whose footnotes hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.export.reading import read_document
from tests.browser.doing import Visit
from tests.browser.serving import free_port, served
from tests.browser.visitors import visitors

QUESTION = "What is the main obstacle in the negotiations?"


@pytest.fixture(scope="module")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("home"), port=free_port()) as (where, _):
        yield where


@pytest.fixture
def editor(browser: Browser, own_address: str) -> Iterator[Visit]:
    """Opens the page as a new visitor."""
    with visitors(browser, own_address, height=900) as opened:
        yield opened


def open_briefings(page: Page) -> None:
    page.get_by_role("tab", name="Briefing").click()
    page.wait_for_selector("#briefing .brief-head")


def begin(page: Page, title: str) -> None:
    """A new briefing, whatever others there are."""
    open_briefings(page)
    fresh = page.locator("#briefing details", has=page.locator("summary", has_text="New"))
    if fresh.count():
        fresh.locator("summary").click()
        fresh.locator("input").fill(title)
        fresh.locator("input").press("Enter")
    else:
        page.fill("#first-title", title)
        page.press("#first-title", "Enter")
    expect(page.locator("#briefing h2")).to_have_text(title)


def write(page: Page, words: str) -> None:
    before = lines(page).count()
    page.locator("#briefing form.add input").fill(words)
    page.locator("#briefing form.add input").press("Enter")
    expect(lines(page)).to_have_count(before + 1)


def lines(page: Page) -> Locator:
    return page.locator("#briefing .lines > .line")


def test_from_a_question_to_a_word_document_that_is_verified(editor: Visit, tmp_path: Path) -> None:
    page = editor()
    begin(page, "From a question")
    page.get_by_role("tab", name="Ask").click()
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.get_by_role("button", name="Pin the whole answer").click()
    open_briefings(page)
    expect(page.locator("#briefing .said").first).to_contain_text("Donetsk region")
    page.locator("#briefing .said .chip").first.click()
    expect(page.locator("#reader mark.current").first).to_be_visible()
    menus = page.locator("#briefing details.tool[open]")
    page.locator("#briefing summary", has_text="Draft").click()
    page.locator("#briefing summary", has_text="Export").click()
    expect(menus.locator("summary")).to_have_text(["Export"])
    page.keyboard.press("Escape")
    expect(menus).to_have_count(0)
    page.locator("#briefing summary", has_text="Export").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word", exact=True).click()
    document = tmp_path / "briefing.docx"
    waiting.value.save_as(document)
    notes = [note for line in read_document(document).lines for note in line.notes]
    assert any("the status of the Donetsk region" in one.note for one in notes)
    page.set_input_files("#check-file input[type=file]", document)
    held = f"{len(notes)} of {len(notes)} footnotes hold"
    expect(page.locator("#checks .held")).to_contain_text(held)


def test_an_altered_word_is_named_when_a_document_is_dropped(editor: Visit, tmp_path: Path) -> None:
    page = editor()
    begin(page, "Altered")
    page.locator("#briefing summary", has_text="Draft").click()
    page.locator("#briefing form[data-do=draft] input").fill("security guarantees")
    page.locator("#briefing form[data-do=draft] input").press("Enter")
    expect(page.locator("#briefing .line.section").first).to_be_visible(timeout=60_000)
    page.locator("#briefing summary", has_text="Export").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Markdown").click()
    document = tmp_path / "altered.md"
    written = waiting.value.path().read_text("utf-8")
    document.write_text(written.replace("main obstacle", "minor obstacle", 1), encoding="utf-8")
    page.set_input_files("#check-file input[type=file]", document)
    expect(page.locator("#checks .tag.warn").first).to_contain_text("words altered")


def test_keys_pressed_faster_than_the_list_is_drawn_all_count(editor: Visit) -> None:
    page = editor()
    begin(page, "In haste")
    for words in ("First.", "Second.", "Third.", "Fourth."):
        write(page, words)
    page.locator("#briefing [data-grip]").last.focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    words_of = page.locator("#briefing .lines .words")
    expect(words_of).to_have_text(["Fourth.", "First.", "Second.", "Third."])
    expect(page.locator("#briefing [data-grip]").first).to_be_focused()


def test_lines_are_ordered_by_keys_and_by_drag_and_undone(editor: Visit) -> None:
    page = editor()
    begin(page, "In order")
    for words in ("First.", "Second.", "Third."):
        write(page, words)
    words_of = page.locator("#briefing .lines .words")
    grip = page.locator("#briefing [data-grip]").last
    grip.focus()
    grip.press("ArrowUp")
    expect(words_of).to_have_text(["First.", "Third.", "Second."])
    page.keyboard.press("ArrowUp")
    expect(words_of).to_have_text(["Third.", "First.", "Second."])
    start = page.locator("#briefing [data-grip]").first.bounding_box()
    end = lines(page).last.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + end["height"] - 2, steps=4)
    page.mouse.up()
    expect(words_of).to_have_text(["First.", "Second.", "Third."])
    edit = page.get_by_role("button", name="Edit this line")
    edit.first.click()
    expect(words_of.first).to_be_hidden()
    page.keyboard.press("Escape")
    expect(words_of.first).to_be_visible()
    expect(edit.first).to_be_focused()
    edit.first.click()
    page.get_by_role("button", name="Write below this line").last.click()
    expect(words_of.first).to_be_visible()
    page.keyboard.press("Escape")
    edit.first.click()
    page.locator("#briefing form.inserted input").fill("Now first.")
    page.keyboard.press("Enter")
    expect(words_of).to_have_text(["Now first.", "Second.", "Third."])
    page.get_by_role("button", name="Undo").click()
    expect(words_of).to_have_text(["First.", "Second.", "Third."])
    page.get_by_role("button", name="Undo").click()
    expect(words_of).to_have_text(["Third.", "First.", "Second."])


def test_words_are_pinned_from_a_search_and_the_reader_and_their_notes_walked(
    editor: Visit,
) -> None:
    page = editor()
    begin(page, "Selected")
    page.get_by_role("button", name="Search passages").click()
    expect(page.locator("#seek-words")).to_be_focused()
    page.fill("#seek-words", "armed forces of Ukraine")
    page.press("#seek-words", "Enter")
    result = page.locator("#reader .results li").first
    expect(result.locator("mark.value").first).to_be_visible()
    result.get_by_role("button", name="Pin passage").click()
    expect(lines(page)).to_have_count(1)
    result.locator(".result").click()
    page.wait_for_selector("#reader .text p")
    page.evaluate(
        """() => {
          const line = document.querySelectorAll("#reader .text p")[2];
          const words = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
          getSelection().setBaseAndExtent(words, 0, words, 17);
        }"""
    )
    page.locator("#reader [data-pin-words]").click()
    expect(lines(page)).to_have_count(2)
    expect(lines(page).last.locator(".said")).to_contain_text("A central element")
    page.locator("#briefing .said .chip").last.click()
    position = page.locator("#reader .position")
    expect(position).to_have_text("Footnote 2 of 2")
    expect(page.locator("#reader mark.current")).to_have_text("A central element")
    page.keyboard.press("ArrowLeft")
    expect(position).to_have_text("Footnote 1 of 2")
    page.locator("#reader [data-close]").click()
    expect(page.locator("#seek-words")).to_have_value("armed forces of Ukraine")
    page.get_by_role("button", name="Close the search").click()
    expect(page.locator("#side")).to_be_hidden()


def test_a_line_is_added_once_however_often_enter_is_pressed(editor: Visit) -> None:
    page = editor()
    begin(page, "Once")
    box = page.locator("#briefing form.add input")
    box.fill("Only once.")
    box.press("Enter")
    box.press("Enter")
    expect(lines(page)).to_have_count(1)
    expect(box).to_have_value("")
    box.press("Enter")
    page.get_by_role("button", name="Write below this line").click()
    below = page.locator("#briefing form.inserted input")
    below.fill("Below it.")
    below.press("Enter")
    expect(page.locator("#briefing .lines .words")).to_have_text(["Only once.", "Below it."])
    expect(below).to_have_count(0)


def test_what_was_done_is_said_beside_nothing_that_is_pressed_and_goes_with_its_tab(
    editor: Visit,
) -> None:
    page = editor()
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.get_by_role("button", name="Pin the whole answer").click()
    toast = page.locator("[aria-live=polite] .toast")
    expect(toast).to_contain_text("Pinned to")
    told, asked = toast.bounding_box(), page.locator("#question").bounding_box()
    assert told is not None
    assert asked is not None
    assert told["y"] + told["height"] < asked["y"]
    open_briefings(page)
    expect(toast).to_have_count(0)
