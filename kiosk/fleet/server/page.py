"""Page of the office: who delivered what and when last, gaps and findings in one line each."""

import asyncio
import base64
import binascii
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import jinja2
from litestar import MediaType, Request, Response, get
from litestar.datastructures import State

from kiosk.export.report.words import number_in_words, unit_in_words
from kiosk.fleet.german import (
    gap_in_words,
    health_in_words,
    update_in_words,
    verdict_in_words,
)
from kiosk.fleet.password import has_password, is_password
from kiosk.fleet.server.context import FleetContext
from kiosk.fleet.status import FleetStatus

_TEMPLATES: Final = Path(__file__).parent / "templates"
_ZONE: Final = ZoneInfo("Europe/Berlin")
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_UNSET: Final = (
    "Diese Seite hat noch kein Passwort. Auf dem Server macht „kiosk office password“ eines.\n"
)


@get("/", media_type=MediaType.HTML)
async def overview(request: Request[None, None, State], context: FleetContext) -> Response[str]:
    """The page, for who knows its password."""
    given = _password_of(request.headers.get("Authorization", ""))
    if given is None or not await asyncio.to_thread(_is_password, context, given):
        return await _refusal(context)
    page = render_page(await context.status(), context.now())
    return Response(page, headers=_HEADERS, media_type=MediaType.HTML)


@get("/office.css", media_type=MediaType.CSS)
async def style() -> Response[str]:
    return Response(_style(), media_type=MediaType.CSS, headers={"Cache-Control": "max-age=3600"})


@get("/health")
async def health(context: FleetContext) -> dict[str, str]:
    """Whether the database answers: an error is 503."""
    await context.status()
    return {"status": "ok"}


async def _refusal(context: FleetContext) -> Response[str]:
    if not await asyncio.to_thread(_has_password, context):
        return Response(_UNSET, status_code=403, media_type=MediaType.TEXT)
    asks = {"WWW-Authenticate": 'Basic realm="Radhaus", charset="UTF-8"'}
    return Response(
        "Bitte melden Sie sich mit dem Passwort dieser Seite an.\n",
        status_code=401,
        headers={**_HEADERS, **asks},
        media_type=MediaType.TEXT,
    )


def _password_of(header: str) -> str | None:
    """The password of HTTP Basic; any user name will do."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return None


def _is_password(context: FleetContext, given: str) -> bool:
    with context.database.read() as connection:
        return is_password(connection, given)


def _has_password(context: FleetContext) -> bool:
    with context.database.read() as connection:
        return has_password(connection)


def render_page(status: FleetStatus, now: datetime) -> str:
    names = {box.box.device: box.box.name for box in status.boxes}
    return _template().render(status=status, names=names, now=now)


@cache
def _style() -> str:
    return (_TEMPLATES / "office.css").read_text(encoding="utf-8")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(
        gap=gap_in_words,
        health=health_in_words,
        update=update_in_words,
        verdict=verdict_in_words,
        number=number_in_words,
        moment=_moment,
        day=_day,
        unit=_unit,
    )
    return environment.get_template("office.html")


def _unit(period: str) -> str:
    """A period in words; the number of a part that was ended early stays behind."""
    unit, _, part = period.partition(".")
    return unit_in_words(unit) + (f", Teil {part}" if part else "")


def _moment(at: datetime) -> str:
    return f"{_local(at):%d.%m.%Y %H:%M}"


def _day(at: date) -> str:
    return f"{at:%d.%m.%Y}"


def _local(at: datetime) -> datetime:
    # SQLite gives back what it was given in UTC, without saying so.
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo("UTC"))).astimezone(_ZONE)
