"""`kiosk desk`: what staff do, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.common import data_option, json_option, print_json
from kiosk.cli.opened import opened
from kiosk.cli.ticket import ticket_as_json
from kiosk.domain.errors import Unknown
from kiosk.domain.outcome import Outcome
from kiosk.service import back_office
from kiosk.service.queue_view import queue_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.ticket import Ticket
    from kiosk.paths import Paths
    from kiosk.wiring import Kiosk


@click.group()
def command() -> None:
    """Call, serve and finish people at a desk."""


def _action(action: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every action has."""
    for option in (
        click.option("--desk", required=True, metavar="ID", help="Which desk."),
        json_option,
        data_option,
    ):
        action = option(action)
    return command.command(action.__name__.rstrip("_"))(action)


def _answer(ticket: Ticket | None, *, as_json: bool) -> None:
    if as_json:
        print_json(ticket_as_json(ticket) if ticket else None)
    elif ticket:
        click.echo(f"{ticket.number} {ticket.state}")
    else:
        click.echo("Nobody waits for this desk.")


@_action
@click.option("--ticket", metavar="N", help="Take up this missed or parked ticket instead.")
def next_(paths: Paths, desk: str, ticket: str | None, *, as_json: bool) -> None:
    """Call the next person; whoever was at the desk is finished."""
    kiosk = opened(paths)
    if ticket:
        chosen = _ticket_id(kiosk, ticket)
        called: Ticket | None = back_office.take_up(kiosk.office, desk, chosen, kiosk.now())
    else:
        called = back_office.call_next(kiosk.office, desk, kiosk.now())
    _answer(called, as_json=as_json)


@_action
def recall(paths: Paths, desk: str, *, as_json: bool) -> None:
    """Ring again."""
    kiosk = opened(paths)
    _answer(back_office.recall(kiosk.office, desk, kiosk.now()), as_json=as_json)


@_action
def start(paths: Paths, desk: str, *, as_json: bool) -> None:
    """The person has come."""
    kiosk = opened(paths)
    _answer(back_office.start(kiosk.office, desk, kiosk.now()), as_json=as_json)


@_action
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in Outcome]),
    default=Outcome.NOT_RECORDED.value,
    help="How the talk ended.",
)
def finish(paths: Paths, desk: str, outcome: str, *, as_json: bool) -> None:
    """The talk is over."""
    kiosk = opened(paths)
    ticket = back_office.finish(kiosk.office, desk, Outcome(outcome), kiosk.now())
    _answer(ticket, as_json=as_json)


@_action
def miss(paths: Paths, desk: str, *, as_json: bool) -> None:
    """Nobody came."""
    kiosk = opened(paths)
    _answer(back_office.miss(kiosk.office, desk, kiosk.now()), as_json=as_json)


@_action
def park(paths: Paths, desk: str, *, as_json: bool) -> None:
    """Set the person aside, number kept."""
    kiosk = opened(paths)
    _answer(back_office.park(kiosk.office, desk, kiosk.now()), as_json=as_json)


@_action
@click.option("--to", "topic", required=True, metavar="TOPIC", help="The other topic.")
def transfer(paths: Paths, desk: str, topic: str, *, as_json: bool) -> None:
    """Let the person wait for another topic, number kept."""
    kiosk = opened(paths)
    _answer(back_office.transfer(kiosk.office, desk, topic, kiosk.now()), as_json=as_json)


@_action
@click.option("--ticket", metavar="N", help="Whose; else the person at the desk.")
def withdraw(paths: Paths, desk: str, ticket: str | None, *, as_json: bool) -> None:
    """The person has left."""
    kiosk = opened(paths)
    chosen = _ticket_id(kiosk, ticket) if ticket else back_office.present(kiosk.office, desk).id
    _answer(back_office.withdraw(kiosk.office, chosen, kiosk.now()), as_json=as_json)


def _ticket_id(kiosk: Kiosk, name: str) -> int:
    """The id of a ticket given as `A-017` or as its id."""
    tickets = queue_view(kiosk.office).tickets
    for ticket in reversed(tickets):
        if name.upper() == ticket.number or name == str(ticket.id):
            return ticket.id
    raise Unknown("ticket", name)
