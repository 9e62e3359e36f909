"""Uploads of boxes: a package as one ZIP, taken in before its receipt is given.

A box that asks again, because the line broke or the power went, has the same receipt.
"""

import asyncio
import base64
import hashlib
import re
import tempfile
from typing import IO, Any, Final

from litestar import Response, get, post, put

from kiosk.fleet.intake import take_in
from kiosk.fleet.received import MOST_ARCHIVE_BYTES, ReceivedPackage, is_archive, read_archive
from kiosk.fleet.schema import deliveries
from kiosk.fleet.server.box_requests import (
    AnyRequest,
    Problem,
    authenticated_box,
    problem_answer,
)
from kiosk.fleet.server.context import Busy, FleetContext
from kiosk.fleet.verdict import IntakeResult, Verdict

UPLOAD: Final = "/upload"
LONGEST_UPLOAD_S: Final = 300.0
_RETRY_S: Final = 30
_FILE_NAME: Final = re.compile(r'filename="([^"/]{1,200})"')
_IN_MEMORY_BYTES: Final = 1024 * 1024


@get(f"{UPLOAD}/{{name:str}}")
async def probe(request: AnyRequest, context: FleetContext, name: str) -> Response[Any]:
    """What was taken in is not shown again, so a box sends it, and has its receipt."""
    try:
        await authenticated_box(request, context)
    except Problem as problem:
        return problem_answer(problem)
    return problem_answer(Problem(404, f"{name} is not shown here: send it."))


@put(f"{UPLOAD}/{{name:str}}")
async def take_named(request: AnyRequest, context: FleetContext, name: str) -> Response[Any]:
    """Take a package in under the name of its address."""
    return await _take(request, context, name)


@post(UPLOAD)
async def take(request: AnyRequest, context: FleetContext) -> Response[Any]:
    """Take a package in under the name in `Content-Disposition`."""
    found = _FILE_NAME.search(request.headers.get("Content-Disposition", ""))
    return await _take(request, context, found[1] if found else "")


async def _take(request: AnyRequest, context: FleetContext, name: str) -> Response[Any]:
    try:
        device = await authenticated_box(request, context)
        _check_name(name)
        with context.uploading(device), tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as file:
            digest = await _receive(request, file)
            result = await asyncio.to_thread(_take_in, context, device, file, name)
    except Busy as busy:
        who = "This box is" if busy.of_box else "Other boxes are"
        status = 429 if busy.of_box else 503
        return problem_answer(Problem(status, f"{who} uploading at the moment.", _RETRY_S))
    except Problem as problem:
        return problem_answer(problem)
    if result.verdict.is_refusal:
        return problem_answer(Problem(422, f"{name}: {result.reason}."))
    return _receipt(digest, result.verdict)


def _check_name(name: str) -> None:
    if not is_archive(name):
        raise Problem(400, "Name the file as the package, with .zip behind.")


async def _receive(request: AnyRequest, file: IO[bytes]) -> str:
    """Write the body into a file; its SHA-256, which must be the one that the box names."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > MOST_ARCHIVE_BYTES:
        raise Problem(413, "This is larger than any package.")
    found, size = hashlib.sha256(), 0
    try:
        async with asyncio.timeout(LONGEST_UPLOAD_S):
            async for part in request.stream():
                size += len(part)
                if size > MOST_ARCHIVE_BYTES:
                    raise Problem(413, "This is larger than any package.")
                found.update(part)
                file.write(part)
    except TimeoutError:
        raise Problem(408, "The upload took too long.") from None
    digest = found.hexdigest()
    if request.headers.get("Idempotency-Key", digest).lower() != digest:
        raise Problem(400, "The body is not what Idempotency-Key names: it was cut or changed.")
    file.seek(0)
    return digest


def _take_in(context: FleetContext, device: str, file: IO[bytes], name: str) -> IntakeResult:
    """In one transaction, on disk before the receipt."""
    received = read_archive(file, f"upload {name}", name)
    if isinstance(received, ReceivedPackage) and received.manifest.device != device:
        raise Problem(403, f"The token is of the box {device}, the package of another one.")
    with context.database.write() as connection:
        (result,) = take_in(connection, [received], context.now())
        if result.verdict is Verdict.TAKEN:
            row = {"taken": 1, "known": 0, "refused": 0, "place": result.place}
            connection.execute(deliveries.insert().values(at=context.now(), **row))
    return result


def _receipt(digest: str, verdict: Verdict) -> Response[Any]:
    encoded = base64.b64encode(bytes.fromhex(digest)).decode()
    return Response(
        {"sha256": digest, "verdict": verdict},
        status_code=201 if verdict is Verdict.TAKEN else 200,
        headers={"Repr-Digest": f"sha-256=:{encoded}:"},
    )
