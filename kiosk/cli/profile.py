"""`kiosk profile`: what a service offers, read from its profile."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kiosk import profiles
from kiosk.profiles import ProfileErrors

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile


@click.group()
def command() -> None:
    """Profiles: what a service offers."""


@command.command()
@click.argument("file")
def check(file: str) -> None:
    """Check a profile, a FILE or the name of a shipped one: every fault with line and remedy."""
    try:
        profile = profiles.load(file)
    except ProfileErrors as errors:
        for line in errors.lines():
            click.echo(line, err=True)
        sys.exit(1)
    click.echo(_summary(profile))


@command.command("list")
def list_profiles() -> None:
    """The profiles that come with the product."""
    for name in profiles.available():
        profile = profiles.load(name)
        click.echo(f"{name}  {profile.name}, {profile.operator}")


def _summary(profile: Profile) -> str:
    drafts = ", ".join(profile.draft_languages)
    return (
        f"{profile.name} ({profile.operator}): {len(profile.groups)} topic groups, "
        f"{len(profile.topics)} topics, {len(profile.stops)} stops, {len(profile.desks)} desks; "
        f"languages {', '.join(profile.languages)}"
        + (f" (drafts, not yet read by a native reader: {drafts})" if drafts else "")
    )
