"""Requests of boxes: who asks, by the token, and answers that are no receipt."""

import asyncio
import re
from typing import Any, Final

from litestar import MediaType, Request, Response
from litestar.datastructures import State

from kiosk.fleet.boxes import box_of_token
from kiosk.fleet.server.context import FleetContext

_TOKEN: Final = re.compile(r"Bearer ([0-9a-f]{64})")

AnyRequest = Request[None, None, State]


class Problem(Exception):
    """An answer that is no receipt."""

    def __init__(self, status: int, detail: str, retry_s: int | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.retry_s = status, detail, retry_s


async def authenticated_box(request: AnyRequest, context: FleetContext) -> str:
    """The box of the token, before anything of the body is read."""
    token = _TOKEN.fullmatch(request.headers.get("Authorization", ""))
    device = None
    if token:
        device = await asyncio.to_thread(_device_of, context, token[1])
    if device is None:
        raise Problem(401, "The token is of no box; 'kiosk office box token' makes a new one.")
    return device


def _device_of(context: FleetContext, token: str) -> str | None:
    with context.database.read() as connection:
        return box_of_token(connection, token)


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
