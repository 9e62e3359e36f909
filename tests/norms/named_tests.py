"""The tests that rows name, run by pytest: what the suite holds already is not measured twice."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.norms.row import EVERYWHERE, Row, Tallies, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run_tests(rows: Sequence[Row], folder: Path) -> Tallies:
    """A tally for each test: how many of its cases ran, and which failed."""
    wanted = [*dict.fromkeys(test for row in rows for test in row.tests)]
    report = folder / "tests.xml"
    command = ["-m", "pytest", "-n0", "--quiet", f"--junitxml={report}", *wanted]
    subprocess.run([sys.executable, *command], check=False)
    if not report.exists():
        return {}  # a name that is not there: every row with a test says that it was not measured
    tallies: Tallies = {test: Tally() for test in wanted}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest has just written it
        file = case.attrib["classname"].replace(".", "/")
        name = f"{file}.py::{case.attrib['name'].partition('[')[0]}"
        if name in tallies and case.find("skipped") is None:
            failed = case.find("failure") is not None or case.find("error") is not None
            tallies[name].add(EVERYWHERE, [f"{case.attrib['name']} failed"] if failed else [])
    return tallies
