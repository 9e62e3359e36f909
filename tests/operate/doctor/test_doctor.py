"""The command as a technician or a program meets it."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from click.testing import Result as Outcome

from kiosk.cli import main
from kiosk.devices.finding import Finding, Result
from kiosk.operate import doctor
from kiosk.operate.doctor import CHECKS, run_checks
from kiosk.operate.doctor.host import Host
from kiosk.settings.config import DEVICE_KINDS
from kiosk.system.health_report import last_report
from kiosk.system.requested_job import JobState, RequestedJob
from tests.waiting import eventually


def kiosk_doctor(data: Path) -> Outcome:
    return CliRunner().invoke(main, ("doctor", "--data", str(data)), catch_exceptions=False)


def test_a_fresh_device_is_well(host: Host) -> None:
    found = {report.name: report.result for report in run_checks(host)}
    assert found.pop("port") in {Result.OK, Result.FAILURE}, "8080 may be taken where tests run"
    assert Result.FAILURE not in found.values()
    assert found["devices"] is Result.WARNING, "a new device runs with stand-ins and says so"


def test_the_staff_page_gets_what_was_found(host: Host) -> None:
    """By a command that somebody else starts: the page looks at nothing itself."""
    command = (sys.executable, "-m", "kiosk", "doctor", "--keep", "--data", str(host.paths.data))
    paths = host.paths
    job = RequestedJob(paths.runtime / "doctor-request", paths.health_report, command)
    assert (job.state, last_report(paths)) == (JobState.IDLE, None)
    job.request()
    job.request()  # while it runs: once is enough
    eventually(lambda: job.state is not JobState.RUNNING, "the report of the doctor")
    report = last_report(paths)
    assert job.state is JobState.IDLE
    assert report
    assert report.moment.trusted, "a desk's clock is believed"
    kinds = {check.name: check.kind for check in report.checks}
    assert {check.__name__ for check in CHECKS} | set(DEVICE_KINDS) == set(kinds)
    assert (kinds["printer"], kinds["disk"]) == ("printer", "")


def test_a_command_that_dies_has_not_answered(host: Host) -> None:
    paths = host.paths
    job = RequestedJob(paths.runtime / "asked", paths.health_report, (sys.executable, "-c", "1/0"))
    job.request()
    eventually(lambda: job.state is not JobState.RUNNING, "the end of the command")
    assert job.state is JobState.UNANSWERED


def test_programs_get_every_check_with_cause_and_remedy(host: Host) -> None:
    command = [sys.executable, "-m", "kiosk", "doctor", "--data", str(host.paths.data), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    checks = json.loads(done.stdout)["checks"]

    assert [check["name"] for check in checks if check["name"] not in DEVICE_KINDS] == [
        check.__name__ for check in CHECKS
    ]
    for check in checks:
        known = {"name", "result", "cause", "remedy", "kind", "examined", "variant", "troubles"}
        assert set(check) == known
        assert check["cause"]
        assert bool(check["remedy"]) == (check["result"] != "ok")


@pytest.mark.parametrize("name", ["kiosk.db", "config.toml"])
def test_a_file_full_of_rubbish_is_named_with_a_remedy(host: Host, name: str) -> None:
    (host.paths.data / name).write_bytes(b"\x00\xffrubbish" * 1000)
    done = kiosk_doctor(host.paths.data)

    assert done.exit_code == 1
    assert f"{host.paths.data / name}:" in done.stdout
    assert "\n                         -> " in done.stdout
    assert done.stderr.startswith("kiosk: Failed: ")
    assert done.stderr.count("\n") == 1


def test_an_empty_folder_is_reported_and_left_empty(tmp_path: Path) -> None:
    done = kiosk_doctor(tmp_path)

    assert done.exit_code == 1
    assert "kiosk init" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_without_a_configuration_the_rest_is_still_looked_at(host: Host) -> None:
    host.paths.config.write_text("profile = 3\n")
    found = {report.name: report for report in run_checks(host)}

    assert found["configuration"].result is Result.FAILURE
    assert found["profile"].cause == "Not looked at: config.toml cannot be read."
    assert found["database"].result is Result.OK


def test_with_a_faulty_profile_the_rest_is_still_looked_at(host: Host) -> None:
    text = host.paths.config.read_text()
    host.paths.config.write_text(text.replace('profile = "gelsenkirchen"', 'profile = "nobody"'))
    found = {report.name: report for report in run_checks(host)}

    assert found["profile"].result is Result.FAILURE
    for name in ("buttons", "phones"):
        assert found[name].cause == "Not looked at: the profile has faults."


def test_a_check_that_falls_over_hides_no_other(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_place: Host) -> Finding:
        raise LookupError("unforeseen")

    def locked(_place: Host) -> Finding:
        raise PermissionError(13, "Permission denied", "/dev/x")

    monkeypatch.setattr(doctor, "CHECKS", (broken, locked, *CHECKS))
    first, second, *others = run_checks(host)

    assert (first.result, "unforeseen" in first.cause) == (Result.FAILURE, True)
    assert second.cause == "Could not be looked at: /dev/x: Permission denied."
    assert len(others) == len(CHECKS) + len(DEVICE_KINDS)
    assert msgspec.json.encode(first)
