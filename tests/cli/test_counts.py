"""From simulated days to a package, as a technician's script would do it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kiosk.store.database import connect

Kiosk = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _device(kiosk: Kiosk) -> None:
    assert kiosk("init", "--profile", "gelsenkirchen").exit_code == 0


def serve_somebody(kiosk: Kiosk) -> None:
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
    simulated = kiosk("simulate", "--visits", "2", "--citizens", "10", "--seed", "1")
    assert simulated.stdout.startswith("20 people at 2 visits")
    assert kiosk("counts", "close", "--now").exit_code == 0
    exported = kiosk("export", "--to", str(tmp_path / "out"))
    place = Path(exported.stdout.strip())
    assert place.parent == tmp_path / "out"
    assert "Simulierte Daten" in (place / "datapackage.json").read_text()
    shown = ask("counts", "show")
    published = sum(cell["count"] for p in shown["periods"] for cell in p["demand"])
    rows = (place / "demand.csv").read_text().splitlines()[1:]
    assert sum(int(row.rsplit(",", 1)[1]) for row in rows) == published
    again = kiosk("export", "--to", str(tmp_path / "out"))
    assert (again.exit_code, again.stdout) == (0, exported.stdout)


def test_a_real_day_is_not_marked_as_simulated(kiosk: Kiosk, tmp_path: Path) -> None:
    serve_somebody(kiosk)
    assert "1 visit day" in kiosk("counts", "close", "--now").stdout
    place = Path(kiosk("export", "--to", str(tmp_path / "out")).stdout.strip())
    assert "Simulierte" not in (place / "datapackage.json").read_text()


def test_closing_twice_a_day_gives_two_packages(kiosk: Kiosk, tmp_path: Path) -> None:
    names = []
    for _ in range(2):
        serve_somebody(kiosk)
        assert "Closed" in kiosk("counts", "close", "--now").stdout
        names.append(Path(kiosk("export", "--to", str(tmp_path / "out")).stdout.strip()).name)
    assert names[1] == f"{names[0]}.2"
    assert kiosk("counts", "close", "--now").stdout == "Nothing to close.\n"


def test_a_changed_ledger_is_found_and_never_exported(kiosk: Kiosk, tmp_path: Path) -> None:
    serve_somebody(kiosk)
    kiosk("counts", "close", "--now")
    assert kiosk("counts", "verify").stdout == "The ledger is intact: 1 entry.\n"
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
        assert "changed or damaged at entry 1" in result.stderr
        assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "o").exists()


def test_nothing_has_been_closed_yet(kiosk: Kiosk, ask: Ask, tmp_path: Path) -> None:
    assert ask("counts", "show") == {"periods": [], "languages": []}
    result = kiosk("export", "--to", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "no closed period" in result.stderr


def test_a_day_that_is_none_is_wrong_usage(kiosk: Kiosk, tmp_path: Path) -> None:
    result = kiosk("export", "--to", str(tmp_path), "--from", "yesterday")
    assert result.exit_code == 2
    assert "2026-11-22" in result.stderr


def test_a_bus_with_wires_is_never_filled_with_simulated_people(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    config = tmp_path / "data" / "config.toml"
    config.write_text(config.read_text().replace('driver = "keyboard"', 'driver = "gpio"'))
    result = kiosk("simulate")
    assert result.exit_code == 1
    assert "buttons" in result.stderr
