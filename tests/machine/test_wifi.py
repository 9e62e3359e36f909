"""The appliance's own Wi-Fi, on radios that the kernel makes up: who joins reaches what is theirs.

The radio that has the name is the box's; the other, in a namespace of its own, a phone's.
"""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest

from tests.machine.image import INSIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.appliance import ApplianceGuest

pytestmark = pytest.mark.timeout(4 * 3600)
PASSWORD = "geheim im Bus"
SETTINGS = f"""
cd /var/lib/kiosk
cp -a config.toml /run/config.before
sed -i -e '/^.network.visitors/,/^$/s/^radio = .*/radio = "wifi"/' \\
    -e '/^.network.staff/,/^$/s/^radio = .*/radio = "wifi"/' \\
    -e '/^.network.staff/,/^$/s/^ssid = .*/ssid = "BuS-Team"/' config.toml
(umask 077; echo '{PASSWORD}' >/etc/kiosk/staff-wifi-password)
systemctl restart radhaus-network
"""
AS_BEFORE = """
kill "$(cat /run/station.pid)"
rmmod mac80211_hwsim
cp -a /run/config.before /var/lib/kiosk/config.toml
systemctl restart radhaus-network
"""
VISITORS, STAFF = "10.42.0.1", "10.42.2.1"
RADIOS = """
modprobe mac80211_hwsim radios=2
for i in $(seq 300); do grep -qs up /sys/class/net/wifistaff/operstate && break; sleep 1; done
networkctl --no-pager list; journalctl --unit 'radhaus-access-point@*' --no-pager --lines 20
grep -q up /sys/class/net/wifistaff/operstate || exit 1
unshare --net sleep infinity </dev/null >/dev/null 2>&1 &
echo $! >/run/station.pid
sleep 2
iw phy "$(cat /sys/class/net/wlan*/phy80211/name)" set netns "$(cat /run/station.pid)"
"""
STATION = """
cd /run
nsenter --net --target "$(cat station.pid)" timeout 600 /usr/lib/radhaus/bin/python3 station.py \
    "$(nsenter --net --target "$(cat station.pid)" iw dev | sed -n 's/.*Interface //p')" {words} \
    </dev/null >station.log 2>&1
cat station.log
"""


@pytest.fixture(scope="module")
def wifi(machine: ApplianceGuest) -> Iterator[ApplianceGuest]:
    """The box with access points for visitors and staff at one radio."""
    machine.run(SETTINGS)
    program = (INSIDE / "station.py").read_text(encoding="utf-8")
    machine.run(f"cat >/run/station.py <<'END'\n{program}\nEND")
    machine.run(RADIOS)
    yield machine
    machine.run(AS_BEFORE)


def _joined(machine: ApplianceGuest, ssid: str, password: str) -> dict[str, str]:
    targets = [f"{host}:{port}" for host in (VISITORS, STAFF) for port in (8080, 8443)]
    words = shlex.join([ssid, password, *targets])
    told: dict[str, str] = json.loads(machine.run(STATION.format(words=words)).splitlines()[-1])
    return told


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
