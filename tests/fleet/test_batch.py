"""A list and a template make a card for each box, and each box delivers without a key touched."""

from __future__ import annotations

import csv
import stat
from base64 import b64encode
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.counts import ledger
from kiosk.export.upload.box_status import SIGNED_AS, DeviceStatus
from kiosk.fleet.boxes import list_boxes
from kiosk.fleet.database import default_url, open_database
from kiosk.fleet.status import fleet_status
from kiosk.service.access import device_id
from kiosk.settings.config import load_config
from kiosk.settings.device_file import read_device_file
from kiosk.settings.profiles import profile_file
from kiosk.store.database import Database
from kiosk.system.paths import Paths
from tests.export.authority import Authority
from tests.export.closed import a_period
from tests.fleet.played_box import NOW, TODAY, PlayedBox, add
from tests.fleet.served import Served, serving

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.fleet.status import FleetStatus

TEMPLATE = """\
profile = "gelsenkirchen"
clock = "always trusted"

[upload]
kind = "https"
url = "https://stadt.example/upload"

[backup]
recipient = "age1yhm4gctwfmrpz87tdslm550wrx6m79y9f2hdzt0lndjnehwj0ukqrjpyx5"
"""
LIST = "name;profile;staff_pin\nBus Süd;;274915\nBus 2;hassel.toml;\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "template.toml").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "hassel.toml").write_bytes(profile_file("gelsenkirchen").read_bytes())
    return tmp_path


def prepare(folder: Path, list_: str = LIST, *more: str) -> Result:
    (folder / "list.csv").write_text(list_, encoding="utf-8")
    words = ["office", "box", "prepare", str(folder / "list.csv"), "--data", str(folder)]
    where = ["--template", str(folder / "template.toml"), "--to", str(folder / "cards")]
    return CliRunner().invoke(main, [*words, *where, *more])


def fleet_of(folder: Path) -> FleetStatus:
    database = open_database(default_url(folder))
    with database.read() as connection:
        found = fleet_status(connection, TODAY)
    database.close()
    return found


