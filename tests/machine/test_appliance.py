"""The image on an emulated machine: from the card to open doors, and updates with a way back."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.machine.appliance import DEVICE, PIN, new_keys, newer_bundle
from tests.machine.update_stick import OPEN, install_from_stick

if TYPE_CHECKING:
    from tests.machine.appliance import Appliance, ApplianceGuest

# A start takes ten minutes where other work goes on.
pytestmark = pytest.mark.timeout(4 * 3600)
FOLDER = Path(os.environ.get("RADHAUS_MACHINE", "")) / "appliance"


def test_the_first_start_sets_the_box_up(machine: ApplianceGuest) -> None:
    assert 'name = "Bus 3"' in machine.run("cat /var/lib/kiosk/config.toml")
    machine.run("kiosk provision --check")
    assert machine.run("systemctl --failed --plain --no-legend") == ""
    look = "mkdir -p /run/look; mount -o ro /dev/disk/by-partlabel/radhaus /run/look; ls /run/look"
    card = machine.run(f"{look}; cat /run/look/kiosk-device.txt; umount /run/look")
    assert "kiosk-device.toml" not in card, "it has the PIN"
    assert "Certificate of the staff pages" in card
    assert PIN not in card


def test_the_system_cannot_be_written_and_data_cannot_be_run(machine: ApplianceGuest) -> None:
    machine.run("! touch /usr/bin/radhaus && ! touch /etc/radhaus")
    machine.run("cp /bin/true /var/lib/kiosk/run/true && ! /var/lib/kiosk/run/true")
    machine.run("rm /var/lib/kiosk/run/true")


def test_nobody_can_log_in(machine: ApplianceGuest) -> None:
    assert machine.run("passwd --status root").split()[1] == "L"
    machine.run("! pgrep agetty && ! systemctl --quiet is-active 'getty@*' 'serial-getty@*'")


def test_only_pages_are_answered(machine: ApplianceGuest) -> None:
    assert "policy drop" in machine.run("nft list chain inet radhaus input")
    assert "8080, 8443" in machine.run("nft list set inet radhaus staff_ports")
    assert '"en*"' in machine.run("nft list set inet radhaus bus")
    assert "elements" not in machine.run("nft list set inet radhaus visitors")


def _take_ticket(machine: ApplianceGuest) -> str:
    """Its number, as it was acknowledged: `E-001, 0 ahead`."""
    machine.run(OPEN)
    return machine.run("kiosk ticket take --topic wohngeld").partition(",")[0]


def test_what_was_acknowledged_outlives_the_power(machine: ApplianceGuest) -> None:
    number = _take_ticket(machine)
    machine.cut()
    machine.switch_on()
    assert number in machine.run("kiosk ticket list")


ONTO_THE_CARD = """
mkdir -p /run/look
mount /dev/disk/by-partlabel/radhaus /run/look
cat >/run/look/kiosk-device.toml <<'END'
{content}END
umount /run/look
"""


def test_a_file_on_the_card_changes_the_box_and_leaves_its_data(machine: ApplianceGuest) -> None:
    number = _take_ticket(machine)
    identity = machine.run("kiosk counts key")
    machine.run(ONTO_THE_CARD.format(content=DEVICE.replace("Bus 3", "Bus 4")))
    machine.cut()
    machine.switch_on()
    assert 'name = "Bus 4"' in machine.run("cat /var/lib/kiosk/config.toml")
    assert machine.run("kiosk counts key") == identity
    assert number in machine.run("kiosk ticket list")


def _restart(machine: ApplianceGuest) -> str:
    """The version that serves people once it has settled."""
    machine.cut()
    machine.switch_on()
    return machine.run("kiosk update status")


def test_an_update_starts_at_the_next_switching_on_and_stays(
    machine: ApplianceGuest, appliance: Appliance
) -> None:
    version = f"{appliance.version}.1"
    number = _take_ticket(machine)
    told = install_from_stick(machine, newer_bundle(appliance, version, FOLDER, lambda _root: None))
    assert f"Version {appliance.version} runs" in told
    assert f"Update {version} starts when the box is switched on the next time" in told
    for _ in range(2):
        assert f"Version {version} runs" in _restart(machine)
    assert number in machine.run("kiosk ticket list"), "with the data of before"
    assert machine.run("kiosk doctor --json || :").count('"update"') == 1


def test_an_update_whose_glass_does_not_start_goes_back_by_itself(
    machine: ApplianceGuest, appliance: Appliance
) -> None:
    def without_cage(root: Path) -> None:
        (root / "usr/bin/cage").unlink()

    version = f"{appliance.version}.2"
    number = _take_ticket(machine)
    install_from_stick(machine, newer_bundle(appliance, version, FOLDER, without_cage))
    machine.cut()
    machine.switch_on_until_it_starts_again()
    told = machine.run("kiosk update status")
    assert f"Version {appliance.version}.1 runs" in told
    assert "kiosk-touch did not start in the new version" in told
    assert number in machine.run("kiosk ticket list")


def test_what_somebody_else_has_signed_is_refused(
    machine: ApplianceGuest, appliance: Appliance, tmp_path: Path
) -> None:
    strangers = replace(appliance, keys=new_keys(tmp_path / "keys"))
    bundle = newer_bundle(strangers, f"{appliance.version}.3", FOLDER, lambda _root: None)
    assert "signature" in install_from_stick(machine, bundle)
