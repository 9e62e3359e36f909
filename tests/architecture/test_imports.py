import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.contract import LEVEL, LEVELS, breaches

ROOT = Path(__file__).parents[2]


def test_every_import_follows_the_levels() -> None:
    found = breaches(ROOT)
    assert not found, "\n".join(found)


def test_the_primer_draws_the_same_levels() -> None:
    primer = (ROOT / "docs/primer.md").read_text(encoding="utf-8")
    drawn = dict(
        re.findall(r"^\| `kiosk/(\w+)(?:/|\.py)` \|.*\| ([\w, ]+) \|$", primer, re.MULTILINE)
    )
    below = {"domain": "standard library"} | {
        part: ", ".join(lower) for lower, upper in pairwise(LEVELS) for part in upper
    }
    assert drawn == {part: below[part] for part in LEVEL if part != "__main__"}


@pytest.mark.parametrize(
    ("path", "line", "belongs"),
    [
        ("kiosk/domain/queue.py", "from kiosk.store import journal", "up into kiosk/store"),
        (
            "kiosk/store/rows.py",
            "from kiosk.service.follower import follow",
            "up into kiosk/service",
        ),
        ("kiosk/service/day.py", "import kiosk.touch.app", "up into kiosk/touch"),
        ("kiosk/touch/app.py", "from kiosk.console import pages", "belongs in kiosk/service"),
        ("kiosk/panel/loop.py", "from kiosk import wiring", "up into kiosk/wiring"),
        ("kiosk/domain/ticket.py", "import msgspec", "Rules are pure"),
        ("kiosk/domain/ticket.py", "import time", "Rules are pure"),
        ("kiosk/console/app.py", "from kivy.clock import Clock", "under kiosk/touch"),
        ("kiosk/cli/serve.py", "import litestar", "under kiosk/console"),
        ("kiosk/service/day.py", "from sqlite_utils import Database", "under kiosk/store"),
        ("kiosk/panel/loop.py", "import serial", "hardware/<device>/<means>.py"),
        ("hardware/lamp/port.py", "from gpiozero import LED", "hardware/<device>/<means>.py"),
        ("hardware/lamp/gpio.py", "from kiosk.domain import ids", "nothing of kiosk"),
        (
            "kiosk/panel/loop.py",
            "from hardware.printer.fake import FakePrinter",
            "Only kiosk/wiring",
        ),
        ("kiosk/panel/loop.py", "from hardware.printer import fake", "Only kiosk/wiring"),
        ("kiosk/store/rows.py", "from hardware.printer.port import Printer", "service or above"),
        ("kiosk/gadgets/x.py", "from kiosk.domain import ids", "give it a level"),
        ("kiosk/domain/queue.py", "from ..store import rows", "up into kiosk/store"),
        ("kiosk/domain/queue.py", "def f():\n    import kiosk.store", "up into kiosk/store"),
    ],
)
def test_a_misplaced_import_is_reported_where_it_belongs(
    tmp_path: Path, path: str, line: str, belongs: str
) -> None:
    _plant(tmp_path, path, line)
    (breach,) = breaches(tmp_path)
    assert breach.startswith(path.removesuffix("/x.py"))
    assert belongs in breach


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("kiosk/service/day.py", "from hardware.printer.port import Printer"),
        ("kiosk/panel/loop.py", "from hardware.errors import HardwareError"),
        ("kiosk/wiring/drivers.py", "from hardware.printer.fake import FakePrinter"),
        ("hardware/printer/serial_printer.py", "import serial"),
        ("kiosk/domain/ids.py", "import datetime\nfrom . import errors"),
        ("kiosk/export/package.py", "from kiosk.counts import ledger"),
        ("kiosk/cli/serve.py", "from kiosk import __version__, wiring"),
    ],
)
def test_what_the_plan_allows_passes(tmp_path: Path, path: str, line: str) -> None:
    _plant(tmp_path, path, line)
    assert breaches(tmp_path) == []


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("kiosk/store/rows.py", "kiosk/store/visits.py", "kiosk.store.rows and kiosk.store.visits"),
        ("kiosk/touch/flow/x.py", "kiosk/touch/layout/y.py", "kiosk.touch.flow"),
    ],
)
def test_modules_and_folders_that_import_each_other_are_found(
    tmp_path: Path, first: str, second: str, names: str
) -> None:
    for path, target in ((first, second), (second, first)):
        module = target.removesuffix(".py").replace("/", ".")
        folder, _, name = module.rpartition(".")
        line = (
            f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {folder} import {name}"
        )
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(line, encoding="utf-8")
    found = [breach for breach in breaches(tmp_path) if "circle" in breach]
    assert names in found[0]


def test_folders_are_in_a_circle_even_where_modules_are_not(tmp_path: Path) -> None:
    planted = {
        "kiosk/touch/flow/a.py": "from kiosk.touch.layout import b",
        "kiosk/touch/layout/b.py": "",
        "kiosk/touch/layout/c.py": "from kiosk.touch.flow import d",
        "kiosk/touch/flow/d.py": "",
    }
    for path, line in planted.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(line, encoding="utf-8")
    assert breaches(tmp_path) == [
        "kiosk.touch.flow and kiosk.touch.layout import each other in a circle."
    ]


def _plant(root: Path, path: str, line: str) -> None:
    for known in (
        "kiosk/wiring/drivers.py",
        "hardware/printer/fake.py",
        "kiosk/console/pages/routes.py",
        path,
    ):
        place = root / known
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(line if known == path else "", encoding="utf-8")
