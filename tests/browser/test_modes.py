"""The switch beside the status line: quotes, or a chat model that writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.doing import TROOPS, ask, eventually
from tests.browser.serving import free_port, served
from tests.scripted_model import Script, ScriptedModel, scripted

GOOD = "A central element of the plan is maintaining Ukraine’s armed forces at 800,000 troops"
ALSO_GOOD = "Zelensky said Ukraine would provide core funding for its military"
MODEL = "openai:scripted"
# Of each part of the answer below its question, in every frame: its place and size.
WATCH_STATEMENTS = """() => {
  window.places = [];
  const look = () => {
    const turn = document.querySelector("#thread .turn");
    const top = turn?.querySelector(".asked").getBoundingClientRect().top;
    const parts = ".statements.model .statement, .statements.model ~ .cited";
    (turn?.querySelectorAll(parts) ?? []).forEach((part, at) => {
      const { top: begin, left, width, height } = part.getBoundingClientRect();
      const place = [begin - top, left, width, height].map(Math.round).join(" ");
      (window.places[at] ??= []).push(place);
    });
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with scripted(Script()) as running:
        yield running


@pytest.fixture(scope="module")
def address(model: ScriptedModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = {
        "ASSISTANT_MODEL": MODEL,
        "ASSISTANT_MODEL_URL": model.address,
        "ASSISTANT_MODEL_KEY": "k",
    }
    home: Path = tmp_path_factory.mktemp("home")
    with served(home, port=free_port(), settings=settings) as (where, _):
        yield where


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{address}/")
    page.wait_for_selector("#welcome .example", timeout=60_000)
    yield page
    context.close()


def _chosen(page: Page, name: str) -> None:
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_the_choice_holds_for_the_next_questions_and_survives_a_reload(
    page: Page, model: ScriptedModel
) -> None:
    model.script = Script([f"{GOOD} [1]."])
    _chosen(page, MODEL)
    expect(page.locator(".status")).to_contain_text(f"Written by {MODEL} on this machine")
    before = len(model.requests)
    page.get_by_role("button", name="Quotes", exact=True).click()
    expect(page.locator(".status")).to_contain_text("Quotes mode")
    expect(page.locator(".status")).to_contain_text("nothing leaves this machine")
    ask(page, TROOPS)
    expect(page.locator("#thread .statements.quotes")).to_have_count(1)
    expect(page.locator("#thread .usage")).to_have_count(0)
    page.reload()
    _chosen(page, "Quotes")
    ask(page, TROOPS)
    assert len(model.requests) == before
    page.get_by_role("button", name=MODEL, exact=True).click()
    _chosen(page, MODEL)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#thread .turn")).to_have_count(0)
    page.fill("#question textarea", TROOPS)
    page.press("#question textarea", "Enter")
    # The first answer by a model waits for LangChain to be imported.
    expect(page.locator("#thread .usage")).to_be_visible(timeout=60_000)
    expect(page.locator("#thread .statements.model .statement")).to_contain_text("800,000")
    expect(page.locator("#thread .usage")).to_contain_text(f"{MODEL} on this machine")
    assert len(model.requests) == before + 1


def test_a_stop_keeps_the_verified_sentences_where_they_stand_and_ends_the_request(
    page: Page, model: ScriptedModel
) -> None:
    model.script = Script([f"{GOOD} [1]. ", f"{ALSO_GOOD} [1]. ", "Then "], wait_s=0.3, hang=True)
    model.left.clear()
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate(WATCH_STATEMENTS)
    page.fill("#question textarea", TROOPS)
    page.press("#question textarea", "Enter")
    statements = page.locator("#thread .statements.model .statement")
    expect(statements).to_have_count(2, timeout=60_000)
    expect(page.locator("#thread .working")).to_contain_text("Writing on")
    page.locator("#thread [data-stop]").click()
    expect(page.locator("#thread .stopped")).to_be_visible()
    expect(page.locator("#thread .acts")).to_be_visible()
    expect(statements).to_contain_text(["800,000", "core funding"])
    eventually(model.left.is_set)
    places = page.evaluate("() => window.places")
    assert len(places) >= 2
    assert [len(set(seen)) for seen in places] == [1] * len(places)
