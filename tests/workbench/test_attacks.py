"""What other local servers have suffered; each attack must fail (see the guards in ``workbench/pages.py``)."""

from __future__ import annotations

import base64
import http.client
import inspect
import json
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from reportgen.reading import read
from reportgen.workbench.api import ENDPOINTS
from reportgen.workbench.files_in import Incoming
from reportgen.workbench.meeting import BY_PAGE, cookie_name
from reportgen.workbench.pages import LARGEST_REQUEST
from reportgen.workbench.server import Server

from .bench import Bench, Refused, example, serving

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'''\n[checks]\nT01 = \"off\"", '"\nname = "别的局"', "{{ 7*7 }}{% x %}", "\ud800", "\x00\x1b[31m\u202e"]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(example(tmp_path_factory.mktemp("open"))) as found:
        yield found


def ask(
    server: Server, method: str = "POST", path: str = "/api/poll", body: bytes = b"{}", **changed: str | None
) -> tuple[int, dict[str, str], bytes]:
    """A request as the page makes it, but for what is ``changed``; None leaves a header out."""
    port, secret = server.running.port, server.running.secret
    headers: dict[str, str | None] = {
        "Host": f"127.0.0.1:{port}",
        "Cookie": f"{cookie_name(port)}={secret}",
        "Content-Type": "application/json",
        "Sec-Fetch-Site": "same-origin",
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_the_page_itself_is_let_in(server: Server) -> None:
    assert ask(server)[0] == 200
    assert ask(server, "GET", "/")[0] == 200
    assert ask(server, Sec_Fetch_Site=None, Origin=f"http://127.0.0.1:{server.running.port}")[0] == 200


@pytest.mark.parametrize("path", ["/", "/static/page.html", "/api/poll", "/preview/x/page", "/nothing"])
@pytest.mark.parametrize(
    "host", ["evil.example:{port}", "127.0.0.1", "localhost:{port}", "127.0.0.1:{port}.evil.example", "127.0.0.1:1", "", None]
)  # fmt: skip
def test_rebinding_another_name_is_refused_on_every_route(
    path: str, host: str | None, server: Server
) -> None:
    host = host if host is None else host.format(port=server.running.port)
    for method in ("GET", "POST"):
        assert ask(server, method, path, Host=host)[0] == 400


@pytest.mark.parametrize("site", ["same-site", "cross-site", "", "SAME-ORIGIN "])
def test_a_page_of_another_port_or_site_changes_nothing(site: str, server: Server) -> None:
    assert ask(server, Sec_Fetch_Site=site)[0] == 403


@pytest.mark.parametrize(
    "origin", [None, "null", "http://127.0.0.1:1", "http://evil.example", "https://127.0.0.1:{port}"]
)
def test_an_old_browser_is_known_by_its_origin(origin: str | None, server: Server) -> None:
    origin = origin if origin is None else origin.format(port=server.running.port)
    assert ask(server, Sec_Fetch_Site=None, Origin=origin)[0] == 403


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", None]
)
def test_a_form_posts_nothing(kind: str | None, server: Server) -> None:
    assert ask(server, Content_Type=kind)[0] == 415


@pytest.mark.parametrize(
    "cookie", [None, "", "x=1", "reportgen-1=geheim", "{name}=", "{name}=geheim", "{name}=é"]
)
@pytest.mark.parametrize("path", ["/", "/static/page.html", "/api/poll", "/api/report", "/preview/x/page"])
def test_the_address_without_the_cookie_opens_nothing(path: str, cookie: str | None, server: Server) -> None:
    if cookie is not None:
        cookie = cookie.format(name=cookie_name(server.running.port)).encode().decode("latin-1")
    method = "POST" if path.startswith("/api") else "GET"
    status, _, body = ask(server, method, path, Cookie=cookie)
    assert status == 401
    assert server.running.secret.encode() not in body


def test_a_wrong_secret_opens_nothing(server: Server) -> None:
    for secret in ("", "x", server.running.secret[:-1], server.running.secret + "x", "%ff"):
        status, headers, _ = ask(server, "GET", f"/?secret={secret}", Cookie=None)
        assert status == 401
        assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("more", "came_from", "status"),
    [
        ("", None, 303),
        ("", "none", 303),
        ("", "cross-site", 200),
        ("", "same-site", 200),
        (f"&{BY_PAGE}=1", None, 200),
    ],
)
def test_the_secret_becomes_a_cookie_and_leaves_the_address(
    more: str, came_from: str | None, status: int, server: Server
) -> None:
    asked = f"/?secret={server.running.secret}{more}"
    said, headers, body = ask(server, "GET", asked, Cookie=None, **{"Sec-Fetch-Site": came_from})
    assert said == status
    assert (
        headers["Location"] == "/"
        if status == 303
        else b'<meta http-equiv="refresh" content="0; url=/">' in body
    )
    assert server.running.secret.encode() not in body
    assert "HttpOnly" in headers["Set-Cookie"]
    assert "SameSite=Strict" in headers["Set-Cookie"]
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    ["/static/../session.py", "/static/..%2fsession.py", "/static/%2e%2e/session.py", "/static/..\\session.py", "/static//etc/passwd", "/static/page.html%00.js", "/static/session.py", "/static/"],
)  # fmt: skip
def test_no_file_but_those_of_the_page_is_given_out(path: str, server: Server) -> None:
    status, _, body = ask(server, "GET", path)
    assert status in (404, 405, 308)
    assert b"def " not in body
    assert b"root:" not in body


@pytest.mark.parametrize(
    "id",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "\\\\evil.example\\share",
        "C:\\Windows\\win.ini",
        "本局-2022.toml",
        "",
        "\x00",
    ],
)
def test_no_path_comes_from_the_page(id: str, tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    nothing = base64.b64encode(b"x").decode()
    for name, given in {
        "report": {},
        "figures": {"hash": "x", "cells": {}},
        "draft": {},
        "show_folder": {},
        "verify": {"name": "x.docx", "content": nothing},
    }.items():
        with pytest.raises(Refused) as refused:
            bench.call(name, id=id, **given)
        assert refused.value.status == 404
    with pytest.raises(Refused) as refused:
        bench.call("new", from_id=id)
    assert refused.value.status == 404


@pytest.mark.parametrize(
    "name",
    [
        "../../x.docx",
        "/etc/cron.d/x",
        "C:\\x.docx",
        "\\\\evil\\share\\x.docx",
        "..",
        ".",
        "",
        "a\x00b",
        "长" * 300 + ".docx",
        "CON",
    ],
)
def test_the_name_of_a_file_that_comes_in_is_no_path(name: str) -> None:
    came = Incoming.of(name, base64.b64encode(b"x").decode())
    with came.on_disk() as path:
        assert path.read_bytes() == b"x"
        assert path.parent.parent == Path(tempfile.gettempdir())
    assert not path.exists()


def test_a_huge_body_is_refused_before_it_is_read(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.running.port), timeout=10) as connection:
        port, secret = server.running.port, server.running.secret
        connection.sendall(
            f"POST /api/verify HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie_name(port)}={secret}\r\n"
            f"Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
            f"Content-Length: {LARGEST_REQUEST * 50}\r\n\r\n".encode()
        )
        connection.sendall(b"x" * 1000)
        assert b" 413 " in connection.recv(200)
    assert ask(server)[0] == 200


def test_a_body_larger_than_a_request_may_be_is_refused(server: Server) -> None:
    body = b'{"id": "' + b"x" * (LARGEST_REQUEST + 10) + b'"}'
    assert ask(server, body=body)[0] == 413


def test_other_methods_and_other_sites_get_nothing(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        status, headers, _ = ask(server, method, "/api/poll", Origin="http://evil.example")
        assert status == 405
        assert not [name for name in headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/nothing"),
        ("POST", "/api/poll"),
        ("POST", "/api/nothing"),
        ("GET", "/preview/x/page"),
    ],
)
def test_every_answer_is_sealed(method: str, path: str, server: Server) -> None:
    _, headers, _ = ask(server, method, path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{", b"1", b'{"id": 1}', b'{"id": null, "hash": 5}', b'{"x": 1}', b"\xff", b'{"id": ' + b"[" * 100_000]
)  # fmt: skip
def test_nonsense_is_refused_in_words(body: bytes, server: Server) -> None:
    status, _, said = ask(server, body=body)
    assert status == 400
    assert json.loads(said)["code"] == "bad_request"


STRANGE = [None, True, -1, 10**30, "x", [], {}, [[]], {"a": {}}]


@pytest.mark.parametrize("name", sorted(ENDPOINTS.keys() - {"collate", "start", "folder", "show_folder"}))
def test_every_endpoint_checks_its_parameters(name: str, tmp_path: Path) -> None:
    path = example(tmp_path)
    before = path.read_bytes()
    bench = Bench(path)
    parameters = list(inspect.signature(ENDPOINTS[name]).parameters)[1:]
    for value in STRANGE:
        if value is None and name == "poll":
            continue
        with pytest.raises(Refused) as refused:
            bench.call(name, **dict.fromkeys(parameters, value))
        assert refused.value.status in (400, 404, 422)
    with pytest.raises(Refused) as refused:
        bench.call(name, **dict.fromkeys(parameters, "x"), another="x")
    assert refused.value.status == 400
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_every_field_stay_words(words: str, tmp_path: Path) -> None:
    path = example(tmp_path)
    before = read(path)
    bench = Bench(path)
    bench.change("text", part="problems", source="全年收到政府信息公开申请20件。")
    (finding,) = bench.findings("X01")
    tries: list[tuple[str, dict[str, str]]] = [
        ("waive", {"finding": finding["id"], "reason": words, "by": words}),
        *(("agency", {"key": each["key"], "value": words}) for each in bench.report["agency_fields"][1:]),
        *(("publication", {"key": key, "value": words}) for key in ("column", "word")),
        ("text", {"part": "other_matters", "source": words}),
    ]
    for name, given in tries:
        with suppress(Refused):  # a reason of nothing but characters that no file may hold is none
            bench.change(name, **given)
    bench.change("text", part="other_matters", source="好。")
    now = read(path)
    assert now.figures == before.figures
    assert now.agency["name"] == before.agency["name"]
    assert "checks" not in now.settings
    preview = bench.client.get(f"/preview/{bench.report['id']}/page", base_url="http://127.0.0.1:4711")
    assert b"<script" not in preview.data.lower()
    assert b"<img src=x" not in preview.data
    assert "sandbox" in preview.headers["Content-Security-Policy"]
    assert "default-src 'none'" in preview.headers["Content-Security-Policy"]


def test_the_secret_stands_in_no_file_that_others_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportgen.workbench import meeting

    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    running = meeting.Running(1, "geheim")
    with meeting.word_of(tmp_path) as word:
        meeting.leave(word, running)
    way = meeting.way_in(running.address)
    assert way is not None
    assert word is not None
    for path in (way, word, way.parent):
        assert not os.stat(path).st_mode & 0o077


def test_word_of_a_server_is_not_read_from_a_folder_of_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportgen.workbench import meeting

    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = tmp_path / "reportgen"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    assert meeting.private_folder() is None
    with meeting.word_of(tmp_path) as word:
        assert word is None
