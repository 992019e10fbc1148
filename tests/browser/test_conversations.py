"""Conversations that are kept, found again, changed and carried away."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.doing import OBSTACLE, POLAND, TROOPS, Visit, ask


def _open_list(page: Page) -> None:
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#conversations-list .conversations")).to_be_visible()


def test_a_reload_loses_nothing(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    ask(page, POLAND)
    before = page.locator("#thread .asked, #thread .statement, #thread .reason").all_inner_texts()
    page.reload()
    expect(page.locator("#thread .turn")).to_have_count(2)
    after = page.locator("#thread .asked, #thread .statement, #thread .reason").all_inner_texts()
    assert after == before
    page.locator("#thread .statement .chip").first.click()
    expect(page.locator("#reader mark.current").first).to_be_visible()
    ask(page, OBSTACLE)
    expect(page.locator("#thread .turn")).to_have_count(3)


def test_conversations_are_found_renamed_deleted_and_brought_back(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#thread .turn")).to_have_count(0)
    ask(page, OBSTACLE)
    _open_list(page)
    names = page.locator("#conversations .talk .title")
    expect(names).to_have_text([OBSTACLE, TROOPS])
    page.locator("#conversations-search input, #conversations-search textarea").fill("would keep")
    expect(names).to_have_text([TROOPS])
    page.get_by_role("button", name=f"Rename “{TROOPS}”").click()
    page.get_by_label("New name").fill("Army, after troops")
    page.keyboard.press("Enter")
    expect(names).to_have_text(["Army, after troops"])
    page.get_by_role("button", name="Delete “Army").click()
    expect(names).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(names).to_have_text(["Army, after troops"])
    names.first.click()
    expect(page.locator("#thread .asked")).to_have_text([TROOPS])
    expect(page.locator("#conversations")).to_be_hidden()


def test_a_conversation_is_exported_with_its_citations(visit: Visit, tmp_path: Path) -> None:
    page = visit()
    ask(page, TROOPS)
    _open_list(page)
    for kind, link in (("md", "Markdown"), ("json", "JSON")):
        with page.expect_download() as started:
            page.locator("#conversations a", has_text=link).click()
        started.value.save_as(tmp_path / f"talk.{kind}")
        assert started.value.suggested_filename == f"how-many-troops-would-ukraine-keep.{kind}"
    markdown = (tmp_path / "talk.md").read_text("utf-8")
    assert "800,000 troops.[^1]" in markdown
    assert "[^1]: “" in markdown
    turns = json.loads((tmp_path / "talk.json").read_text("utf-8"))["turns"]
    assert turns[0]["answer"]["citations"][0]["source"] == "polskie-radio-security-guarantees"


def test_nobody_can_open_or_export_the_conversation_of_another_browser(visit: Visit) -> None:
    ann, ben = visit(), visit()
    ask(ann, TROOPS)
    address = ann.url
    assert "conversation=" in address
    ben.goto(address)
    ben.wait_for_selector("#welcome .example")
    expect(ben.locator("#thread .turn")).to_have_count(0)
    expect(ben.locator("#told")).to_contain_text("That conversation is not here.")
    _open_list(ben)
    expect(ben.locator("#conversations .talk")).to_have_count(0)
    where, _, id = address.partition("?conversation=")
    assert ann.request.get(f"{where}conversations/{id}.md").ok
    assert ben.request.get(f"{where}conversations/{id}.md").status == 404


def test_the_last_question_is_edited_in_its_place(visit: Visit) -> None:
    page = visit()
    ask(page, POLAND)
    page.get_by_role("button", name="Edit question").click()
    page.get_by_label("Question", exact=True).fill(TROOPS)
    page.keyboard.press("Enter")
    expect(page.locator("#thread .asked")).to_have_text([TROOPS])
    expect(page.locator("#thread .statement").first).to_contain_text("800,000")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#thread .asked")).to_have_text([TROOPS])
    expect(page.locator("#thread .statement").first).to_contain_text("800,000")


def test_an_earlier_question_is_edited_in_a_conversation_of_its_own(visit: Visit) -> None:
    page = visit()
    ask(page, POLAND)
    ask(page, OBSTACLE)
    page.get_by_role("button", name="Edit question").first.click()
    page.get_by_label("Question", exact=True).fill(TROOPS)
    page.keyboard.press("Enter")
    expect(page.locator("#thread .asked")).to_have_text([TROOPS])
    _open_list(page)
    expect(page.locator("#conversations .talk .title")).to_have_text([TROOPS, POLAND])


def test_an_answer_is_copied_with_its_footnotes(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, TROOPS)
    more = page.locator("#thread .menu summary")
    copied = page.locator("#thread .act", has_text="Copied")
    page.get_by_role("button", name="Copy the answer").click()
    expect(copied).to_be_visible()
    plain, html = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const read = async (kind) => await (await item.getType(kind)).text();
          return [await read("text/plain"), await read("text/html")];
        }"""
    )
    assert "800,000 troops. [1]" in plain
    assert "[1] “" in plain
    assert "800,000 troops.<sup>[1]</sup></p>" in html
    expect(copied).to_have_count(0)
    more.click()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(copied).to_be_visible()
    assert "800,000 troops.[^1]" in page.evaluate("navigator.clipboard.readText()")
    expect(copied).to_have_count(0)
    more.click()
    page.get_by_role("button", name="Copy as text").click()
    expect(copied).to_be_visible()
    assert "[1] “" in page.evaluate("navigator.clipboard.readText()")


