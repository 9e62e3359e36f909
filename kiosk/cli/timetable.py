"""`kiosk timetable`: the year's visits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import as_first_day, as_last_day, data_option, json_option, print_json
from kiosk.cli.import_file import (
    NOTHING_CHANGED,
    dry_run_option,
    read_import_file,
    refused_imports,
)
from kiosk.domain.local_time import local_date
from kiosk.service import timetable
from kiosk.service.timetable_json import TimetableLine, timetable_lines

if TYPE_CHECKING:
    from datetime import date

    from kiosk.domain.profile import Profile
    from kiosk.service.plan_changes import PlanChange, PlanImport
    from kiosk.system.paths import Paths


@click.group()
def command() -> None:
    """The timetable: import a year plan, show what is planned and what took place."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--replace-all", is_flag=True, help="Drop what other files have planned from today on."
)
@dry_run_option
@data_option
def import_(paths: Paths, file: Path, *, replace_all: bool, dry_run: bool) -> None:
    """Import a year plan, .csv or .ics, in place of what the same file planned from today on."""
    from kiosk.files.timetable import read_plan

    kiosk = open_box(paths)
    now = kiosk.now()
    plan = read_import_file(read_plan, file, kiosk.office.profile, now)
    carry_out = timetable.preview_plan if dry_run else timetable.import_plan
    with refused_imports():
        done = carry_out(kiosk.office, plan, now, instead_of_all=replace_all)
    for remark in plan.remarks:
        click.echo(f"{plan.source}, {remark.english}.")
    for change in done.changes:
        if dry_run and change.kind != "same":
            click.echo(_change_in_words(change, kiosk.office.profile))
    for one, other in done.overlaps:
        stop = timetable.stop_name(kiosk.office.profile, one.stop)
        hours = f"{one.begins:%Y-%m-%d %H:%M} and {other.begins:%H:%M}"
        click.echo(f"Two visits at {stop} overlap: {hours}. Is one of them an old one?")
    click.echo(_summary(plan.source, plan.past, done))
    if dry_run:
        click.echo(NOTHING_CHANGED)


def _change_in_words(change: PlanChange, profile: Profile) -> str:
    visit = change.visit
    return (
        f"{change.kind:9}  {visit.begins:%a %Y-%m-%d %H:%M}-{visit.ends:%H:%M}"
        f"  {timetable.stop_name(profile, visit.stop)}"
    )


def _summary(source: str, past: int, done: PlanImport) -> str:
    counted = (
        f"{done.count('new')} new",
        *(f"{n} {kind}" for kind in ("changed", "cancelled") if (n := done.count(kind))),
        f"{done.count('gone')} gone",
    )
    words = f"{source} plans {_visits(done.planned)} from today on: {', '.join(counted)}."
    if past:
        words += f" {_visits(past)} before today left out."
    if done.outdated:
        words += f" {_visits(done.outdated)} older than what is planned left out."
    for other, count in sorted(done.others.items()):
        words += f" {_visits(count)} of {other} stay beside; --replace-all drops them."
    return words


def _visits(count: int) -> str:
    return "1 visit" if count == 1 else f"{count} visits"


@command.command()
@click.option("--from", "first", metavar="DAY", callback=as_first_day, help="First month or day.")
@click.option(
    "--until", "last", metavar="DAY", callback=as_last_day, help="Last month or day, included."
)
@json_option
@data_option
def show(paths: Paths, first: date | None, last: date | None, *, as_json: bool) -> None:
    """What is planned and what took place: from January on, as far as anything is planned."""
    kiosk = open_box(paths)
    now = kiosk.now()
    found = kiosk.office.read(timetable_lines, first, last, now)
    if as_json:
        print_json(found)
    elif not found:
        click.echo("Nothing is planned.")
    week = None
    for line in () if as_json else found:
        if line.date.isocalendar()[:2] != week:
            week = line.date.isocalendar()[:2]
            click.echo(f"Week {week[1]} of {week[0]}")
        click.echo(_in_words(line, line.date == local_date(now)))


def _in_words(line: TimetableLine, is_today: bool) -> str:  # noqa: FBT001 - says itself what it is
    hours = f"{line.begins:%H:%M}-{line.ends:%H:%M}" if line.begins and line.ends else "unplanned  "
    return (
        f"{'>' if is_today else ' '} {line.date:%a %Y-%m-%d}  {hours}  {line.stop_name:28} "
        f"{_outcome(line)}"
    ).rstrip()


def _outcome(line: TimetableLine) -> str:
    """What became of it, else what is on offer."""
    if line.took_place:
        return f"took place, {line.opened or '?'} to {line.closed or '?'}"
    if line.cancelled:
        return "cancelled"
    if line.took_place is False:
        return "did not take place"
    return "1 topic" if len(line.topics) == 1 else f"{len(line.topics)} topics"
