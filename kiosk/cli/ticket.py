"""`kiosk ticket`: take numbers and list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option, json_option, print_json
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import OutcomeId
from kiosk.domain.local_time import BERLIN
from kiosk.domain.number import parse_range
from kiosk.domain.outcome import NOT_RECORDED
from kiosk.domain.record import Record
from kiosk.service import call_backs, citizens, ticket_import
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.queue_view import queue_view
from kiosk.service.slips import reprint

if TYPE_CHECKING:
    from kiosk.domain.ticket import Ticket
    from kiosk.service.check_in import CheckedIn
    from kiosk.system.paths import Paths
    from kiosk.wiring.box import Kiosk


@click.group()
def command() -> None:
    """Take a ticket, list the visit's tickets, print a slip once more."""


@command.command()
@click.option("--topic", metavar="ID", help="What the citizen comes for.")
@click.option("--language", metavar="CODE", help="Spoken; else the profile's first.")
@click.option("--priority", is_flag=True, help="Low mobility or small children.")
@click.option(
    "--answer",
    "answers",
    type=(str, str),
    multiple=True,
    metavar="ID CHOICE",
    help="An answer to a question of the profile.",
)
@click.option("--appointment", metavar="CODE", help="Check in who is expected with this code.")
@json_option
@data_option
def take(  # noqa: PLR0913 - one for each option
    paths: Paths,
    topic: str | None,
    language: str | None,
    appointment: str | None,
    answers: tuple[tuple[str, str], ...],
    *,
    priority: bool,
    as_json: bool,
) -> None:
    """Give the next number of a topic, or the number of an appointment."""
    kiosk = open_box(paths)
    office, now = kiosk.office, kiosk.now()
    spoken = language or office.profile.languages[0]
    more: dict[str, object] = {}
    if appointment:
        coming = CheckInRequest(appointment, spoken, topic=topic, priority=priority)
        done = check_in(office, coming, now)
        taken, more = done.taken, _appointment_as_json(done)
    elif topic:
        request = citizens.TicketRequest(topic, spoken, priority=priority, answers=dict(answers))
        taken = citizens.take_ticket(office, request, now)
    else:
        raise click.UsageError("Name a --topic, or the code of an --appointment.")
    if as_json:
        print_json(taken_as_json(taken) | more)
    else:
        how = f" ({str(more['punctuality']).replace('_', ' ')})" if more else ""
        click.echo(f"{taken.ticket.number}, {taken.ahead} ahead{how}")


def _appointment_as_json(done: CheckedIn) -> dict[str, object]:
    time = done.taken.ticket.appointment
    local = time.astimezone(BERLIN).isoformat() if time else None
    return {"appointment": local, "punctuality": done.punctuality}


@command.command("import")
@click.argument("first")
@click.argument("last")
@click.option("--topic", required=True, metavar="ID", help="What these people came for.")
@click.option(
    "--outcome",
    metavar="ID",
    default=NOT_RECORDED,
    show_default=True,
    help="How their talks ended: an outcome of the profile.",
)
@click.option("--waiting", is_flag=True, help="They still wait: call them in this order.")
@data_option
def import_(  # noqa: PLR0913 - one for each option
    paths: Paths, first: str, last: str, *, topic: str, outcome: str, waiting: bool
) -> None:
    """Take in numbers FIRST to LAST, torn from a paper roll while the box was away."""
    kiosk = open_box(paths)
    record = None if waiting else Record(OutcomeId(outcome))
    torn = parse_range(first, last)
    taken = ticket_import.import_tickets(
        kiosk.office, ticket_import.ImportRequest(torn, topic, record), kiosk.now()
    )
    end = "wait now" if waiting else "are counted"
    click.echo(f"{len(taken)} numbers, {taken[0].number} to {taken[-1].number}, {end}.")


@command.command("list")
@json_option
@data_option
def list_(paths: Paths, *, as_json: bool) -> None:
    """The open visit's tickets."""
    tickets = open_box(paths).office.read(queue_view).tickets
    if as_json:
        print_json([ticket_as_json(ticket) for ticket in tickets])
    for ticket in () if as_json else tickets:
        click.echo(f"{ticket.number}  {ticket.state:10} {ticket.desk or '-':4} {ticket.topic}")


@command.command("print")
@click.option("--ticket", "name", required=True, metavar="N", help="Whose: A-017, or its id.")
@data_option
def print_(paths: Paths, name: str) -> None:
    """Have the panel print a ticket's slip once more, marked as a copy."""
    kiosk = open_box(paths)
    ticket = ticket_named(kiosk, name)
    reprint(kiosk.office, ticket.id, kiosk.now())
    click.echo(f"A copy of the slip of {ticket.number} is to be printed.")


@command.command()
@click.option("--done", metavar="N", help="Note that N was called back: A-017, or its id.")
@click.option("--open", "still_open", metavar="N", help="N is still to be called back.")
@json_option
@data_option
def callbacks(paths: Paths, done: str | None, still_open: str | None, *, as_json: bool) -> None:
    """Who was promised a call back today; gone with the visit."""
    kiosk = open_box(paths)
    for name, was_called in ((done, True), (still_open, False)):
        if name:
            ticket = ticket_named(kiosk, name)
            call_backs.set_called_back(kiosk.office, ticket.id, kiosk.now(), done=was_called)
    found = kiosk.office.read(call_backs.call_backs)
    if as_json:
        print_json([{**ticket_as_json(each.ticket), "done": each.done} for each in found])
    for each in () if as_json else found:
        state = "called back" if each.done else "open"
        click.echo(f"{each.ticket.number}  {state:11} {each.ticket.language:8} {each.ticket.topic}")


def ticket_named(kiosk: Kiosk, name: str) -> Ticket:
    """The ticket given as `A-017`, the newest with that number, or as its id."""
    for ticket in reversed(kiosk.office.read(queue_view).tickets):
        if name.upper() == ticket.number or name == str(ticket.id):
            return ticket
    raise Unknown("ticket", name)


def taken_as_json(taken: citizens.TakenTicket) -> dict[str, object]:
    """The answer to `take`; the estimate is null while it is unknown."""
    ticket = taken.ticket
    return {
        "id": ticket.id,
        "number": ticket.number,
        "ahead": taken.ahead,
        "estimate_minutes": taken.estimate_min,
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
