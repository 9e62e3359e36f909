"""`kiosk init --from`: an empty box becomes one of the operator's without a key touched."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.counts import ledger
from kiosk.operate.first_start import create_device_from
from kiosk.service import access
from kiosk.service.sticks import stick_code
from kiosk.settings.config import UsbDevice, load_config
from kiosk.settings.profiles import profile_file
from kiosk.store.database import Database
from kiosk.system import clock
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.export.authority import Authority
from tests.operate.usb.bus import KEYBOARD, OWN, STORAGE, Device
from tests.operate.usb.test_plugged import plug

if TYPE_CHECKING:
    from pathlib import Path

CODE = "0123456789abcdef0123456789abcdef"
FILE = f"""\
profile = "%s"
name = "Bus 3"
[console]
names = ["bus-3.example"]
[upload]
kind = "https"
url = "https://stadt.example/radhaus"
secret_file = "%s"
[start]
staff_pin = "274915"
stick_code = "{CODE}"
upload_secret = "geheim"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk-device.toml"
    path.write_text(FILE % ("gelsenkirchen", tmp_path / "secrets/upload"), encoding="utf-8")
    return path


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


def _pin_is(paths: Paths, pin: str) -> bool:
    with closing(Database.open(paths.database)) as database:
        try:
            access.try_pin(database, pin, "10.0.0.1", clock.now(trust_always=True))
        except access.WrongPin:
            return False
        return True


def test_the_box_has_what_the_file_says(file: Path, paths: Paths, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["init", "--from", str(file), "--data", str(paths.data)])
    assert done.exit_code == 0, done.output
    assert "274915" not in done.output  # it may lie on a stick
    assert "Name    Bus 3" in done.output
    assert "Staff pages  https://bus-3.example:8443/staff\n" in done.output
    assert load_config(paths.config).name == "Bus 3"
    assert _pin_is(paths, "274915")
    box = open_kiosk(paths)
    with closing(box.office.database):
        assert stick_code(box.office) == CODE
        key = ledger.box_key(box.office.database).public.fingerprint
    assert f"to compare in the office, SHA-256\n{key}\n" in done.output
    secret = tmp_path / "secrets/upload"
    assert secret.read_text(encoding="utf-8") == "geheim\n"
    assert secret.stat().st_mode & 0o777 == 0o600


def test_two_boxes_of_one_file_have_identities_of_their_own(file: Path, tmp_path: Path) -> None:
    one, other = (create_device_from(Paths(tmp_path / name), file) for name in ("one", "other"))
    assert one.device_id != other.device_id
    assert one.api_token != other.api_token


def test_a_profile_beside_the_file_comes_along(file: Path, paths: Paths, tmp_path: Path) -> None:
    own = tmp_path / "hassel.toml"
    own.write_bytes(profile_file("gelsenkirchen").read_bytes())
    file.write_text(FILE % ("hassel.toml", tmp_path / "secret"), encoding="utf-8")
    create_device_from(paths, file)
    own.unlink()  # the stick is pulled out
    assert load_config(paths.config).profile == str(paths.data / "profile.toml")
    with closing(open_kiosk(paths).office.database):
        pass


def test_what_is_plugged_in_is_learnt_where_the_file_says_so(
    file: Path, paths: Paths, tmp_path: Path
) -> None:
    machine = tmp_path / "machine"
    plug(machine, "1-1", Device((KEYBOARD,), id="2047:0a3c", serial="A1"))
    plug(machine, "1-2", Device((OWN,), id="0eef:0001"))
    plug(machine, "1-3", Device((STORAGE,), authorized=True))
    given = file.read_text(encoding="utf-8")
    create_device_from(Paths(tmp_path / "other"), file, machine)
    assert load_config(Paths(tmp_path / "other").config).usb.allow == []

    allowed = 'allow = [{ id = "2047:0a3c", serial = "A1" }]'
    file.write_text(f"{given}learn_usb = true\n[usb]\n{allowed}\n", encoding="utf-8")
    create_device_from(paths, file, machine)
    learnt = [UsbDevice("2047:0a3c", serial="A1"), UsbDevice("0eef:0001", socket="1-2")]
    assert load_config(paths.config).usb.allow == learnt


def test_a_faulty_file_sets_nothing_up(file: Path, paths: Paths) -> None:
    file.write_text('profile = "gelsenkirchen"\n[start]\nstaff_pin = "1"\n', encoding="utf-8")
    done = CliRunner().invoke(main, ["init", "--from", str(file), "--data", str(paths.data)])
    assert done.exit_code == 1
    assert "six digits" in done.output
    assert "nothing was set up" in done.output
    assert not paths.config.exists()


