"""`kiosk desk`: what staff do, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import comma_list, data_option, json_option, print_json
from kiosk.cli.ticket import ticket_as_json, ticket_named
from kiosk.domain.ids import OfferId, OutcomeId, TopicId
from kiosk.domain.outcome import NOT_RECORDED
from kiosk.domain.record import Advice, Occasion, Record
from kiosk.service import desks, staff, ticket_corrections, undo_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from kiosk.domain.desk import DeskState
    from kiosk.domain.ticket import Ticket
    from kiosk.system.paths import Paths


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
    return command.command(action.__name__.rstrip("_").replace("_", "-"))(action)


def _answer(ticket: Ticket | None, *, as_json: bool) -> None:
    if as_json:
        print_json(ticket_as_json(ticket) if ticket else None)
    elif ticket:
        click.echo(f"{ticket.number} {ticket.state}")
    else:
        click.echo("Nobody waits for this desk.")


def _record_options(action: Callable[..., Any]) -> Callable[..., Any]:
    """What is noted when a talk ends."""
    for option in (
        click.option(
            "--outcome",
            metavar="ID",
            default=NOT_RECORDED,
            show_default=True,
            help="Of the profile.",
        ),
        click.option("--referral", metavar="ID", help="An entry of the directory."),
        click.option("--advice", type=_choice(Advice)),
        click.option("--occasion", type=_choice(Occasion)),
        click.option("--persons", type=int),
        click.option(
            "--item",
            "items",
            type=(str, str),
            multiple=True,
            metavar="ID CHOICE",
            help="Of the profile.",
        ),
        click.option(
            "--further",
            multiple=True,
            metavar="TOPIC",
            help="Also talked about, beside the person's own topic.",
        ),
        click.option("--interpreter/--no-interpreter", default=None, help="One was needed."),
    ):
        action = option(action)
    return action


def _choice(kind: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([member.value for member in kind])


def _record(  # noqa: PLR0913 - one for each option
    *,
    outcome: str,
    referral: str | None,
    advice: str | None,
    occasion: str | None,
    persons: int | None,
    interpreter: bool | None,
    items: tuple[tuple[str, str], ...],
    further: tuple[str, ...],
) -> Record:
    return Record(
        OutcomeId(outcome),
        OfferId(referral) if referral else None,
        Advice(advice) if advice else None,
        Occasion(occasion) if occasion else None,
        persons,
        interpreter,
        items,
        tuple(map(TopicId, further)),
    )


def _print_answer(sentence: str, answer: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print_json(answer)
    else:
        click.echo(sentence)


def _desk(today: DeskState) -> dict[str, object]:
    return {"id": today.id, "topics": sorted(today.topics), "at_work": today.at_work}


@_action
@click.option("--ticket", metavar="N", help="Call this one out of turn, ended ones too.")
@click.option("--park", is_flag=True, help="With --ticket: park the person served at the desk.")
def next_(paths: Paths, desk: str, ticket: str | None, *, park: bool, as_json: bool) -> None:
    """Call the next person.

    A call that was not answered counts in vain; a talk is finished, its outcome not recorded.
    With --ticket a talk has to be ended first, or is parked.
    """
    kiosk = open_box(paths)
    if ticket:
        chosen = ticket_named(kiosk, ticket).id
        called: Ticket | None = staff.call(
            kiosk.office, desk, chosen, kiosk.now(), staff.Present(park=park)
        )
    else:
        called = staff.call_next(kiosk.office, desk, kiosk.now())
    _answer(called, as_json=as_json)


@_action
def recall(paths: Paths, desk: str, *, as_json: bool) -> None:
    """Call the person at the desk again."""
    kiosk = open_box(paths)
    _answer(staff.recall(kiosk.office, desk, kiosk.now()), as_json=as_json)


@_action
def start(paths: Paths, desk: str, *, as_json: bool) -> None:
    """The person has come."""
    kiosk = open_box(paths)
    _answer(staff.start(kiosk.office, desk, kiosk.now()), as_json=as_json)


@_action
@_record_options
def finish(paths: Paths, desk: str, *, as_json: bool, **answers: Any) -> None:  # noqa: ANN401 - options
    """The talk is over."""
    kiosk = open_box(paths)
    ticket = staff.finish(kiosk.office, desk, _record(**answers), kiosk.now())
    _answer(ticket, as_json=as_json)


@_action
@click.option("--topic", required=True, metavar="ID", help="What it was about.")
@_record_options
def count(paths: Paths, desk: str, topic: str, *, as_json: bool, **answers: Any) -> None:  # noqa: ANN401 - options
    """Count a person who was helped without a number."""
    kiosk = open_box(paths)
    request = staff.CountRequest(topic, _record(**answers))
    staff.count(kiosk.office, desk, request, kiosk.now())
    _print_answer("Counted.", {"topic": topic}, as_json=as_json)


@_action
def undo(paths: Paths, desk: str, *, as_json: bool) -> None:
    """Take back what this desk did last."""
    kiosk = open_box(paths)
    action = undo_log.undo(kiosk.office, desk, kiosk.now())
    sentence = f"Undone: {action.kind} {action.number}".rstrip()
    _print_answer(sentence, {"kind": action.kind, "number": action.number}, as_json=as_json)


@_action
@click.option("--topics", required=True, metavar="A,B", help="From now on.")
def handle(paths: Paths, desk: str, topics: str, *, as_json: bool) -> None:
    """Let the desk handle other topics."""
    kiosk = open_box(paths)
    today = desks.handle(kiosk.office, desk, comma_list(topics), kiosk.now())
    _print_answer(f"Desk {desk}: {len(today.topics)} topics.", _desk(today), as_json=as_json)


@_action
@click.option("--pause", is_flag=True, help="The desk pauses: it calls no one.")
def work(paths: Paths, desk: str, *, pause: bool, as_json: bool) -> None:
    """Set whether the desk is at work or pauses."""
    kiosk = open_box(paths)
    today = desks.set_at_work(kiosk.office, desk, kiosk.now(), at_work=not pause)
    _print_answer(f"Desk {desk} {'pauses' if pause else 'works'}.", _desk(today), as_json=as_json)


@_action
def miss(paths: Paths, desk: str, *, as_json: bool) -> None:
    """The called person did not come."""
    kiosk = open_box(paths)
    _answer(staff.miss(kiosk.office, desk, kiosk.now()), as_json=as_json)


@_action
def park(paths: Paths, desk: str, *, as_json: bool) -> None:
    """Set the person aside, number kept."""
    kiosk = open_box(paths)
    _answer(staff.park(kiosk.office, desk, kiosk.now()), as_json=as_json)


@_action
@click.option("--to", "topic", metavar="TOPIC", help="Another topic.")
@click.option("--to-desk", metavar="ID", help="Only this desk calls the person.")
def transfer(
    paths: Paths, desk: str, topic: str | None, to_desk: str | None, *, as_json: bool
) -> None:
    """Send the person on: to another desk, to a topic, or both; number kept."""
    kiosk = open_box(paths)
    sent = staff.transfer(kiosk.office, desk, staff.TransferTarget(topic, to_desk), kiosk.now())
    _answer(sent, as_json=as_json)


@_action
@click.option("--ticket", metavar="N", required=True, help="Whose.")
@click.option("--off", is_flag=True, help="Not any more.")
def priority(paths: Paths, desk: str, ticket: str, *, off: bool, as_json: bool) -> None:
    """Let a waiting person go ahead: low mobility or small children."""
    kiosk = open_box(paths)
    chosen = ticket_named(kiosk, ticket).id
    moved = staff.set_priority(kiosk.office, chosen, kiosk.now(), priority=not off, desk=desk)
    _answer(moved, as_json=as_json)


@_action
@click.option("--ticket", metavar="N", required=True, help="Whose.")
def put_back(paths: Paths, desk: str, ticket: str, *, as_json: bool) -> None:
    """Put a parked, missed, finished or withdrawn ticket back into the queue."""
    kiosk = open_box(paths)
    chosen = ticket_named(kiosk, ticket).id
    waiting = ticket_corrections.put_back(kiosk.office, chosen, kiosk.now(), desk=desk)
    _answer(waiting, as_json=as_json)


@_action
@click.option("--ticket", metavar="N", required=True, help="Whose.")
@click.option("--to", "topic_id", required=True, metavar="TOPIC", help="The other topic.")
def topic(paths: Paths, desk: str, ticket: str, topic_id: str, *, as_json: bool) -> None:
    """Let a waiting person wait for another topic, number and place kept."""
    kiosk = open_box(paths)
    chosen, now = ticket_named(kiosk, ticket).id, kiosk.now()
    changed = ticket_corrections.change_topic(kiosk.office, chosen, topic_id, now, desk=desk)
    _answer(changed, as_json=as_json)


@_action
@click.option("--ticket", metavar="N", required=True, help="Whose.")
@_record_options
def amend(paths: Paths, desk: str, ticket: str, *, as_json: bool, **answers: Any) -> None:  # noqa: ANN401 - options
    """Note later how a talk ended, or correct it."""
    kiosk = open_box(paths)
    chosen, record = ticket_named(kiosk, ticket).id, _record(**answers)
    amended = ticket_corrections.amend(kiosk.office, desk, chosen, record, kiosk.now())
    _answer(amended, as_json=as_json)


@_action
@click.option("--ticket", metavar="N", help="Whose; else the person at the desk.")
def withdraw(paths: Paths, desk: str, ticket: str | None, *, as_json: bool) -> None:
    """The person has left."""
    kiosk = open_box(paths)
    chosen = (
        ticket_named(kiosk, ticket).id if ticket else kiosk.office.read(staff.person_at, desk).id
    )
    _answer(staff.withdraw(kiosk.office, chosen, kiosk.now(), desk=desk), as_json=as_json)
