"""Requests of boxes: who asks, by the token, and answers that are no receipt."""

import asyncio
import re
from typing import Any, Final

from litestar import MediaType, Request, Response
from litestar.datastructures import State

from kiosk.fleet.awaited import awaited_name
from kiosk.fleet.boxes import box_of_token
from kiosk.fleet.server.context import FleetContext

_TOKEN: Final = re.compile(r"Bearer ([0-9a-f]{64})")

AnyRequest = Request[None, None, State]


class Problem(Exception):
    """An answer that is no receipt."""

    def __init__(self, status: int, detail: str, retry_s: int | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.retry_s = status, detail, retry_s


def no_box() -> Problem:
    """The answer to a token that is worth nothing."""
    return Problem(401, "The token is of no box; 'kiosk office box token' makes a new one.")


async def authenticated_box(request: AnyRequest, context: FleetContext) -> str:
    """The box of the token, before anything of the body is read."""
    token = _bearer_token(request)
    device = await asyncio.to_thread(_device_of, context, token) if token else None
    if device is None:
        raise no_box()
    return device


async def token_of_any_box(request: AnyRequest, context: FleetContext) -> str:
    """The token of a box, or of one that is awaited; before anything of the body is read."""
    token = _bearer_token(request)
    if token is None or not await asyncio.to_thread(_is_known, context, token):
        raise no_box()
    return token


def _bearer_token(request: AnyRequest) -> str | None:
    """The token of a request, if it looks like one."""
    found = _TOKEN.fullmatch(request.headers.get("Authorization", ""))
    return found[1] if found else None


def _device_of(context: FleetContext, token: str) -> str | None:
    with context.database.read() as connection:
        return box_of_token(connection, token)


def _is_known(context: FleetContext, token: str) -> bool:
    with context.database.read() as connection:
        return bool(box_of_token(connection, token) or awaited_name(connection, token))


def problem_answer(problem: Problem) -> Response[Any]:
    """A problem document, after which nothing more of the body is read."""
    headers = {"Connection": "close", "Content-Type": "application/problem+json"}
    if problem.retry_s is not None:
        headers["Retry-After"] = str(problem.retry_s)
    return Response(
        {"status": problem.status, "detail": problem.detail},
        status_code=problem.status,
        headers=headers,
        media_type=MediaType.JSON,
    )
