"""The appliance's way out through a phone, on radios that the kernel makes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.machine.inside.hotspot import ADDRESS, GUEST
from tests.machine.radios import IN_THE_PHONE, RADIO_OF_THE_PHONE, radios

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.appliance import ApplianceGuest

pytestmark = pytest.mark.timeout(4 * 3600)
SSID, PASSWORD = "Diensthandy 3", "sehr geheim 17"
SETTINGS = f"""
cd /var/lib/kiosk
sed -i -e '/^.network.hotspot/,/^$/s/^radio = .*/radio = "wifi"/' \\
    -e '/^.network.hotspot/,/^$/s/^ssid = .*/ssid = "{SSID}"/' config.toml
(umask 077; echo '{PASSWORD}' >/etc/kiosk/hotspot-password)
"""
OPEN = f"""
{IN_THE_PHONE} /usr/lib/radhaus/bin/python3 /run/hotspot.py "{RADIO_OF_THE_PHONE}" \\
    '{SSID}' '{PASSWORD}' </dev/null >/run/hotspot.log 2>&1 &
echo $! >/run/hotspot.pid
for i in $(seq 600); do grep -q {GUEST} /proc/net/fib_trie && exit 0; sleep 0.5; done
cat /run/hotspot.log; networkctl --no-pager status wifi
journalctl --unit 'radhaus-hotspot@*' --no-pager --lines 30
exit 1
"""
FETCH = """
/usr/lib/radhaus/bin/python3 -c 'import urllib.request as ask, sys
print(ask.urlopen(sys.argv[1], timeout=60).read().decode())' http://{address}/
"""
TRY = """
{phone} /usr/lib/radhaus/bin/python3 -c 'import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), 20)
    print("open")
except OSError as error:
    print(type(error).__name__)' {address} {port}
"""


@pytest.fixture(scope="module")
def out(machine: ApplianceGuest) -> Iterator[ApplianceGuest]:
    """The box, which has found its way into the phone's network."""
    with radios(machine, SETTINGS, "true"):
        machine.run(OPEN)
        yield machine
        machine.run("kill $(cat /run/hotspot.pid)")


def test_the_box_finds_its_way_out_through_a_phone(out: ApplianceGuest) -> None:
    assert out.run(FETCH.format(address=ADDRESS)) == "out"
    assert f"Gateway: {ADDRESS}" in out.run("networkctl --no-pager status wifi")


@pytest.mark.parametrize("port", [8080, 8443])
def test_nobody_in_the_phones_network_is_answered(out: ApplianceGuest, port: int) -> None:
    assert out.run(TRY.format(phone=IN_THE_PHONE, address=GUEST, port=port)) == "TimeoutError"


def test_the_password_is_in_no_log(out: ApplianceGuest) -> None:
    assert PASSWORD not in out.run("journalctl --no-pager --boot")
