"""What the tests ask of the box and do to its pins, by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kiosk.settings.config.devices import CONTACTS, BoardSettings
from tests.machine.guest import ADDRESS, BOOT_S, HOST, PANEL_RUNS
from tests.machine.inside.settings import LAMPS

if TYPE_CHECKING:
    from tests.machine.guest import Guest

TOLD = """
for i in $(seq 300); do
    run=$(systemctl show --property InvocationID --value kiosk-panel)
    told=$(journalctl --output cat _SYSTEMD_INVOCATION_ID="$run" | grep ': {device}: ' | tail -n 1)
    case $told in *'{words}'*) exit 0 ;; esac
    sleep 0.5
done
echo "{device}: $told"
exit 1
"""
NETWORK = f"""
cat >/etc/systemd/network/machine.network <<END
[Match]
Type=ether
[Network]
Address={ADDRESS}/24
Gateway={HOST}
END
systemctl start systemd-networkd
for i in $(seq 300); do grep --quiet {ADDRESS} /proc/net/fib_trie && exit 0; sleep 0.1; done
exit 1
"""
UPLOAD = """
mkdir -p /etc/systemd/system/kiosk-upload.service.d
printf '[Service]\nTimeoutStartSec=7200\n' >/etc/systemd/system/kiosk-upload.service.d/machine.conf
systemctl daemon-reload
install -d -m 755 /etc/kiosk
(umask 077; echo '{token}' >/etc/kiosk/upload-secret)
echo '{certificate}' >/etc/kiosk/ca.pem
cd /opt/radhaus
.venv/bin/python -m tests.machine.inside.settings --upload '{url}' /var/lib/kiosk/config.toml
"""
CLOSE_A_QUARTER = """
cd /opt/radhaus
.venv/bin/python -m tests.machine.inside.people 2024-03-31 203
kiosk counts close --now
"""
INSIDE = "cd /opt/radhaus; python3 -m tests.machine.inside"


class Box:
    """The emulated box with a visit open."""

    def __init__(self, guest: Guest) -> None:
        self.guest = guest
        self.run = guest.run

    def press(self, button: str, held_s: float = 0.1) -> None:
        """As a finger does on a worn contact: it bounces when it closes and when it opens."""
        self._fingers(f"press {CONTACTS[button].pin} {held_s}")

    def hold(self, button: str) -> None:
        self._pin(CONTACTS[button].pin, 0)

    def let_go(self, button: str) -> None:
        self._pin(CONTACTS[button].pin, 1)

    def journal_events(self, kind: str) -> list[dict[str, Any]]:
        """The journal's events of one kind, oldest first."""
        events: list[dict[str, Any]] = json.loads(self.run(f"{INSIDE}.journal {kind}"))
        return events

    def smileys(self) -> int:
        """How many are kept."""
        return len(self.journal_events("FeedbackGiven"))

    def take_ticket(self) -> None:
        self.run("kiosk ticket take --topic wohngeld")

    def measure(self, button: str, times: int) -> dict[str, list[float]]:
        """Seconds from the first edge until the smiley is stored and the lamp is lit."""
        order = f"measure {CONTACTS[button].pin} {LAMPS[button]} {times}"
        told: dict[str, list[float]] = json.loads(self._fingers(order, within_s=60 + 15 * times))
        return told

    def devices(self) -> dict[str, dict[str, Any]]:
        """What `kiosk hardware list` tells, by device."""
        listed = json.loads(self.run("kiosk hardware list --json"))
        return {device["name"]: device for device in listed}

    def wait_for(self, device: str, words: str) -> None:
        """Until the panel that runs now has told so last; its log costs the least to read."""
        self.run(TOLD.format(device=device, words=words), BOOT_S)

    def wait_for_panel(self) -> None:
        """Until it runs and has opened its buttons."""
        self.run(PANEL_RUNS)
        self.wait_for("buttons", "Ready")

    def wait_for_path(self, path: str) -> None:
        """Until it is there."""
        look = f"for i in $(seq 300); do [ -e {path} ] && exit 0; sleep 0.1; done; ls /dev; exit 1"
        self.run(look)

    def turn_key(self, *, on: bool) -> None:
        """The ignition's line: low when it is off."""
        self._pin(BoardSettings().pin, int(on))

    def join_network(self) -> None:
        """Until it has its address in the network of which the machine outside is the gateway."""
        self.run(NETWORK)

    def upload_to(self, url: str, token: str, certificate: str) -> None:
        """Set up, not begun: of a server in the network that was joined."""
        self.run(UPLOAD.format(url=url, token=token, certificate=certificate))

    def close_a_quarter(self) -> None:
        """2024-Q1, in which 203 people came."""
        self.run(CLOSE_A_QUARTER)

    def panel_process(self) -> str:
        """The same as long as the panel was not started again."""
        return self.run("systemctl show --property MainPID --value kiosk-panel")

    def _fingers(self, order: str, within_s: float = 120.0) -> str:
        return self.run(f"{INSIDE}.fingers {order}", within_s)

    def _pin(self, pin: int, level: int) -> None:
        self.run(f"{INSIDE}.pins set {pin} {level}")
