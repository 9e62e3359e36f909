"""Staff pages over TLS, asked for by another machine: the console's unit as it is shipped."""

from __future__ import annotations

import json
import ssl
from typing import TYPE_CHECKING

import httpx
import pytest

from kiosk.console.http.sessions import COOKIE
from tests.export.authority import Authority
from tests.machine.guest import ADDRESS
from tests.machine.laptop import HTTP_PORT, TLS_PORT, BusNetwork, trusting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.machine.box import Box
    from tests.machine.guest import Guest

HTTP, TLS = f"http://{ADDRESS}:{HTTP_PORT}", f"https://{ADDRESS}:{TLS_PORT}"

# The image was made on a machine of another name: that of the certificate is this one's.
START = """
systemctl is-active --quiet kiosk-console && exit 0
rm -f /var/lib/kiosk/tls/*
mkdir -p /etc/systemd/system/kiosk-console.service.d
printf '[Service]\nTimeoutStartSec=900\n' >/etc/systemd/system/kiosk-console.service.d/machine.conf
systemctl unmask kiosk-console
systemctl start kiosk-console || { journalctl --no-pager --lines 30 --unit kiosk-console; exit 1; }
"""
STOP = "systemctl stop kiosk-console; systemctl mask kiosk-console"
TLS_FOLDER = "/var/lib/kiosk/tls"
KEY = f"{TLS_FOLDER}/authority.key"
STRANGERS = ("kiosk.example", "10.0.2.16", "www.gelsenkirchen.de")


@pytest.fixture(scope="module")
def network(guest: Guest) -> Iterator[BusNetwork]:
    """The bus's network, with the console in it until the last of these tests."""
    guest.switch_on()
    yield BusNetwork(guest)
    guest.run(STOP)


@pytest.fixture
def network_of_box(box: Box, network: BusNetwork) -> BusNetwork:
    box.join_network()
    box.run(START)
    return network


@pytest.fixture
def stranger(network_of_box: BusNetwork) -> Iterator[httpx.Client]:
    """A laptop that trusts whom every laptop trusts."""
    with network_of_box.laptop(ssl.create_default_context()) as client:
        yield client


@pytest.fixture
def certificate(stranger: httpx.Client) -> bytes:
    """The box's own, as the handbook has it downloaded."""
    return stranger.get(f"{HTTP}/certificate/radhaus.crt").raise_for_status().content


@pytest.fixture
def laptop(network_of_box: BusNetwork, certificate: bytes) -> Iterator[httpx.Client]:
    """One that trusts the box and no other."""
    with network_of_box.laptop(trusting(certificate)) as client:
        yield client


def test_staff_work_over_tls_on_a_laptop_that_trusts_the_box(
    box: Box, laptop: httpx.Client
) -> None:
    secrets = json.loads(box.run("kiosk init --new-secrets --json"))
    posted = laptop.post(f"{TLS}/staff/login", data={"pin": secrets["staff_pin"]})
    assert posted.status_code == httpx.codes.SEE_OTHER
    assert all("Secure" in cookie for cookie in posted.headers.get_list("set-cookie"))
    assert f"__Host-{COOKIE}" in laptop.cookies
    assert laptop.get(f"{TLS}/staff/desks/1").status_code == httpx.codes.OK

    box.take_ticket()
    token = {"Authorization": f"Bearer {secrets['api_token']}"}
    called = laptop.post(f"{TLS}/api/v1/desks/1/next", headers=token)
    assert called.status_code == httpx.codes.OK
    assert called.json()["number"]
    plain = laptop.post(f"{HTTP}/api/v1/desks/1/next", headers=token)
    assert plain.status_code == httpx.codes.FORBIDDEN


def test_the_box_hands_out_its_own_certificate_and_its_key_is_the_consoles(
    box: Box, certificate: bytes
) -> None:
    assert ssl.PEM_cert_to_DER_cert(box.run(f"cat {TLS_FOLDER}/authority.crt")) == certificate
    assert box.run(f"stat --format '%U %a' {KEY}") == "kiosk-console 600"
    assert box.run(f"runuser -u kiosk-panel -- cat {KEY} 2>&1 || exit 0").endswith("denied")


def test_it_holds_for_the_names_of_the_box_alone(laptop: httpx.Client) -> None:
    for name in (ADDRESS, "machine", "machine.local"):
        assert laptop.get(f"https://{name}:{TLS_PORT}/staff/login").status_code == httpx.codes.OK
    for name in STRANGERS:
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            laptop.get(f"https://{name}:{TLS_PORT}/staff/login")


def test_who_does_not_trust_the_box_gets_nothing(
    stranger: httpx.Client, network_of_box: BusNetwork, tmp_path: Path
) -> None:
    other = Authority(tmp_path).ca_file.read_text()
    with network_of_box.laptop(trusting(ssl.PEM_cert_to_DER_cert(other))) as misled:
        for client in (stranger, misled):
            with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
                client.get(f"{TLS}/staff/login")


@pytest.mark.usefixtures("network_of_box")
def test_without_tls_there_is_no_login(stranger: httpx.Client) -> None:
    for path in ("/staff", "/staff/login"):
        led = stranger.get(f"{HTTP}{path}")
        assert led.status_code == httpx.codes.TEMPORARY_REDIRECT
        assert led.headers["location"] == f"{TLS}{path}"
        assert "set-cookie" not in led.headers
    posted = stranger.post(f"{HTTP}/staff/login", data={"pin": "000000"})
    assert posted.status_code == httpx.codes.FORBIDDEN
    assert "set-cookie" not in posted.headers
    assert stranger.get(f"{HTTP}/api/v1/state").status_code == httpx.codes.OK, "phones need none"