def test_what_is_done_with_an_answer_stands_in_one_row(visit: Visit) -> None:
    for width in (390, 1280):
        page = visit(width=width)
        ask(page, TROOPS)
        tops = page.locator("#thread .acts").evaluate(
            """(row) => [...row.querySelectorAll(":scope > :not([hidden])")]
              .map((one) => one.getBoundingClientRect().top)"""
        )
        assert max(tops) - min(tops) < 8, (width, tops)


def test_a_thumb_with_its_reason_is_kept(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    page.get_by_role("button", name="Not helpful").click()
    page.get_by_role("button", name="Wrong source").click()
    chosen = page.locator("#thread .act[aria-pressed='true']")
    expect(chosen).to_have_text(["Wrong source"])
    page.reload()
    expect(chosen).to_have_text(["Wrong source"])


def test_silence_offers_further_passages_and_the_dates_covered(visit: Visit) -> None:
    page = visit()
    ask(page, POLAND)
    passages = page.locator("#thread .silence button.passage")
    before = passages.count()
    page.get_by_role("button", name="Search more widely").click()
    expect(page.locator("#thread .silence")).to_contain_text("Further passages")
    assert passages.count() > before
    page.get_by_role("button", name="Dates covered").click()
    expect(page.locator("#thread .covered")).to_have_text("No source of the library has a date.")
    passages.last.click()
    expect(page.locator("#reader .position")).to_have_text("Related passage")


def test_an_answer_is_followed_by_questions_that_are_answered_too(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    follow = page.locator("#follows .example").first
    expect(follow).to_be_visible()
    question = follow.inner_text()
    follow.click()
    expect(page.locator("#thread .asked")).to_have_text([TROOPS, question])
    expect(page.locator("#thread .turn").last.locator(".statement").first).to_be_visible()


def test_a_window_that_is_behind_is_told_and_catches_up(visit: Visit) -> None:
    page = visit()
    ask(page, TROOPS)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#thread .turn")).to_have_count(1)
    ask(page, OBSTACLE)
    stale = other.locator(".stale")
    expect(stale).to_contain_text("has gone on in another window")
    stale.get_by_role("button").click()
    expect(other.locator("#thread .asked")).to_have_text([TROOPS, OBSTACLE])
    expect(stale).to_be_hidden()
    expect(page.locator(".stale")).to_be_hidden()
