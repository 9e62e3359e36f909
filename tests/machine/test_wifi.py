"""The appliance's own Wi-Fi, on radios that the kernel makes up: who joins reaches what is theirs.

The radio that has the name is the box's; the other, in a namespace of its own, a phone's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.machine.radios import joined, radios

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.appliance import ApplianceGuest

pytestmark = pytest.mark.timeout(4 * 3600)
PASSWORD = "geheim im Bus"
SETTINGS = f"""
cd /var/lib/kiosk
sed -i -e '/^.network.visitors/,/^$/s/^radio = .*/radio = "wifi"/' \\
    -e '/^.network.staff/,/^$/s/^radio = .*/radio = "wifi"/' \\
    -e '/^.network.staff/,/^$/s/^ssid = .*/ssid = "BuS-Team"/' config.toml
(umask 077; echo '{PASSWORD}' >/etc/kiosk/staff-wifi-password)
"""
OPEN = """
for i in $(seq 300); do grep -qs up /sys/class/net/wifistaff/operstate && break; sleep 1; done
networkctl --no-pager list; journalctl --unit 'radhaus-access-point@*' --no-pager --lines 20
grep -q up /sys/class/net/wifistaff/operstate || exit 1
"""
VISITORS, STAFF = "10.42.0.1", "10.42.2.1"


@pytest.fixture(scope="module")
def wifi(machine: ApplianceGuest) -> Iterator[ApplianceGuest]:
    """The box with access points for visitors and staff at one radio."""
    with radios(machine, SETTINGS, OPEN):
        yield machine


def _joined(machine: ApplianceGuest, ssid: str, password: str) -> dict[str, str]:
    targets = [f"{host}:{port}" for host in (VISITORS, STAFF) for port in (8080, 8443)]
    return joined(machine, ssid, password, targets)


def test_a_phone_gets_an_address_and_the_pages_for_citizens_alone(wifi: ApplianceGuest) -> None:
    told = _joined(wifi, "BuS-Bus", "")
    assert told["address"].startswith("10.42.0.")
    assert told["router"] == VISITORS
    assert told[f"{VISITORS}:8080"].startswith("HTTP/1.1 200")
    assert told[f"{VISITORS}:8443"] == "TimeoutError"


def test_a_laptop_of_staff_reaches_the_console(wifi: ApplianceGuest) -> None:
    told = _joined(wifi, "BuS-Team", PASSWORD)
    assert told["address"].startswith("10.42.2.")
    assert told["router"] == ""
    assert told[f"{STAFF}:8080"].startswith("HTTP/1.1 ")
    assert told[f"{STAFF}:8443"] != "TimeoutError", "TLS answers, and not to plain HTTP"


def test_no_address_of_a_phone_is_in_the_journal(wifi: ApplianceGuest) -> None:
    told = wifi.run("journalctl --unit 'radhaus-access-point@*' --no-pager")
    assert "AP-ENABLED" in told
    assert "02:00:00:" not in told
