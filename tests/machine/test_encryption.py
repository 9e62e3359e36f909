"""Encrypted data on a machine with a TPM: asked for, made, opened, and never made anew."""

from __future__ import annotations

import base64
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest
from pyrage import decrypt, x25519

from tests.machine.appliance import DEVICE, HELP_DESK, WAITS_FOR_SETTINGS, newer_bundle
from tests.machine.guest import BOOT_S
from tests.machine.tpm import TpmGuest
from tests.machine.update_stick import install_from_stick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.machine.appliance import Appliance

pytestmark = pytest.mark.timeout(4 * 3600)
WORD: Final = "Zinnoberwald"
"""Nothing but the settings has it, and they lie in the data."""
ASKED: Final = DEVICE.replace(
    'name = "Bus 3"', f'name = "Bus 3"\nhelp_desk = "{WORD}"\n[data]\nencrypted = true', 1
)
CARD: Final = """
mkdir -p /run/look; mount -o ro /dev/disk/by-partlabel/radhaus /run/look; {command}
umount /run/look
"""
STEPS: Final = (
    "journalctl --unit radhaus-first-start | grep -q 'startet dafür noch einmal'",
    "[ -s /run/radhaus-data/key ]",
    "[ -e /run/repart.d/60-data.conf.d ]",
    "blkid --probe /dev/disk/by-partlabel/data | grep -q crypto_LUKS",
)
"""Of a first start: asked for, key drawn, being made, made and asked for still."""
SCREEN: Final = "fold --width=160 /dev/vcs1"
A_NUMBER: Final = """
kiosk ticket list | grep -q E-001 && exit
kiosk visit open --stop hassel-wochenmarkt
kiosk ticket take --topic wohngeld
"""


@pytest.fixture(scope="module")
def box(appliance: Appliance, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TpmGuest]:
    """A card with its file, not started yet."""
    with closing(TpmGuest(appliance, tmp_path_factory.mktemp("tpm"), ASKED)) as guest:
        yield guest


@pytest.fixture
def at_work(box: TpmGuest) -> TpmGuest:
    """It runs, and somebody has a number."""
    if not box.is_on:
        box.switch_on_until_it_starts_again()  # to be set up
    box.run(A_NUMBER)
    return box


def test_without_a_tpm_nothing_is_set_up_and_the_screen_says_why(box: TpmGuest) -> None:
    box.has_tpm = False
    box.switch_on(WAITS_FOR_SETTINGS)
    assert "encrypted = true" in box.run(SCREEN)
    told = box.run(CARD.format(command="cat /run/look/kiosk-device.txt"))
    assert "kein Chip" in told
    assert "nichts ist gespeichert" in told
    box.run("[ ! -e /var/lib/kiosk/config.toml ]")
    box.cut()
    box.has_tpm = True


def test_cut_off_at_every_step_the_next_start_finishes(box: TpmGuest) -> None:
    for step in STEPS:
        box.switch_on_until(step)
        box.cut()
    box.switch_on()
    assert box.run("lsblk --noheadings --output TYPE,MOUNTPOINT").count("crypt") == 1
    assert "encrypted on the disk" in box.run("kiosk doctor || :")
    assert box.run("systemctl --failed --plain --no-legend") == ""


def test_it_starts_without_anybody_and_the_disk_alone_says_nothing(at_work: TpmGuest) -> None:
    assert f'help_desk = "{WORD}"' in at_work.run("cat /var/lib/kiosk/config.toml")
    at_work.cut()
    assert at_work.times_on_disk("RADHAUS") > 0, "of what is not encrypted"
    assert at_work.times_on_disk(WORD) == 0
    at_work.switch_on()
    assert "E-001" in at_work.run("kiosk ticket list")


def test_with_another_tpm_it_waits_for_the_recovery_key_and_loses_nothing(
    at_work: TpmGuest, tmp_path: Path
) -> None:
    sealed = at_work.run(
        CARD.format(command="base64 --wrap=0 /run/look/radhaus-recovery-key_*.age")
    )
    key = decrypt(base64.b64decode(sealed), [HELP_DESK])
    other = x25519.Identity.generate()
    at_work.cut()
    at_work.exchange_tpm()
    at_work.switch_on_until(f"{SCREEN} | grep -q radhaus-recovery-key.txt")
    job = at_work.run("systemctl list-jobs --plain --no-legend dev-radhaus-data.device")
    assert job.split()[-1] == "waiting", "its time does not run yet"
    file = tmp_path / "stick.txt"
    for content in (str(other).encode(), key + b"\r\n"):
        file.write_bytes(content)
        at_work.write_stick("radhaus-recovery-key", file)
        at_work.plug_in_stick("radhaus-recovery-key")
        if content.startswith(key):
            at_work.run(at_work.started, BOOT_S)
        else:
            at_work.wait_until(f"{SCREEN} | grep -q 'passt nicht zu dieser Box'")
        at_work.pull_stick("radhaus-recovery-key")
    assert "E-001" in at_work.run("kiosk ticket list")
    at_work.cut()
    at_work.switch_on()
    assert "E-001" in at_work.run("kiosk ticket list"), "the new TPM opens it"
    assert "encrypted on the disk" in at_work.run("kiosk doctor || :")


def test_a_request_on_the_card_makes_nothing_anew(at_work: TpmGuest) -> None:
    at_work.run(
        "mkdir -p /run/look; mount /dev/disk/by-partlabel/radhaus /run/look;"
        f" echo {HELP_DESK.to_public()} >/run/look/encrypt-data.txt; umount /run/look"
    )
    at_work.cut()
    at_work.switch_on()
    assert "E-001" in at_work.run("kiosk ticket list")
    assert "encrypt-data.txt" not in at_work.run(CARD.format(command="ls /run/look"))


def test_an_update_opens_the_data_without_anybody(
    at_work: TpmGuest, appliance: Appliance, tmp_path: Path
) -> None:
    """The TPM looks at no kernel: another one must get the key too."""
    version = f"{appliance.version}.1"
    bundle = newer_bundle(appliance, version, tmp_path, lambda _root: None)
    assert "starts when the box is switched on" in install_from_stick(at_work, bundle)
    at_work.cut()
    at_work.switch_on()
    assert f"Version {version} runs" in at_work.run("kiosk update status")
    assert "E-001" in at_work.run("kiosk ticket list")
