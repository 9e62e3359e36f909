"""Turning a folder into an appliance, from the command line and step by step."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.operate.provisioning.bytecode import Bytecode
from kiosk.operate.provisioning.data_folder import FOLDER, wrong_permissions_in
from kiosk.operate.provisioning.plan import apply_plan, build_plan
from kiosk.operate.provisioning.shipped import LOCAL, PACKAGE_HOME, PACKAGED
from kiosk.operate.provisioning.steps import (
    File,
    HiddenFromServices,
    Link,
    Packages,
    StepFailed,
    VisibleToServices,
    run_command,
)
from kiosk.operate.usb.plugged import RULES_IN_FORCE
from tests.deep_folder import too_deep

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands files to a group")


def kiosk(*arguments: str | Path, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, arguments)],
        capture_output=True,
        text=True,
        umask=umask,
        check=False,
    )


@pytest.fixture
def image(tmp_path: Path) -> Path:
    (tmp_path / "etc").mkdir()
    return tmp_path


def test_check_says_what_is_missing_and_changes_nothing(image: Path) -> None:
    done = kiosk("provision", "--check", "--root", image)

    assert done.returncode == 1
    assert "would write /usr/local/lib/systemd/system/kiosk-touch.service" in done.stdout
    assert "would create the users and groups kiosk kiosk-touch" in done.stdout
    assert done.stderr.startswith("kiosk: Steps left to do: ")
    assert done.stderr.count("\n") == 1
    assert [path.name for path in image.rglob("*")] == ["etc"]


@AS_ROOT
def test_a_second_run_finds_nothing_to_do(image: Path) -> None:
    first = kiosk("provision", "--root", image, umask=0o077)
    second = kiosk("provision", "--root", image)
    check = kiosk("provision", "--check", "--root", image)

    assert first.returncode == 0, first.stderr
    assert (second.returncode, second.stdout) == (0, "Nothing to do.\n")
    assert (check.returncode, check.stdout) == (0, "Nothing to do.\n")
    assert "kiosk-touch:" in (image / "etc/passwd").read_text()
    assert stat.S_IMODE((image / "var/lib/kiosk").stat().st_mode) == 0o2770
    unreadable = [path for path in (image / "usr").rglob("*") if not path.stat().st_mode & 0o004]
    assert not unreadable, "every user may read what is installed, whatever umask root has"


@AS_ROOT
def test_a_file_that_a_technician_closed_is_opened_to_the_services(image: Path) -> None:
    kiosk("provision", "--root", image)
    restored = image / "var/lib/kiosk/kiosk.db"
    restored.write_bytes(b"from a backup")
    restored.chmod(0o600)
    os.chown(restored, 0, 0)
    settings = image / "var/lib/kiosk/config.toml"
    settings.touch()
    settings.chmod(0o666)

    assert kiosk("provision", "--check", "--root", image).returncode == 1
    assert kiosk("provision", "--root", image).returncode == 0
    assert wrong_permissions_in(image / "var/lib/kiosk") == []
    assert stat.S_IMODE(settings.stat().st_mode) == 0o644, "the doors read what none may change"


@AS_ROOT
def test_a_link_in_the_data_folder_leads_root_nowhere(image: Path) -> None:
    kiosk("provision", "--root", image)
    secret = image / "etc/secret"
    secret.touch(mode=0o600)
    (image / "var/lib/kiosk/kiosk.db").symlink_to(secret)

    kiosk("provision", "--root", image)

    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


@AS_ROOT
def test_the_key_of_the_staff_pages_belongs_to_the_console(image: Path) -> None:
    kiosk("provision", "--root", image)
    data = image / "var/lib/kiosk"
    made = kiosk("init", "--bus", "--profile", "gelsenkirchen", "--data", data)
    assert made.returncode == 0, made.stderr
    assert re.search(r"\n([0-9A-F]{2}:){31}[0-9A-F]{2}\n", made.stdout)
    key = data / "tls/authority.key"
    console = (data / "tls").stat().st_uid
    assert f":{console}:" in (image / "etc/passwd").read_text()
    assert (key.stat().st_uid, stat.S_IMODE(key.stat().st_mode)) == (console, 0o600)
    assert kiosk("provision", "--check", "--root", image).returncode == 0

    os.chown(key, 0, 0)
    assert kiosk("provision", "--check", "--root", image).returncode == 1
    assert kiosk("provision", "--root", image).returncode == 0
    assert (key.stat().st_uid, stat.S_IMODE(key.stat().st_mode)) == (console, 0o600)


def test_what_init_makes_every_service_can_write(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    done = kiosk("init", "--profile", "gelsenkirchen", "--data", data)

    assert done.returncode == 0, done.stderr
    assert wrong_permissions_in(data) == []
    assert not [path for path in data.rglob("*") if path.stat().st_mode & 0o007]


def test_a_folder_deeper_than_any_recursion_does_not_stop_the_technician(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with too_deep(data / "slips", 3000):
        assert wrong_permissions_in(data) == []


def test_the_command_of_an_appliance_knows_its_data(image: Path) -> None:
    kiosk("provision", "--root", image)
    program = image / "usr/local/bin/kiosk"
    shown = program.read_text().replace(f"{Path(sys.prefix)}/bin/kiosk", "/bin/echo $KIOSK_DATA")

    def answer(**environment: str) -> str:
        return subprocess.check_output(["sh", "-c", shown], env=environment, text=True).strip()

    assert answer() == FOLDER
    assert answer(KIOSK_DATA="/srv/other") == "/srv/other"


@AS_ROOT
def test_strangers_at_usb_are_refused_where_that_is_chosen(image: Path) -> None:
    rules = image / RULES_IN_FORCE.lstrip("/")
    assert kiosk("provision", "--root", image).returncode == 0
    assert not rules.is_symlink()

    assert kiosk("provision", "--root", image, "--usb", "named").returncode == 0
    shipped = image / str(rules.readlink()).lstrip("/")
    assert 'ATTR{authorized_default}="0"' in shipped.read_text(encoding="utf-8")
    for choice in ((), ("--usb", "named")):
        assert kiosk("provision", "--check", "--root", image, *choice).returncode == 0
    check = kiosk("provision", "--check", "--root", image, "--usb", "any")
    assert check.stdout == f"would remove {RULES_IN_FORCE}\n"

    assert kiosk("provision", "--root", image, "--usb", "any").returncode == 0
    assert not rules.is_symlink()


def test_a_changed_unit_is_written_again(tmp_path: Path) -> None:
    unit = File("/lib/kiosk.service", b"[Service]\n")
    unit.apply(tmp_path)
    assert unit.pending(tmp_path) is None

    (tmp_path / "lib/kiosk.service").write_text("[Service]\nRestart=no\n")
    assert unit.pending(tmp_path) == "write /lib/kiosk.service"


def test_a_link_that_leads_elsewhere_is_made_again(tmp_path: Path) -> None:
    link = Link("/etc/wants/kiosk.target", "/lib/kiosk.target")
    (tmp_path / "etc/wants").mkdir(parents=True)
    (tmp_path / "etc/wants/kiosk.target").symlink_to("/dev/null")
    assert link.pending(tmp_path)

    link.apply(tmp_path)
    assert link.pending(tmp_path) is None


def test_a_removed_package_counts_as_missing(tmp_path: Path) -> None:
    (tmp_path / "var/lib/dpkg").mkdir(parents=True)
    (tmp_path / "var/lib/dpkg/status").write_text(
        "Package: cage\nStatus: install ok installed\n\n"
        "Package: seatd\nStatus: deinstall ok config-files\n"
    )
    assert Packages(("cage",)).pending(tmp_path) is None
    assert Packages(("cage", "seatd")).pending(tmp_path) == "install the Debian packages seatd"


@pytest.fixture
def packaged(image: Path) -> Path:
    """An image on which the Debian package is installed, as dpkg tells it."""
    info = image / "var/lib/dpkg/info"
    info.mkdir(parents=True)
    (image / "var/lib/dpkg/status").write_text("Package: radhaus\nStatus: install ok installed\n")
    files = PACKAGED.files(PACKAGE_HOME / "bin/kiosk")
    for file in files:
        file.apply(image)
    (info / "radhaus.list").write_text("".join(f"{file.path}\n" for file in files))
    return image


def test_a_checkout_lays_nothing_over_the_package(packaged: Path) -> None:
    done = kiosk("provision", "--root", packaged)

    assert done.returncode == 1
    assert "The Debian package radhaus is installed here" in done.stderr
    assert "apt remove radhaus" in done.stderr
    assert not (packaged / "usr/local").exists()


@AS_ROOT
def test_what_a_checkout_left_gives_way_to_the_package(packaged: Path) -> None:
    wants = "/etc/systemd/system/multi-user.target.wants/kiosk.target"
    old = Link(wants, f"{LOCAL.units}/kiosk.target")
    own = File(f"{LOCAL.units}/printer.service", b"[Service]\n")
    old.apply(packaged)
    for file in (*LOCAL.files(Path("/opt/radhaus/.venv/bin/kiosk")), own):
        file.apply(packaged)
    run_command("systemd-sysusers", f"--root={packaged}", "kiosk.conf")  # as postinst does
    program = PACKAGE_HOME / "bin/kiosk"

    assert apply_plan(build_plan(packaged, program), packaged, print)
    assert [step for step in build_plan(packaged, program) if step.pending(packaged)] == []

    left = [path for path in (packaged / "usr/local").rglob("*") if path.is_file()]
    assert left == [packaged / own.path.removeprefix("/")], "a technician's own units stay"
    enabled = packaged / old.path.removeprefix("/")
    assert str(enabled.readlink()) == f"{PACKAGED.units}/kiosk.target"
    assert stat.S_IMODE((packaged / "var/lib/kiosk").stat().st_mode) == 0o2770


@pytest.mark.parametrize("place", ["/root/radhaus", "/home/anna/radhaus"])
def test_a_checkout_that_services_cannot_see_is_refused(place: str) -> None:
    step = VisibleToServices((Path("/usr/bin/python3.11"), Path(place, ".venv/bin/kiosk")))

    assert place in str(step.pending(Path("/")))
    with pytest.raises(HiddenFromServices, match=r"put Radhaus into /opt/radhaus"):
        step.apply(Path("/"))


def test_a_program_that_fails_is_reported_in_one_sentence() -> None:
    with pytest.raises(StepFailed, match=r"^sh failed: no room$"):
        run_command("sh", "-c", "echo no room >&2; exit 3")
    with pytest.raises(StepFailed, match=r"^nothing-here failed: No such file or directory$"):
        run_command("nothing-here")


def test_a_changed_source_is_compiled_again(tmp_path: Path) -> None:
    source = tmp_path / "package" / "module.py"
    source.parent.mkdir()
    source.write_text("answer = 42\n")
    step = Bytecode((tmp_path,))
    assert "compile 1 Python files" in str(step.pending(tmp_path))

    step.apply(tmp_path)
    assert step.pending(tmp_path) is None

    os.utime(source, (1, 1))
    assert step.pending(tmp_path)
