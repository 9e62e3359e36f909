"""Writes docs/faults.md from what the tests of this folder have measured: `script/faults`."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from tests.faults.fault_reports import FaultReport

PAGE = Path(__file__).parents[2] / "docs/faults.md"
_HEAD = """# Faults: what is told where, and after how many seconds

Written by `script/faults`, from tests that cause each fault for real on a whole box, with glass,
console and panel as processes (`tests/faults`), several times. Seconds are the most of these runs,
on a busy machine, from the fault to the answer that told of it, in the order in which the test
asked: a command of the shell takes some of them for itself, and each line waits for those above.
The tests ask that it is told at all: a busier machine may take longer.
A heartbeat counts as silent after 10 seconds ([decision 28](decisions/0028-heartbeat-by-lock.md)).
"""


class Fault(msgspec.Struct):
    """What one test has kept."""

    title: str
    note: str
    reports: list[FaultReport]


def page_of(runs: list[list[Fault]]) -> str:
    """All faults, each with the slowest answer of any run."""
    parts = [_HEAD]
    for title in dict.fromkeys(fault.title for run in runs for fault in run):
        found = [fault for run in runs for fault in run if fault.title == title]
        slowest = [
            max(answers, key=lambda report: report.after_s)
            for answers in zip(*(fault.reports for fault in found), strict=True)
        ]
        rows = [f"| {one.where} | {_cell(one.said)} | {one.after_s:.1f} |" for one in slowest]
        head = [
            f"## {title}",
            "",
            *([found[0].note, ""] if found[0].note else []),
            f"| where | what it says | seconds, the most of {len(found)} runs |",
            "| --- | --- | --- |",
        ]
        parts.append("\n".join([*head, *rows]) + "\n")
    return "\n".join(parts)


def _cell(said: str) -> str:
    """One line of a table, without the folders of a test."""
    words = [Path(word).name if word.startswith("/tmp/") else word for word in said.split()]  # noqa: S108 - where pytest works
    return " ".join(words).replace("|", "\\|")


def _run(folder: Path) -> list[Fault]:
    files = sorted(folder.glob("*.json"))
    return [msgspec.json.decode(file.read_bytes(), type=Fault) for file in files]


if __name__ == "__main__":
    found = [_run(folder) for folder in sorted(Path(sys.argv[1]).iterdir())]
    PAGE.write_text(page_of(found), encoding="utf-8")
