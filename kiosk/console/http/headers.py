"""Security headers of every answer, and the check of the Host header."""

from __future__ import annotations

from base64 import b64encode
from email.utils import formatdate
from hashlib import sha256
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from litestar.datastructures import MutableScopeHeaders
from litestar.exceptions import HTTPException, NotFoundException
from litestar.middleware import ASGIMiddleware

from kiosk.console.http.static_files import STATIC

if TYPE_CHECKING:
    from collections.abc import Collection

    from litestar.types import ASGIApp, Message, Receive, Scope, Send

TEMPLATES = Path(__file__).parents[1] / "templates"


def _inline(script: Path) -> str:
    """The name by which a policy allows a script that stands in the page itself."""
    text = script.read_text(encoding="utf-8").removesuffix("\n")  # as Jinja includes it
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


_POLICIES = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none';"
    f" script-src 'self' {_inline(TEMPLATES / 'whole.js')};"
    " form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: then the login form would come without an origin.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SECURITY = [(name.lower().encode(), value.encode()) for name, value in _POLICIES.items()]
_FOR_GOOD = "public, max-age=31536000, immutable"
_PRIVATE_SUFFIXES = (".local", ".lan", ".internal", ".home.arpa", ".localhost")


async def add_headers(message: Message, scope: Scope) -> None:
    """A hook: nothing but our own scripts and styles, nowhere framed; caches keep only those."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    headers.headers.extend(_SECURITY)
    headers["Date"] = formatdate(usegmt=True)
    headers["Cache-Control"] = (
        _FOR_GOOD if _is_static(scope["path"], message["status"]) else "no-store"
    )


def _is_static(path: str, status: int) -> bool:
    return path.startswith(f"{STATIC}/") and status in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}


class HostCheck(ASGIMiddleware):
    """Refuses names that a stranger can own, so that no site can pose as this box (DNS rebinding).

    Addresses, names without a dot and names of local networks cannot belong to a stranger. Paths
    with a zero byte, which no file system takes, are not found.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Go on, or answer 404 or 421."""
        if "\0" in scope["path"]:
            raise NotFoundException
        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        names: Collection[str] = scope["litestar_app"].state["host_names"]
        if not is_own_name(_without_port(host.decode("latin-1").lower()), names):
            raise HTTPException(status_code=421, detail="This box does not go by that name.")
        await next_app(scope, receive, send)


def is_own_name(name: str, further: Collection[str]) -> bool:
    """Whether a host is asked for by a name of this box, or one of those that its operator owns."""
    if name in further or "." not in name or name.endswith(_PRIVATE_SUFFIXES):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _without_port(host: str) -> str:
    if host.startswith("["):  # an IPv6 address has colons of its own
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
