"""Doors, network, screen and USB as a technician chooses them, and everything taken back."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from kiosk.operate.provisioning.choices import DOORS
from kiosk.operate.provisioning.removal import removal_plan, remove_all
from kiosk.operate.provisioning.shipped import PACKAGE_HOME
from kiosk.operate.provisioning.steps import File, Link
from kiosk.operate.usb.plugged import RULES_IN_FORCE
from kiosk.settings.config import load_config
from kiosk.system.paths import Paths
from tests.systemd.test_provision import kiosk

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands files to a group")

MASK = "etc/systemd/system/kiosk-touch.service"
CONFIG = "var/lib/kiosk/config.toml"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Debian as it is installed, as far as it matters, and the box on it."""
    root = tmp_path_factory.mktemp("prepared")
    for folder in ("etc/systemd/system", "etc/udev/rules.d", "usr/local/bin", "usr/local/share"):
        (root / folder).mkdir(parents=True)
    (root / "usr/local/lib").mkdir()
    assert provision(root) == ""
    data = root / "var/lib/kiosk"
    done = kiosk("init", "--bus", "--profile", "gelsenkirchen", "--data", data)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def machine(prepared: Path, tmp_path: Path) -> Path:
    """A copy, with all owners."""
    subprocess.run(["cp", "-a", prepared, tmp_path / "machine"], check=True)
    return tmp_path / "machine"


def provision(root: Path, *words: str) -> str:
    """What it complained about."""
    return kiosk("provision", "--root", root, *words).stderr


def pending(root: Path, *words: str) -> list[str]:
    said = kiosk("provision", "--check", "--root", root, *words)
    orders = [line for line in said.stdout.splitlines() if line.startswith("would ")]
    assert said.returncode == (1 if orders else 0), said.stderr
    return orders


@pytest.mark.parametrize(
    "choice",
    [
        ("--doors", "console,panel"),
        ("--doors", "glass"),
        ("--network", "none"),
        ("--screen", "800x480"),
        ("--usb", "named"),
        ("--doors", "console", "--network", "none", "--screen", "1920x1080", "--usb", "named"),
    ],
)
def test_a_choice_is_told_made_once_and_stays_where_nothing_is_said(
    machine: Path, choice: tuple[str, ...]
) -> None:
    assert pending(machine, *choice)
    assert provision(machine, *choice) == ""
    assert pending(machine, *choice) == []
    assert provision(machine) == ""
    assert pending(machine, *choice) == []


def test_a_door_that_is_not_named_is_shut_and_opened_again(machine: Path) -> None:
    seen = Paths(machine / "var/lib/kiosk").heartbeat("touch")
    seen.parent.mkdir(exist_ok=True)
    seen.touch()
    provision(machine, "--doors", "console,panel")
    assert not seen.exists(), "nobody misses it"
    masks = (machine / "etc/systemd/system").glob("*.service")
    assert [(path.name, str(path.readlink())) for path in masks] == [
        ("kiosk-touch.service", "/dev/null")
    ]
    provision(machine, "--doors", ",".join(DOORS))
    assert not (machine / MASK).is_symlink()


def test_a_unit_of_the_technician_is_no_mask(machine: Path) -> None:
    (machine / MASK).write_text("[Service]\nExecStart=/opt/own\n")
    assert pending(machine, "--doors", ",".join(DOORS)) == []
    assert provision(machine, "--remove") == ""
    assert (machine / MASK).exists()


def test_network_and_screen_are_settings_and_the_rest_of_the_file_stays(machine: Path) -> None:
    file = machine / CONFIG
    before = f"# Anna: the box of bus 3\n{file.read_text()}"
    file.write_text(before)
    facts = file.stat()
    provision(machine, "--network", "none", "--screen", "800x480")
    settings = load_config(file)
    assert (settings.console.host, settings.glass.size) == ("127.0.0.1", "800x480")
    changed = {*file.read_text().splitlines()} ^ {*before.splitlines()}
    hosts, sizes = ("0.0.0.0", "127.0.0.1"), ("1280x800", "800x480")  # noqa: S104 - compared
    assert changed == {
        *(f'host = "{host}"' for host in hosts),
        *(f'size = "{size}"' for size in sizes),
    }
    assert (file.stat().st_mode, file.stat().st_gid) == (facts.st_mode, facts.st_gid)


