"""The reader over a document with a table, a list, notes and quoted mail: shown as they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.settings import read_settings
from assistant.wiring import make_library
from index.indexing import recover
from sources.readers.content import Builder, Content
from sources.reading import Reading, make_card, make_source
from sources.sentences import find_sentences
from tests.browser.doing import Visit, ask, eventually, in_view
from tests.browser.serving import free_port, served
from tests.browser.test_accessibility import check
from tests.browser.visitors import visitors

DRONES = "How many drones will Ruritania deliver in 2027?"


def document() -> Content:
    """A made-up plan as a reader of office files hands it over."""
    builder = Builder()
    builder.page("1")
    builder.heading("Ruritania plan", 1)
    builder.heading("Scope", 2)
    builder.paragraph("Ruritania sends 900 engineers to the border this spring.")
    builder.note("Figures of the ministry of Ruritania.", "8", anchor=builder.reached)
    builder.heading("What is asked", 2)
    builder.item("Close the sky above the valley.", "1.")
    builder.item("Share every report with the neighbours.", "2.")
    builder.item(
        "Reports on water come first, and they are sent to all of the neighbours.", "(a)", 2
    )
    builder.item("Reports on roads follow.", "(b)", 2)
    builder.heading("Deliveries", 2)
    builder.note("Deliveries by year, as planned.", "caption")
    header = ["Year", "Drones", "Boats", "Depot", "Carrier", "Minister who signs"]
    builder.table(
        [
            ["2026", "2,500", "12", "Strelsau", "Northern Ferries", "Minister of Transport"],
            ["2027", "3,100", "", "Zenda", "Northern Ferries", "Minister of Transport"],
        ],
        header=header,
    )
    builder.note("Boats are counted apart from 2027.", "*", anchor=builder.reached)
    builder.page("2")
    builder.table(
        [["2028", "4,400", "18", "Hentzau", "Southern Rail", "Minister of the Interior"]],
        header=header,
    )
    builder.field("Date of entry", "1 March 2026")
    builder.field("Signed by", "The chancery")
    builder.quoted("We agree to the plan as it stands.", whose="The chancery, 3 May 2026")
    builder.quoted("The depot at Zenda opens in June.", whose="The chancery, 3 May 2026")
    builder.quoted("Is the depot at Zenda ready?", whose="The depot, 2 May 2026", level=2)
    builder.note("Not for the press.", "text box")
    return builder.content({"title": "Ruritania plan", "published": "2026-05-04"})


def keep(home: Path, content: Content, name: str) -> None:
    """Put a document that was read into the library in `home`."""
    sentences = find_sentences(content.body, locators=content.locators, blocks=content.blocks)
    reading = Reading(
        body=content.body,
        sentences=tuple((one.start, one.end) for one in sentences),
        locators=content.locators,
        card=make_card(content, name=name),
        problems=content.problems,
        detected_language="en",
        blocks=content.blocks,
    )
    library = make_library(read_settings(home=home))
    library.catalogue.add(*make_source(reading, name=name, origin=f"upload/{name}"))
    with library.catalogue.changing_alone():
        recover(library)
    library.close()


@pytest.fixture(scope="module")
def shelf(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    home = tmp_path_factory.mktemp("home")
    keep(home, document(), "ruritania-plan.txt")
    with served(home, port=free_port()) as (where, _):
        yield where


@pytest.fixture
def visit(browser: Browser, shelf: str) -> Iterator[Visit]:
    """Opens the page as a new visitor."""
    with visitors(browser, shelf) as opened:
        yield opened


def test_a_table_is_a_table_with_the_cited_row_highlighted_in_each_cell(visit: Visit) -> None:
    page = visit()
    ask(page, DRONES)
    said = page.locator("#thread .statement", has_text="3,100")
    expect(said).to_contain_text("Year: 2027 | Drones: 3,100 | Depot: Zenda")
    said.locator(".chip").first.click()
    expect(page.locator("#reading")).to_have_text("2027")
    assert in_view(page, "#reading")
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Year", "Drones", "Boats", "Depot", "Carrier", "Minister who signs"]
    )
    expect(table.locator("caption")).to_contain_text("Deliveries by year, as planned.")
    assert "".join(page.locator("#reader mark.current").all_inner_texts()) == (
        "20273,100ZendaNorthern FerriesMinister of Transport"
    )
    row = table.get_by_role("row").filter(has_text="3,100")
    expect(row.get_by_role("cell")).to_have_count(6)
    expect(row.locator(".chip")).to_have_count(1)
    expect(page.locator("#reader .facts")).to_contain_text("p. 1, in a table, under “Deliveries”")


def test_the_reader_over_a_document_holds_to_wcag(visit: Visit) -> None:
    page = visit(color_scheme="light", reduced_motion="reduce")
    ask(page, DRONES)
    page.locator("#thread .statement .chip").first.click()
    page.wait_for_selector("#reading")
    check(page)


def test_headings_lists_and_quoted_mail_are_told_as_what_they_are(visit: Visit) -> None:
    page = visit()
    page.locator("#reader .book", has_text="Ruritania").click()
    text = page.locator("#reader .text")
    expect(text.get_by_role("heading", level=4)).to_have_text(
        ["Scope", "What is asked", "Deliveries"]
    )
    items = text.get_by_role("listitem")
    expect(items).to_have_count(4)
    expect(items.nth(2)).to_contain_text("(a) Reports on water come first")
    marks = [items.nth(at).locator(".lead").bounding_box() for at in (1, 2)]
    assert marks[0]
    assert marks[1]
    assert marks[1]["x"] > marks[0]["x"]
    quoted = text.locator(".quoted").first
    expect(quoted.locator(".whose")).to_contain_text("The chancery, 3 May 2026")
    expect(quoted.locator("[data-start]")).to_have_count(2)


def test_a_sign_leads_to_its_footnote_and_back_also_by_key(visit: Visit) -> None:
    page = visit()
    page.locator("#reader .book", has_text="Ruritania").click()
    sign = page.get_by_role("button", name="Note 8")
    sign.focus()
    page.keyboard.press("Enter")
    note = page.get_by_role("note").filter(has_text="Figures of the ministry")
    expect(note).to_be_focused()
    note.get_by_role("button", name="Back to the text").press("Enter")
    expect(sign).to_be_focused()
    page.fill("#find-words", "spring. 8")
    expect(page.locator("#reader .found")).to_have_text("none")
    page.fill("#find-words", "border this spring.")
    expect(page.locator("#reader .found")).to_have_text("1 of 1")


def test_words_selected_over_several_cells_are_pinned_as_they_stand_in_the_text(
    visit: Visit,
) -> None:
    page = visit()
    page.locator("#reader .book", has_text="Ruritania").click()
    expect(page.get_by_role("table")).to_be_visible()
    page.evaluate(
        """() => {
          const cells = [...document.querySelectorAll("#reader td[data-start]")];
          const at = (words) => cells.find((cell) => cell.textContent === words).firstChild;
          const range = document.createRange();
          range.setStart(at("2,500"), 0);
          range.setEnd(at("Strelsau"), 8);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
        }"""
    )
    page.locator("#reader [data-pin-words]").click()
    page.get_by_role("tab", name="Briefing").click()
    expect(page.locator("#briefing")).to_contain_text("2,500 | Boats: 12 | Depot: Strelsau")


def test_on_a_phone_a_wide_table_moves_in_itself_and_the_page_does_not(visit: Visit) -> None:
    page = visit(width=390, height=844)
    page.locator("#reader .book", has_text="Ruritania").click()
    box = page.get_by_role("region", name="Table")
    widths = box.evaluate("(box) => [box.scrollWidth, box.clientWidth]")
    assert widths[0] > widths[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box.focus()
    page.keyboard.press("ArrowRight")
    eventually(lambda: bool(box.evaluate("(box) => box.scrollLeft > 0")))
