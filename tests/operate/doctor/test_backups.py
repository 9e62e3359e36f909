"""What the doctor says of the backups."""

import os
from dataclasses import replace

import pytest

from kiosk.devices.finding import Result
from kiosk.operate.doctor.backups import OLDEST_S, backup
from kiosk.operate.doctor.host import Host

KEY = "age1nlp9d2097x60fjnm650ckl48mqpa4x9pj20pmn0k5et79f9jualqa3axvk"


@pytest.fixture
def prepared(appliance: Host) -> Host:
    """A person is named who can read backups."""
    config = appliance.paths.config
    config.write_text(config.read_text().replace('recipient = ""', f'recipient = "{KEY}"'))
    return replace(appliance, clock_is_set=lambda: True)


def test_a_desk_needs_no_backups(host: Host) -> None:
    assert backup(host).result is Result.OK


def test_an_appliance_without_a_recipient_gets_a_remedy(appliance: Host) -> None:
    found = backup(appliance)
    assert (found.result, "age-keygen" in found.remedy) == (Result.WARNING, True)


def test_no_backup_yet(prepared: Host) -> None:
    assert backup(prepared).cause == "There is no backup yet."


def test_the_age_of_the_newest_backup_is_reported(prepared: Host) -> None:
    folder = prepared.paths.backups
    folder.mkdir()
    for number in (1, 2):
        (folder / f"rh-12345678_{number:06d}_2026-11-22.age").touch()
    assert backup(prepared).result is Result.OK
    removed = folder / "rh-12345678_000000_2026-11-21.age"
    removed.symlink_to("nothing")  # as if since the folder was listed
    assert backup(prepared).result is Result.OK
    removed.unlink()

    for path in folder.iterdir():
        long_ago = path.stat().st_mtime - OLDEST_S - 60
        os.utime(path, (long_ago, long_ago))
    found = backup(prepared)
    assert (found.result, found.cause) == (Result.WARNING, "The newest backup is 4 days old.")

    unset = replace(prepared, clock_is_set=lambda: False)
    assert backup(unset).result is Result.OK, "without a clock its age is unknown"
