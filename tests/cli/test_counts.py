"""From simulated days to a package, as a technician's script would do it."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kiosk.store.database import connect
from tests.system.books import count_crowd

Kiosk = Callable[..., Result]
Ask = Callable[..., Any]

pytestmark = pytest.mark.usefixtures("device")


def serve_many(kiosk: Kiosk, tmp_path: Path) -> None:
    """A person is served, and so many are helped without a number that it can be published."""
    serve_one_ticket(kiosk)
    count_crowd(tmp_path / "data")


def serve_one_ticket(kiosk: Kiosk) -> None:
    for words in (
        ("visit", "open", "--stop", "schalke-markt"),
        ("ticket", "take", "--topic", "wohngeld"),
        ("desk", "next", "--desk", "1"),
        ("desk", "finish", "--desk", "1", "--outcome", "resolved"),
        ("feedback", "add", "5"),
        ("visit", "close"),
    ):
        assert kiosk(*words).exit_code == 0


def test_simulated_days_become_a_package(kiosk: Kiosk, ask: Ask, tmp_path: Path) -> None:
    simulated = kiosk("simulate", "--visits", "4", "--citizens", "30", "--seed", "1")
    assert simulated.stdout.startswith("120 people at 4 visits")
    assert kiosk("counts", "close", "--now").exit_code == 0
    place = export(kiosk, tmp_path / "out")
    assert place.parent == tmp_path / "out"
    assert "Simulierte Daten" in (place / "datapackage.json").read_text()
    shown = ask("counts", "show")
    published = sum(cell["count"] for p in shown["periods"] for cell in p["tables"]["demand"])
    rows = (place / "demand.csv").read_text().splitlines()[1:]
    assert sum(int(row.rsplit(",", 1)[1]) for row in rows) == published


def export(kiosk: Kiosk, folder: Path) -> Path:
    """Export the one period that the folder does not have yet; where its package lies."""
    result = kiosk("export", "--to", str(folder))
    assert result.exit_code == 0, result.stderr
    (written,) = (line for line in result.stdout.splitlines() if line.startswith("Written: "))
    return Path(written.removeprefix("Written: "))


def test_a_real_day_is_not_marked_as_simulated(kiosk: Kiosk, tmp_path: Path) -> None:
    serve_many(kiosk, tmp_path)
    assert "2 visit days" in kiosk("counts", "close", "--now").stdout
    assert "Simulierte" not in (export(kiosk, tmp_path / "out") / "datapackage.json").read_text()


def test_an_export_writes_what_the_folder_does_not_have_and_says_so(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    folder, places = tmp_path / "out", []
    for _ in range(2):
        serve_many(kiosk, tmp_path)
        assert "Closed" in kiosk("counts", "close", "--now").stdout
        places.append(export(kiosk, folder))
    assert [place.name[-2:] for place in places] == [".1", ".2"]
    assert kiosk("counts", "close", "--now").stdout == "Nothing to close.\n"
    again = kiosk("export", "--to", str(folder), "--all")
    assert again.stdout == "".join(f"There already: {place}\n" for place in places)
    shutil.rmtree(places[0])
    assert kiosk("export", "--to", str(folder)).stdout == (
        f"Written: {places[0]}\nThere already: {places[1]}\n"
    )
    one = kiosk("export", "--to", str(tmp_path / "one"), "--period", places[1].name.split("_")[2])
    assert one.stdout == f"Written: {tmp_path / 'one' / places[1].name}\n"
    assert kiosk("counts", "verify", str(folder), "--key", key_file(kiosk, tmp_path)).exit_code == 0


def key_file(kiosk: Kiosk, folder: Path) -> str:
    """What a person at the city keeps of a box: its public key."""
    (folder / "box.pem").write_text(kiosk("counts", "key").stdout)
    return str(folder / "box.pem")


def test_a_damaged_package_is_reported_and_the_others_are_written(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    serve_many(kiosk, tmp_path)
    kiosk("counts", "close", "--now")
    damaged = export(kiosk, folder)
    (damaged / "demand.csv").write_text("mine")
    serve_many(kiosk, tmp_path)
    kiosk("counts", "close", "--now")
    result = kiosk("export", "--to", str(folder))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert result.stdout.startswith("Written: ")
    assert f"{damaged}: already exists with other contents; move it away" in result.stderr
    assert (damaged / "demand.csv").read_text() == "mine"


@pytest.mark.parametrize("folder", ["", " "])
def test_no_folder_is_no_target(kiosk: Kiosk, folder: str) -> None:
    result = kiosk("export", "--to", folder)
    assert result.exit_code == 2
    assert "name a folder" in result.stderr


def test_a_period_that_is_not_closed_is_reported(kiosk: Kiosk, tmp_path: Path) -> None:
    serve_many(kiosk, tmp_path)
    kiosk("counts", "close", "--now")
    result = kiosk("export", "--to", str(tmp_path / "out"), "--period", "1999-Q1")
    assert result.exit_code == 1
    assert "no closed period '1999-Q1'; closed are " in result.stderr
    both = kiosk("export", "--to", str(tmp_path / "out"), "--period", "1999-Q1", "--all")
    assert both.exit_code == 2


def test_the_public_key_of_a_box_is_shown_and_stays(kiosk: Kiosk, ask: Ask, tmp_path: Path) -> None:
    shown = ask("counts", "key")
    assert kiosk("init", "--new-secrets").exit_code == 0
    assert ask("counts", "key") == shown
    assert kiosk("counts", "key").stdout == shown["public_key"]
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", key_file(kiosk, tmp_path), "-outform", "DER"],
        check=True,
        capture_output=True,
    ).stdout
    assert shown["fingerprint"] == hashlib.sha256(der).hexdigest()
    assert shown["device"].startswith("rh-")


def test_the_key_file_is_readable_by_its_owner_alone(kiosk: Kiosk, tmp_path: Path) -> None:
    serve_many(kiosk, tmp_path)
    assert kiosk("counts", "close", "--now").exit_code == 0
    for path in (tmp_path / "data").glob("kiosk.db*"):
        assert not path.stat().st_mode & 0o007, path


def test_too_few_people_are_not_closed_and_the_refusal_says_why(kiosk: Kiosk) -> None:
    serve_one_ticket(kiosk)
    refused = kiosk("counts", "close", "--now")
    assert refused.exit_code == 1
    assert "Fewer than 100 people" in refused.stderr
    assert kiosk("counts", "close").stdout == "Nothing to close.\n"


def test_a_changed_ledger_is_found_and_never_exported(kiosk: Kiosk, tmp_path: Path) -> None:
    serve_many(kiosk, tmp_path)
    kiosk("counts", "close", "--now")
    assert "The ledger is intact: 1 entry, signed by this box's key " in (
        kiosk("counts", "verify").stdout
    )
    with closing(connect(tmp_path / "data" / "kiosk.db")) as connection:
        connection.execute("DROP TRIGGER ledger_is_never_changed")
        connection.execute("UPDATE ledger SET body = CAST(body || ' ' AS BLOB)")
    for words in (
        ("counts", "verify"),
        ("counts", "show"),
        ("export", "--to", str(tmp_path / "o")),
    ):
        result = kiosk(*words)
        assert result.exit_code == 1
        assert "Entry 1 of the ledger was changed or damaged" in result.stderr
        assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "o").exists()


def test_nothing_has_been_closed_yet(kiosk: Kiosk, ask: Ask, tmp_path: Path) -> None:
    assert ask("counts", "show") == {"periods": []}
    result = kiosk("export", "--to", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "no closed period" in result.stderr


def test_a_bus_with_wires_is_never_filled_with_simulated_people(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    config = tmp_path / "data" / "config.toml"
    config.write_text(config.read_text().replace('driver = "keyboard"', 'driver = "gpio"'))
    result = kiosk("simulate")
    assert result.exit_code == 1
    assert "buttons" in result.stderr
