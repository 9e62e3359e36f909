"""What the doctor says of an unfit machine."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.devices.finding import Result
from kiosk.operate.doctor.host import Host
from kiosk.operate.doctor.machine import clock, python, services, sqlite
from kiosk.settings.config import Config, to_toml
from kiosk.store.examination import Library, library


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 14, 0)])
def test_a_python_that_does_not_fit(host: Host, version: tuple[int, ...]) -> None:
    found = python(replace(host, python=version))
    assert (found.result, "script/setup" in found.remedy) == (Result.FAILURE, True)


@pytest.mark.parametrize(
    "unfit",
    [
        Library((3, 36, 0), library().options),
        Library((3, 46, 0), frozenset({"OMIT_WAL"})),
        Library((3, 46, 0), frozenset({"THREADSAFE=0"})),
    ],
)
def test_an_sqlite_that_does_not_fit(host: Host, unfit: Library) -> None:
    assert sqlite(replace(host, sqlite=lambda: unfit)).result is Result.FAILURE


def test_a_clock_that_is_not_set(host: Host) -> None:
    host.paths.config.write_text(
        to_toml(Config("gelsenkirchen", clock="trusted when synchronised"))
    )
    assert clock(replace(host, clock_is_set=lambda: True)).result is Result.OK
    assert clock(replace(host, clock_is_set=lambda: False)).result is Result.WARNING


def systemctl(host: Host, **answers: str) -> Host:
    """An appliance whose systemctl gives these answers by service."""
    (host.root / "run/systemd/system").mkdir(parents=True)
    cases = "".join(
        f"*kiosk-{service}) echo '{answer}' ;;\n" for service, answer in answers.items()
    )
    program = host.root / "systemctl"
    program.write_text(f'#!/bin/sh\ncase "$*" in\n{cases}esac\n')
    program.chmod(0o755)
    return replace(host, systemctl=str(program))


WELL = "ActiveState=active\nNRestarts=0"


def test_services_that_run(appliance: Host) -> None:
    assert services(systemctl(appliance, touch=WELL, console=WELL, panel=WELL)).result is Result.OK


def test_a_service_that_does_not_run(appliance: Host) -> None:
    broken = systemctl(appliance, touch=WELL, console=WELL, panel="ActiveState=failed")
    found = services(broken)
    assert (found.result, found.cause) == (Result.FAILURE, "kiosk-panel is failed.")
    assert "journalctl --unit kiosk-panel" in found.remedy


def test_a_service_that_falls_again_and_again(appliance: Host) -> None:
    falling = "ActiveState=active\nNRestarts=17"
    found = services(systemctl(appliance, touch=falling, console=WELL, panel=WELL))
    assert (found.result, "17 times" in found.cause) == (Result.WARNING, True)


def test_a_door_that_was_taken_out_of_service_is_not_missed(appliance: Host) -> None:
    masked = "LoadState=masked\nActiveState=inactive"
    found = services(systemctl(appliance, touch=masked, console=WELL, panel=WELL))
    assert found.result is Result.OK
    assert "out of service here: kiosk-touch" in found.cause


def test_an_appliance_without_systemd(appliance: Host) -> None:
    assert services(appliance).result is Result.WARNING


def test_a_desk_has_no_services(host: Host, tmp_path: Path) -> None:
    assert services(replace(host, systemctl=str(tmp_path / "none"))).result is Result.OK
