"""Writes docs/faults.md from what the tests of this folder have measured: `script/faults`."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from tests.faults.told import Told

PAGE = Path(__file__).parents[2] / "docs/faults.md"
_HEAD = """# Faults: what is told where, and after how many seconds

Written by `script/faults`, from tests that cause each fault for real on a whole box, with glass,
console and panel as processes (`tests/faults`). Seconds are those of one busy machine, from the
fault to the answer that told of it, in the order in which the test asked: a command of the shell
takes some of them for itself, and each line waits for those above. A heartbeat counts as silent
after 10 seconds ([decision 28](decisions/0028-heartbeat-by-lock.md)).
"""


class Fault(msgspec.Struct):
    """What one test has kept."""

    title: str
    told: list[Told]


def page_of(faults: list[Fault]) -> str:
    parts = [_HEAD]
    for fault in faults:
        rows = [f"| {one.where} | {_cell(one.said)} | {one.after_s:.1f} |" for one in fault.told]
        head = [
            f"## {fault.title}",
            "",
            "| where | what it says | seconds |",
            "| --- | --- | --- |",
        ]
        parts.append("\n".join([*head, *rows]) + "\n")
    return "\n".join(parts)


def _cell(said: str) -> str:
    """One line of a table, without the folders of a test."""
    words = [Path(word).name if word.startswith("/tmp/") else word for word in said.split()]  # noqa: S108 - where pytest works
    return " ".join(words).replace("|", "\\|")


if __name__ == "__main__":
    files = sorted(Path(sys.argv[1]).glob("*.json"))
    found = [msgspec.json.decode(file.read_bytes(), type=Fault) for file in files]
    PAGE.write_text(page_of(found), encoding="utf-8")
