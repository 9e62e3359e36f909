"""A proxy between a box and a server that drops, delays, truncates and answers for others."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

import urllib3

from tests.export.tls_servers import QuietHandler, TlsServer, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.export.authority import Authority

_HOP = {"host", "connection", "transfer-encoding", "content-length", "keep-alive"}


class Fault(Enum):
    """What can happen on the way, beside a status that the proxy answers itself."""

    DROPPED = auto()
    ANSWER_LOST = auto()
    HALF_SENT = auto()
    HALF_ANSWERED = auto()
    SILENT = auto()
    PORTAL = auto()
    REDIRECT = auto()


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class FaultyProxy:
    """The proxy in front of a server; `faults` are those of the next requests, by method."""

    origin: str
    elsewhere: str = "https://elsewhere.example/secret-path"
    faults: dict[str, deque[Fault | int | None]] = field(default_factory=lambda: defaultdict(deque))
    seen: list[Seen] = field(default_factory=list)
    by_chance: Callable[[], Fault | int | None] = lambda: None
    stopped: threading.Event = field(default_factory=threading.Event)

    def will(self, method: str, *faults: Fault | int | None) -> None:
        """Let these happen to the next requests of a method, one each."""
        self.faults[method].extend(faults)

    def count(self, method: str) -> int:
        return sum(one.method == method for one in self.seen)

    def fault_of(self, method: str) -> Fault | int | None:
        waiting = self.faults[method]
        return waiting.popleft() if waiting else self.by_chance()


@contextmanager
def proxy_before(origin: str, authority: Authority) -> Iterator[FaultyProxy]:
    """A running proxy in front of a server of that address."""
    with urllib3.PoolManager(ca_certs=str(authority.ca_file), retries=False) as pool:
        server = _ProxyServer(origin, authority, pool)
        with serving(server):
            yield server.proxy
            server.proxy.stopped.set()


class _ProxyServer(TlsServer):
    def __init__(self, behind: str, authority: Authority, pool: urllib3.PoolManager) -> None:
        super().__init__(_Handler, authority.context())
        self.behind, self.pool = behind, pool
        self.proxy = FaultyProxy(self.origin)


class _Handler(QuietHandler):
    server: _ProxyServer

    def answer(self) -> None:
        body, proxy = self.body(), self.server.proxy
        proxy.seen.append(Seen(self.command, self.path, dict(self.headers)))
        match proxy.fault_of(self.command):
            case int(status):
                self.respond(status, {"Retry-After": "7200"}, b"<p>not now</p>")
            case Fault.PORTAL:
                self.respond(200, {"Content-Type": "text/html"}, b"<h1>Welcome</h1>")
            case Fault.REDIRECT:
                self.respond(307, {"Location": proxy.elsewhere}, b"")
            case Fault.DROPPED:
                self.close_connection = True
            case Fault.SILENT:
                self.close_connection = True
                proxy.stopped.wait()
            case fault:
                self._forward(body, fault)

    def _forward(self, body: bytes, fault: Fault | None) -> None:
        if fault is Fault.HALF_SENT:
            body = body[: len(body) // 2]
        answer = self.server.pool.request(
            self.command,
            f"{self.server.behind}{self.path}",
            body=body,
            headers=_end_to_end(dict(self.headers)),
        )
        self.close_connection = fault in {Fault.ANSWER_LOST, Fault.HALF_ANSWERED}
        headers = _end_to_end(answer.headers)
        if fault is Fault.HALF_ANSWERED:
            self.send_response_only(answer.status)
            self.send_header("Content-Length", str(len(answer.data)))
            self.end_headers()
            self.wfile.write(answer.data[: len(answer.data) // 2])
        elif fault is not Fault.ANSWER_LOST:
            self.respond(answer.status, headers, answer.data)


def _end_to_end(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _HOP}
