"""What systemd itself says of the units, in a folder that `kiosk provision` has prepared."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.export.upload.secret import CREDENTIAL
from kiosk.operate import supervisor
from kiosk.operate.provisioning.plan import build_plan
from kiosk.operate.provisioning.shipped import SHIPPED
from kiosk.operate.provisioning.steps import File
from kiosk.settings.config.upload import USUAL_SECRET
from kiosk.system.paths import Paths, poweroff_request
from kiosk.system.requested_job import is_watched, job_request
from tests.systemd.bus_files import ELSEWHERE, files_of_a_bus

DAEMONS = ("kiosk-console.service", "kiosk-panel.service")
EXPORT = "kiosk-export@sda1.service"
BACKUP = "kiosk-backup.service"
POWEROFF = "kiosk-poweroff.service"
UPLOAD = "kiosk-upload.service"
OFFICE = "radhaus-office.service"
ASKED = ("kiosk-doctor", "kiosk-support")
CLOCK = "kiosk-clock"
APPLIANCE = sorted(
    path.name.replace("@.", "@sda1.") for path in (SHIPPED / "appliance").glob("radhaus-*")
)
USB = "radhaus-usb.service"
UPDATE_FETCH = "radhaus-update-fetch.service"
UPDATE_STICK = "radhaus-update-stick@sda1.service"
ALL = (
    *("kiosk.target", "kiosk-touch.service", *DAEMONS, EXPORT),
    *("kiosk-poweroff.path", POWEROFF, "kiosk-upload.timer", UPLOAD),
    *("kiosk-poweroff.path", POWEROFF, BACKUP, "kiosk-backup.timer"),
    *(f"{name}.{kind}" for name in (*ASKED, CLOCK) for kind in ("service", "path")),
    "kiosk-doctor.timer",
    *(OFFICE, USB, *APPLIANCE),
)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Debian's own units, ours beside them, and the two programs that only the appliance has."""
    root = tmp_path_factory.mktemp("image")
    shutil.copytree("/lib/systemd/system", root / "usr/lib/systemd/system", symlinks=True)
    (root / "usr/lib/systemd/system/seatd.service").write_text("[Service]\nExecStart=/bin/true\n")
    for program in ("usr/bin/cage", "bin/true", "bin/grep", "usr/bin/systemctl"):
        File(f"/{program}", b"#!/bin/sh\n", mode=0o755).apply(root)
    for step in build_plan(root, Path("/opt/radhaus/.venv/bin/kiosk")):
        if isinstance(step, File):
            step.apply(root)
    for folder in ELSEWHERE:
        for unit in (SHIPPED / folder).glob("radhaus-*"):
            assert not [*root.rglob(unit.name)], "neither the city's server nor what changes slots"
            File(f"/etc/systemd/system/{unit.name}", unit.read_bytes()).apply(root)
    for program in _programs_of_units(root / "etc/systemd/system"):
        File(program, b"#!/bin/sh\n", mode=0o755).apply(root)
    return root


def _programs_of_units(folder: Path) -> set[str]:
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.service"))
    return set(re.findall(r"^Exec\w+=(/\S+)", texts, re.MULTILINE))


