"""Many boxes added by one table: all of them, or none and the line that is wrong."""

from __future__ import annotations

import csv
import json
import stat
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.fleet.boxes import box_of_token, list_boxes
from kiosk.fleet.database import default_url, open_database
from tests.fleet.played_box import PlayedBox

if TYPE_CHECKING:
    from pathlib import Path

BOXES = ("rh-1", "rh-2", "rh-3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What three boxes have printed of their keys."""
    for name in BOXES:
        pem = PlayedBox(name).key.public.pem.decode()
        (tmp_path / f"{name}.json").write_text(json.dumps({"device": name, "public_key": pem}))
    return tmp_path


def add_list(folder: Path, text: str, encoding: str = "utf-8") -> Result:
    (folder / "list.csv").write_bytes(text.encode(encoding))
    words = ("office", "box", "add-list", str(folder / "list.csv"))
    where = ("--tokens", str(folder / "tokens.csv"), "--data", str(folder))
    return CliRunner().invoke(main, [*words, *where])


def names(folder: Path) -> dict[str, str]:
    database = open_database(default_url(folder))
    with database.read() as connection:
        found = {box.device: box.name for box in list_boxes(connection)}
    database.close()
    return found


@pytest.mark.parametrize("divider", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_all_boxes_of_a_list_are_added_with_a_token_each(
    folder: Path, divider: str, encoding: str
) -> None:
    lines = ["File;Name;Replaces", "rh-1.json;Bus Süd;", "rh-2.json;Bus 2;", "rh-3.json;;Bus 2"]
    added = add_list(folder, "\r\n".join(lines).replace(";", divider), encoding)
    assert added.exit_code == 0, added.output
    assert names(folder) == {"rh-1": "Bus Süd", "rh-2": "Bus 2 (rh-2)", "rh-3": "Bus 2"}
    file = folder / "tokens.csv"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8") as text:
        tokens = {row["device"]: row["token"] for row in csv.DictReader(text)}
    assert not any(token in added.output for token in tokens.values())
    database = open_database(default_url(folder))
    with database.read() as connection:
        assert box_of_token(connection, tokens["rh-3"]) == "rh-3"
    database.close()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file;name\nrh-1.json;Bus 1\nrh-2.json;Bus 1\n", "line 3: Another box is called 'Bus 1'"),
        ("file;name\nrh-1.json;Bus 1\nrh-1.json;Bus 2\n", "line 3: The box rh-1 is there already"),
        ("file;name\nrh-1.json;Bus 1\nrh-9.json;Bus 9\n", "line 3: "),
        ("file;name\nrh-1.json;Bus 1\nrh-2.json\n", "line 3: This line has not as many cells"),
        ("file;name\n;Bus 1\n", "line 2: The file of the box's key is missing"),
        ("file;name;replaces\nrh-1.json;;Bus 7\n", "line 2: There is no box 'Bus 7'"),
        ("file;nmae\nrh-1.json;Bus 1\n", "unknown columns: nmae"),
        ("file\nrh-1.json\n", "has no column name"),
        ("file;name\n", "names no box"),
        ("", "has no column file and name"),
    ],
)
def test_where_one_line_is_wrong_none_is_added(folder: Path, text: str, said: str) -> None:
    refused = add_list(folder, text)
    assert refused.exit_code == 1
    assert said in refused.output
    assert names(folder) == {}
    assert not (folder / "tokens.csv").exists()


def test_no_file_of_tokens_is_written_over(folder: Path) -> None:
    (folder / "tokens.csv").write_text("of last time")
    refused = add_list(folder, "file;name\nrh-1.json;Bus 1\n")
    assert (refused.exit_code, names(folder)) == (1, {})
    assert (folder / "tokens.csv").read_text() == "of last time"


def test_a_table_of_old_umlauts_says_how_to_save_it(folder: Path) -> None:
    refused = add_list(folder, "file;name\nrh-1.json;Bus Süd\n", "latin-1")
    assert "save it as CSV UTF-8" in refused.output
