"""Middleware: an action of the desk's page is answered with the page as it is afterwards.

The page asks for it by a header, which also says what of the queue it shows; one request takes the
place of two. The answer of the API then stands in a header, ASCII alone, and leaves at once: the
page shows the called number while the rest is still read and drawn.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from litestar.concurrency import sync_to_thread
from litestar.middleware import ASGIMiddleware

from kiosk.console.http.context import rendered
from kiosk.console.pages.desk_page import desk_page
from kiosk.console.pages.desk_queue import QueueFilter
from kiosk.console.pages.routes import MOST_LETTERS

if TYPE_CHECKING:
    from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

ASKS, ANSWER = b"x-view", b"x-answer"

_DONE = {HTTPStatus.OK, HTTPStatus.NO_CONTENT}
_REPLACED = {b"content-type", b"content-length"}
_BODY: Final = "http.response.body"


class ViewAnswers(ASGIMiddleware):
    """For the routes of one desk."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Let the action be done, and answer with the page if that succeeded."""
        asked = next((value for name, value in scope["headers"] if name == ASKS), None)
        if asked is None:
            await next_app(scope, receive, send)
            return
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        await next_app(scope, receive, keep)
        start = answer[0]
        if start["type"] == "http.response.start" and start["status"] in _DONE:
            await send(_head(start, answer))
            html = await sync_to_thread(_view, scope, asked.decode("latin-1"))
            answer = [{"type": _BODY, "body": html, "more_body": False}]
        for message in answer:
            await send(message)


def _head(start: HTTPResponseStartEvent, answer: list[Message]) -> HTTPResponseStartEvent:
    body = b"".join(message["body"] for message in answer if message["type"] == _BODY)
    headers = [(name, value) for name, value in start["headers"] if name not in _REPLACED]
    return {
        "type": "http.response.start",
        "status": HTTPStatus.OK,
        "headers": [
            *headers,
            (b"content-type", b"text/html; charset=utf-8"),
            (ANSWER, json.dumps(json.loads(body or b"null")).encode()),
        ],
    }


def _view(scope: Scope, asked: str) -> bytes:
    app, desk = scope["litestar_app"], scope["path_params"]["desk"]
    chosen = parse_qs(asked)
    find = chosen.get("find", [""])[0].strip()[:MOST_LETTERS]
    page = desk_page(
        app.state["context"], desk, QueueFilter("mine" in chosen, "everyone" in chosen, find)
    )
    return rendered(app, "view.html", page=page)