def test_each_box_has_a_file_with_its_own_secrets_and_what_all_share(folder: Path) -> None:
    done = prepare(folder)
    assert done.exit_code == 0, done.output
    south, two = (
        read_device_file(folder / "cards" / name / "kiosk-device.toml")
        for name in ("Bus-Süd", "Bus-2")
    )
    assert [each.config.name for each in (south, two)] == ["Bus Süd", "Bus 2"]
    assert [each.config.profile for each in (south, two)] == ["gelsenkirchen", "hassel.toml"]
    assert (folder / "cards/Bus-2/hassel.toml").is_file()
    for each in (south, two):
        assert each.config.upload.url == "https://stadt.example/upload"
        assert each.config.upload.send_status
        assert each.config.backup.recipient.startswith("age1")
    assert south.start.stick_code == two.start.stick_code
    assert south.start.upload_secret != two.start.upload_secret
    assert south.start.staff_pin == "274915"
    with (folder / "cards/boxes.csv").open(encoding="utf-8-sig") as text:
        pins = {row["name"]: row["staff_pin"] for row in csv.DictReader(text, delimiter=";")}
    assert pins == {"Bus Süd": "274915", "Bus 2": two.start.staff_pin}
    for file in folder.glob("cards/**/*.*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert two.start.staff_pin not in done.output
    assert [box.name for box in fleet_of(folder).awaited] == ["Bus 2", "Bus Süd"]


def test_all_faults_are_told_with_their_lines_and_nothing_is_written(folder: Path) -> None:
    done = prepare(folder, LIST)
    assert done.exit_code == 0
    lines = [
        "name;profile;staff_pin;replaces",
        "Bus 3;gelsenkirhcen;;",
        "Bus 4;;12345;",
        "bus 4;;;",
        ";;;",
        ";gelsenkirchen;;",
        "Bus 2;;;",
        "Bus 5;;;Bus 99",
        f"{'x' * 41};;;",
        "Bus 6;essen-neu.toml;;",
        '"Bus 7\nBus 8";;;',
    ]
    refused = prepare(folder, "\n".join(lines), "--to", str(folder / "more"))
    assert refused.exit_code == 1
    said = refused.output.splitlines()
    for line, words in (
        (2, "there is no such profile"),
        (3, "must be six digits, not '12345'"),
        (4, "a line above is called 'bus 4' or nearly so"),
        (6, "has no name"),
        (7, "the office has a box called 'Bus 2' already"),
        (8, "There is no box 'Bus 99'"),
        (9, "longer than 40 letters"),
        (10, "there is no 'essen-neu.toml' beside the template"),
        (11, "the name has more than one line"),
    ):
        assert any(f"list.csv:{line}: " in each and words in each for each in said), (line, said)
    assert said[-1] == "kiosk: nothing was written."
    assert not (folder / "more").exists()
    assert len(fleet_of(folder).awaited) == 2


def test_a_fault_of_the_template_is_told_by_its_own_line(folder: Path) -> None:
    text = TEMPLATE.replace("kind", "kindd")
    (folder / "template.toml").write_text(text, encoding="utf-8")
    refused = prepare(folder)
    assert refused.exit_code == 1
    assert "template.toml:5: " in refused.output
    assert not (folder / "cards").exists()
    assert fleet_of(folder).awaited == []


def test_no_card_is_written_over(folder: Path) -> None:
    prepare(folder)
    again = prepare(folder, "name\nBus 9\n")
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert len(fleet_of(folder).awaited) == 2


def test_one_that_will_not_come_is_forgotten(folder: Path) -> None:
    prepare(folder)
    words = ["office", "box", "retire", "Bus 2", "--data", str(folder)]
    assert "not awaited any more" in CliRunner().invoke(main, words).output
    assert [box.name for box in fleet_of(folder).awaited] == ["Bus Süd"]
    assert prepare(folder, "name\nBus 2\n", "--to", str(folder / "again")).exit_code == 0


def _first_start(folder: Path, name: str) -> Paths:
    """What the box does with its card, and then with a period behind it."""
    paths = Paths(folder / f"data of {name}")
    card = folder / "cards" / name / "kiosk-device.toml"
    done = CliRunner().invoke(main, ["init", "--from", str(card), "--data", str(paths.data)])
    assert done.exit_code == 0, done.output
    database = Database.open(paths.database)
    period = a_period("2026-09")
    names = msgspec.structs.replace(period.names, device=device_id(database))
    with database.write() as connection:
        ledger.append(connection, msgspec.structs.replace(period, names=names))
    database.close()
    return paths


@pytest.mark.slow
def test_each_box_of_the_batch_delivers_to_that_office(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "authority").mkdir()
    authority = Authority(tmp_path / "authority")
    open_database(default_url(folder)).close()
    with serving(default_url(folder), authority, folder) as server:
        more = f'ca_file = "{authority.ca_file}"\nsecret_file = "{folder}/secret"\n'
        text = TEMPLATE.replace('kind = "https"\n', f'kind = "https"\n{more}')
        (folder / "template.toml").write_text(
            text.replace("https://stadt.example", server.origin), encoding="utf-8"
        )
        assert prepare(folder).exit_code == 0
        for name in ("Bus-Süd", "Bus-2"):
            paths = _first_start(folder, name)
            assert load_config(paths.config).upload.url == f"{server.origin}/upload"
            sent = CliRunner().invoke(main, ["upload", "--data", str(paths.data)])
            assert (sent.exit_code, sent.stderr) == (0, ""), sent.output
        _strangers_are_refused(server)
    found = fleet_of(folder)
    assert found.awaited == []
    assert {box.box.name: box.packages for box in found.boxes} == {"Bus 2": 1, "Bus Süd": 1}
    assert len({box.box.device for box in found.boxes}) == 2


def _strangers_are_refused(server: Served) -> None:
    bearer = {"Authorization": f"Bearer {'0' * 64}"}
    assert server.ask("PUT", "/upload/status.json", b"{}", **bearer).status == 401


def _told(server: Served, token: str, box: PlayedBox, by: PlayedBox, key: str | None = None) -> int:
    status = DeviceStatus(box.device, "", "1", NOW, None, None, [])
    pem = box.key.public.pem.decode() if key is None else key
    body = msgspec.json.encode(msgspec.structs.replace(status, public_key=pem))
    headers = {
        "Authorization": f"Bearer {token}",
        "Radhaus-Signature": b64encode(by.key.sign(SIGNED_AS + body)).decode(),
    }
    return server.ask("PUT", "/upload/status.json", body, **headers).status


@pytest.mark.slow
def test_a_token_adds_one_box_which_has_signed_and_only_once(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "authority").mkdir()
    old, new, other = (PlayedBox(f"rh-{name}") for name in ("old", "new", "other"))
    database = open_database(default_url(folder))
    add(database, old, "Bus 7")
    assert prepare(folder, "name;replaces\n;Bus 7\n").exit_code == 0
    secret = read_device_file(folder / "cards/Bus-7/kiosk-device.toml").start.upload_secret
    assert secret
    with serving(default_url(folder), Authority(tmp_path / "authority"), folder) as server:
        assert _told(server, secret, new, by=other) == 422
        assert _told(server, secret, new, by=new, key="") == 422
        assert _told(server, secret, old, by=old) == 422, "that box is there already"
        assert len(fleet_of(folder).awaited) == 1
        assert _told(server, secret, new, by=new) == 204
        assert _told(server, secret, other, by=other) == 422, "the token is of another box now"
        assert _told(server, secret, new, by=new) == 204
    with database.read() as connection:
        names = {box.device: box.name for box in list_boxes(connection)}
    database.close()
    assert names == {"rh-old": "Bus 7 (rh-old)", "rh-new": "Bus 7"}
