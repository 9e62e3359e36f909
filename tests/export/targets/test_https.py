"""The HTTPS target before nginx, on a bad line, and before servers that are not what they seem."""

import base64
import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from kiosk.export.errors import ExportError, PackageRefused, TryLater, Unreachable
from kiosk.export.package import Package
from kiosk.export.targets.http_client import Endpoint
from kiosk.export.targets.https import HttpsTarget, Method
from kiosk.export.targets.zip_archive import build_archive
from tests.export.authority import HOST, Authority
from tests.export.faulty_proxy import Fault, FaultyProxy, proxy_before
from tests.export.nginx import TOKEN, Nginx
from tests.export.tls_servers import QuietHandler, TlsServer, serving
from tests.ports import free_port
from tests.waiting import PATIENCE_S

PACKAGE = Package("town_rh-1_2026-10", {"a.csv": b"a\n1\n" * 500})
ARCHIVE = build_archive(PACKAGE)
BEARER = f"Bearer {TOKEN}"
SLOW_LINE = threading.Event()  # is never set: the pauses are what is tried, not waited for


@pytest.fixture
def proxy(nginx: Nginx, authority: Authority) -> Iterator[FaultyProxy]:
    with proxy_before(nginx.origin, authority) as proxy:
        yield proxy


@pytest.fixture
def target(proxy: FaultyProxy, authority: Authority) -> HttpsTarget:
    return HttpsTarget(
        Endpoint(f"{proxy.origin}/radhaus/box-1/", BEARER, authority.ca_file, PATIENCE_S)
    )


def arrived(nginx: Nginx) -> bool:
    return (nginx.received / ARCHIVE.name).read_bytes() == ARCHIVE.content


def test_the_request_is_as_documented(
    target: HttpsTarget, proxy: FaultyProxy, nginx: Nginx
) -> None:
    receipt = target.put(PACKAGE)
    sent = next(one for one in proxy.seen if one.method == "PUT")
    assert receipt.place.endswith(sent.path)
    assert sent.path == f"/radhaus/box-1/{ARCHIVE.name}"
    digest = hashlib.sha256(ARCHIVE.content)
    assert sent.headers.items() >= {
        ("Authorization", BEARER),
        ("Content-Type", "application/zip"),
        ("Content-Disposition", f'attachment; filename="{ARCHIVE.name}"'),
        ("Idempotency-Key", digest.hexdigest()),
        ("Repr-Digest", f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"),
    }
    assert arrived(nginx)


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        *[("GET", fault) for fault in (Fault.DROPPED, 500, 502, 503, 429, 423)],
        *[("PUT", fault) for fault in (Fault.DROPPED, Fault.ANSWER_LOST, 500, 503, 423)],
    ],
)
def test_what_breaks_on_the_way_is_tried_later_and_arrives_once(
    target: HttpsTarget, proxy: FaultyProxy, nginx: Nginx, method: str, fault: Fault | int
) -> None:
    proxy.will(method, fault)
    with pytest.raises(TryLater):
        target.put(PACKAGE)
    target.put(PACKAGE)
    assert arrived(nginx)
    assert sum(line.startswith("PUT") for line in nginx.requests()) == 1


def test_a_server_that_falls_silent_is_left(
    proxy: FaultyProxy, authority: Authority, nginx: Nginx
) -> None:
    proxy.will("PUT", Fault.SILENT)
    short = HttpsTarget(
        Endpoint(f"{proxy.origin}/radhaus/box-1", BEARER, authority.ca_file, timeout_s=0.5)
    )
    with pytest.raises(TryLater, match="broke off or stood still"):
        short.put(PACKAGE)
    assert not nginx.received.exists()


