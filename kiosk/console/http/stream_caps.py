"""Caps of event streams: in all, by address, by ticket; some are kept back for staff."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from litestar.connection import ASGIConnection
from litestar.exceptions import ServiceUnavailableException
from litestar.middleware import ASGIMiddleware

from kiosk.console.http.authentication import is_staff, known_browser
from kiosk.console.http.connections import OF_THIS_BOX
from kiosk.console.http.context import context_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from litestar.types import ASGIApp, Receive, Scope, Send

MOST_STREAMS: Final = 200
"""Streams of `/events` without a login; and as many of phones, which poll beyond that."""

KEPT_BACK: Final = 60
"""Beside them, for staff, and for a call display in a browser that knows them."""

MOST_OF_ONE: Final = 40
"""From one address."""

MOST_OF_ONE_TICKET: Final = 8


class BrowserCap(ASGIMiddleware):
    """Cap of the streams of `/events`."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Go on, or answer 503."""
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
        if is_staff(connection) or known_browser(connection):
            caps = {"browsers": MOST_STREAMS + KEPT_BACK}
        else:
            caps = {"browsers": MOST_STREAMS, **_of_address(connection)}
        with _slot(connection, caps):
            await next_app(scope, receive, send)


class PhoneCap(ASGIMiddleware):
    """Cap of the streams of a ticket's page."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Go on, or answer 503."""
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
        ticket = f"ticket {connection.path_params['code']}"
        caps = {"phones": MOST_STREAMS, ticket: MOST_OF_ONE_TICKET, **_of_address(connection)}
        with _slot(connection, caps):
            await next_app(scope, receive, send)


@contextmanager
def _slot(
    connection: ASGIConnection[Any, Any, Any, Any], caps: Mapping[str, int]
) -> Iterator[None]:
    slots = context_of(connection).stream_slots
    if not slots.acquire(caps):
        raise ServiceUnavailableException("Too many browsers listen already.")
    try:
        yield
    finally:
        slots.release(caps)


def _of_address(connection: ASGIConnection[Any, Any, Any, Any]) -> dict[str, int]:
    address = connection.client.host if connection.client else ""
    return {} if address in OF_THIS_BOX else {f"address {address}": MOST_OF_ONE}
