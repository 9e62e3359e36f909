"""What the doctor says of the last update of an appliance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.devices.finding import Result
from kiosk.operate.doctor.updates import update
from kiosk.operate.updates.appliance import record_of
from kiosk.operate.updates.record import UpdateRecord, UpdateState, write_record

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.operate.doctor.host import Host

RELEASE = 'NAME="Debian GNU/Linux"\nID=debian\nIMAGE_ID=radhaus\nIMAGE_VERSION="1.0+2"\n'


@pytest.fixture
def appliance(host: Host, tmp_path: Path) -> Host:
    root = tmp_path / "appliance"
    release = root / "usr/lib/os-release"
    release.parent.mkdir(parents=True)
    release.write_text(RELEASE, encoding="utf-8")
    record_of(root).parent.mkdir(parents=True)
    return replace(host, root=root)


def _after(appliance: Host, state: UpdateState, reason: str = "") -> tuple[Result, str]:
    write_record(record_of(appliance.root), UpdateRecord("1.1", "1.0+2", state, reason=reason))
    found = update(appliance)
    return found.result, f"{found.cause} {found.remedy}"


def test_a_machine_without_slots_is_fine(host: Host) -> None:
    assert update(host).result is Result.OK


def test_the_running_version_is_told(appliance: Host) -> None:
    assert "1.0+2 runs" in update(appliance).cause


def test_one_that_waits_is_told(appliance: Host) -> None:
    result, told = _after(appliance, UpdateState.WAITING)
    assert result is Result.OK
    assert "1.1 starts at the next switching on" in told


def test_one_that_was_refused_warns_with_its_reason(appliance: Host) -> None:
    result, told = _after(appliance, UpdateState.REFUSED, "kiosk-touch did not start.")
    assert result is Result.WARNING
    assert "kiosk-touch did not start." in told


def test_one_that_was_cut_off_warns_and_says_what_to_do(appliance: Host) -> None:
    result, told = _after(appliance, UpdateState.INTERRUPTED)
    assert result is Result.WARNING
    assert "kiosk update install" in told
