"""The panel has the rights to its wires by what is shipped, and no more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.machine.wire import SILENCE

if TYPE_CHECKING:
    from tests.machine.box import Box

WIRES = ("/dev/gpiochip0", "/dev/ttyS0", "/dev/ttyUSB0", "/dev/snd/controlC0")
OTHERS = ("/dev/vda", "/dev/vport1p1", "/dev/rtc0", "/dev/tty1", "/dev/fb0", "/dev/kmsg")
OWN = ("/var/lib/kiosk", "/run/kiosk-panel", "/tmp")  # noqa: S108 - its own, by PrivateTmp=
CLOSED = ("/etc", "/usr/local/lib", "/opt/radhaus", "/run", "/root", "/home", "/var")

# Named kiosk-*, so that the hardening for all doors holds for it as well.
UNIT = """
sed -e 's|^ExecStart=.*|ExecStart=/usr/bin/python3 {probe} {devices} {folders}|' \
    -e 's/^Type=.*/Type=oneshot/' -e '/^Restart=/d' -e '/^WatchdogSec=/d' \
    /usr/local/lib/systemd/system/kiosk-panel.service >/run/systemd/system/kiosk-probe.service
echo 'StandardOutput=file:/run/probe.json' >>/run/systemd/system/kiosk-probe.service
systemctl stop kiosk-panel
systemctl daemon-reload
systemctl start kiosk-probe
systemctl start --no-block kiosk-panel
cat /run/probe.json
"""


def test_the_panel_reaches_its_wires_and_nothing_else(box: Box) -> None:
    box.guest.plug_in("probe", SILENCE)
    box.wait_for_path("/dev/ttyUSB0")
    told = json.loads(
        box.run(
            UNIT.format(
                probe="/opt/radhaus/tests/machine/inside/probe.py",
                devices=",".join(WIRES + OTHERS),
                folders=",".join(OWN + CLOSED),
            )
        )
    )
    box.guest.pull("probe")
    assert told == {
        "opens": list(WIRES),
        "writes": list(OWN),
        "network": False,
        "root": False,
        "others": False,
    }
