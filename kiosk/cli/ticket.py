"""`kiosk ticket`: take numbers and list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli.common import data_option, json_option, print_json
from kiosk.cli.opened import opened
from kiosk.service import front_desk
from kiosk.service.queue_view import queue_view

if TYPE_CHECKING:
    from kiosk.domain.ticket import Ticket
    from kiosk.paths import Paths


@click.group()
def command() -> None:
    """Take a ticket, list the visit's tickets."""


@command.command()
@click.option("--topic", required=True, metavar="ID", help="What the citizen comes for.")
@click.option("--language", metavar="CODE", help="Spoken; else the profile's first.")
@click.option("--priority", is_flag=True, help="Low mobility or small children.")
@json_option
@data_option
def take(paths: Paths, topic: str, language: str | None, *, priority: bool, as_json: bool) -> None:
    """Give the next number of a topic."""
    kiosk = opened(paths)
    taken = front_desk.take_ticket(
        kiosk.office,
        topic,
        language or kiosk.office.profile.languages[0],
        kiosk.now(),
        priority=priority,
    )
    if as_json:
        print_json(taken_as_json(taken))
    else:
        click.echo(f"{taken.ticket.number}, {taken.ahead} ahead")


@command.command("list")
@json_option
@data_option
def list_(paths: Paths, *, as_json: bool) -> None:
    """The open visit's tickets."""
    tickets = queue_view(opened(paths).office).tickets
    if as_json:
        print_json([ticket_as_json(ticket) for ticket in tickets])
    for ticket in () if as_json else tickets:
        click.echo(f"{ticket.number}  {ticket.state:10} {ticket.desk or '-':4} {ticket.topic}")


def taken_as_json(taken: front_desk.TakenTicket) -> dict[str, object]:
    """The answer to `take`; an estimate comes when waiting times are measured."""
    ticket = taken.ticket
    return {
        "id": ticket.id,
        "number": ticket.number,
        "ahead": taken.ahead,
        "estimate_minutes": None,
    }


def ticket_as_json(ticket: Ticket) -> dict[str, object]:
    """A ticket as programs see it."""
    return {
        "id": ticket.id,
        "number": ticket.number,
        "sequence": ticket.sequence,
        "topic": ticket.topic,
        "state": ticket.state,
        "desk": ticket.desk,
        "language": ticket.language,
    }
