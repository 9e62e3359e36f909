"""`kiosk visit`: open, close and show a deployment."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.command_name import as_typed
from kiosk.cli.common import comma_list, data_option, json_option, print_json
from kiosk.domain.visit import TRIAL_S
from kiosk.service import smileys, timetable, visits
from kiosk.service.queue_view import QueueView, queue_view
from kiosk.service.visit_counting import closed_visit, count_closed
from kiosk.service.visits import day_sum_now

if TYPE_CHECKING:
    from kiosk.domain.day_sum import DaySum
    from kiosk.system.paths import Paths


_UNPLANNED = (
    "Nothing is planned for now and no stop was named: this is the profile's first one. If the bus"
    " stands elsewhere, close the visit and open it with --stop."
)


@click.group()
def command() -> None:
    """Open, close and show a visit: one deployment at a stop."""


@command.command("open")
@click.option(
    "--stop",
    metavar="ID",
    help="Where the bus stands; else as the timetable says for now, else the profile's first stop.",
)
@click.option("--topics", metavar="A,B", help="Topics offered; else those planned, else all.")
@click.option(
    "--practice", is_flag=True, help="All works and is marked; nothing counts, nothing stays."
)
@data_option
def open_(paths: Paths, stop: str | None, topics: str | None, *, practice: bool) -> None:
    """Begin a visit; numbers start afresh. An open practice visit gives way to one that counts."""
    kiosk, chosen = open_box(paths), comma_list(topics) if topics else None
    now = kiosk.now()
    planned = kiosk.office.read(timetable.stop_and_topics, stop, chosen, now)
    visit = visits.open_visit(kiosk.office, *planned, now, practice=practice)
    name = kiosk.office.profile.stop(visit.stop).name
    said = "Practice: nothing of it counts. " if practice else ""
    click.echo(f"{said}Open at {name}, {len(visit.topics)} topics.")
    if planned[0] is None and not practice:
        click.echo(_UNPLANNED, err=True)


@command.command()
@click.option("--force", is_flag=True, help="Close although people wait: they count as gone.")
@click.option("--revocable", is_flag=True, help="Count it in five minutes; it can be reopened.")
@data_option
def close(paths: Paths, *, force: bool, revocable: bool) -> None:
    """End the visit: its rows become counts, those of a visit that was closed before too."""
    kiosk = open_box(paths)
    office, now = kiosk.office, kiosk.now()
    if not revocable and count_closed(office, now, at_once=True):
        click.echo("The visit that was closed before is counted.")
        return
    day = office.read(visits.day_sum_now)
    visit = visits.close_visit(office, now, expected=None if force else 0, revocable=revocable)
    click.echo(f"Closed at {office.profile.stop(visit.stop).name}.")
    if day:
        click.echo(_in_words(day))
    if revocable:
        click.echo(as_typed("For 5 minutes that can be taken back: kiosk visit reopen."))


@command.command()
@data_option
def reopen(paths: Paths) -> None:
    """Take back that the visit was closed: it goes on with all its numbers as they were."""
    kiosk = open_box(paths)
    visit = visits.reopen_visit(kiosk.office, kiosk.now())
    click.echo(f"Open again at {kiosk.office.profile.stop(visit.stop).name}.")


@command.command()
@click.argument("state", type=click.Choice(["open", "closed"]))
@data_option
def intake(paths: Paths, state: str) -> None:
    """Give new numbers, or serve only those who wait."""
    kiosk = open_box(paths)
    visits.set_intake(kiosk.office, kiosk.now(), intake=state == "open")
    click.echo(f"The intake is {state}.")


@command.command()
@click.option("--end", is_flag=True, help="Smileys count again from now on.")
@data_option
def trial(paths: Paths, *, end: bool) -> None:
    """Try the buttons: for two minutes no smiley counts that is pressed anywhere."""
    kiosk = open_box(paths)
    smileys.try_buttons(kiosk.office, kiosk.now(), running=not end)
    click.echo("Smileys count." if end else f"For {TRIAL_S:g} seconds no smiley counts.")


@command.command()
@click.option("--topics", required=True, metavar="A,B", help="From now on.")
@data_option
def offer(paths: Paths, topics: str) -> None:
    """Offer other topics; people who wait for another one are still called."""
    kiosk = open_box(paths)
    visit = visits.offer_topics(kiosk.office, comma_list(topics), kiosk.now())
    click.echo(f"{len(visit.topics)} topics.")


@command.command()
@click.option("--topic", required=True, metavar="ID", help="Which one.")
@click.option("--numbers", type=click.IntRange(0, 999), help="At most so many; else any number.")
@data_option
def limit(paths: Paths, topic: str, numbers: int | None) -> None:
    """Give at most so many numbers for a topic in this visit."""
    kiosk = open_box(paths)
    visits.limit_topic(kiosk.office, topic, numbers, kiosk.now())
    click.echo("No limit." if numbers is None else f"At most {numbers} numbers for {topic}.")


@command.command()
@json_option
@data_option
def show(paths: Paths, *, as_json: bool) -> None:
    """Say whether a visit is open, who waits for what, and what each desk handles."""
    kiosk = open_box(paths)
    with kiosk.office.snapshot() as snapshot:
        view, day, closed = queue_view(snapshot), day_sum_now(snapshot), closed_visit(snapshot)
    left_s = int(closed.reopening_left_s(kiosk.now())) if closed else 0
    if as_json:
        print_json({**_as_json(view), "reopen_s": left_s, "sum": asdict(day) if day else None})
    elif view.visit is None:
        click.echo("No visit is open.")
        if left_s:
            hint = as_typed("kiosk visit reopen")
            click.echo(f"For {left_s} s the last one can be opened again: {hint}.")
    else:
        practice = " (practice)" if view.visit.practice else ""
        click.echo(f"Open at {kiosk.office.profile.stop(view.visit.stop).name}{practice}")
        for topic in view.topics:
            click.echo(f"{topic.waiting:4} wait for {topic.id}")
    if day and not as_json:
        click.echo(_in_words(day))


def _in_words(day: DaySum) -> str:
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(day.outcomes.items()))
    return (
        f"{day.tickets} numbers: {day.waiting} waiting, {day.at_desk} at a desk, {day.parked}"
        f" parked, {day.missed} missed, {day.withdrawn} withdrawn, {day.served} served."
        f" {day.without_number} without a number. {day.smileys} smileys."
        + (f" Outcomes: {outcomes}." if outcomes else "")
    )


def _as_json(view: QueueView) -> dict[str, object]:
    return {
        "open": view.visit is not None,
        "stop": view.visit.stop if view.visit else None,
        "practice": view.visit is not None and view.visit.practice,
        "topics": [
            {"id": topic.id, "group": topic.group, "waiting": topic.waiting}
            for topic in view.topics
        ],
        "desks": [{"id": desk.id, "topics": desk.topics} for desk in view.desks],
    }
