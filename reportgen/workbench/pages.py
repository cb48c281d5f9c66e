"""The server as the browser sees it: routes, and who may use them.

Each guard answers an attack that another local server has suffered; ``tests/workbench/test_attacks.py`` tries them all.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from ..errors import ReportgenError
from ..model.findings import InputError, UntoldError
from . import api_files, api_findings
from .api import ENDPOINTS, Answer
from .desk import Desk, UnknownError
from .edits import EditError
from .meeting import ADDRESS, BY_PAGE, cookie_name
from .parameters import ParameterError, arguments
from .session import GoneError
from .words import for_page

QUESTIONS = (api_files, api_findings)
"""The further modules of what the page may ask: they say so when they are imported."""

SAID = ("said", "refused")
"""What of an answer are lines that the program says."""
LARGEST_REQUEST = 48 * 1024 * 1024
"""Bytes: a Word file of 30 MB in Base64, and what stands around it."""
STATIC = Path(__file__).parent / "static"
KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
"""Of the files of the page; what Windows' registry says of them is now and then wrong."""
PAGE = "page.html"
POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


PREVIEW = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""Of a preview: a template may be anybody's, and runs nothing here. The page may scroll it to where it was."""


def application(
    desk: Desk, port: int, secret: str, on_fault: Callable[[Exception], None] | None = None
) -> Flask:
    """The server's application, for one desk at one port."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    host = f"{ADDRESS}:{port}"
    cookie = cookie_name(port)

    def is_known() -> bool:
        return hmac.compare_digest(request.cookies.get(cookie, "").encode(), secret.encode())

    @app.before_request
    def guard() -> AnyResponse | None:
        if request.environ.get("HTTP_HOST") != host:
            abort(400)
        if request.method in ("GET", "HEAD"):
            given = request.args.get("secret")
            if request.path == "/" and given is not None:
                return _let_in(given, secret, cookie)
        elif request.method == "POST":
            if not _is_from_here(host):
                return _refusal(403, "forbidden", "这个请求不是从工作台的页面来的，没有理会。")
        else:
            abort(405)
        if not is_known():
            if request.path.startswith("/api/"):
                return _refusal(401, "no_secret", "这个页面已经失效。请重新打开工作台，用新打开的页面。")
            return _page_of_words(401, "请重新打开工作台，用新打开的页面。")
        desk.hear()
        return None

    @app.after_request
    def seal(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        # With no-referrer an older browser calls the page's own origin null, and we know nothing else of its requests.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.get("/")
    def page() -> AnyResponse:
        return _file(PAGE, "text/html; charset=utf-8")

    @app.get("/static/<name>")
    def static_file(name: str) -> AnyResponse:
        kind = KINDS.get(Path(name).suffix)
        if kind is None or name not in {path.name for path in STATIC.iterdir()}:
            abort(404)
        return _file(name, kind)

    @app.get("/preview/<id>/<kind>")
    def preview(id: str, kind: str) -> AnyResponse:
        from . import making

        made = {"page": making.page_preview, "word": making.print_preview}.get(kind)
        if made is None:
            abort(404)
        try:
            file = desk.file(id)
            with file.lock:
                document = file.current.document
            if document is None:
                return _page_of_words(409, "输入文件有写法不对的地方，改正以后才能预览。")
            text = made(document)
        except ReportgenError as error:
            return _page_of_words(409, for_page(str(error)))
        return Response(
            text, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": PREVIEW}
        )

    @app.post("/api/<name>")
    def call(name: str) -> AnyResponse:
        function = ENDPOINTS.get(name)
        if function is None:
            return _refusal(404, "unknown", "没有这个功能。")
        if request.mimetype != "application/json":
            return _refusal(415, "bad_request", "只收 JSON。")
        try:
            given = request.get_json()
        except HTTPException as error:
            if error.code == 413:
                raise
            return _refusal(400, "bad_request", "请求不是 JSON。")
        except RecursionError:
            return _refusal(400, "bad_request", "请求套得太深。")
        try:
            return jsonify(_in_words_of_page(function(desk, **arguments(function, given))))
        except ReportgenError as error:
            return _failed(error)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> AnyResponse:
        if error.code == 413:
            return _refusal(413, "too_large", "文件太大，没有读。")
        code = error.code or 500
        return _refusal(code, "bad_request" if code < 500 else "fault", "没有这个页面，或者请求不对。")

    @app.errorhandler(Exception)
    def failed(error: Exception) -> AnyResponse:
        if on_fault is not None:
            on_fault(error)
        text = "程序出了没有料到的毛病，这一步没有做。已经写进文件的都还在。"
        return _refusal(500, "fault", text)

    return app


def _let_in(given: str, secret: str, cookie: str) -> AnyResponse:
    """Exchange the secret of the first address for a cookie, and lead away from it.

    With a request that something else than this server began, redirected or not, no cookie goes that is for this site
    alone: whoever comes from another page, as from our file, gets a page of this server that leads on.
    """
    if not hmac.compare_digest(given.encode(), secret.encode()):
        return _page_of_words(401, "地址不对，或者已经失效。请重新打开工作台。")
    response: AnyResponse
    if BY_PAGE in request.args or request.headers.get("Sec-Fetch-Site", "none") != "none":
        response = _page(200, '<meta http-equiv="refresh" content="0; url=/"><p><a href="/">打开工作台</a>')
    else:
        response = redirect("/", 303)
    response.set_cookie(cookie, secret, httponly=True, samesite="Strict", path="/")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _is_from_here(host: str) -> bool:
    """Whether a request that changes something comes from the page itself, and not from another site or port."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    return request.headers.get("Origin") == f"http://{host}"


def _in_words_of_page(answer: Answer) -> Answer:
    """What was done, said as the page says it."""
    said = {key: [*map(for_page, answer[key])] for key in SAID if answer.get(key)}
    return {**answer, **said} if said else answer


def _failed(error: ReportgenError) -> AnyResponse:
    if isinstance(error, ParameterError):
        return _refusal(400, "bad_request", str(error))
    if isinstance(error, UnknownError):
        return _refusal(404, "unknown", str(error))
    if isinstance(error, GoneError):
        return _refusal(409, "gone", str(error))
    if isinstance(error, EditError):
        return _refusal(422, "unusable", str(error), cells=error.cells)
    if isinstance(error, UntoldError):
        return _refusal(422, f"no_{error.untold}", str(error))
    if isinstance(error, InputError):
        found = [
            {
                "message": for_page(each.message),
                "how": for_page(each.cure),
                "line": each.line,
                "rule": each.rule,
            }
            for each in error.findings
        ]
        return _refusal(422, "unusable", str(error), findings=found)
    return _refusal(409, "conflict", str(error))


def _refusal(status: int, code: str, text: str, **more: Any) -> AnyResponse:
    said = json.dumps(
        {"error": for_page(text), "code": code, **more}
    )  # what was asked for may hold halves of characters
    return Response(said, status=status, content_type="application/json")


def _page_of_words(status: int, text: str) -> AnyResponse:
    return _page(status, f"<p>{escape(text)}")


def _page(status: int, html: str) -> Response:
    page = f"<!DOCTYPE html><meta charset=utf-8><title>年报工作台</title>{html}"
    return Response(page, status=status, content_type="text/html; charset=utf-8")


def _file(name: str, kind: str) -> AnyResponse:
    return Response((STATIC / name).read_bytes(), content_type=kind, headers={"Cache-Control": "no-cache"})
