"""The port of the console."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

import msgspec

from kiosk.doctor.finding import Finding, failure, ok

if TYPE_CHECKING:
    from kiosk.doctor.place import Place

_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
_PATIENCE_S = 3.0


class _Check(msgspec.Struct):
    ok: bool
    message: str


class _Health(msgspec.Struct):
    checks: list[_Check]


def port(place: Place) -> Finding:
    """Free, or answered by our own console, which then says how it is."""
    console = place.settings().console
    host = _ANY_ADDRESS.get(console.host, console.host)
    try:
        health = _health(host, console.port)
    except ConnectionRefusedError:
        return ok(f"Port {console.port} is free; the console does not run.")
    except (OSError, http.client.HTTPException, msgspec.MsgspecError):
        return failure(
            f"Port {console.port} is taken by another program.",
            "End that program (see: ss -ltnp), or set another port under [console] in config.toml.",
        )
    ill = [check.message for check in health.checks if not check.ok]
    if ill:
        return failure(
            f"The console runs, but: {' '.join(ill)}", "See: journalctl -u kiosk-console."
        )
    return ok(f"The console answers on port {console.port}.")


def _health(host: str, port: int) -> _Health:
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", "/api/v1/health")
        return msgspec.json.decode(connection.getresponse().read(), type=_Health)
    finally:
        connection.close()
