"""Staff pages over TLS, with real clients: what travels in plain, what is believed, who waits."""

import logging
import select
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from playwright.sync_api import Browser, expect

from kiosk.console.http import handshake_rate, tls_handshake
from kiosk.console.http.connections import MOST_CONNECTIONS, MOST_OF_ONE
from kiosk.console.http.sessions import COOKIE
from kiosk.console.http.tls import IssuedContexts, Tls
from kiosk.service.office import Office
from kiosk.store.database import Database
from kiosk.system import clock as machine_clock
from kiosk.system.box_authority import Authority, fingerprint, open_authority
from kiosk.system.paths import Paths
from tests.console.axe import faults
from tests.console.box import NO_TLS, Box, running_box
from tests.console.eavesdropper import eavesdropping
from tests.console.strangers import HALF_SENT, Strangers, address_of, strangers
from tests.system.bus import free_port
from tests.town import TOWN, TownClock
from tests.waiting import PATIENCE_S, eventually

SECURE_COOKIE = f"__Host-{COOKIE}"
CLIENT_HELLO = bytes.fromhex("1603010200010001fc0303")
"""The beginning of one, as a browser sends it."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return open_authority(Paths(tmp_path_factory.mktemp("authority")), [])


@pytest.fixture(scope="module")
def _box_of_all(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with box_of(authority, tmp_path_factory.mktemp("tls")) as box:
        yield box


@contextmanager
def box_of(authority: Authority, folder: Path) -> Iterator[Box]:
    database = Database.create(folder / "kiosk.db")
    clock = TownClock(tick_s=0.02)
    now = partial(machine_clock.now, trust_always=True)  # as the clients have it
    tls = Tls(free_port(), IssuedContexts(authority, [], now), authority.certificate)
    with running_box(Office(database, TOWN), clock, tls=tls) as box:
        yield box
    database.close()


@pytest.fixture
def box(_box_of_all: Box) -> Iterator[Box]:
    yield _box_of_all
    _box_of_all.forget_the_day()


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[list[logging.LogRecord]]:
    """At most one line, without a traceback."""
    caplog.set_level(logging.INFO)
    yield caplog.records
    ours = [one for one in caplog.records if not one.name.startswith("http")]
    assert len(ours) <= 1, [one.getMessage() for one in ours]
    assert [one.getMessage() for one in ours if one.exc_info] == []


def port_of(box: Box) -> int:
    assert box.context.equipment.tls
    return box.context.equipment.tls.port


def trusting(certificate: x509.Certificate) -> ssl.SSLContext:
    """A client that believes this authority and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=certificate.public_bytes(Encoding.DER))
    return context


def laptop(box: Box, authority: Authority) -> httpx.Client:
    """A browser that trusts the box."""
    client = httpx.Client(
        base_url=f"https://127.0.0.1:{port_of(box)}",
        verify=trusting(authority.certificate),
        timeout=PATIENCE_S,
    )
    return box.leaving.enter_context(client)


def plain(box: Box) -> httpx.Client:
    """Another machine, without TLS."""
    line = httpx.HTTPTransport(local_address=address_of(0), verify=NO_TLS)
    client = httpx.Client(base_url=box.url, transport=line, timeout=PATIENCE_S)
    return box.leaving.enter_context(client)


def test_staff_work_over_tls_and_their_cookies_are_for_tls_alone(
    box: Box, authority: Authority
) -> None:
    clerk = laptop(box, authority)
    answer = box.log_in(clerk)
    assert answer.status_code == 303
    cookies = answer.headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {
        SECURE_COOKIE,
        "__Host-radhaus_browser",
    }
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "domain" not in cookie.lower()
    page = clerk.get("/staff/desks/1")
    assert page.status_code == 200
    assert "strict-transport-security" not in page.headers, "it would lock phones out of plain HTTP"
    with clerk.stream("GET", "/api/v1/events") as events:
        assert next(events.iter_lines()).startswith("retry:")


@pytest.mark.parametrize("path", ["/", "/staff", "/staff/login?desk=1", "/staff/desks/1"])
def test_other_machines_are_led_to_tls_before_they_can_type_a_pin(box: Box, path: str) -> None:
    answer = plain(box).get(path)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"https://127.0.0.1:{port_of(box)}{path}"
    assert "set-cookie" not in answer.headers


def test_nobody_talks_himself_into_tls(box: Box) -> None:
    pretended = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
    assert plain(box).get("/staff/login", headers=pretended).status_code == 307
    behind_a_proxy = {**pretended, "X-Forwarded-For": "10.0.0.7"}
    assert box.anybody().get("/staff/login", headers=behind_a_proxy).status_code == 200
    behind_a_plain_one = {**behind_a_proxy, "X-Forwarded-Proto": "http"}
    assert box.anybody().get("/staff/login", headers=behind_a_plain_one).status_code == 307


