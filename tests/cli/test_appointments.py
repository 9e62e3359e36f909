"""The commands with which an office brings its appointments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import Result
from PIL import Image

from kiosk.domain.local_time import BERLIN
from kiosk.system.paths import Paths
from tests.prepared import new_device

if TYPE_CHECKING:
    from pathlib import Path

Kiosk = Callable[..., Result]
Ask = Callable[..., Any]

HEAD = "Datum;Uhrzeit;Name;Anliegen;Code\n"


@pytest.fixture(autouse=True)
def _device(tmp_path: Path) -> None:
    new_device(Paths(tmp_path / "data"), "bochum")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """One appointment today at noon with a code, one in a week without."""
    now = datetime.now(BERLIN)
    later = now + timedelta(days=7)
    path = tmp_path / "termine.csv"
    path.write_text(
        f"{HEAD}{now:%d.%m.%Y};12:00;Anna;Geld beantragen;4711 0815\n"
        f"{later:%d.%m.%Y};09:30;Can;antrag;\n",
        encoding="utf-8",
    )
    return path


def test_import_list_and_check_in(kiosk: Kiosk, ask: Ask, file: Path) -> None:
    assert "2 new" in kiosk("appointments", "import", str(file)).stdout
    assert "0 new, 0 changed, 2 as before" in kiosk("appointments", "import", str(file)).stdout
    (line,) = ask("appointments", "list")
    assert (line["code"], line["topic"], line["number"]) == ("47110815", "antrag", None)
    assert kiosk("visit", "open", "--stop", "querenburg-via-ruhr").exit_code == 0
    taken = ask("ticket", "take", "--appointment", "4711-0815")
    assert taken["number"] == "A-001"
    assert taken["punctuality"] in {"early", "on_time", "late", "too_late"}
    assert "(again)" in kiosk("ticket", "take", "--appointment", "47110815").stdout
    (line,) = ask("appointments", "list")
    assert (line["presence"], line["number"]) == ("checked_in", "A-001")
    assert "checked in" in kiosk("appointments", "list").stdout


def test_slips_for_all_coming_appointments(kiosk: Kiosk, file: Path, tmp_path: Path) -> None:
    kiosk("appointments", "import", str(file))
    folder = tmp_path / "slips"
    result = kiosk("appointments", "slip", "--to", str(folder))
    assert result.stdout.startswith("2 slips")
    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == f"{datetime.now(BERLIN):%Y-%m-%d}_1200_47110815.png"
    for name in names:
        with Image.open(folder / name) as slip:
            assert slip.width == 576


def test_the_slip_of_a_moved_appointment_is_removed(
    kiosk: Kiosk, file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "slips"
    for hour in ("12:00", "13:00"):
        file.write_text(file.read_text(encoding="utf-8").replace("12:00", hour), encoding="utf-8")
        kiosk("appointments", "import", str(file))
        kiosk("appointments", "slip", "--to", str(folder))
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 2
    assert names[0].endswith("_1300_47110815.png")


def test_a_wrong_file_is_reported_line_by_line_and_changes_nothing(
    kiosk: Kiosk, ask: Ask, tmp_path: Path
) -> None:
    file = tmp_path / "termine.csv"
    now = datetime.now(BERLIN)
    file.write_text(f"{HEAD}{now:%d.%m.%Y};12:00;;antrag;1\nx;y;;z;\n", encoding="utf-8")
    result = kiosk("appointments", "import", str(file))
    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [
        f"{file}:2",
        *[f"{file}:3"] * 3,
        "kiosk",
    ]
    assert ask("appointments", "list") == []


@pytest.mark.parametrize(
    "words",
    [
        ("appointments", "import", "/none.csv"),
        ("appointments", "slip", "--to", "/proc/none"),
        ("appointments", "slip", "--to", "slips", "--language", "xx"),
        ("ticket", "take", "--appointment", "1234"),
    ],
)
def test_a_refusal_is_clear_and_no_traceback(kiosk: Kiosk, words: tuple[str, ...]) -> None:
    result = kiosk(*words)
    assert result.exit_code == 1
    assert 0 < result.stderr.count("\n") <= 2


def test_a_number_for_nothing_is_wrong_usage(kiosk: Kiosk) -> None:
    assert kiosk("ticket", "take").exit_code == 2
