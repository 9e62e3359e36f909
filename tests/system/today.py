"""Files with plans and appointments for the day on which the test runs."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.local_time import BERLIN
from tests.midnight import skip_before_midnight

MISSED_BEFORE = timedelta(minutes=11)
"""The earliest appointment of a story is so long ago."""


def skip_around_midnight() -> None:
    """The product tells the time by the machine's clock, and a day must hold a whole story."""
    skip_before_midnight()
    now = datetime.now(BERLIN)
    if (now - MISSED_BEFORE).date() != now.date():
        pytest.skip("Too close to midnight for appointments of one day.")


def plan(folder: Path, stop: str, partners: str = "") -> Path:
    """A year plan with one visit that begins now."""
    now = datetime.now(BERLIN)
    line = f"{now:%d.%m.%Y};{stop};{now:%H:%M};23:59;{partners}"
    file = folder / "jahresplan.csv"
    file.write_text(f"Datum;Standort;Beginn;Ende;Partner\n{line}\n", encoding="utf-8")
    return file


def appointments(folder: Path, *booked: tuple[str, int | None, str]) -> Path:
    """A table with a code, the minutes from now (None: the last of the day) and a topic each."""
    now = datetime.now(BERLIN)
    lines = ["Datum;Uhrzeit;Anliegen;Code"]
    for code, minutes, topic in booked:
        time = now + timedelta(minutes=minutes) if minutes is not None else None
        lines.append(f"{now:%d.%m.%Y};{f'{time:%H:%M}' if time else '23:59'};{topic};{code}")
    file = folder / "termine.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
