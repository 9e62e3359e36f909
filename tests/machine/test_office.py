"""The appliance and an office outside of it: staff set the clock, then an update is fetched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import launched
from tests.machine.appliance import DEVICE, DOORS_RUN, newer_bundle
from tests.machine.bus import EmulatedBus
from tests.machine.guest import BOOT_S
from tests.machine.outer_office import OuterOffice
from tests.machine.update_stick import NOTE, settled
from tests.system.clerk import clerk_at
from tests.waiting import eventually

if TYPE_CHECKING:
    from tests.machine.appliance import Appliance, ApplianceGuest

pytestmark = pytest.mark.timeout(4 * 3600)
FOLDER = Path(os.environ.get("RADHAUS_MACHINE", "")) / "appliance"
PICTURES = os.environ.get("RADHAUS_PICTURES")
CHANGE = f"""
set -e
cat >/run/kiosk-device.toml <<'END'
{{content}}
END
kiosk init --change --from /run/kiosk-device.toml
systemd-tmpfiles --create kiosk.conf
{NOTE}
"""
"""As radhaus-change.service does with the file on the card."""
TRIED = """
for i in $(seq 1800); do
    systemctl is-active --quiet kiosk-rehearsal-touch && exit 0
    sleep 0.5
done
exit 1
"""


def test_staff_set_the_clock_and_the_doctor_sees_it(machine: ApplianceGuest) -> None:
    assert "not trusted" in machine.run("kiosk clock show")
    with launched() as browser, clerk_at(browser, EmulatedBus(machine), "1") as clerk:
        page = clerk.page
        page.goto("/staff/clock")
        page.get_by_role("button", name="Diese Zeit ist richtig").click()
        expect(page.locator("#set")).to_contain_text("Die Uhr ist gestellt")

        def doctor_has_seen_it() -> bool:
            page.goto("/staff/health")
            told = page.locator("#view").inner_text()
            return "Zuletzt geprüft" in told and "Die Uhr ist gestellt." in page.content()

        eventually(doctor_has_seen_it, "the doctor's word on the clock that was set")
        expect(page.get_by_role("link", name="Uhr stellen")).to_have_count(0)
    assert "not trusted" not in machine.run("kiosk clock show")


def test_an_update_is_fetched_from_an_office_tried_and_kept(
    machine: ApplianceGuest, appliance: Appliance, tmp_path: Path
) -> None:
    """With the clock set, for without the date no certificate can be checked."""
    office, version = OuterOffice(tmp_path), f"{appliance.version}.8"
    token = office.add(machine.run("kiosk counts key --json"))
    machine.run(CHANGE.format(content=_settings(office, token)))
    bundle = newer_bundle(appliance, version, FOLDER, lambda _root: None)
    office.offer(bundle, appliance.keys / "keyring.pem")
    bundle.unlink()
    with office.serving():
        machine.run("systemctl start radhaus-update-fetch", 3 * BOOT_S)
        told = machine.run("journalctl --output cat --no-pager --unit radhaus-update-fetch")
        assert f"Version {version} was fetched, and is installed now." in told
        assert f"Update {version} starts when the box is switched on" in settled(machine)
        machine.run("kiosk upload")  # its timer tells a change after an hour
        update = office.status()["update"]
    assert (update["version"], update["state"]) == (version, "waiting")
    machine.cut()
    machine.switch_on(TRIED)
    EmulatedBus(machine).take_picture(Path(PICTURES or tmp_path) / "updating.png")
    machine.run(DOORS_RUN, 3 * BOOT_S)
    assert f"Version {version} runs" in machine.run("kiosk update status")


def _settings(office: OuterOffice, token: str) -> str:
    upload = f"""\
[upload]
kind = "https"
url = "{office.url}"
ca_file = "/etc/kiosk/ca.pem"
send_status = true
[start]
upload_secret = "{token}"
upload_authority = '''
{office.authority.ca_file.read_text(encoding="utf-8")}'''
"""
    return DEVICE.replace("[start]\n", upload)
