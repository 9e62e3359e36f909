"""Loader of profiles: reads and validates the TOML file of a service. See docs/profiles.md."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk.domain.profile import Profile
from kiosk.settings.profiles.directory import check_directory
from kiosk.settings.profiles.labels import check_labels, text_fault
from kiosk.settings.profiles.questions import check_questions
from kiosk.settings.profiles.rules import check_rules
from kiosk.settings.profiles.timetable import check_timetable
from kiosk.settings.schema.checker import Checker
from kiosk.settings.schema.problems import FileErrors, FileProblem, suggest_closest
from kiosk.settings.schema.toml_file import NotToml, read_toml
from kiosk.system.paths import ASSETS, shipped_names

if TYPE_CHECKING:
    from collections.abc import Collection

    from kiosk.settings.schema.problems import ProblemCollector

__all__ = ["FileProblem", "ProfileErrors", "available_profiles", "load_profile", "profile_file"]


class ProfileErrors(FileErrors):
    """A profile that cannot be used."""

    def __init__(self, file: str, problems: Collection[FileProblem]) -> None:
        super().__init__(file, problems, f"kiosk profile check {file}")


def available_profiles() -> list[str]:
    """The names of the profiles that are shipped."""
    return shipped_names("profiles", "toml")


def profile_file(name_or_path: str) -> Path:
    """The file of a shipped profile by its name, or of any profile by its path."""
    shipped = ASSETS / "profiles" / f"{name_or_path}.toml"
    return shipped if name_or_path in available_profiles() else Path(name_or_path)


def load_profile(name_or_path: str) -> Profile:
    """Read and check a profile. Raises `ProfileErrors` with everything that is wrong in it."""
    file = profile_file(name_or_path)
    try:
        findings = read_toml(file, "the profile")
    except FileNotFoundError as error:
        problem = FileProblem(
            0, "there is no such profile", suggest_closest(file.name, available_profiles())
        )
        raise ProfileErrors(str(file), [problem]) from error
    except NotToml as error:
        raise ProfileErrors(str(file), [error.problem]) from error
    _check(findings)
    if findings.problems:
        raise ProfileErrors(str(file), findings.problems)
    return msgspec.convert(findings.content, Profile)


def _check(findings: ProblemCollector) -> None:
    profile = Checker(findings, text_fault=text_fault).check(Profile)
    check_rules(profile, findings)
    check_directory(profile, findings)
    check_timetable(profile, findings)
    languages = shipped_names("texts", "po")
    check_labels(profile, languages, findings)
    check_questions(profile, languages, findings)
