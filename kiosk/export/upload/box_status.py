"""Status of this box for the city's office: version, last delivery, levels of the checks; signed.

Names of checks and their levels, no causes: those quote names and paths. Nothing of people, no
counts.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import structs

import kiosk
from kiosk.counts.signing import make_signing_key
from kiosk.export.errors import ExportError
from kiosk.export.targets.http_client import HttpClient, refusal
from kiosk.export.upload.update_messages import DeviceUpdate, StatusAnswer
from kiosk.service.access import device_id
from kiosk.store import key_values, uploads
from kiosk.system.health_report import Level, last_report

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.export.targets.http_client import Endpoint
    from kiosk.store.database import Connection, Database
    from kiosk.system.paths import Paths

FILE_NAME: Final = "status.json"
SIGNATURE_HEADER: Final = "Radhaus-Signature"
SIGNED_AS: Final = b"radhaus status 1\n"
"""Before what is signed, so that no package's signature fits a status, and none of a status one."""

EVERY: Final = timedelta(hours=24)
CHANGED_EVERY: Final = timedelta(hours=1)
"""A level that goes up and down is told no more often."""

_KEY: Final = "upload_status"
_LONGEST_S: Final = 60.0
_NOT_BELIEVED: Final = 422
_DONE: Final = frozenset({200, 201, 204})


class CheckLevel(msgspec.Struct, frozen=True):
    """A check of the doctor, its level, and of a device its kind."""

    name: str
    result: Level
    kind: str = ""


class DeviceStatus(msgspec.Struct, frozen=True):
    """What the office is told. `checked` is when the doctor looked last, if it has.

    `update` is there of an appliance with two slots.
    `public_key` (PEM) is that by which it is signed: an office believes it of an awaited box alone.
    """

    device: str
    name: str
    version: str
    sent: datetime
    delivered: datetime | None
    checked: datetime | None
    checks: list[CheckLevel]
    public_key: str = ""
    update: DeviceUpdate | None = None


class _LastTry(msgspec.Struct, frozen=True):
    """When which status was tried last, and where."""

    target: str
    at: datetime
    digest: str


def build_status(  # noqa: PLR0913 - one for each thing told
    database: Database,
    paths: Paths,
    name: str,
    target: str,
    at: Moment,
    *,
    update: DeviceUpdate | None = None,
) -> DeviceStatus:
    """The status as it is now."""
    report = last_report(paths)
    with database.read() as connection:
        delivered = uploads.last_acknowledged(connection, target)
    return DeviceStatus(
        device=device_id(database),
        name=name,
        version=kiosk.__version__,
        sent=at.wall,
        delivered=delivered,
        checked=report.moment.with_clock_of(at).wall if report else None,
        checks=[
            CheckLevel(check.name, check.result, check.kind)
            for check in (report.checks if report else [])
            if check.examined
        ],
        update=update,
    )


def is_status_due(connection: Connection, target: str, status: DeviceStatus) -> bool:
    """Once a day, and soon after a level has changed."""
    last = _last_try(connection)
    if last is None or last.target != target or last.at > status.sent:
        return True
    age = status.sent - last.at
    return age >= EVERY or (age >= CHANGED_EVERY and last.digest != _digest(status))


def was_told(connection: Connection, target: str) -> bool:
    """Whether this target has ever been told of the box."""
    last = _last_try(connection)
    return last is not None and last.target == target


def note_sent(connection: Connection, target: str, status: DeviceStatus) -> None:
    """Remember what was told, or refused, and when."""
    tried = _LastTry(target, status.sent, _digest(status))
    key_values.put(connection, _KEY, msgspec.json.encode(tried).decode())


def send_status(database: Database, endpoint: Endpoint, status: DeviceStatus) -> StatusAnswer:
    """Send it, signed by the box. Raises `ExportError`; an unreachable server is asked again."""
    with database.write() as connection:
        key = make_signing_key(connection)
    body = msgspec.json.encode(structs.replace(status, public_key=key.public.pem.decode()))
    address = endpoint.file(FILE_NAME)
    client = HttpClient(replace(endpoint, longest_s=_LONGEST_S))
    signature = b64encode(key.sign(SIGNED_AS + body)).decode()
    headers = {"Content-Type": "application/json", SIGNATURE_HEADER: signature}
    with client.within_deadline():
        answer = client.ask("PUT", address, body=body, headers=headers)
    with database.write(synced=False) as connection:
        note_sent(connection, endpoint.url, status)
    if answer.status == _NOT_BELIEVED:
        raise ExportError(
            address,
            f"does not believe that this is {status.device} ({answer.status}): compare 'kiosk"
            " counts key' with 'kiosk office box list' there, and look at this box's clock",
        )
    if answer.status not in _DONE:
        raise refusal(address, answer)
    try:
        return msgspec.json.decode(answer.body or b"{}", type=StatusAnswer)
    except msgspec.MsgspecError:
        return StatusAnswer()  # any other server may take a status, and say what it likes


def _last_try(connection: Connection) -> _LastTry | None:
    known = key_values.get(connection, _KEY)
    return msgspec.json.decode(known, type=_LastTry) if known else None


def _digest(status: DeviceStatus) -> str:
    """Of what is news: neither when it is sent nor when the doctor looked."""
    news = [status.version, status.name, status.delivered, status.checks, status.update]
    return sha256(msgspec.json.encode(news)).hexdigest()
