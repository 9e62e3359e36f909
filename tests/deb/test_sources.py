"""The sources of the Debian package: what can be said of it without building it."""

import re
import subprocess
from pathlib import Path

import pytest

from kiosk.operate.provisioning.plan import PACKAGES
from kiosk.operate.provisioning.shipped import (
    LOCAL,
    PACKAGE_HOME,
    PACKAGED,
    enabled_units,
)
from tests.systemd.bus_files import files_of_a_bus

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "debian"
SCRIPTS = ("postinst", "prerm", "postrm")
PROGRAM = PACKAGE_HOME / "bin/kiosk"


def filled(name: str) -> str:
    text = (SOURCES / name).read_text(encoding="utf-8")
    return text.replace("@ENABLED@", " ".join(enabled_units()))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_maintainer_script_is_one(name: str) -> None:
    said = subprocess.run(
        ["sh", "-n"], input=filled(name), capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert "@" not in filled(name), "nothing is left to fill in"
    assert re.search(r"^set -e$", filled(name), re.MULTILINE), "dpkg hears of what fails"


def test_data_are_deleted_at_a_purge_alone() -> None:
    texts = {name: filled(name) for name in SCRIPTS}
    assert [name for name, text in texts.items() if re.search(r"\brm\b", text)] == ["postrm"]
    kept, _, purged = texts["postrm"].partition('if [ "$1" = purge ]; then')
    assert "/var/lib/kiosk" in purged
    assert "\nrm " not in kept


def test_files_lie_where_packages_put_them_and_say_so() -> None:
    files = {file.path: file for file in PACKAGED.files(PROGRAM)}
    folders = {str(Path(path).parent) for path in files}
    lib = "/usr/lib"
    assert folders == {
        "/usr/bin",
        *(f"{lib}/systemd/{name}" for name in ("system", "journald.conf.d")),
        f"{lib}/systemd/system/kiosk-.service.d",
        *(f"{lib}/{name}" for name in ("sysusers.d", "tmpfiles.d", "modules-load.d")),
        f"{lib}/udev/rules.d",
        "/usr/share/radhaus/usb",
    }
    assert not [path for path, file in files.items() if b"/usr/local" in file.content]
    assert b"exec /usr/lib/radhaus/bin/kiosk" in files["/usr/bin/kiosk"].content
    starts = [file for file in files.values() if b"/usr/bin/kiosk touch" in file.content]
    assert [file.path for file in starts] == [f"{PACKAGED.units}/kiosk-touch.service"]


def test_a_package_and_a_checkout_bring_the_same_files() -> None:
    packaged = [file.path.removeprefix("/usr") for file in PACKAGED.files(PROGRAM)]
    local = [file.path.removeprefix("/usr/local") for file in LOCAL.files(PROGRAM)]
    assert packaged == local
    assert len(local) == len(files_of_a_bus()) + 1, "and the command"


def test_only_what_has_to_start_is_enabled() -> None:
    """A unit such as the one that shuts the box down must never start with an installation."""
    assert enabled_units() == {
        "kiosk.target": ["multi-user.target"],
        "kiosk-backup.timer": ["timers.target"],
    }


def test_setup_names_what_the_package_depends_on() -> None:
    said = subprocess.check_output([ROOT / "script/setup", "depends"], text=True).split()
    assert {"python3", "libmtdev1", "espeak-ng"} <= {*said}
    assert {*PACKAGES}.isdisjoint(said), "one list for each"
    assert not [name for name in said if name.endswith(("-dev", "-venv")) or name == "gcc"]


def test_an_argument_that_means_nothing_is_refused_before_anything_is_built() -> None:
    said = subprocess.run(
        [ROOT / "script/deb", "riscv"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert said.stderr == "script/deb: what is riscv? script/deb [amd64|arm64] [bookworm|trixie]\n"
