"""The served page against a client that means harm, over real HTTP and the real command.

Each test names something that must not be had, and looks at what it would have done: files of
this machine, the library, the disk, other visitors' words, the log.
"""

import os
import re
import secrets
import socket
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from filelock import FileLock

from tests.browser.serving import free_port, served
from tests.hostile import Client, file_of, outputs

QUESTION = "What did Vance say about the negotiations?"
FOREIGN = "http://evil.example"
SECRET = "# Secret\n\nThe password of the machine is sesame.[^1]\n\n[^1]: “sesame”\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "home"


@pytest.fixture(scope="module")
def page(home: Path) -> Iterator[tuple[str, list[str]]]:
    settings = {"ASSISTANT_CALLS_A_MINUTE": "0"}
    with served(home, port=free_port(), settings=settings) as started:
        yield started


@pytest.fixture
def client(page: tuple[str, list[str]]) -> Iterator[Client]:
    with Client(page[0]) as visitor:
        yield visitor


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.md"
    path.write_text(SECRET, encoding="utf-8")
    return path


def _is_alive(client: Client) -> bool:
    return "Vance" in client.call("ask", [QUESTION])


# Files of the machine


@pytest.mark.parametrize(
    "path",
    [
        "/dev/zero",
        "/etc/passwd",
        "{secret}",
        "{home}/library.sqlite3",
        "{home}/../../x",
        "a/../../b",
    ],
)
def test_no_path_of_the_machine_is_opened_whatever_value_names_it(
    client: Client, home: Path, secret: Path, path: str
) -> None:
    file = file_of(path.format(secret=secret, home=home))
    bodies = [
        client.body("check", [file]),
        client.body("ask", [file]),
        client.body("ask", [{"deep": [{"deeper": file}]}]),
        client.body("ask", [QUESTION, file]),
        client.body("take", files=[file]),
        client.body("take", files=[{"deep": [[file]]}]),
    ]
    for body in bodies:
        refused = client.join(body)
        assert refused.status_code == 403
        assert str(home) not in refused.text
        assert "secret.md" not in refused.text
    assert _is_alive(client)


def test_a_file_outside_is_told_from_one_that_is_not_there_in_no_way(
    client: Client, secret: Path
) -> None:
    there, gone = (
        client.join(client.body("check", [file_of(str(path))]))
        for path in (secret, secret.with_name("gone.md"))
    )
    assert (there.status_code, there.text) == (gone.status_code, gone.text)


def test_the_library_keeps_what_is_written_after_its_own_file_was_named(
    client: Client, home: Path
) -> None:
    client.join(client.body("check", [file_of(str(home / "library.sqlite3"))]))
    client.join(client.body("ask", [file_of(str(home / "library.sqlite3"))]))
    client.call("ask", ["What will the coalition do for Ukraine?"])
    with sqlite3.connect(home / "library.sqlite3") as other:
        kept = other.execute("SELECT count(*) FROM conversation").fetchone()[0]
        assert other.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    other.close()
    assert kept >= 1


def test_a_file_that_is_sent_as_a_path_of_another_is_not_taken_in(
    client: Client, secret: Path
) -> None:
    replies = client.call("take", files=[{"name": "x.md", "sent": str(secret), "size": 9}])
    assert "It did not arrive whole." in replies
    assert "sesame" not in replies
    assert secret.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file={secret}",
        "/gradio_api/file/{secret}",
        "/gradio_api/file=http://127.0.0.1:1/",
        "/gradio_api/proxy=http://127.0.0.1:1/",
        "/gradio_api/stream/a/b/1/playlist.m3u8",
        "/gradio_api/deep_link?session_hash=a",
        "/gradio_api/custom_component/a/client/b/c",
        "/page-assets/../page.py",
        "/static/..%2f..%2froutes.py",
        "/assets/%2e%2e/%2e%2e/routes.py",
        "/openapi.json",
        "/docs",
        "/redoc",
        "/gradio_api/openapi.json",
        "/gradio_api/info",
        "/gradio_api/startup-events",
        "/gradio_api/token",
        "/monitoring",
        "/monitoring/summary",
        "/login_check",
        "/logout",
    ],
)
def test_nothing_can_be_read_but_the_page_and_what_it_needs(
    client: Client, secret: Path, path: str
) -> None:
    answered = client.http.get(path.format(secret=secret))
    assert answered.status_code == 404
    assert "sesame" not in answered.text
    assert "import" not in answered.text


