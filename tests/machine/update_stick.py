"""An update on a stick that anybody in the bus plugs into the appliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.machine.guest import BOOT_S

if TYPE_CHECKING:
    from pathlib import Path

    from tests.machine.appliance import ApplianceGuest

STICK = "radhaus-update"
OPEN = "kiosk visit show | grep -q '^Open' || kiosk visit open --stop hassel-wochenmarkt"
RECORD, INCOMING = "/data/updates/radhaus.json", "/data/updates/incoming"
NOTE = f"cat {RECORD} >/run/before || :"
# Files alone are looked at: an emulated processor installs as long as commands start beside it.
SETTLED = f"""
for i in $(seq 1800); do
    now=$(cat {RECORD})
    [ -n "$(ls {INCOMING})" ] || case $now in
    *'"installing"'* | "$(cat /run/before)") ;;
    *) break ;;
    esac
    sleep 1
done
kiosk update status
"""


def install_from_stick(machine: ApplianceGuest, bundle: Path) -> str:
    """What became of it, of which something else was told before."""
    machine.write_stick(STICK, bundle)
    machine.run(NOTE)
    machine.plug_in_stick(STICK)
    told = settled(machine)
    machine.pull_stick(STICK)
    return told


def settled(machine: ApplianceGuest) -> str:
    """What is said once the record is another than `NOTE` has kept, and nothing is installed."""
    return machine.run(SETTLED, 3 * BOOT_S)
