"""Each service of the appliance is killed, and hangs, in turn: it comes back by itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.machine.appliance import ApplianceGuest

pytestmark = pytest.mark.timeout(4 * 3600)
DOORS = ("kiosk-touch", "kiosk-console", "kiosk-panel")
# Prints the seconds from the fault until another process has said that it is ready.
FAULT = """
unit={unit}
before=$(systemctl show --property InvocationID --value $unit)
began=$(cut -d ' ' -f 1 /proc/uptime)
systemctl kill --kill-whom=main --signal={signal} $unit
for i in $(seq 2400); do
    now=$(systemctl show --property ActiveState,InvocationID --value $unit | paste -s -d ' ')
    case $now in active\\ *) [ "$now" = "active $before" ] || break ;; esac
    sleep 0.25
done
[ "$now" != "active $before" ] || exit 1
echo "$began $(cut -d ' ' -f 1 /proc/uptime)" | awk '{{ print $2 - $1 }}'
"""


@pytest.mark.parametrize("signal", ["SIGKILL", "SIGSTOP"])
@pytest.mark.parametrize("unit", DOORS)
def test_a_service_that_is_killed_or_hangs_comes_back(
    machine: ApplianceGuest, unit: str, signal: str
) -> None:
    others = [
        machine.run(f"systemctl show --property MainPID --value {other}")
        for other in DOORS
        if other != unit
    ]
    took = machine.run(FAULT.format(unit=unit, signal=signal), 3000)
    sys.stdout.write(f"\n{unit}, {signal}: back after {took} s of the box's time\n")
    assert others == [
        machine.run(f"systemctl show --property MainPID --value {other}")
        for other in DOORS
        if other != unit
    ], "the others went on"
