"""Requests that no browser makes: smuggled, forged, endless, in masses. None changes anything, none shuts the page out."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest

from reportgen.reading import read
from reportgen.workbench.meeting import cookie_name
from reportgen.workbench.server import Server

from .bench import example, serving
from .test_attacks import ask


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(example(tmp_path_factory.mktemp("http"))) as found:
        yield found


HEADERS = """Host: 127.0.0.1:{port}
Cookie: {cookie}
Sec-Fetch-Site: same-origin
Content-Type: application/json
Connection: close
"""


def raw(server: Server, request: str, *, is_whole: bool = False) -> tuple[int, str]:
    """Send a request as it stands, with the headers of the page for ``{headers}``; the status, and the beginning of the answer, or all."""
    port, secret = server.running.port, server.running.secret
    names = {"port": port, "cookie": f"{cookie_name(port)}={secret}"}
    text = request.replace("{headers}\n", HEADERS)
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", str(value))
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(text.replace("\n", "\r\n").encode("latin-1"))
        answer = connection.recv(65536)
        while is_whole and (piece := connection.recv(65536)):
            answer += piece
    return int(answer.split()[1]), answer.decode()


REFUSED = {
    "two hosts": ("GET / HTTP/1.1\nHost: evil.example\n{headers}\n\n", 400),
    "two hosts the other way round": ("GET / HTTP/1.1\n{headers}\nHost: evil.example\n\n", 400),
    "a host that is folded": ("GET / HTTP/1.1\nHost: 127.0.0.1:{port}\n x\n{headers}\n\n", 400),
    "a host that somebody forwards": (
        "GET / HTTP/1.1\nX-Forwarded-Host: 127.0.0.1:{port}\nForwarded: host=127.0.0.1:{port}\n"
        "Host: evil.example\nCookie: {cookie}\nConnection: close\n\n",
        400,
    ),
    "no host": ("GET / HTTP/1.0\nCookie: {cookie}\n\n", 400),
    "two sites": (
        "POST /api/poll HTTP/1.1\nSec-Fetch-Site: cross-site\n{headers}\nContent-Length: 2\n\n{}",
        403,
    ),
    "two lengths": ("POST /api/poll HTTP/1.1\n{headers}\nContent-Length: 2\nContent-Length: 50\n\n{}", 400),
    "a length below nothing": ("POST /api/poll HTTP/1.1\n{headers}\nContent-Length: -1\n\n{}", 400),
    "an unknown coding": (
        "POST /api/poll HTTP/1.1\n{headers}\nTransfer-Encoding: xchunked\n\n2\n{}\n0\n\n",
        501,
    ),
    "another method in a header": (
        "GET /api/poll HTTP/1.1\n{headers}\nX-HTTP-Method-Override: POST\n\n",
        405,
    ),
    "a websocket": (
        "GET / HTTP/1.1\nHost: 127.0.0.1:{port}\nOrigin: http://evil.example\nUpgrade: websocket\n"
        "Connection: Upgrade, close\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n\n",
        401,
    ),
    "the other HTTP": ("PRI * HTTP/2.0\n\nSM\n\n", 400),
    "a head without end": ("GET / HTTP/1.1\n{headers}\nX: " + "a" * 200_000 + "\n\n", 431),
    "an address without end": ("GET /" + "a" * 100_000 + " HTTP/1.1\n{headers}\n\n", 431),
    "no HTTP": ("\x00\xff\xfe {port}\n\n", 400),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_browser_sends_is_refused(name: str, server: Server) -> None:
    request, expected = REFUSED[name]
    status, answer = raw(server, request.replace("{headers}\n\n\n", "{headers}\n\n"))
    assert status == expected
    assert server.running.secret not in answer
    assert "Traceback" not in answer
    assert ask(server)[0] == 200


def test_a_request_within_a_request_is_let_in_by_nobody(server: Server) -> None:
    smuggled = "POST /api/report HTTP/1.1\nHost: 127.0.0.1:{port}\nSec-Fetch-Site: same-origin\nContent-Type: application/json\nConnection: close\nContent-Length: 2\n\n{}"  # fmt: skip
    head = "POST /api/poll HTTP/1.1\nHost: 127.0.0.1:{port}\nCookie: {cookie}\nSec-Fetch-Site: same-origin\nContent-Type: application/json\n"  # fmt: skip
    _, answer = raw(
        server,
        f"{head}Content-Length: 4\nTransfer-Encoding: chunked\n\n2\n{{}}\n0\n\n{smuggled}",
        is_whole=True,
    )
    assert answer.count("HTTP/1.1 ") == 2
    assert "HTTP/1.1 401" in answer, "the second has no cookie of its own"


@pytest.mark.parametrize(
    "path",
    [
        "/static/%2e%2e%2fsession.py",
        "/static/..%5c..%5csession.py",
        "/static/%252e%252e%252fsession.py",
        "/static/main.js::$DATA",
        "/static/main.js.",
        "/static/main.js%20",
        "//evil.example/",
        "/\\evil.example",
        "/preview/../static/page.html/page",
    ],
)
def test_no_way_of_writing_a_path_leads_elsewhere(path: str, server: Server) -> None:
    status, headers, _ = ask(server, "GET", path)
    assert status == 404
    assert "Location" not in headers


@pytest.mark.parametrize("year", ["NaN", "Infinity", "1e999", "2022.0", "9" * 5000, "true", '"2022"'])
def test_what_is_no_number_is_none(year: str, server: Server) -> None:
    status, _, said = ask(server, path="/api/new", body=f'{{"agency": "某局", "year": {year}}}'.encode())
    assert status == 400
    assert json.loads(said)["code"] == "bad_request"


@pytest.mark.parametrize("depth", [900, 100_000])
def test_a_deep_nest_is_refused(depth: int, server: Server) -> None:
    for body in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
        assert ask(server, body=f'{{"id": {body}}}'.encode())[0] == 400


def test_of_two_keys_of_one_name_no_more_is_known_than_of_one(server: Server) -> None:
    status, _, said = ask(server, path="/api/report", body=b'{"id": "x", "id": "../../etc/passwd"}')
    assert (status, json.loads(said)["code"]) == (404, "unknown")


def test_masses_of_connections_that_never_ask_to_the_end_shut_nobody_out(server: Server) -> None:
    begun = ["GET / HT", "POST /api/poll HTTP/1.1\r\nHost: x\r\nContent-Length: 40000000\r\n\r\n{"]
    held = []
    try:
        for number in range(300):
            connection = socket.create_connection(("127.0.0.1", server.running.port), timeout=10)
            held.append(connection)
            connection.sendall(begun[number % 2].encode())
        assert ask(server)[0] == 200
    finally:
        for connection in held:
            connection.close()
    assert ask(server)[0] == 200


def test_the_figures_are_as_they_were(server: Server) -> None:
    """After all of the above."""
    assert server.desk.single
    assert read(server.desk.single).figures["requests.granted.natural"] == 6
