"""What becomes of a question: answers, silence, errors, and what comes after."""

from playwright.sync_api import expect

from tests.browser.doing import OBSTACLE, POLAND, TROOPS, Visit, ask, in_view


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
    page.get_by_role("button", name="Add a source").click()
    expect(page.locator("#library-door .drop")).to_be_visible()
    expect(page.get_by_role("tab", name="Library")).to_have_attribute("aria-selected", "true")


def test_what_may_answer_is_quoted_under_a_warning_and_more_is_a_click_away(visit: Visit) -> None:
    page = visit()
    ask(page, "how big will the army be")
    turn = page.locator("#thread .turn").last
    expect(turn.locator(".partly")).to_contain_text("These sentences may answer")
    expect(turn.locator(".statement").first).to_contain_text("800,000")
    turn.locator(".statement .chip").first.click()
    expect(page.locator("#reader mark.current.value")).to_have_text("800,000")
    turn.get_by_role("button", name="Search more widely").click()
    expect(turn.locator(".beyond")).to_contain_text("Further passages")
    turn.locator(".beyond button.passage").first.click()
    expect(page.locator("#reader .position")).to_have_text("Related passage")


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
    expect(page.locator("#question textarea")).to_have_value("Why? " * 1000)
    expect(page.locator("#thread .statement").first).to_contain_text("800,000")
    page.fill("#question textarea", OBSTACLE)
    page.press("#question textarea", "Enter")
    expect(page.locator("#thread .asked").last).to_have_text(OBSTACLE)
    expect(page.locator("#thread .turn")).to_have_count(2)  # what was refused is kept nowhere
    expect(page.locator("#thread .turn").last.locator(".statement").first).to_be_visible()


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
