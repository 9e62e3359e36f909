"""Transport security: what staff say and get goes over TLS, or never leaves this box.

Phones and call displays ask for public answers over HTTP: a citizen's phone trusts no certificate
of a bus.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.response.redirect import ASGIRedirectResponse

from kiosk.console.http.connections import OF_THIS_BOX
from kiosk.service.access import PlainHttpRefused

if TYPE_CHECKING:
    from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

    from kiosk.console.http.tls import Tls

_SAFE: Final = ("GET", "HEAD")
_HOST: Final = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]*)?", re.IGNORECASE)


class SecureOnly(ASGIMiddleware):
    """Leads staff pages to TLS where it is on, and takes nothing of theirs without it."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Go on, redirect, or answer 403."""
        tls: Tls | None = scope["litestar_app"].state["context"].equipment.tls
        if tls is None or is_confidential(tls, scope) or not _for_staff(scope["path"]):
            await next_app(scope, receive, send)
            return
        place = secured(scope, tls.port, _target(scope))
        if place is None or cast("HTTPScope", scope)["method"] not in _SAFE:
            raise PlainHttpRefused(tls.port)
        await ASGIRedirectResponse(path=place, status_code=307)(scope, receive, send)


def is_confidential(tls: Tls | None, scope: Scope) -> bool:
    """Whether the request came over TLS or from this box. Without TLS the operator sees to it."""
    client = scope["client"]
    inside = client is not None and client[0] in OF_THIS_BOX
    return tls is None or scope["scheme"] == "https" or inside


def _for_staff(path: str) -> bool:
    return path in {"/", "/staff"} or path.startswith("/staff/")


def secured(scope: Scope, port: int, target: str) -> str | None:
    """An address of the same host over TLS; None where its name is none."""
    host = _HOST.fullmatch(Headers.from_scope(scope).get("host", ""))
    return f"https://{host['name']}:{port}{target}" if host else None


def _target(scope: Scope) -> str:
    path, query = scope["raw_path"].decode("ascii"), scope["query_string"].decode("ascii")
    return f"{path}?{query}" if query else path
