"""A laptop outside the box: it calls the box by its names, as in the network of a bus."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import httpx

from tests.machine.guest import COMMAND_S

if TYPE_CHECKING:
    from tests.machine.guest import Guest

HTTP_PORT, TLS_PORT = 8080, 8443


class BusNetwork:
    """The ports of the box, reached through QEMU whatever name the box is called by."""

    def __init__(self, guest: Guest) -> None:
        self._ports = {port: guest.forward(port) for port in (HTTP_PORT, TLS_PORT)}

    def laptop(self, trusted: ssl.SSLContext) -> httpx.Client:
        """A client that trusts whom this context trusts; to be closed."""
        return httpx.Client(transport=_Forwarded(self._ports, trusted), timeout=COMMAND_S)


class _Forwarded(httpx.HTTPTransport):
    """Connects to the forwarded port; the name is verified, and stays in the request."""

    def __init__(self, ports: dict[int, int], trusted: ssl.SSLContext) -> None:
        # A kept connection would be used again under whatever name is called next.
        super().__init__(verify=trusted, limits=httpx.Limits(max_keepalive_connections=0))
        self._ports = ports

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.port
        forwarded = httpx.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1", port=self._ports[request.url.port]),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return super().handle_request(forwarded)


def trusting(certificate: bytes) -> ssl.SSLContext:
    """Trust in one authority (DER) and in no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=certificate)
    return context