@pytest.mark.parametrize(
    "path",
    ["run/ask", "api/ask", "call/ask", "call/v2/ask", "component_server", "stream/a", "login"],
)
def test_nothing_is_called_but_by_the_queue(client: Client, path: str) -> None:
    body = client.body("ask", [QUESTION])
    assert client.http.post(f"/gradio_api/{path}", json=body).status_code == 404
    assert client.http.post(f"/{path}", json=body).status_code == 404


# What is sent


def test_an_upload_is_its_visitor_s_alone_and_tells_no_path(
    page: tuple[str, list[str]], client: Client, home: Path
) -> None:
    sent = client.upload("mine.md", SECRET.encode())
    assert sent.status_code == 200
    assert "/" not in sent.text
    assert str(home) not in sent.text
    (mine,) = sent.json()
    with Client(page[0]) as other:
        assert other.join(other.body("check", [file_of(mine)])).status_code == 403
        taken = other.call("take", files=[{"name": "mine.md", "sent": mine}])
        assert "It did not arrive whole." in taken
    checked = client.call("check", [file_of(mine)])
    assert "footnote" in checked
    assert str(home) not in checked


def test_an_upload_is_of_no_use_where_no_file_is_asked_for(client: Client) -> None:
    mine = client.sent("mine.md", SECRET.encode())
    assert client.join(client.body("ask", [file_of(mine)])).status_code == 403
    assert client.join(client.body("take", files=[file_of(mine)])).status_code == 403


def test_a_checked_document_is_deleted_and_nothing_is_left_for_others(
    client: Client, home: Path
) -> None:
    shared = Path(os.environ.get("TMPDIR", "/tmp")) / "gradio"
    before, lay_before = _files(shared), _files(home / "arriving")
    mine = client.sent("mine.md", SECRET.encode())
    lying = _files(home / "arriving")
    (kept,) = set(lying) - set(lay_before)
    assert kept.name == "mine.md"
    assert kept.read_text("utf-8") == SECRET
    client.call("check", [file_of(mine)])
    assert _files(home / "arriving") == lay_before
    assert _files(shared) == before
    assert client.join(client.body("check", [file_of(mine)])).status_code == 403


def test_an_upload_that_breaks_off_leaves_nothing(client: Client, home: Path) -> None:
    before = _files(home / "arriving")

    def half() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\nwords'
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        client.http.post(
            "/gradio_api/upload",
            content=half(),
            headers={"content-type": "multipart/form-data; boundary=b"},
        )
    time.sleep(0.5)
    assert _files(home / "arriving") == before


# Names and origins


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:7860",
        "127.0.0.1.evil.example",
        "localhost@evil",
        "192.0.2.7",
        "",
    ],
)
def test_a_foreign_host_is_not_served(client: Client, host: str) -> None:
    for path in ("/", "/config", "/originals/polskie-radio-security-guarantees"):
        answered = client.http.get(path, headers={"host": host})
        assert answered.status_code == 400
        assert "set-cookie" not in answered.headers
    refused = client.join(client.body("ask", [QUESTION]), headers={"host": host})
    assert refused.status_code == 400


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST:9", "a.localhost:1"]
)
def test_this_machine_is_served_under_each_of_its_names(client: Client, host: str) -> None:
    assert client.http.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": FOREIGN},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"origin": "https://127.0.0.1"},
        {"origin": "file://"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    ],
)
def test_a_page_of_another_origin_changes_nothing(
    client: Client, home: Path, headers: dict[str, str]
) -> None:
    slug = "polskie-radio-security-guarantees"
    before = _files(home / "arriving")
    removed = client.join(client.body("remove", slug=slug), headers=headers)
    sent = client.upload("a.md", b"words", headers=headers)
    cancelled = client.http.post("/gradio_api/cancel", json={}, headers=headers)
    assert {removed.status_code, sent.status_code, cancelled.status_code} == {403}
    assert _files(home / "arriving") == before
    assert client.http.get(f"/originals/{slug}").status_code == 200
    for answered in (removed, sent, cancelled):
        assert [name for name in answered.headers if name.startswith("access-control")] == []


def test_no_other_site_is_told_that_it_may_read(client: Client) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "a"}
    own = str(client.http.base_url).rstrip("/")
    for origin in (FOREIGN, own):
        for answered in (
            client.http.options("/gradio_api/queue/join", headers={"origin": origin, **asked}),
            client.http.get("/config", headers={"origin": origin}),
        ):
            assert [name for name in answered.headers if name.startswith("access-control")] == []
    assert client.http.get("/config", headers={"origin": FOREIGN}).status_code == 403
    assert client.http.get("/config", headers={"origin": own}).status_code == 200


