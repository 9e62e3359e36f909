"""What systemd itself says of the units, in a folder that `kiosk provision` has prepared."""

import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.appliance.plan import SHIPPED, plan
from kiosk.appliance.steps import File

DAEMONS = ("kiosk-console.service", "kiosk-panel.service")
EXPORT = "kiosk-export@sda1.service"
ALL = ("kiosk.target", "kiosk-touch.service", *DAEMONS, EXPORT)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Debian's own units, ours beside them, and the two programs that only the appliance has."""
    root = tmp_path_factory.mktemp("image")
    shutil.copytree("/lib/systemd/system", root / "usr/lib/systemd/system", symlinks=True)
    (root / "usr/lib/systemd/system/seatd.service").write_text("[Service]\nExecStart=/bin/true\n")
    for program in ("usr/bin/cage", "bin/true"):
        File(f"/{program}", b"#!/bin/sh\n", mode=0o755).apply(root)
    for step in plan(root, Path("/opt/radhaus/.venv/bin/kiosk")):
        if isinstance(step, File):
            step.apply(root)
    return root


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
    ("unit", "most"), [*((unit, 15) for unit in DAEMONS), ("kiosk-touch.service", 20), (EXPORT, 20)]
)
def test_a_door_that_is_taken_over_reaches_little(image: Path, unit: str, most: int) -> None:
    """Exposure times ten, as systemd counts it: 1.5 for daemons, 2.0 for the screen."""
    said = analyze(image, "security", "--offline=true", f"--threshold={most}", unit)
    assert said.returncode == 0, said.stdout


def test_verify_finds_a_slip_in_a_unit(image: Path) -> None:
    """The test above can fail: a command that does not exist is told."""
    File("/etc/systemd/system/kiosk-broken.service", b"[Service]\nExecStart=/bin/nothing\n").apply(
        image
    )
    assert "not executable" in analyze(image, "verify", "kiosk-broken.service").stderr


def test_everything_shipped_is_installed(image: Path) -> None:
    installed = {path.read_bytes() for path in (image / "usr/local").rglob("*") if path.is_file()}
    forgotten = [
        path for path in SHIPPED.rglob("*") if path.is_file() and path.read_bytes() not in installed
    ]
    assert not forgotten
