"""TLS listener of the staff pages: its port, and the certificate shown at each of its addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kiosk.system.box_authority import ALWAYS, covers, names_of_box
from kiosk.system.tls_context import context_from_pem

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Sequence

    from cryptography import x509

    from kiosk.domain.moment import Moment
    from kiosk.system.box_authority import Authority, Span

_HALF_SPAN: Final = timedelta(days=400)
"""Apple's devices take no certificate of a server that is valid for more than 825 days."""

_RENEWED_AFTER: Final = timedelta(days=30)
_MOST_ADDRESSES: Final = 32


@dataclass(frozen=True, slots=True)
class Tls:
    """Where the staff pages are secure. `authority` is None where the operator has a certificate.

    `context_for` gives the TLS context for the address of this box that a browser has called.
    """

    port: int
    context_for: Callable[[str], ssl.SSLContext]
    authority: x509.Certificate | None = None


@dataclass(frozen=True, slots=True)
class _Issued:
    context: ssl.SSLContext
    names: list[str]
    moment: Moment

    def is_stale(self, names: list[str], now: Moment) -> bool:
        """Another name, a clock that was set, or so old that it is time."""
        return (
            names != self.names
            or now.trusted != self.moment.trusted
            or abs(now.wall - self.moment.wall) > _RENEWED_AFTER
        )


class IssuedContexts:
    """Contexts whose certificates the authority of this box signs at the first handshake.

    An address needs no list of the network's: a connection to it tells it.
    """

    def __init__(
        self, authority: Authority, names: Sequence[str], now: Callable[[], Moment]
    ) -> None:
        self._authority, self._names, self._now = authority, names, now
        self._issued: dict[str, _Issued] = {}

    def __call__(self, address: str) -> ssl.SSLContext:
        """The context for an address of this box."""
        address = address.partition("%")[0].removeprefix("::ffff:")
        names, now = list(dict.fromkeys([*names_of_box(), *self._names, address])), self._now()
        known = self._issued.get(address)
        if known is None or known.is_stale(names, now):
            known = _Issued(self._issue(names, now), names, now)
            if len(self._issued) >= _MOST_ADDRESSES:
                self._issued.clear()
            self._issued[address] = known
        return known.context

    def _issue(self, names: list[str], now: Moment) -> ssl.SSLContext:
        return context_from_pem(self._authority.issue(names, _span(now)))


def uncovered(authority: x509.Certificate, names: Sequence[str]) -> list[str]:
    """Names of this box for which its authority cannot sign: they were given to it later."""
    return [name for name in [*names_of_box(), *names] if not covers(authority, name)]


def _span(now: Moment) -> Span:
    """Validity within that of the authority; all of it while the clock is not set."""
    first, last = now.wall - _HALF_SPAN, now.wall + _HALF_SPAN
    if not now.trusted or first < ALWAYS[0] or last > ALWAYS[1]:
        return ALWAYS
    return first, last
