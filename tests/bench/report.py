"""The report of a run as a page of the docs: the machine, and what each part has printed."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from pathlib import Path

PAGE = Path("docs/benchmarks.md")

_HEAD = """# Benchmarks

Written by `script/bench`: figures, never a pass mark. Counts and ratios within one run mean
something; milliseconds are those of one machine on one day, and of a busy one (load above 0.5 at
the start) they say little.

| | |
| --- | --- |
"""


def machine() -> dict[str, str]:
    """Where a run was made."""
    model = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith(("model name", "Model"))
    ]
    load = os.getloadavg()
    changed = " and changes" if _git("status", "--short") else ""
    return {
        "commit": _git("rev-parse", "--short", "HEAD") + changed,
        "processor": f"{os.cpu_count()} x {model[0] if model else platform.machine()}",
        "load at the start": f"{load[0]:.1f}",
        "system": f"{platform.system()} {platform.release()}",
        "Python, SQLite": f"{platform.python_version()}, {sqlite3.sqlite_version}",
    }


def write(where: dict[str, str], printed: str) -> None:
    """Write the page."""
    rows = "".join(f"| {what} | {value} |\n" for what, value in where.items())
    PAGE.write_text(f"{_HEAD}{rows}{''.join(map(_section, _sections(printed)))}", encoding="utf-8")


def _sections(printed: str) -> list[list[str]]:
    sections: list[list[str]] = []
    for line in printed.splitlines():
        if line.startswith("== "):
            sections.append([line.strip("= ")])
        elif line and sections:
            sections[-1].append(line)
    return sections


def _section(lines: list[str]) -> str:
    title, *rows = lines
    if any(" | " in row for row in rows):  # a table of its own
        text = "\n".join(("```text", *rows, "```"))
    else:
        text = "\n".join(f"{'  ' if row.startswith('  ') else ''}- {row.strip()}" for row in rows)
    return f"\n## {title[:1].upper()}{title[1:]}\n\n{text}\n"


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    return done.stdout.strip()