def test_a_slow_line_may_take_longer_than_a_server_may_be_silent(authority: Authority) -> None:
    """Five seconds for the whole package, where four of silence are too many."""
    large = Package("town_rh-1_2026-Q4", {"a.csv": b"a" * 6_000_000})

    class Handler(QuietHandler):
        def answer(self) -> None:
            digest, left = hashlib.sha256(), int(self.headers.get("Content-Length") or 0)
            while left:
                digest.update(part := self.rfile.read(min(left, 64 * 1024)))
                left -= len(part)
                SLOW_LINE.wait(0.06)
            status = 201 if self.command == "PUT" else 404
            self.respond(status, {}, b'{"sha256": "%s"}' % digest.hexdigest().encode())

    server = TlsServer(Handler, authority.context())
    server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    target = HttpsTarget(Endpoint(server.origin, BEARER, authority.ca_file, timeout_s=4.0))
    with serving(server):
        assert target.put(large).place.endswith(f"{large.name}.zip")


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nX-Padding: "


@pytest.mark.parametrize("begin", [b"", HEAD, HEAD + b"\r\n\r\n"], ids=["line", "head", "body"])
def test_a_server_that_answers_by_drops_is_left_after_a_while(
    authority: Authority, begin: bytes
) -> None:
    """Each drop comes in time, so that no silence is ever too long."""
    left = threading.Event()

    class Handler(QuietHandler):
        def answer(self) -> None:
            self.wfile.write(begin)
            with suppress(OSError):
                while not left.wait(0.02):
                    self.wfile.write(b"1")
                    self.wfile.flush()

    server = TlsServer(Handler, authority.context())
    endpoint = Endpoint(server.origin, BEARER, authority.ca_file, timeout_s=60, longest_s=0.5)
    with serving(server):
        try:
            with pytest.raises(TryLater, match="took longer than"):
                HttpsTarget(endpoint).put(PACKAGE)
        finally:
            left.set()


def test_the_torn_beginning_of_a_package_is_no_receipt_and_is_replaced(
    target: HttpsTarget, proxy: FaultyProxy, nginx: Nginx
) -> None:
    proxy.will("PUT", Fault.HALF_SENT)
    with pytest.raises(ExportError, match="answered 201 without a receipt"):
        target.put(PACKAGE)
    assert not arrived(nginx)
    target.put(PACKAGE)
    assert arrived(nginx)


def test_a_receipt_that_is_cut_off_is_none(
    target: HttpsTarget, proxy: FaultyProxy, nginx: Nginx
) -> None:
    proxy.will("GET", None, Fault.HALF_ANSWERED)
    with pytest.raises(TryLater):
        target.put(PACKAGE)
    target.put(PACKAGE)
    assert arrived(nginx)
    assert proxy.count("PUT") == 1


@pytest.mark.parametrize(
    ("method", "sentence"), [("GET", "a web page, as by the login"), ("PUT", "without a receipt")]
)
def test_the_page_of_a_guest_network_is_not_believed(
    target: HttpsTarget, proxy: FaultyProxy, nginx: Nginx, method: str, sentence: str
) -> None:
    proxy.will(method, Fault.PORTAL)
    with pytest.raises(ExportError, match=sentence):
        target.put(PACKAGE)
    assert not nginx.received.exists()


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_redirect_gets_neither_token_nor_package(
    target: HttpsTarget, proxy: FaultyProxy, authority: Authority, nginx: Nginx, method: str
) -> None:
    with proxy_before(nginx.origin, authority) as other:
        proxy.elsewhere = f"{other.origin}/secret-path"
        proxy.will(method, Fault.REDIRECT)
        with pytest.raises(ExportError, match=rf"leads elsewhere \(307\).*to {HOST}") as told:
            target.put(PACKAGE)
        assert other.seen == []
    assert "secret-path" not in str(told.value)


@pytest.mark.parametrize(
    ("status", "kind", "sentence"),
    [
        (401, ExportError, r"does not accept the token or password \(401\); put the right one"),
        (403, ExportError, r"does not allow that \(403\)"),
        (413, PackageRefused, r"too large for the server \(413\)"),
        (507, ExportError, r"has no room left \(507\)"),
        (418, ExportError, "gives no receipt"),
    ],
)
def test_a_refusal_says_what_to_do(
    target: HttpsTarget,
    proxy: FaultyProxy,
    status: int,
    kind: type[ExportError],
    sentence: str,
) -> None:
    proxy.will("PUT", status)
    with pytest.raises(kind, match=sentence) as told:
        target.put(PACKAGE)
    assert TOKEN not in str(told.value)


