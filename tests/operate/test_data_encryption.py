"""Whether the disk of the data is encrypted, and the key that the operator keeps."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pyrage import decrypt, x25519

from kiosk.cli import main
from kiosk.devices.check_words import words_of_check
from kiosk.devices.finding import Result
from kiosk.operate.data_encryption import OPENED_BY_RECOVERY_KEY, is_encrypted
from kiosk.operate.doctor.encryption import encryption
from kiosk.operate.doctor.host import Host
from kiosk.operate.first_start import change_device_from, create_device_from
from kiosk.settings.config import load_config
from kiosk.settings.device_file import DeviceFileErrors
from kiosk.system.health_report import HealthCheck
from kiosk.system.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

OPERATOR = x25519.Identity.generate()
ASKED = f"""\
profile = "gelsenkirchen"
[data]
encrypted = true
[backup]
recipient = "{OPERATOR.to_public()}"
[start]
staff_pin = "274915"
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk-device.toml"
    path.write_text(ASKED, encoding="utf-8")
    return path


def put_on_luks(root: Path, folder: Path, *, below: str = "") -> None:
    """As /sys shows it: the disk itself, or one below it."""
    number = folder.stat().st_dev
    device = root / f"sys/dev/block/{os.major(number)}:{os.minor(number)}"
    uuids = {"dm/uuid": "CRYPT-LUKS2-0123-data\n"}
    if below:
        uuids = {"dm/uuid": "LVM-0123\n", f"slaves/{below}/dm/uuid": "CRYPT-LUKS2-0123-disk\n"}
    for name, uuid in uuids.items():
        (device / name).parent.mkdir(parents=True)
        (device / name).write_text(uuid, encoding="ascii")


def _found(root: Path, paths: Paths) -> tuple[Result, str]:
    found = encryption(Host(paths, root=root, environment={}))
    seen = HealthCheck("encryption", "ok", "", "", variant=found.variant)
    words = words_of_check(seen)
    return found.result, words.good if found.result is Result.OK else words.todo


def test_a_folder_that_is_not_there_yet_is_on_the_disk_of_the_one_above(tmp_path: Path) -> None:
    assert not is_encrypted(tmp_path / "a/b", tmp_path)
    put_on_luks(tmp_path, tmp_path)
    assert is_encrypted(tmp_path / "a/b", tmp_path)


def test_a_volume_on_an_encrypted_disk_is_encrypted(tmp_path: Path) -> None:
    put_on_luks(tmp_path, tmp_path, below="dm-0")
    assert is_encrypted(tmp_path, tmp_path)


def test_a_box_is_not_set_up_with_less_than_was_asked_for(paths: Paths, file: Path) -> None:
    root = file.parent
    with pytest.raises(DeviceFileErrors, match="is not encrypted"):
        create_device_from(paths, file, root)
    assert not paths.config.exists()
    put_on_luks(root, root)
    create_device_from(paths, file, root)
    assert load_config(paths.config).data.encrypted


def test_a_box_that_is_set_up_is_not_encrypted_by_a_change(paths: Paths, file: Path) -> None:
    file.write_text(ASKED.replace("true", "false"), encoding="utf-8")
    create_device_from(paths, file, file.parent)
    before = paths.config.read_bytes()
    file.write_text(ASKED, encoding="utf-8")
    with pytest.raises(DeviceFileErrors, match="at its first start alone"):
        change_device_from(paths, file, file.parent)
    assert paths.config.read_bytes() == before


def test_without_an_operators_key_it_is_refused_with_the_line(file: Path, paths: Paths) -> None:
    text = "".join(line for line in ASKED.splitlines(keepends=True) if "recipient" not in line)
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["init", "--from", str(file), "--data", str(paths.data)])
    assert done.exit_code == 1
    assert f"{file}:3: data.encrypted: needs backup.recipient" in done.output


def test_the_first_start_hears_whom_the_key_is_for(paths: Paths, file: Path) -> None:
    def said() -> str:
        command = ["encryption", "missing-for", str(file), "--data", str(paths.data)]
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
        return done.output.strip()

    assert said() == str(OPERATOR.to_public())
    file.write_text(ASKED.replace("true", "false"), encoding="utf-8")
    assert not said()
    file.write_text("profile =", encoding="utf-8")
    assert not said(), "kiosk init tells the faults"


def test_only_the_operator_opens_the_recovery_key(tmp_path: Path) -> None:
    key, sealed = tmp_path / "key", tmp_path / "sealed.age"
    recipient = str(OPERATOR.to_public())
    for _ in range(2):
        command = ["encryption", "draw-key", recipient, str(key), str(sealed)]
        assert CliRunner().invoke(main, command).exit_code == 0
    drawn = key.read_bytes()
    assert len(bytes.fromhex(drawn.decode())) == 32
    assert key.stat().st_mode & 0o777 == 0o600
    assert drawn not in sealed.read_bytes()
    assert decrypt(sealed.read_bytes(), [OPERATOR]) == drawn


def test_the_doctor_says_how_it_is(paths: Paths, file: Path) -> None:
    root = file.parent
    file.write_text(ASKED.replace("true", "false"), encoding="utf-8")
    create_device_from(paths, file, root)
    result, words = _found(root, paths)
    assert (result, "Wer die Karte stiehlt" in words) == (Result.OK, True)
    asked = paths.config.read_text().replace("encrypted = false", "encrypted = true")
    paths.config.write_text(asked)
    result, words = _found(root, paths)
    assert (result, "Technik" in words) == (Result.WARNING, True)
    put_on_luks(root, paths.data)
    result, words = _found(root, paths)
    assert (result, "Daten sind verschlüsselt" in words) == (Result.OK, True)


def test_the_doctor_warns_while_a_stick_has_to_open_the_box(paths: Paths, file: Path) -> None:
    root = file.parent
    put_on_luks(root, root)
    create_device_from(paths, file, root)
    marker = root / OPENED_BY_RECOVERY_KEY.relative_to("/")
    marker.parent.mkdir(parents=True)
    marker.touch()
    assert _found(root, paths)[0] is Result.WARNING
