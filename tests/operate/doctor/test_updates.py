"""What the doctor says of the last update of an appliance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.devices.check_words import words_of_check
from kiosk.devices.finding import Result
from kiosk.export.upload.update_messages import OfferedUpdate
from kiosk.operate.doctor.updates import update
from kiosk.operate.updates.appliance import fetched_of, record_of
from kiosk.operate.updates.fetch import FetchFolder, FetchRecord
from kiosk.operate.updates.record import UpdateRecord, UpdateState, write_record
from kiosk.system.health_report import HealthCheck

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


def _staff_read(appliance: Host) -> str:
    found = update(appliance)
    check = HealthCheck("update", "ok", found.cause, found.remedy, variant=found.variant)
    return words_of_check(check).good


def test_staff_read_that_it_starts_at_the_next_switching_on(appliance: Host) -> None:
    assert _staff_read(appliance) == "Keine neue Fassung wartet."
    _after(appliance, UpdateState.WAITING)
    assert "wird beim nächsten Einschalten aktualisiert" in _staff_read(appliance)


def test_one_that_is_fetched_is_told_with_what_holds_it_up(appliance: Host) -> None:
    folder = FetchFolder(fetched_of(appliance.root))
    offer = OfferedUpdate("1.1", 200, "0" * 64)
    folder.write(FetchRecord(offer, reason="the line broke."))
    folder.part(offer).write_bytes(b"x" * 50)
    found = update(appliance)
    assert found.result is Result.OK
    assert "1.1 is being fetched (25 %). Held up: the line broke." in found.cause
    assert _staff_read(appliance) == "Eine neue Fassung wird geladen, neben der Arbeit."


def test_one_that_was_refused_warns_with_its_reason(appliance: Host) -> None:
    result, told = _after(appliance, UpdateState.REFUSED, "kiosk-touch did not start.")
    assert result is Result.WARNING
    assert "kiosk-touch did not start." in told


def test_one_that_was_cut_off_warns_and_says_what_to_do(appliance: Host) -> None:
    result, told = _after(appliance, UpdateState.INTERRUPTED)
    assert result is Result.WARNING
    assert "kiosk update install" in told
