"""Status documents of boxes: small, signed by the box, the latest kept."""

import asyncio
from typing import Any, Final

import msgspec
from litestar import Response, put

from kiosk.domain.errors import Refused
from kiosk.export.upload.box_status import FILE_NAME, SIGNATURE_HEADER
from kiosk.export.upload.update_messages import OfferedUpdate
from kiosk.fleet.awaited import admit_box
from kiosk.fleet.box_statuses import store_status
from kiosk.fleet.boxes import box_of_token
from kiosk.fleet.server.box_requests import (
    AnyRequest,
    Problem,
    problem_answer,
    token_of_any_box,
)
from kiosk.fleet.server.context import FleetContext
from kiosk.fleet.server.uploads import UPLOAD
from kiosk.fleet.updates import offer_for

MOST_BYTES: Final = 64 * 1024
LONGEST_S: Final = 30.0


@put(f"{UPLOAD}/{FILE_NAME}")
async def take_status(request: AnyRequest, context: FleetContext) -> Response[Any]:
    """Keep what a box tells of itself; with the first one an awaited box is added."""
    try:
        token = await token_of_any_box(request, context)
        body = await _body(request)
        signature = request.headers.get(SIGNATURE_HEADER, "")
        offered = await asyncio.to_thread(_store, context, token, body, signature)
    except Problem as problem:
        return problem_answer(problem)
    context.forget_status()
    if offered is None:
        return Response(None, status_code=204)
    return Response({"update": msgspec.to_builtins(offered)}, status_code=200)


async def _body(request: AnyRequest) -> bytes:
    body = b""
    try:
        async with asyncio.timeout(LONGEST_S):
            async for part in request.stream():
                body += part
                if len(body) > MOST_BYTES:
                    raise Problem(413, "This is larger than any status.")
    except TimeoutError:
        raise Problem(408, "The status took too long.") from None
    return body


def _store(context: FleetContext, token: str, body: bytes, signature: str) -> OfferedUpdate | None:
    """Keep a status; the update that is offered to its box."""
    try:
        with context.database.write() as connection:
            device = box_of_token(connection, token)
            if device is None:
                device = admit_box(connection, token, body, context.now())
            status = store_status(connection, device, body, signature, context.now())
            return offer_for(connection, device, status.update)
    except Refused as error:
        raise Problem(422, str(error)) from None
