"""`script/setup` alone installs what the product needs, and nothing for tests."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = {"kiosk", "hardware", "assets"}


def plain(name: str) -> str:
    """A distribution's name without version, in its one spelling."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name)[0]).lower()


def locked(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {plain(line) for line in lines if re.match(r"\w", line)}


def libraries(*, of_the_office: bool) -> Iterator[str]:
    """The top of each import of the product, the city's office with it or without."""
    for path in (path for top in ("kiosk", "hardware") for path in (ROOT / top).rglob("*.py")):
        if not of_the_office and path.is_relative_to(ROOT / "kiosk/fleet"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names):
                    yield from (alias.name.partition(".")[0] for alias in names)
                case ast.ImportFrom(str(module), level=0):
                    yield module.partition(".")[0]


@pytest.mark.slow
@pytest.mark.parametrize("of_the_office", [False, True])
def test_the_product_imports_only_what_it_declares(*, of_the_office: bool) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {plain(one) for one in project["dependencies"]}
    if of_the_office:
        declared |= {plain(one) for one in project["optional-dependencies"]["office"]}
    distributions = packages_distributions()
    used = set(libraries(of_the_office=of_the_office)) - OURS - set(sys.stdlib_module_names)
    assert [
        library for library in used if declared.isdisjoint(map(plain, distributions[library]))
    ] == []


def test_an_appliance_gets_no_tool_of_developers_and_what_they_try_is_the_same() -> None:
    names = ("requirements.lock", "requirements-office.lock", "requirements-dev.lock")
    ours, offices, theirs = map(locked, names)
    assert ours < offices < theirs
    assert offices - ours >= {"sqlalchemy", "psycopg"}
    assert ours.isdisjoint({"pytest", "mypy", "pandas", "playwright", "hatchling", "ruff"})


def loaded(*modules: str) -> set[str]:
    """What a fresh process has loaded with these modules."""
    code = f"import {', '.join(modules)}, sys; print(*sys.modules)"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.split()
    )


@pytest.mark.slow
def test_neither_a_service_nor_an_export_loads_the_solver() -> None:
    """It is there for a closing, which is a process of its own: 40 MB and a fifth of a second."""
    services = ("kiosk.cli.console", "kiosk.cli.panel", "kiosk.cli.touch")
    told = loaded(*services, "kiosk.export.package", "kiosk.export.upload.queue")
    assert {"numpy", "highspy"}.isdisjoint(told)


@pytest.mark.slow
def test_a_service_loads_no_other_door_and_the_console_no_pictures() -> None:
    """Each is a process of its own, whose memory nobody shares."""
    console, panel = loaded("kiosk.cli.console"), loaded("kiosk.cli.panel")
    assert {"kiosk.touch", "kiosk.panel", "kiosk.drawing.fonts", "PIL"}.isdisjoint(console)
    assert {"kiosk.touch", "kiosk.console", "litestar"}.isdisjoint(panel)
    assert {"kiosk.panel", "kiosk.console", "litestar"}.isdisjoint(loaded("kiosk.cli.touch"))
