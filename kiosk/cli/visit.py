"""`kiosk visit`: open, close and show a deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import comma_list, data_option, json_option, print_json
from kiosk.domain.visit import TRIAL_S
from kiosk.service import smileys, timetable, visits
from kiosk.service.queue_view import QueueView, queue_view

if TYPE_CHECKING:
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
@data_option
def close(paths: Paths, *, force: bool) -> None:
    """End the visit; its rows become counts."""
    kiosk = open_box(paths)
    visit = visits.close_visit(kiosk.office, kiosk.now(), force=force)
    click.echo(f"Closed at {kiosk.office.profile.stop(visit.stop).name}.")


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
    """Offer other topics; whoever waits for another one is still called."""
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
    view = kiosk.office.read(queue_view)
    if as_json:
        print_json(_as_json(view))
    elif view.visit is None:
        click.echo("No visit is open.")
    else:
        practice = " (practice)" if view.visit.practice else ""
        click.echo(f"Open at {kiosk.office.profile.stop(view.visit.stop).name}{practice}")
        for topic in view.topics:
            click.echo(f"{topic.waiting:4} wait for {topic.id}")


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