def test_nginx_lets_a_box_into_its_own_folder_alone(nginx: Nginx, authority: Authority) -> None:
    for url, shown, status in (
        (nginx.url, "Bearer wrong", 401),
        (nginx.url.replace("box-1", "box-2"), BEARER, 403),
    ):
        with pytest.raises(ExportError, match=f"{status}"):
            HttpsTarget(Endpoint(url, shown, authority.ca_file)).put(PACKAGE)
    assert not nginx.received.parent.joinpath("box-2").exists()


def test_the_server_says_how_long_to_wait(target: HttpsTarget, proxy: FaultyProxy) -> None:
    proxy.will("PUT", 503)
    with pytest.raises(TryLater) as told:
        target.put(PACKAGE)
    assert told.value.after_s == 7200


def test_an_unreachable_server_is_tried_later(authority: Authority) -> None:
    url = f"https://{HOST}:{free_port()}"
    with pytest.raises(Unreachable, match="cannot be reached"):
        HttpsTarget(Endpoint(url, BEARER, authority.ca_file)).put(PACKAGE)
    with pytest.raises(Unreachable, match="cannot be reached"):
        HttpsTarget(Endpoint("https://nowhere.invalid", BEARER, authority.ca_file)).put(PACKAGE)


def endpoint(answer: Callable[[bytes], tuple[dict[str, str], bytes]], keys: list[str]) -> type:
    """An endpoint that shows nothing and answers a POST."""

    class Handler(QuietHandler):
        def answer(self) -> None:
            body = self.body()
            if self.command == "POST":
                keys.append(self.headers["Idempotency-Key"])
                self.respond(200, *answer(body))
            else:
                self.respond(405, {}, b"")

    return Handler


def echoed_header(body: bytes) -> tuple[dict[str, str], bytes]:
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    return {"Repr-Digest": f"sha-512=:AAAA:, sha-256=:{digest}:"}, b""


def echoed_json(body: bytes) -> tuple[dict[str, str], bytes]:
    return {}, b'{"id": 7, "sha256": "%s"}' % hashlib.sha256(body).hexdigest().upper().encode()


@pytest.mark.parametrize("answer", [echoed_header, echoed_json])
def test_an_endpoint_that_shows_nothing_echoes_the_digest(
    authority: Authority, answer: Callable[[bytes], tuple[dict[str, str], bytes]]
) -> None:
    keys: list[str] = []
    server = TlsServer(endpoint(answer, keys), authority.context())
    method: Method = "POST"
    target = HttpsTarget(Endpoint(f"{server.origin}/in", BEARER, authority.ca_file), method)
    with serving(server):
        assert target.put(PACKAGE) == target.put(PACKAGE)
    assert keys == [ARCHIVE.sha256] * 2


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"OK"),
        ({}, b'{"sha256": 1}'),
        ({}, b'{"sha256": "%s"}' % hashlib.sha256(b"other").hexdigest().encode()),
        ({"Repr-Digest": "sha-256=:A:"}, b""),
        ({}, b" " * 200_000),
    ],
)
def test_any_other_answer_is_no_receipt(
    authority: Authority, headers: dict[str, str], body: bytes
) -> None:
    server = TlsServer(endpoint(lambda _: (headers, body), []), authority.context())
    target = HttpsTarget(Endpoint(server.origin, BEARER, authority.ca_file), "POST")
    with serving(server), pytest.raises(ExportError, match="answered 200 without a receipt"):
        target.put(PACKAGE)


def test_the_token_is_not_shown_by_what_is_logged_of_a_target() -> None:
    assert TOKEN not in repr(Endpoint("https://stadt.example", BEARER))