def analyze(image: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", "--no-pager", f"--root={image}", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("unit", ALL)
def test_systemd_has_nothing_to_say_against_a_unit(image: Path, unit: str) -> None:
    said = analyze(image, "verify", unit)
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


@pytest.mark.parametrize(
    ("unit", "most"),
    [
        *((unit, 15) for unit in (*DAEMONS, BACKUP, UPLOAD, OFFICE, UPDATE_FETCH)),
        *((f"{name}.service", 20) for name in (*ASKED, CLOCK)),
        ("kiosk-touch.service", 20),
        (EXPORT, 20),
        (UPDATE_STICK, 20),
        ("radhaus-network.service", 20),
        *((f"radhaus-{name}@wifi.service", 20) for name in ("access-point", "hotspot")),
        (USB, 15),
        (POWEROFF, 20),
    ],
)
def test_a_door_that_is_taken_over_reaches_little(image: Path, unit: str, most: int) -> None:
    """Exposure times ten, as systemd counts it: 1.5 for daemons, 2.0 for the screen."""
    said = analyze(image, "security", "--offline=true", f"--threshold={most}", unit)
    assert said.returncode == 0, said.stdout


def test_the_panel_asks_for_the_shutdown_where_the_unit_looks(
    image: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And in a folder that systemd makes anew for each run of the panel, in memory."""
    units = image / "usr/local/lib/systemd/system"
    panel = (units / "kiosk-panel.service").read_text()
    name = panel.partition("RuntimeDirectory=")[2].splitlines()[0]
    assert "RuntimeDirectoryPreserve" not in panel
    monkeypatch.setenv("RUNTIME_DIRECTORY", f"/run/{name}")
    waited_for = f"PathExists={poweroff_request(Paths(Path('/var/lib/kiosk')))}"
    assert waited_for in (units / "kiosk-poweroff.path").read_text()
    assert "kiosk-poweroff.path" in (units / "kiosk.target").read_text()


@pytest.mark.parametrize("job", [*ASKED, CLOCK])
def test_the_console_asks_where_a_unit_looks_and_starts_nothing_itself(
    image: Path, monkeypatch: pytest.MonkeyPatch, job: str
) -> None:
    units = image / "usr/local/lib/systemd/system"
    assert "RuntimeDirectory=kiosk-console\n" in (units / "kiosk-console.service").read_text()
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/run/kiosk-console")
    asked = job_request(Paths(Path("/var/lib/kiosk")), job.removeprefix("kiosk-"))
    assert is_watched()
    assert f"PathModified={asked}\n" in (units / f"{job}.path").read_text()
    assert f"{job}.path" in (units / "kiosk.target").read_text()


def test_the_doctor_looks_again_when_the_clock_was_set(image: Path) -> None:
    unit = (image / f"usr/local/lib/systemd/system/{CLOCK}.service").read_text()
    assert "OnSuccess=kiosk-doctor.service\n" in unit


def test_the_upload_has_the_network_and_the_token_and_the_other_doors_keep_theirs(
    image: Path,
) -> None:
    units = image / "usr/local/lib/systemd/system"
    texts = {path.name: path.read_text() for path in units.glob("kiosk-*.service")}
    outside = {name for name, text in texts.items() if "\nIPAddressDeny=any" not in text}
    connected = {name for name, text in texts.items() if "AF_INET" in text}
    knowing = {name for name, text in texts.items() if "LoadCredential=" in text}
    assert outside == knowing == {UPLOAD}
    assert connected == {UPLOAD, "kiosk-console.service", *(f"{name}.service" for name in ASKED)}
    assert f"LoadCredential={CREDENTIAL}:{USUAL_SECRET}\n" in texts[UPLOAD]
    assert "kiosk-upload.timer" in (units / "kiosk.target").read_text()


def test_verify_finds_a_slip_in_a_unit(image: Path) -> None:
    """The test above can fail: a command that does not exist is told."""
    File("/etc/systemd/system/kiosk-broken.service", b"[Service]\nExecStart=/bin/nothing\n").apply(
        image
    )
    assert "not executable" in analyze(image, "verify", "kiosk-broken.service").stderr


def test_everything_of_a_bus_is_installed(image: Path) -> None:
    installed = {path.read_bytes() for path in (image / "usr/local").rglob("*") if path.is_file()}
    forgotten = [path for path in files_of_a_bus() if path.read_bytes() not in installed]
    assert not forgotten


@pytest.mark.parametrize("door", ["touch", "console", "panel"])
def test_kiosk_run_treats_a_door_as_its_unit_does(door: str) -> None:
    hardening = (SHIPPED / "kiosk-.service.d/hardening.conf").read_text(encoding="utf-8")
    for name, value in supervisor.MALLOC.items():
        assert f"{name}={value}" in hardening
    unit = (SHIPPED / f"kiosk-{door}.service").read_text(encoding="utf-8")
    seconds = {name: float(s) for name, s in re.findall(r"^(\w+Sec)=(\d+)$", unit, re.MULTILINE)}
    assert seconds["WatchdogSec"] == supervisor.HUNG_AFTER_S
    assert seconds["TimeoutStartSec"] == supervisor.START_WITHIN_S
    assert seconds["RestartSec"] > supervisor.RESTART_PAUSE_S
