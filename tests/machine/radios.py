"""Two radios that the kernel makes up: one is the box's, the other a phone's in a namespace."""

from __future__ import annotations

import json
import shlex
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.machine.image import INSIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.appliance import ApplianceGuest

RADIOS = """
modprobe mac80211_hwsim radios=2
for i in $(seq 300); do [ -e /sys/class/net/wifi ] && ls -d /sys/class/net/wlan* && break; sleep 1
done
{until}
unshare --net sleep infinity </dev/null >/dev/null 2>&1 &
echo $! >/run/phone.pid
until [ "$(readlink "/proc/$!/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
iw phy "$(cat /sys/class/net/wlan*/phy80211/name)" set netns "$(cat /run/phone.pid)"
"""
IN_THE_PHONE = 'nsenter --net --target "$(cat /run/phone.pid)"'
RADIO_OF_THE_PHONE = f"$({IN_THE_PHONE} iw dev | sed -n 's/.*Interface //p')"
STATION = f"""
cd /run
{IN_THE_PHONE} timeout 600 /usr/lib/radhaus/bin/python3 station.py \
    "{RADIO_OF_THE_PHONE}" {{words}} </dev/null >station.log 2>&1
cat station.log
"""
NO_RADIOS = """
kill "$(cat /run/phone.pid)"
rmmod mac80211_hwsim
cp -a /run/config.before /var/lib/kiosk/config.toml
systemctl restart radhaus-network
"""


@contextmanager
def radios(machine: ApplianceGuest, settings: str, until: str) -> Iterator[None]:
    """With a command that changes the settings, and one that waits for what they ask for."""
    machine.run(f"cp -a /var/lib/kiosk/config.toml /run/config.before\n{settings}")
    machine.run("systemctl restart radhaus-network")
    for program in ("station.py", "hotspot.py"):
        text = (INSIDE / program).read_text(encoding="utf-8")
        machine.run(f"cat >/run/{program} <<'END'\n{text}\nEND")
    machine.run(RADIOS.format(until=until))
    yield
    machine.run(NO_RADIOS)


def joined(machine: ApplianceGuest, ssid: str, password: str, targets: list[str]) -> dict[str, str]:
    """What the phone gets and reaches in a network that it joins."""
    words = shlex.join([ssid, password, *targets])
    told: dict[str, str] = json.loads(machine.run(STATION.format(words=words)).splitlines()[-1])
    return told