def test_a_box_that_is_set_up_stays_as_it_is(file: Path, paths: Paths, tmp_path: Path) -> None:
    create_device_from(paths, file)
    secret = tmp_path / "secrets/upload"
    file.write_text(
        file.read_text(encoding="utf-8").replace("274915", "111111").replace("geheim", "fremd"),
        encoding="utf-8",
    )
    done = CliRunner().invoke(main, ["init", "--from", str(file), "--data", str(paths.data)])
    assert done.exit_code == 1
    assert "is set up here already" in done.output
    assert secret.read_text(encoding="utf-8") == "geheim\n"
    assert _pin_is(paths, "274915")


def test_a_box_that_is_set_up_takes_changes_and_stays_itself(
    file: Path, paths: Paths, tmp_path: Path
) -> None:
    made = create_device_from(paths, file)
    text = file.read_text(encoding="utf-8").replace("274915", "111111").replace("Bus 3", "Bus 4")
    file.write_text(text.replace("geheim", "anders"), encoding="utf-8")
    words = ["init", "--change", "--from", str(file), "--data", str(paths.data)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert load_config(paths.config).name == "Bus 4"
    assert not _pin_is(paths, "274915")
    assert _pin_is(paths, "111111")
    assert (tmp_path / "secrets/upload").read_text(encoding="utf-8") == "anders\n"
    with closing(Database.open(paths.database)) as database:
        assert access.device_id(database) == made.device_id
        with closing(access.StoredSecrets(database)) as stored:
            assert stored.token_opens(made.api_token)


def test_a_faulty_change_changes_nothing(file: Path, paths: Paths) -> None:
    create_device_from(paths, file)
    before = paths.config.read_bytes()
    file.write_text(file.read_text(encoding="utf-8").replace("Bus 3", "Bus 4") + "pin = 1\n")
    words = ["init", "--change", "--from", str(file), "--data", str(paths.data)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "nothing was changed" in done.output
    assert paths.config.read_bytes() == before


def test_an_empty_box_has_nothing_to_change(file: Path, paths: Paths, tmp_path: Path) -> None:
    words = ["init", "--change", "--from", str(file), "--data", str(paths.data)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "there is no database" in done.output
    assert not (tmp_path / "secrets").exists(), "no secret was taken over"


def test_a_change_says_what_it_is_of() -> None:
    assert "--from FILE" in CliRunner().invoke(main, ["init", "--change"]).output


def test_it_comes_alone() -> None:
    done = CliRunner().invoke(main, ["init", "--from", "x.toml", "--bus"])
    assert "leave out the other options" in done.output


def test_passwords_of_wifis_become_files_of_their_own(
    file: Path, paths: Paths, tmp_path: Path
) -> None:
    secret = tmp_path / "secrets/hotspot"
    text = file.read_text(encoding="utf-8") + 'hotspot_password = "unser Handy"\n'
    hotspot = f'[network.hotspot]\nradio = "wifi"\nssid = "x"\npassword_file = "{secret}"\n'
    file.write_text(text.replace("[start]", f"{hotspot}[start]"), encoding="utf-8")
    create_device_from(paths, file)
    assert secret.read_text(encoding="utf-8") == "unser Handy\n"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert "unser Handy" not in paths.config.read_text(encoding="utf-8")


def test_the_citys_own_authority_becomes_a_file_that_services_read(
    file: Path, paths: Paths, tmp_path: Path
) -> None:
    certificate = Authority(tmp_path).ca_file.read_text(encoding="utf-8")
    kept = tmp_path / "secrets/ca.pem"
    text = file.read_text(encoding="utf-8") + f'upload_authority = """\n{certificate}"""\n'
    file.write_text(text.replace("[upload]", f'[upload]\nca_file = "{kept}"'), encoding="utf-8")
    create_device_from(paths, file)
    assert kept.read_text(encoding="utf-8") == certificate
    assert kept.stat().st_mode & 0o777 == 0o644
    assert load_config(paths.config).upload.ca_file == str(kept)


def test_a_wifi_for_visitors_needs_a_profile_that_names_it(
    file: Path, paths: Paths, tmp_path: Path
) -> None:
    own = tmp_path / "hassel.toml"
    shipped = profile_file("gelsenkirchen").read_text(encoding="utf-8")
    own.write_text(shipped.replace("\nbus_wifi", "\n# bus_wifi"), encoding="utf-8")
    text = FILE % ("hassel.toml", tmp_path / "secret")
    network = '[network.visitors]\nradio = "wifi"\n[start]'
    file.write_text(text.replace("[start]", network), encoding="utf-8")
    done = CliRunner().invoke(main, ["init", "--from", str(file), "--data", str(paths.data)])
    assert "bus_wifi is missing" in done.output
    assert "bring one of your own beside this file" in done.output
    assert "nothing was set up" in done.output
    assert not paths.config.exists()
