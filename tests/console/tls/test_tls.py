"""Staff pages over TLS, with real clients: what travels in plain, what is believed."""

import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from playwright.sync_api import Browser, expect

from kiosk.console.http.sessions import COOKIE
from kiosk.system.box_authority import Authority, fingerprint, open_authority
from kiosk.system.paths import Paths
from tests.console.axe import faults
from tests.console.box import NO_TLS, Box, asking
from tests.console.eavesdropper import eavesdropping
from tests.console.strangers import address_of
from tests.console.tls.secured import connected, laptop, port_of, trusting
from tests.waiting import PATIENCE_S

SECURE_COOKIE = f"__Host-{COOKIE}"


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


@pytest.mark.parametrize("path", ["/staff/emergency-card", "/staff/guide"])
def test_a_sheet_names_the_address_by_which_the_laptop_has_come(
    box: Box, authority: Authority, path: str
) -> None:
    clerk = laptop(box, authority)
    box.log_in(clerk)
    page = clerk.get(path, headers=asking(clerk, f"bus-nord.local:{port_of(box)}")).text
    assert f"<code>https://bus-nord.local:{port_of(box)}/staff</code>" in page


@pytest.mark.parametrize("path", ["/", "/staff", "/staff/login?desk=1", "/staff/desks/1"])
def test_other_machines_are_led_to_tls_before_they_can_type_a_pin(box: Box, path: str) -> None:
    answer = plain(box).get(path)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"https://127.0.0.1:{port_of(box)}{path}"
    assert "set-cookie" not in answer.headers


def test_forwarded_headers_count_only_from_a_proxy_on_the_box(box: Box) -> None:
    pretended = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
    assert plain(box).get("/staff/login", headers=pretended).status_code == 307
    behind_a_proxy = {**pretended, "X-Forwarded-For": "10.0.0.7"}
    assert box.stranger().get("/staff/login", headers=behind_a_proxy).status_code == 200
    behind_a_plain_one = {**behind_a_proxy, "X-Forwarded-Proto": "http"}
    assert box.stranger().get("/staff/login", headers=behind_a_plain_one).status_code == 307


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


def test_the_box_itself_and_public_pages_need_no_tls(box: Box) -> None:
    on_the_box = box.stranger()
    assert box.log_in(on_the_box).status_code == 303
    assert on_the_box.get("/staff/desks/1").status_code == 200
    assert box.program().get("/api/v1/metrics").status_code == 200
    box.open_visit()
    code = box.take().code
    phone = plain(box)
    of_display = ("/display", "/api/v1/state", "/api/v1/timetable/next")
    for path in (*of_display, f"/t/{code}", f"/t/{code}/state", "/certificate"):
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
