"""What the page says of itself in its head."""

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient

from assistant.ui.naming import TITLE, Named

PAGE = (
    '<html><head><meta property="og:title" content="Gradio" />\n<meta\n\tproperty="og:image"\n'
    '\tcontent="https://example.org/a.jpg"\n/><meta name="viewport" content="width=1"/></head>'
    "<body>Über uns</body></html>"
)


def _app() -> TestClient:
    app = FastAPI()
    app.get("/", response_class=HTMLResponse)(lambda: PAGE)
    app.get("/other", response_class=HTMLResponse)(lambda: PAGE)
    app.add_middleware(Named)
    return TestClient(app)


def test_the_page_names_the_product_and_nobody_else() -> None:
    got = _app().get("/")
    assert f'<meta property="og:title" content="{TITLE}">' in got.text
    assert "Gradio" not in got.text
    assert "example.org" not in got.text
    assert '<meta name="viewport" content="width=1"/>' in got.text
    assert got.text.endswith("<body>Über uns</body></html>")
    assert int(got.headers["content-length"]) == len(got.content)


def test_other_answers_are_sent_on_as_they_are() -> None:
    assert _app().get("/other").text == PAGE


def test_what_the_page_is_stands_before_what_its_scripts_draw() -> None:
    app = FastAPI()
    whole = PAGE.replace("<body>", "<body><gradio-app></gradio-app>")
    app.get("/", response_class=HTMLResponse)(lambda: whole)
    app.add_middleware(Named)
    got = TestClient(app).get("/")
    assert got.headers["content-encoding"] == "gzip"
    text = got.text
    assert text.index("Opening the library") < text.index("<gradio-app>")
    assert text.count('id="skeleton"') == 1
    plain = TestClient(app).get("/", headers={"accept-encoding": "identity"})
    assert int(plain.headers["content-length"]) == len(plain.content)
