"""An exported page opened in a browser: nothing in it runs, also where a link would."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.answers import Quote
from assistant.briefing.briefings import Briefing, Evidence, add_line
from assistant.export.document import Imprint
from assistant.export.files import export
from sources.source import Span

SCRIPT = "javascript:void(document.title='hurt')"
HARM = f'<a href="{SCRIPT}">more</a><img src="x" onerror="document.title=\'hurt\'">'
WORDS = f"Envoys met, says [this]({SCRIPT}) and {HARM}."


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A page whose source has an address that runs a script, as older libraries may hold."""
    quote = Quote("odd", Span(0, len(WORDS)), WORDS)
    evidence = Evidence(quote, "0" * 64, "Odd", publisher="Harbour Post", url=SCRIPT)
    empty = Briefing("odd", "Odd", date(2026, 1, 1), "0" * 8)
    briefing = add_line(empty, "quote", WORDS, evidence=[evidence])
    path = tmp_path / "odd.html"
    imprint = Imprint(date(2026, 1, 1), sources=1, newest=None, library="0" * 8)
    export(briefing, path, imprint=imprint)
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def test_a_click_on_anything_in_an_exported_page_runs_nothing(page: Page, exported: Path) -> None:
    page.goto(exported.as_uri())
    links = page.locator("a")
    assert links.count() >= 2
    for place in range(links.count()):
        links.nth(place).click()
    expect(page.get_by_text("Harbour Post").first).to_be_visible()
    assert page.title() == "Odd"


@pytest.mark.parametrize("policy", [True, False])
def test_the_policy_of_an_exported_page_stops_what_somebody_puts_into_it(
    page: Page, exported: Path, policy: bool
) -> None:
    written = exported.read_text("utf-8").replace("</body>", f"{HARM}</body>")
    if not policy:
        lines = [one for one in written.split("\n") if "Content-Security-Policy" not in one]
        written = "\n".join(lines)
    exported.write_text(written, encoding="utf-8")
    page.goto(exported.as_uri())
    page.locator("a", has_text="more").last.click()
    assert page.title() == ("Odd" if policy else "hurt")
