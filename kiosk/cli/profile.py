"""`kiosk profile`: what a service offers, read from its profile."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from kiosk.drawing.emblem import is_blank
from kiosk.operate.text_check.room import torn_labels
from kiosk.settings import profiles
from kiosk.settings.profiles import ProfileErrors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile

_BLANK_EMBLEM: Final = (
    "emblem: draws nothing; open it in a browser, and let its viewBox be as large as its shapes"
)


@click.group()
def command() -> None:
    """Profiles: what a service offers."""


@command.command()
@click.argument("file")
def check(file: str) -> None:
    """Check a profile, a FILE or the name of a shipped one: every fault with line and remedy."""
    try:
        profile = profiles.load_profile(file)
    except ProfileErrors as errors:
        for line in errors.lines():
            click.echo(line, err=True)
        sys.exit(1)
    if faults := _faults_when_drawn(profile):
        for line in faults:
            click.echo(f"{profiles.profile_file(file)}: {line}", err=True)
        sys.exit(1)
    click.echo(_summary(profile, profiles.draft_languages(file)))


@command.command("list")
def list_profiles() -> None:
    """The profiles that come with the product: name, service, operator."""
    shipped = {name: profiles.load_profile(name) for name in profiles.available_profiles()}
    names_wide = max(map(len, shipped))
    services_wide = max(len(profile.name) for profile in shipped.values())
    for name, profile in shipped.items():
        click.echo(f"{name:{names_wide}}  {profile.name:{services_wide}}  {profile.operator}")


def _faults_when_drawn(profile: Profile) -> list[str]:
    blank = bool(profile.emblem) and is_blank(profile.emblem)
    return torn_labels(profile) + [_BLANK_EMBLEM] * blank


def _summary(profile: Profile, unread: Sequence[LanguageCode]) -> str:
    drafts = ", ".join(unread)
    counted = (
        (len(profile.groups), "topic group"),
        (len(profile.topics), "topic"),
        (len(profile.stops), "stop"),
        (len(profile.desks), "desk"),
        (len(profile.directory), "advice offer"),
        (len(profile.timetable), "line", "of the timetable"),
    )
    return (
        f"{profile.name} ({profile.operator}): {', '.join(_counted(*each) for each in counted)}; "
        f"languages {', '.join(profile.languages)}"
        + (f" (drafts, not yet read by a native reader: {drafts})" if drafts else "")
    )


def _counted(count: int, noun: str, of_what: str = "") -> str:
    return f"{count} {noun}{'s' if count != 1 else ''} {of_what}".rstrip()