def test_a_link_on_another_site_leads_here_and_a_frame_or_script_there_does_not(
    client: Client,
) -> None:
    site = {"sec-fetch-site": "cross-site"}
    link = site | {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    frame = site | {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    script = site | {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}
    assert client.http.get("/", headers=link).status_code == 200
    assert client.http.get("/", headers=frame).status_code == 403
    assert client.http.get("/config", headers=script).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-forwarded-proto": "https"},
        {"x-forwarded-for": "192.0.2.7"},
        {"x-gradio-server": "http://evil.example"},
        {"forwarded": "host=evil.example;proto=https"},
    ],
)
def test_nobody_s_word_is_taken_for_a_proxy_s(
    page: tuple[str, list[str]], headers: dict[str, str]
) -> None:
    with httpx.Client(base_url=page[0]) as http:
        answered = http.get("/", headers=headers)
        assert answered.status_code == 200
        assert "evil.example" not in answered.text
        assert "Secure" not in answered.headers["set-cookie"]
        assert http.get("/config", headers=headers).json()["root"] == page[0].rstrip("/")


# Sizes


def test_a_question_of_megabytes_is_neither_stored_nor_answered(client: Client, home: Path) -> None:
    client.call("ask", [QUESTION])
    before = _bytes(home)
    for size in (5_000_000, 300_000):
        assert client.join(client.body("ask", ["x" * size])).status_code == 413
    endless = (b"x" * 65_536 for _ in range(100))
    refused = client.http.post(
        "/gradio_api/queue/join",
        content=endless,
        headers={"content-type": "application/json"},
    )
    assert refused.status_code == 413
    assert _bytes(home) == before


def test_a_question_that_fits_the_door_and_is_too_long_is_told_so_and_not_stored(
    client: Client, home: Path
) -> None:
    before = _conversations(home)
    replies = client.call("ask", ["x" * 100_000])
    assert "100,000 characters" in replies
    assert _conversations(home) == before


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(
    client: Client, home: Path
) -> None:
    before = _files(home / "arriving")
    declared = (
        "POST /gradio_api/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
    )
    url = client.http.base_url
    with socket.create_connection((url.host, url.port), timeout=30) as connection:
        connection.sendall(declared.encode())
        assert connection.recv(64).startswith(b"HTTP/1.1 413 ")
    many = [("files", (f"{n}.md", b"x" * 9_000_000)) for n in range(8)]
    assert client.http.post("/gradio_api/upload", files=many).status_code == 413
    assert _files(home / "arriving") == before


# The log and the disk


MALFORMED: list[object] = [
    "no object",
    [],
    {},
    {"data": "x"},
    {"fn_index": 10**9, "data": [], "session_hash": "a"},
    {"fn_index": -1, "data": [], "session_hash": "a"},
    {"fn_index": True, "data": [], "session_hash": "a"},
    {"fn_index": 0, "data": [], "session_hash": "a"},
    {"fn_index": 0, "data": [None] * 3, "session_hash": ["a"]},
    {"fn_index": 0, "data": [None] * 3, "session_hash": "a/../b"},
    {"fn_index": 0, "data": [7, None, None], "session_hash": "a"},
    {"fn_index": 0, "data": [{"meta": []}, None, None], "session_hash": "a"},
    {"fn_index": 0, "data": [{"path": 7}, None, None], "session_hash": "a"},
    {"fn_index": 0, "data": [None] * 3, "session_hash": "a", "trigger_id": "x"},
    {"fn_index": 0, "data": [None] * 3, "session_hash": "a", "trigger_id": {"path": "/x"}},
]


def test_malformed_calls_are_refused_and_print_no_traceback(
    page: tuple[str, list[str]], client: Client, home: Path
) -> None:
    for body in MALFORMED:
        answered = client.join(body)
        assert answered.status_code in (403, 422), body
        assert "Traceback" not in answered.text
    for raw in (b"", b"{", b"\xff\xfe", b"[" * 200_000, b'{"data": NaN}'):
        answered = client.http.post("/gradio_api/queue/join", content=raw)
        assert answered.status_code == 422
    for path in ("cancel", "reset"):
        assert client.http.post(f"/gradio_api/{path}", json={"x": 1}).status_code == 422
    client.http.get("/gradio_api/queue/data?session_hash=nobody")
    client.http.get("/gradio_api/queue/data")
    client.http.post("/gradio_api/upload", content=b"x")
    client.http.post("/gradio_api/upload", files={"other": b"x"})
    client.http.get("/briefings/none.docx")
    client.http.get("/conversations/none.md")
    client.http.get("/originals/none")
    _strange_events(client)
    assert _is_alive(client)
    log = "\n".join(page[1])
    assert "Traceback" not in log
    assert "Exception in ASGI" not in log
    assert str(home) not in log