def test_a_pin_a_session_and_a_token_are_refused_without_tls(
    box: Box, authority: Authority
) -> None:
    stranger = plain(box)
    german = {"Accept": "text/html", "Accept-Language": "de"}
    posted = stranger.post("/staff/login", data={"pin": box.secrets.staff_pin}, headers=german)
    assert posted.status_code == 403
    assert "nicht verschlüsselt" in posted.text
    assert str(port_of(box)) in posted.text
    assert "set-cookie" not in posted.headers

    clerk = laptop(box, authority)
    box.log_in(clerk)
    for name in (COOKIE, SECURE_COOKIE):
        stolen = {"Cookie": f"{name}={clerk.cookies[SECURE_COOKIE]}"}
        for path in ("/api/v1/queue", "/staff/desks/1/view"):
            assert stranger.get(path, headers=stolen).status_code in {307, 403}
        with stranger.stream("GET", "/api/v1/events", headers=stolen) as events:
            lines = events.iter_lines()
            box.open_visit()
            heard = [next(lines) for _ in range(8)]
            assert not any(line.startswith("data:") and "topic" in line for line in heard)
        box.close_visit()

    token = {"Authorization": f"Bearer {box.secrets.api_token}"}
    for path in ("/metrics", "/queue", "/events"):
        refused = stranger.get(f"/api/v1{path}", headers=token)
        assert refused.status_code == 403
        assert box.problem(refused)["tls_port"] == port_of(box)
    assert laptop(box, authority).get("/api/v1/queue", headers=token).status_code == 200


def test_the_box_itself_and_everybody_who_reads_need_no_tls(box: Box) -> None:
    on_the_box = box.anybody()
    assert box.log_in(on_the_box).status_code == 303
    assert on_the_box.get("/staff/desks/1").status_code == 200
    assert box.program().get("/api/v1/metrics").status_code == 200
    box.open_visit()
    code = box.take().code
    phone = plain(box)
    for path in ("/display", f"/t/{code}", f"/t/{code}/state", "/api/v1/state", "/certificate"):
        assert phone.get(path).status_code == 200, path


def test_a_laptop_gets_the_certificate_and_then_believes_this_box_alone(
    box: Box, authority: Authority, tmp_path: Path
) -> None:
    phone = plain(box)
    assert fingerprint(authority.certificate) in phone.get("/certificate").text.replace("<wbr>", "")
    file = phone.get("/certificate/radhaus.crt")
    assert file.headers["content-type"] == "application/x-x509-ca-cert"
    fetched = x509.load_der_x509_certificate(file.content)
    assert fingerprint(fetched) == fingerprint(authority.certificate)
    with connected(box, trusting(fetched), "127.0.0.1") as line:
        assert line.version() in {"TLSv1.2", "TLSv1.3"}

    stranger = open_authority(Paths(tmp_path), [])
    for context, name in (
        (trusting(stranger.certificate), "127.0.0.1"),
        (trusting(fetched), "10.9.8.7"),
        (trusting(fetched), "stadt.example"),
    ):
        with pytest.raises(ssl.SSLCertVerificationError), connected(box, context, name):
            pass


def connected(box: Box, context: ssl.SSLContext, name: str) -> ssl.SSLSocket:
    """A TLS connection to whom the client takes for the box."""
    line = socket.create_connection(("127.0.0.1", port_of(box)), PATIENCE_S)
    return context.wrap_socket(line, server_hostname=name)


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
        assert laptop(box, authority).get("/staff/login").status_code == 200
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
        on_the_box = box.anybody()
        assert on_the_box.get("/api/v1/state").status_code == 200, "one table for both ports"
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


