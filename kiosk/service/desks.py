"""Use cases of desks: topics handled, work and pause, calls for help."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.errors import NoTopicsLeft
from kiosk.domain.events import DeskChanged, HelpCalled, HelpComing
from kiosk.service.action import desk_action
from kiosk.store import journal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.domain.desk import DeskState
    from kiosk.domain.events import Event
    from kiosk.domain.ids import DeskId
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot

_MOST_CALLS = 50


def handle(office: Office, desk: str, topics: Sequence[str], now: Moment) -> DeskState:
    """From now on the desk handles these topics. Raises `Unknown`, `NoTopicsLeft`."""
    chosen = frozenset(office.profile.topic(topic).id for topic in topics)
    if not chosen:
        raise NoTopicsLeft
    return _change(office, desk, now, lambda today: replace(today, topics=chosen))


def set_at_work(office: Office, desk: str, now: Moment, *, at_work: bool) -> DeskState:
    """Work begins at the desk, or pauses. Calling begins it, too."""
    return _change(office, desk, now, lambda today: replace(today, at_work=at_work))


def call_help(office: Office, desk: str, now: Moment, *, wanted: bool) -> DeskState:
    """Ask a colleague over to this desk, or say that it is settled."""
    return _change(office, desk, now, lambda today: replace(today, wants_help=wanted))


def come_to_help(office: Office, desk: str, helper: str, now: Moment) -> None:
    """A helper from the desk `helper` is on the way; nothing where no help is wanted any more."""
    asking = office.profile.desk(desk).id
    with desk_action(office, helper, now) as act:
        if act.desk_state(asking).wants_help and act.desk != asking:
            act.announce(HelpComing(asking, act.desk))


def helpers(snapshot: Snapshot) -> dict[DeskId, DeskId]:
    """The helper's desk of each desk that has asked for help."""
    latest: dict[DeskId, DeskId | None] = {}
    told = journal.latest_of(snapshot.connection, HelpCalled, HelpComing, most=_MOST_CALLS)
    for event in (entry.event for entry in told):
        if isinstance(event, HelpComing):
            latest.setdefault(event.desk, event.helper)
        elif isinstance(event, HelpCalled):
            latest.setdefault(event.desk, None)
    return {desk: helper for desk, helper in latest.items() if helper}


def _change(
    office: Office, desk: str, now: Moment, change: Callable[[DeskState], DeskState]
) -> DeskState:
    with desk_action(office, desk, now) as act:
        before = act.desk_state(act.desk)
        after = change(before)
        if act.update_desk(before, after):
            act.announce(_event(before, after))
    return after


def _event(before: DeskState, after: DeskState) -> Event:
    if before.wants_help != after.wants_help:
        return HelpCalled(after.id, after.wants_help)
    return DeskChanged(after.id)