@pytest.mark.parametrize(
    ("glass", "written"),
    [
        ("", True),
        ("[glass]\nfullscreen = true\n", True),
        ("[glass]\nsize = '1280x800' # wide\n", True),
        ('glass = { size = "1280x800" }\n', False),
    ],
)
def test_a_file_that_a_hand_has_written_is_changed_right_or_not_at_all(
    machine: Path, glass: str, *, written: bool
) -> None:
    file = machine / CONFIG
    file.write_text(f'profile = "gelsenkirchen"\n{glass}')
    before = file.read_text()
    said = provision(machine, "--screen", "800x480")
    if written:
        assert said == ""
        assert load_config(file).glass.size == "800x480"
        assert load_config(file).glass.fullscreen == ("fullscreen" in glass)
    else:
        assert "by hand" in said
        assert file.read_text() == before


def test_a_faulty_file_is_told_and_left(machine: Path) -> None:
    (machine / CONFIG).write_text("profile = 7\n")
    assert "config.toml:1: profile: must be a text" in provision(machine, "--screen", "800x480")
    assert (machine / CONFIG).read_text() == "profile = 7\n"


def test_before_there_is_a_box_its_settings_cannot_be_chosen(machine: Path) -> None:
    (machine / CONFIG).unlink()
    assert "init --bus first, then choose them" in provision(machine, "--screen", "800x480")


@pytest.mark.parametrize(
    "words",
    [("--doors", "kitchen"), ("--doors", ""), ("--screen", "wide"), ("--remove", "--usb", "any")],
)
def test_what_cannot_be_meant_is_refused(machine: Path, words: tuple[str, ...]) -> None:
    before = {*machine.rglob("*")}
    assert kiosk("provision", "--root", machine, *words).returncode == 2
    assert {*machine.rglob("*")} == before


def test_everything_is_taken_back_and_the_data_stay(tmp_path: Path, machine: Path) -> None:
    bare = {"usr/local", "etc/systemd", "etc/udev", "run"}
    data = {path for path in machine.rglob("*") if "var" in path.parts}
    provision(machine, "--doors", "panel", "--usb", "named", "--screen", "800x480")
    own = File("/usr/local/lib/systemd/system/printer.service", b"[Service]\n")
    own.apply(machine)

    assert f"would remove {RULES_IN_FORCE}" in pending(machine, "--remove")
    done = kiosk("provision", "--remove", "--root", machine)
    assert "Kept: /var/lib/kiosk" in done.stdout
    left = [
        str(path.relative_to(machine))
        for place in bare
        for path in (machine / place).rglob("*")
        if not path.is_dir() or path.is_symlink()
    ]
    assert left == ["usr/local/lib/systemd/system/printer.service"], "the technician's own stays"
    assert data <= {*tmp_path.rglob("*")}
    assert load_config(machine / CONFIG).glass.size == "800x480"
    assert "kiosk-touch:" in (machine / "etc/passwd").read_text(), "the data are its own"

    assert pending(machine, "--remove") == []
    assert kiosk("provision", "--remove", "--root", machine).stdout == "Nothing to do.\n"
    assert provision(machine) == ""
    assert pending(machine) == []


def test_no_empty_folder_is_left(machine: Path) -> None:
    provision(machine, "--usb", "named")
    provision(machine, "--remove")
    folders = [str(path.relative_to(machine)) for path in (machine / "usr").rglob("*")]
    assert sorted(folders) == ["usr/local", "usr/local/bin", "usr/local/lib", "usr/local/share"]


def test_a_system_that_cannot_be_written_is_told_in_one_sentence(machine: Path) -> None:
    words = ["mount", "--bind", "-o", "ro", *[str(machine / "etc")] * 2]
    if subprocess.run(words, check=False).returncode != 0:
        pytest.skip("this machine does not let us mount")
    try:
        said = provision(machine, "--usb", "named")
        assert said.startswith("kiosk: ")
        assert "Read-only file system" in said
        assert said.count("\n") == 1
        assert "Read-only file system" in provision(machine, "--remove")
    finally:
        subprocess.run(["umount", machine / "etc"], check=True)


def test_of_the_package_only_what_was_chosen_is_taken_back(machine: Path) -> None:
    program = PACKAGE_HOME / "bin/kiosk"
    Link(RULES_IN_FORCE, "/usr/share/radhaus/usb/70-radhaus-usb.rules").apply(machine)
    Link(f"/{MASK}", "/dev/null").apply(machine)
    kept = machine / "usr/local/bin/kiosk"
    assert remove_all(removal_plan(machine, program), machine, print)
    assert not (machine / RULES_IN_FORCE.lstrip("/")).is_symlink()
    assert not (machine / MASK).is_symlink()
    assert kept.exists()