def test_whoever_does_not_go_on_with_a_handshake_is_cut(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_request_that_comes_with_the_end_of_the_handshake_is_answered(
    box: Box, authority: Authority
) -> None:
    """As a browser on a slow line sends it: everything in one packet."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    secured = trusting(authority.certificate).wrap_bio(
        incoming, outgoing, server_hostname="127.0.0.1"
    )
    with socket.create_connection(("127.0.0.1", port_of(box)), PATIENCE_S) as line:
        while True:
            try:
                secured.do_handshake()
                break
            except ssl.SSLWantReadError:
                line.sendall(outgoing.read())
                incoming.write(line.recv(65536))
        secured.write(b"GET /api/v1/state HTTP/1.1\r\nHost: localhost\r\n\r\n")
        line.sendall(outgoing.read())
        answer = received(line, incoming, secured.read)
    assert answer.startswith(b"HTTP/1.1 200")


def received(line: socket.socket, incoming: ssl.MemoryBIO, read: Callable[[int], bytes]) -> bytes:
    while True:
        try:
            return read(1000)
        except ssl.SSLWantReadError:
            incoming.write(line.recv(65536))


@pytest.mark.slow
def test_a_browser_logs_in_and_nothing_of_it_is_read_on_the_wire(
    chromium: Browser, box: Box
) -> None:
    box.open_visit()
    number = box.take().number
    plain_url = f"http://bus.local:{box.url.rpartition(':')[2]}"
    with eavesdropping() as network:
        context = chromium.new_context(
            ignore_https_errors=True, locale="de-DE", proxy={"server": network.proxy}
        )
        context.set_default_timeout(PATIENCE_S * 1000)
        desk, display = context.new_page(), context.new_page()
        desk.goto(f"{plain_url}/staff/desks/1")
        assert desk.url.startswith(f"https://bus.local:{port_of(box)}/staff/login")
        desk.get_by_label("PIN dieses Busses").fill(box.secrets.staff_pin)
        desk.get_by_role("button", name="Anmelden").click()
        expect(desk.get_by_role("heading", name="1 wartet")).to_be_visible()
        display.goto(f"{plain_url}/display")
        expect(display.get_by_text("1 Person wartet")).to_be_visible()
        desk.bring_to_front()
        desk.wait_for_load_state("load")  # before that, keys do nothing
        desk.keyboard.press("Space")
        expect(desk.locator("#number")).to_contain_text(number)
        expect(display.locator("#number")).to_have_text(number)
        display.goto(f"{plain_url}/certificate")
        assert faults(display) == []
        kept = {cookie["name"]: cookie for cookie in context.cookies()}
        context.close()
    assert kept[SECURE_COOKIE]["secure"]
    assert b"GET /display" in network.heard
    assert box.secrets.staff_pin.encode() not in network.heard
    assert b"\r\ncookie:" not in network.heard.lower()


@pytest.fixture
def shown() -> Callable[[IssuedContexts, Authority, str], x509.Certificate]:
    def certificate(contexts: IssuedContexts, authority: Authority, name: str) -> x509.Certificate:
        """What a client that trusts the authority gets at an address."""
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = trusting(authority.certificate).wrap_bio(incoming, outgoing, server_hostname=name)
        server = contexts(name).wrap_bio(outgoing, incoming, server_side=True)
        for _ in range(4):
            for side in (client, server):
                try:
                    side.do_handshake()
                except ssl.SSLWantReadError:
                    continue
        der = client.getpeercert(binary_form=True)
        assert der
        return x509.load_der_x509_certificate(der)

    return certificate


Shown = Callable[[IssuedContexts, Authority, str], x509.Certificate]


@pytest.mark.parametrize("address", ["10.42.0.1", "192.168.7.9", "fd00::7", "169.254.3.4"])
def test_whatever_address_a_bus_gives_the_box_is_in_its_certificate(
    authority: Authority, shown: Shown, address: str
) -> None:
    contexts = IssuedContexts(authority, [], TownClock(wall=datetime.now(UTC)))
    assert shown(contexts, authority, address).issuer == authority.certificate.subject


def test_certificates_are_renewed_and_hold_whatever_the_clock_says(
    authority: Authority, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = TownClock(wall=datetime.now(UTC))
    contexts = IssuedContexts(authority, [], clock)
    first = shown(contexts, authority, "10.0.0.1")
    assert shown(contexts, authority, "10.0.0.1") == first
    assert first.not_valid_after_utc - first.not_valid_before_utc < timedelta(days=825)
    assert first.not_valid_before_utc < clock.wall < first.not_valid_after_utc

    clock.wall += timedelta(days=31)
    second = shown(contexts, authority, "10.0.0.1")
    assert second.not_valid_after_utc > first.not_valid_after_utc

    monkeypatch.setattr("kiosk.system.box_authority.host_name", lambda: "neu")
    names = shown(contexts, authority, "neu.local").extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    assert "neu.local" in names.value.get_values_for_type(x509.DNSName)

    clock.wall, clock.trusted = datetime(1970, 1, 1, tzinfo=UTC), False
    unset = shown(contexts, authority, "10.0.0.1")
    assert unset.not_valid_before_utc < datetime(2026, 1, 1, tzinfo=UTC)
    assert unset.not_valid_after_utc > datetime(2040, 1, 1, tzinfo=UTC)