def _strange_events(client: Client) -> None:
    """Every call that is told what happened on the page, told what never happens."""
    strange: list[object] = [None, 7, "x" * 9, [1, [2]], {"turn": 10**40, "line": "9" * 5000}]
    for name, call in client._calls.items():
        if not call["collects_event_data"] or not call["backend_fn"]:
            continue
        for event in strange:
            body = client.body(name) | {"event_data": event}
            assert client.join(body).status_code == 200, (name, event)
            client.replies()


def test_no_reply_names_a_folder_of_the_machine(client: Client, home: Path) -> None:
    said = [client.http.get(path).text for path in ("/", "/config")]
    said += [client.call(name, [""]) for name in ("ask", "show", "found", "look")]
    said.append(client.call("edit", slug="polskie-radio-security-guarantees"))
    said.append(client.call("save", slug="../../etc/passwd", title="x"))
    for words in said:
        assert str(home) not in words
        assert re.search(r"(?<![\w.:/<])/(?:tmp|home|root|usr|etc|var)/", words) is None


def test_the_library_s_folder_and_files_are_its_owner_s_alone(client: Client, home: Path) -> None:
    client.call("ask", [QUESTION])
    client.sent("a.md", b"words")
    modes = {
        path: oct(stat.S_IMODE(path.stat().st_mode))
        for path in (home, *home.rglob("*"))
        if not path.is_symlink()
    }
    wrong = {
        path.relative_to(home): mode
        for path, mode in modes.items()
        if mode != ("0o700" if path.is_dir() else "0o600")
    }
    assert wrong == {}


# Rates and the queue: pages of their own


def test_who_calls_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    settings = {"ASSISTANT_CALLS_A_MINUTE": "12"}
    with (
        served(tmp_path / "home", port=free_port(), settings=settings) as (address, _),
        Client(address) as client,
        Client(address) as other,
    ):
        got = [client.join(client.body("clear")) for _ in range(30)]
        refused = [one for one in got if one.status_code == 429]
        assert len(refused) >= 15
        assert all(1 <= int(one.headers["retry-after"]) <= 60 for one in refused)
        assert "Try again in" in refused[0].text
        assert other.join(other.body("clear")).status_code == 200
        with httpx.Client(base_url=address) as nobody:  # no cookie at all, and still one address
            statuses = [nobody.post("/gradio_api/reset", json={}).status_code for _ in range(200)]
        assert 429 in statuses


def test_a_full_queue_says_how_many_wait_and_goes_on_afterwards(tmp_path: Path) -> None:
    settings = {"ASSISTANT_CALLS_A_MINUTE": "0", "ASSISTANT_WAITING_CALLS": "5"}
    with (
        served(tmp_path / "home", port=free_port(), settings=settings) as (address, _),
        Client(address) as client,
    ):
        got: list[httpx.Response] = []

        def flood() -> None:
            with httpx.Client(base_url=address, cookies=client.http.cookies, timeout=60) as http:
                for _ in range(25):
                    body = client.body("ask", [QUESTION])
                    body |= {"session_hash": secrets.token_hex(6)}
                    got.append(http.post("/gradio_api/queue/join", json=body))

        threads = [threading.Thread(target=flood) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        busy = [one for one in got if one.status_code == 503]
        assert busy
        assert busy[0].json()["waiting"] >= 5
        assert "The page is busy" in busy[0].json()["detail"]
        assert busy[0].headers["retry-after"]
        for _ in range(60):
            if client.join(client.body("ask", [QUESTION])).status_code == 200:
                break
            time.sleep(1)
        assert outputs(client.replies())


def test_nothing_is_left_lying_or_locked_when_the_page_is_ended(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with served(home, port=free_port()) as (address, _), Client(address) as client:
        client.sent("a.md", b"words")
        assert _files(home / "arriving")
    assert list((home / "arriving").iterdir()) == []
    with FileLock(home / "library.lock", timeout=0):
        pass


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("library.sqlite3*"))


def _conversations(home: Path) -> int:
    with sqlite3.connect(home / "library.sqlite3") as connection:
        count = int(connection.execute("SELECT count(*) FROM conversation").fetchone()[0])
    connection.close()
    return count
