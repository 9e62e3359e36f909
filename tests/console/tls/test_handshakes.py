"""Half-done TLS handshakes: which wait, which are cut."""

import logging
import select
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.console.http import handshake_rate, tls_handshake
from kiosk.console.http.connections import MOST_CONNECTIONS, MOST_OF_ONE
from kiosk.system.box_authority import Authority
from tests.console.box import Box
from tests.console.strangers import HALF_SENT, Strangers, strangers
from tests.console.tls.secured import box_of, connected, laptop, port_of, trusting
from tests.waiting import eventually

CLIENT_HELLO = bytes.fromhex("1603010200010001fc0303")
"""The beginning of one, as a browser sends it."""


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[list[logging.LogRecord]]:
    """At most one line, without a traceback."""
    caplog.set_level(logging.INFO)
    yield caplog.records
    ours = [one for one in caplog.records if not one.name.startswith("http")]
    assert len(ours) <= 1, [one.getMessage() for one in ours]
    assert [one.getMessage() for one in ours if one.exc_info] == []


def old_versions() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with pytest.warns(DeprecationWarning, match="deprecated"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


@pytest.mark.usefixtures("logged")
def test_what_is_no_tls_costs_a_line_in_the_log_at_most(box: Box, authority: Authority) -> None:
    with strangers(f"http://127.0.0.1:{port_of(box)}") as some:
        for sent in (HALF_SENT + b"\r\n", b"\0" * 400, b"SSH-2.0-scan\r\n", CLIENT_HELLO, b""):
            for n in range(10):
                line = some.send(sent, n)
                if n % 2:
                    line.close()
        with pytest.raises(ssl.SSLError):
            connected(box, old_versions(), "127.0.0.1")
        with pytest.raises(ssl.SSLCertVerificationError):
            connected(box, ssl.create_default_context(), "127.0.0.1")
        clerk = laptop(box, authority)
        assert clerk.get("/staff/login").status_code == 200
        clerk.close()
    eventually(lambda: not handshakes(box), "an end of all handshakes")


def handshakes(box: Box) -> int:
    """Connections at the port of TLS, as the kernel counts them."""
    port = f":{port_of(box):04X}"
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(port) and row[3] == "01" for row in rows)


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize("addresses", [1, 30])
def test_half_done_handshakes_of_a_crowd_do_not_shut_staff_out(
    box: Box, authority: Authority, addresses: int
) -> None:
    with strangers(f"http://127.0.0.1:{port_of(box)}") as crowd:
        for n in range(MOST_CONNECTIONS + 100):
            crowd.send(CLIENT_HELLO if n % 2 else b"", n % addresses)
        most = min(MOST_CONNECTIONS, MOST_OF_ONE * addresses)
        eventually(lambda: handshakes(box) <= most, "an end of those beyond the cap")
        clerk = laptop(box, authority)
        assert box.log_in(clerk).status_code == 303
        assert clerk.get("/staff/desks/1").status_code == 200
        on_the_box = box.stranger()
        assert on_the_box.get("/api/v1/state").status_code == 200, "one table for both ports"
        clerk.close()
    eventually(lambda: not handshakes(box), "an end of all handshakes")


def test_staff_are_at_once_where_a_crowd_of_handshakes_waits(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshake_rate, "AT_ONCE", 3)
    monkeypatch.setattr(handshake_rate, "PER_S", 0.001)
    hello = hello_of(authority)
    with box_of(authority, tmp_path) as box, strangers(f"http://127.0.0.1:{port_of(box)}") as crowd:
        assert box.program().get("/api/v1/queue").status_code == 200, "known from now on"
        for n in range(30):
            crowd.send(hello, n % 3)
        clerk = laptop(box, authority)
        assert box.log_in(clerk).status_code == 303
        assert clerk.get("/staff/desks/1").status_code == 200
        eventually(lambda: len(answered(crowd)) == 3, "as many answers as begin at once")
        by = {line.getsockname()[0] for line in answered(crowd)}
        assert len(by) == 3, "in turn by address"


def test_a_client_that_begins_before_its_turn_is_not_lost(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshake_rate, "AT_ONCE", 1)
    monkeypatch.setattr(handshake_rate, "PER_S", 4)
    with box_of(authority, tmp_path) as box:
        for _ in range(3):  # the second and the third wait a quarter of a second
            with connected(box, trusting(authority.certificate), "127.0.0.1") as line:
                assert line.version() == "TLSv1.3"


def hello_of(authority: Authority) -> bytes:
    """With what a client begins."""
    outgoing = ssl.MemoryBIO()
    client = trusting(authority.certificate).wrap_bio(
        ssl.MemoryBIO(), outgoing, server_hostname="127.0.0.1"
    )
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    return outgoing.read()


def answered(crowd: Strangers) -> list[socket.socket]:
    """The lines to which something was said."""
    return select.select(crowd.lines, [], [], 0)[0]


def test_a_stalled_handshake_is_cut(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls_handshake, "HANDSHAKE_S", 0.2)
    with strangers(f"http://127.0.0.1:{port_of(box)}") as some:
        for sent in (b"", CLIENT_HELLO):
            line = some.send(sent)
            assert ended(line)


def ended(line: socket.socket) -> bool:
    """Whether the other side ends the line."""
    try:
        while line.recv(1000):
            pass
    except ConnectionError:
        pass
    return True
