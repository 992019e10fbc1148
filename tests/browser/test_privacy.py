"""What never leaves the page, and what never gets into it, in a real browser."""

from playwright.sync_api import Browser, expect

from tests.browser.doing import OBSTACLE, POLAND, TROOPS, WATCHTOWERS, Visit, ask, point_at


def test_a_visit_asks_nothing_of_any_other_address(visit: Visit, address: str) -> None:
    page = visit()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    page.wait_for_selector("#welcome .example")
    ask(page, OBSTACLE)
    page.locator("#thread .chip").first.click()
    page.wait_for_selector("#reading")
    ask(page, POLAND)
    assert len(requests) > 20
    assert [url for url in requests if not url.startswith(f"{address}/")] == []
    fonts = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length")
    assert fonts >= 2


def test_the_browser_itself_refuses_any_other_address(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/")
    blocked = page.evaluate(
        """() => new Promise((resolve) => {
          document.addEventListener("securitypolicyviolation", (e) => resolve(e.blockedURI));
          fetch("http://elsewhere.invalid/").catch(() => {});
        })"""
    )
    assert blocked.startswith("http://elsewhere.invalid")
    page.close()


def test_hostile_sources_and_questions_stay_words(visit: Visit) -> None:
    page = visit()
    hostile = '<img src=x onerror="window.hurt=9"><script>window.hurt=8</script> ${1} {{7*7}}'
    ask(page, f"{WATCHTOWERS} {hostile}")
    expect(page.locator("#thread .asked")).to_contain_text(hostile)
    ask(page, WATCHTOWERS)
    answer = page.locator("#thread .turn").last
    expect(answer).to_contain_text('<img src=x onerror="window.hurt=3">')
    expect(answer).to_contain_text("{{7*7}}")
    point_at(answer.locator(".chip").first)
    expect(page.locator(".card.floating")).to_contain_text("<script>window.hurt=2</script>")
    answer.locator(".chip").first.click()
    expect(page.locator("#reader .sheet .title")).to_contain_text('"Ruritania" & <b>bold</b>')
    expect(page.locator("#reader .text")).to_contain_text("${window.hurt=5}")
    assert page.locator("#thread img, #reader img, #thread script, #reader script").count() == 0
    assert page.locator("#thread b, #reader b, #reader .text a").count() == 0
    links = page.locator("#reader a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert links == ["originals/ruritania"]
    assert page.evaluate("window.hurt") is None


def test_visitors_at_the_same_time_never_see_each_other_s_words(visit: Visit) -> None:
    questions = (TROOPS, OBSTACLE, POLAND)
    pages = [visit() for _ in questions]
    for page, question in zip(pages, questions, strict=True):
        page.fill("#question textarea", question)
    for page in pages:
        page.press("#question textarea", "Enter")
    for page, question in zip(pages, questions, strict=True):
        expect(page.locator("#thread .turn")).to_have_count(1)
        expect(page.locator("#thread .working")).to_have_count(0)
        expect(page.locator("#thread .asked")).to_have_text(question)
    pages[0].locator("#thread .chip").first.click()
    pages[0].wait_for_selector("#reading")
    assert pages[1].locator("#reading").count() == 0
    for page, question in zip(pages, questions, strict=True):
        seen = page.locator("body").inner_text()
        assert not [other for other in questions if other != question and other in seen]
