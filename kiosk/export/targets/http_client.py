"""HTTPS client of the targets: verified TLS, no redirects, bounded answers, errors as sentences."""

from __future__ import annotations

import io
import socket
import ssl
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import urllib3
from urllib3.connection import HTTPConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
)
from urllib3.util import Timeout, parse_url

import kiosk
from kiosk.export.errors import ExportError, PackageRefused, TryLater, Unreachable
from kiosk.export.targets.deadline import Deadline
from kiosk.export.targets.server_certificate import certificate_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from urllib3 import BaseHTTPResponse

CONNECT_S = 15.0
ANSWER_BYTES = 64 * 1024
LONGEST_S = 600.0
"""For one package with all that is asked; its unit has a quarter of an hour."""

LOCKED_S = 75 * 60.0
"""Nextcloud and ownCloud keep the lock of a torn upload for up to an hour."""

# The kernel would take megabytes at once, and a slow line be mistaken for a server that is silent.
_SENT_AHEAD_BYTES = 64 * 1024
_SOCKET_OPTIONS = [
    *HTTPConnection.default_socket_options,
    (socket.SOL_SOCKET, socket.SO_SNDBUF, _SENT_AHEAD_BYTES),
]
_LONGEST_WAIT_S = 24 * 3600.0
_NOBODY = (NewConnectionError, NameResolutionError, ConnectTimeoutError)
_REASONS = {
    401: "does not accept the token or password; put the right one into the secret_file",
    403: "does not allow that; ask the server's operator for the right to read and write there",
    404: "does not exist; correct url under [upload] in config.toml",
    405: "does not take packages this way; correct url, kind and method under [upload]",
    412: "holds something else under that name; move it away there",
    507: "has no room left; the server's operator has to free some",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server's folder, and how this box shows who it is."""

    url: str
    authorization: str = field(repr=False)
    ca_file: Path | None = None
    timeout_s: float = 60.0
    longest_s: float = LONGEST_S

    def file(self, name: str) -> str:
        """The address of a file in the folder."""
        return f"{self.url.rstrip('/')}/{name}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; `body` is None where it was longer than asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None


class HttpClient:
    """One server, asked over one connection. What it says never becomes a part of our words."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._deadline = Deadline()

    @contextmanager
    def within_deadline(self) -> Iterator[None]:
        """One package: all that is asked within has to end in time."""
        with self._deadline.running(self._endpoint.longest_s):
            try:
                yield
            finally:
                self._pool.clear()  # a line that is kept would stand under no deadline

    def ask(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        most_bytes: int = ANSWER_BYTES,
    ) -> Answer:
        """Ask once. Raises `ExportError`."""
        try:
            response = self._pool.request(
                method,
                url,
                # In blocks, each with its own time: a slow line may take minutes for all of it.
                body=io.BytesIO(body) if body else None,
                headers={**self._headers(body), **(headers or {})},
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            with closing(response):
                answer = Answer(response.status, response.headers, _read(response, most_bytes))
        except HTTPError as error:
            self._check_deadline(url)
            raise _failure(url, error) from error
        self._check_deadline(url)  # a body of unknown length ends well where it was cut
        return answer

    @contextmanager
    def streamed(self, url: str, headers: Mapping[str, str]) -> Iterator[BaseHTTPResponse]:
        """An answer whose body is read within the block. Raises `ExportError`, there as well."""
        named = {**self._headers(None), **headers}
        try:
            response = self._pool.request(
                "GET",
                url,
                headers=named,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            with closing(response):
                yield response
        except HTTPError as error:
            self._check_deadline(url)
            raise _failure(url, error) from error
        self._check_deadline(url)

    def _check_deadline(self, url: str) -> None:
        if self._deadline.passed:
            longest = f"{self._endpoint.longest_s:.0f} seconds"
            raise TryLater(url, f"took longer than {longest} and was ended; the line is too slow")

    def _headers(self, body: bytes | None) -> dict[str, str]:
        return {
            "Authorization": self._endpoint.authorization,
            "User-Agent": f"radhaus/{kiosk.__version__}",
            **({"Content-Length": str(len(body))} if body else {}),
        }

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        timeout = Timeout(
            connect=min(CONNECT_S, self._endpoint.timeout_s), read=self._endpoint.timeout_s
        )
        manager = urllib3.PoolManager(
            1,
            ssl_context=verifying_context(self._endpoint.ca_file),
            retries=False,
            timeout=timeout,
            socket_options=_SOCKET_OPTIONS,
        )
        return self._deadline.bind(manager)


def refusal(url: str, answer: Answer) -> ExportError:
    """The error for an answer that is no success."""
    status = answer.status
    if 300 <= status < 400:  # noqa: PLR2004 - the range of redirects
        return ExportError(url, f"leads elsewhere ({status}); {_other_address(answer)}")
    if status == 413:  # noqa: PLR2004 - as below
        return PackageRefused(
            url, "is too large for the server (413); its limit has to be raised there"
        )
    if status == 423:  # noqa: PLR2004 - as in the table above
        return TryLater(url, "is locked on the server (423), which ends by itself", LOCKED_S)
    if status == 429 or (status >= 500 and status not in _REASONS):  # noqa: PLR2004 - as above
        return TryLater(url, f"the server cannot take it now ({status})", _retry_after_s(answer))
    reason = _REASONS.get(status, "answers, but gives no receipt; is this the right server?")
    return ExportError(url, reason.replace(";", f" ({status});", 1))


def _other_address(answer: Answer) -> str:
    """The host alone: the rest of the address may carry a secret."""
    with suppress(ValueError):
        host = parse_url(answer.headers.get("Location", "")).host
        if host:
            return f"the token is not taken along to {host}: set the final address as url"
    return "set the final address as url under [upload] in config.toml"


def _retry_after_s(answer: Answer) -> float:
    wanted = answer.headers.get("Retry-After", "")
    return min(float(wanted), _LONGEST_WAIT_S) if wanted.isdecimal() else 0.0


def _read(response: BaseHTTPResponse, most_bytes: int) -> bytes | None:
    """The body, whole, or nothing of one that is longer."""
    parts, size = [], 0
    for part in response.stream(64 * 1024, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > most_bytes:
            return None
    return b"".join(parts)


def verifying_context(ca_file: Path | None) -> ssl.SSLContext:
    """TLS that believes the machine's authorities, or this one alone. Raises `ExportError`."""
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError as error:  # an SSLError is one too
        reason = error.strerror or "it holds no certificate in PEM form"
        raise ExportError(str(ca_file), f"cannot be used as ca_file: {reason}") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _failure(url: str, error: HTTPError) -> ExportError:
    cause = error.args[0] if isinstance(error, SSLError) and error.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return certificate_error(parse_url(url), cause)
    if isinstance(error, _NOBODY):
        return Unreachable(url, "cannot be reached; see whether the box has a network")
    if isinstance(error, SSLError):
        return TryLater(url, "no secure connection comes about; does the server speak TLS 1.2?")
    return TryLater(url, "the connection broke off or stood still")
