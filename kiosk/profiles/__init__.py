"""Reads a profile: a TOML file that says what a service offers. See docs/profiles.md."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec

from kiosk.domain.profile import Profile
from kiosk.paths import ASSETS, shipped
from kiosk.profiles.directory import check_directory
from kiosk.profiles.labels import check_labels
from kiosk.profiles.lines import lines_of
from kiosk.profiles.problems import Findings, Problem, ProfileErrors, closest
from kiosk.profiles.rules import check_rules
from kiosk.profiles.shape import check_table
from kiosk.profiles.timetable import check_timetable

__all__ = ["Problem", "ProfileErrors", "available", "load", "profile_file"]

LARGEST_BYTES = 200_000


def available() -> list[str]:
    """The names of the profiles that are shipped."""
    return shipped("profiles", "toml")


def profile_file(name_or_path: str) -> Path:
    """The file of a shipped profile by its name, or of any profile by its path."""
    shipped = ASSETS / "profiles" / f"{name_or_path}.toml"
    return shipped if name_or_path in available() else Path(name_or_path)


def load(name_or_path: str) -> Profile:
    """Read and check a profile. Raises `ProfileErrors` with everything that is wrong in it."""
    file = profile_file(name_or_path)
    text = _text(file)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProfileErrors(str(file), [_syntax_problem(str(error), text)]) from error
    findings = Findings(content, lines_of(text))
    checked = check_table(Profile, content, (), findings)
    check_rules(checked, findings)
    check_directory(checked, findings)
    check_timetable(checked, findings)
    check_labels(checked, shipped("texts", "po"), findings)
    if findings.problems:
        raise ProfileErrors(str(file), findings.problems)
    return msgspec.convert(content, Profile)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        problem = Problem(0, reason, f"shipped profiles: {', '.join(available())}")
        if isinstance(error, FileNotFoundError):
            problem = Problem(0, "there is no such profile", closest(file.name, available()))
        raise ProfileErrors(str(file), [problem]) from error
    if len(raw) > LARGEST_BYTES:
        raise ProfileErrors(str(file), [Problem(0, f"is larger than {LARGEST_BYTES} bytes")])
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = Problem(line, "a letter is not in UTF-8", "save the file as UTF-8")
        raise ProfileErrors(str(file), [problem]) from error


def _syntax_problem(message: str, text: str) -> Problem:
    """The place, which tomllib tells only inside its sentence."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    what = message[: place.start()] if place else message
    line, column = place.groups() if place else (None, None)
    where = f", at column {column}" if column else ""
    return Problem(int(line or text.count("\n") + 1), f"this is no TOML: {what}{where}")
