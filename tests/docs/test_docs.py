"""What the documentation names exists: files, folders and commands."""

import re
from pathlib import Path

import click
import pytest

from kiosk.cli import main

ROOT = Path(__file__).parents[2]
TOPS = "kiosk|hardware|assets|systemd|debian|tests|docs|script"
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(page for top in TOPS.split("|") for page in (ROOT / top).rglob("*.md")),
    ]
)
PATH = re.compile(rf"`((?:{TOPS})/[\w./-]*[\w/])`")
PARTS = "|".join(each.parent.name for each in sorted((ROOT / "kiosk").glob("*/__init__.py")))
PATH_IN_KIOSK = re.compile(rf"`((?:{PARTS})/[\w./-]*)`")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
COMMAND = re.compile(r"(?:`|^|bin/)kiosk ((?:[a-z][a-z-]* ?){1,2})", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {ROOT / path for path in PATH.findall(text)}
    named |= {ROOT / "kiosk" / path for path in PATH_IN_KIOSK.findall(text)}
    linked = {page.parent / link for link in LINK.findall(text)}
    assert [str(path) for path in sorted(named | linked) if not path.exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    unknown = []
    for words in COMMAND.findall(page.read_text(encoding="utf-8")):
        name, *rest = words.split()
        context = click.Context(main)
        command = main.get_command(context, name)
        if isinstance(command, click.Group) and rest:
            command = command.get_command(context, rest[0])
        if command is None:
            unknown.append(words)
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = TEST.findall(page.read_text(encoding="utf-8"))
    missing = [
        f"{path}::{test}"
        for path, test in named
        if f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert missing == []
