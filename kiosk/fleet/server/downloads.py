"""Downloads of boxes: the bundle of an update, whole or from a byte on, where a line was cut."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

from litestar import Response, get
from litestar.response import Stream

from kiosk.export.upload.update_messages import UPDATES
from kiosk.fleet.server.box_requests import (
    AnyRequest,
    Problem,
    authenticated_box,
    problem_answer,
)
from kiosk.fleet.server.context import FleetContext
from kiosk.fleet.server.uploads import UPLOAD
from kiosk.fleet.updates import bundle_file, is_offered

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FROM_BYTE: Final = re.compile(r"bytes=(\d{1,15})-")
_BLOCK_BYTES: Final = 256 * 1024
_RETRY_S: Final = 300


@get(f"{UPLOAD}/{UPDATES}/{{sha256:str}}")
async def download(request: AnyRequest, context: FleetContext, sha256: str) -> Response[Any]:
    """The bundle with this digest, if it is offered to the box that asks."""
    try:
        device = await authenticated_box(request, context)
        file, size = await asyncio.to_thread(_offered, context, sha256, device)
        begin = _first_byte(request.headers.get("Range", ""), size)
        _check_room(context)
    except Problem as problem:
        return problem_answer(problem)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(size - begin)}
    if begin:
        headers["Content-Range"] = f"bytes {begin}-{size - 1}/{size}"
    return Stream(
        _blocks(context, file, begin),
        status_code=206 if begin else 200,
        headers=headers,
        media_type="application/octet-stream",
    )


def _offered(context: FleetContext, sha256: str, device: str) -> tuple[Path, int]:
    with context.database.read() as connection:
        offered = _DIGEST.fullmatch(sha256) and is_offered(connection, sha256, device)
    try:
        file = bundle_file(context.data, sha256)
        if offered:
            return file, file.stat().st_size
    except OSError:
        pass
    raise Problem(404, "This update is not offered to this box, or not any more.")


def _check_room(context: FleetContext) -> None:
    if not context.may_download:
        raise Problem(503, "Other boxes are fetching at the moment.", _RETRY_S)


def _first_byte(wanted: str, size: int) -> int:
    """Of a range to the end, the only one that boxes ask for; all others get the whole file."""
    found = _FROM_BYTE.fullmatch(wanted)
    begin = int(found[1]) if found else 0
    if begin and begin >= size:
        raise Problem(416, f"The file ends at byte {size}.")
    return begin


async def _blocks(context: FleetContext, file: Path, begin: int) -> AsyncIterator[bytes]:
    with context.downloading(), file.open("rb") as stream:
        stream.seek(begin)
        while block := await asyncio.to_thread(stream.read, _BLOCK_BYTES):
            yield block
