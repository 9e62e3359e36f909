"""`kiosk profile` as a technician types it."""

from pathlib import Path

from click.testing import CliRunner

from kiosk.cli import main
from kiosk.settings import config
from tests.settings.profiles.example import SMALLEST


def test_a_good_profile_is_summed_up() -> None:
    answer = CliRunner().invoke(main, ["profile", "check", "gelsenkirchen"])
    assert answer.exit_code == 0
    counted = "6 topic groups, 36 topics, 8 stops, 2 desks, 16 advice offers, 15 lines of the"
    assert counted in answer.stdout
    drafts = "de-x-ls, en, tr, ar, uk, ro, bg, pl, ru, fa, ku, fr"
    assert f"drafts, not yet read by a native reader: {drafts})" in answer.stdout


def test_each_fault_is_one_line_with_file_and_line_number(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALLEST.replace('"green"', '"grean"').replace('"A"', '"1"'))
    answer = CliRunner().invoke(main, ["profile", "check", str(file)])
    assert answer.exit_code == 1
    assert answer.stderr.splitlines() == [
        f'{file}:18: group "housing", letter: must be one letter A-Z; "A" is free',
        f'{file}:19: group "housing", colour: there is no colour "grean"; did you mean "green"?',
    ]


def test_a_label_that_would_be_torn_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALLEST.replace('de = "Wohngeld"', 'de = "Donaudampfschifffahrt"'))
    answer = CliRunner().invoke(main, ["profile", "check", str(file)])
    assert answer.exit_code == 1
    assert f'{file}: topic "wohngeld", label.de: has a word that would be torn' in answer.stderr


def test_the_shipped_profiles_are_listed() -> None:
    answer = CliRunner().invoke(main, ["profile", "list"])
    assert answer.exit_code == 0
    listed = [line.split("  ") for line in answer.stdout.splitlines()]
    columns = [[column.strip() for column in line if column] for line in listed]
    assert ["gelsenkirchen", "BuS-Bus", "Stadt Gelsenkirchen"] in columns
    assert ["essen-koffer", "Bürgerkoffer", "Stadt Essen"] in columns
    assert len(columns) == 6
    assert {len(line) for line in columns} == {3}


def test_one_desk_is_not_called_desks() -> None:
    assert "2 stops, 1 desk, " in CliRunner().invoke(main, ["profile", "check", "wuppertal"]).stdout


def test_a_tablet_alone_has_no_wires(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    answer = CliRunner().invoke(main, ["init", "--profile", "essen-koffer", "--data", data])
    assert answer.exit_code == 0
    devices = config.load_config(tmp_path / "data" / "config.toml").devices
    assert {device.driver for device in devices.values()} == {"none"}
    assert devices.stand_ins == ()


def test_what_a_service_does_without_is_switched_off_from_the_start(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(f'without = ["printer", "buttons"]\n{SMALLEST}')
    data = str(tmp_path / "data")
    answer = CliRunner().invoke(main, ["init", "--profile", str(file), "--data", data])
    assert answer.exit_code == 0
    devices = config.load_config(tmp_path / "data" / "config.toml").devices
    assert [devices[device].driver for device in ("printer", "buttons")] == ["none", "none"]
    assert devices["speaker"].driver == "wav"
