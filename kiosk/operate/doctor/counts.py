"""Checks of the counts: every period that is over is closed, and no visit was left open."""

from __future__ import annotations

from contextlib import closing as closing_file
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.devices.finding import Finding, failure, not_looked_at, ok, warning
from kiosk.domain.local_time import local_date
from kiosk.service.closing import closing_state, open_since
from kiosk.service.office import Office
from kiosk.service.orphans import with_orphans
from kiosk.settings import profiles
from kiosk.store.database import Database
from kiosk.store.errors import StoreError
from kiosk.store.lost_numbers import lost_ranges
from kiosk.system import clock

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.operate.doctor.host import Host
    from kiosk.service.closing import ClosingState

_NOT_LOOKED_AT = not_looked_at("the database cannot be read", "Mend the database first.")


def closing(host: Host) -> Finding:
    """The box closes each period by itself, so one that is over and due says that it could not."""
    now = _now(host)
    try:
        with closing_file(Database.open(host.paths.database)) as database:
            state = Office(database, _profile(host)).read(closing_state, now)
    except StoreError:
        return _NOT_LOOKED_AT
    return _finding(state, now)


def open_visit(host: Host) -> Finding:
    """A visit left open keeps its people's rows, and its period waits for it."""
    now = _now(host)
    try:
        with closing_file(Database.open(host.paths.database)) as database:
            opened = Office(database, _profile(host)).read(open_since, now)
    except StoreError:
        return _NOT_LOOKED_AT
    if opened is None or opened >= local_date(now):
        return ok("No visit was left open over night.")
    return failure(
        f"A visit has been open since {opened}: its people are not counted yet.",
        "Close it on the staff page, or: kiosk visit close --force.",
    )


def visit_profile(host: Host) -> Finding:
    """Orphans: what left the profile and the visit still has; it is served, under raw ids."""
    try:
        with closing_file(Database.open(host.paths.database)) as database:
            left = with_orphans(_profile(host), database).orphans
    except StoreError:
        return _NOT_LOOKED_AT
    told = ", ".join(
        [f"topic {topic.id}" for topic in left.topics]
        + [f"stop {stop.id}" for stop in left.stops]
        + [f"desk {desk.id}" for desk in left.desks]
        + [f"language {language}" for language in left.languages]
    )
    if not told:
        return ok("The profile has every topic, stop, desk and language of the visit.")
    return warning(
        f"The profile has no more what the visit still has: {told}. All of it is served; pages show"
        " the raw id, labels are in German.",
        "Put it back until the visit is closed, or close the visit; then restart the services.",
    )


def lost_numbers(host: Host) -> Finding:
    """On paper and not in the file: a damaged write-ahead log has taken its own tail."""
    try:
        with closing_file(Database.open(host.paths.database)) as opened, opened.read() as read:
            numbers = lost_ranges(read)
    except StoreError:
        return _NOT_LOOKED_AT
    if not numbers:
        return ok("No number is on paper that the file has lost.")
    told = ", ".join(" to ".join(dict.fromkeys(each.ends)) for each in numbers)
    return failure(
        f"A damage of the disk has taken tickets that are on paper: {told}. Numbering goes on"
        " behind them.",
        "Enter them as from the paper roll, on the staff page; back up, and replace the card.",
    )


def _finding(state: ClosingState, now: Moment) -> Finding:
    if state.due is None:
        too_few = f" Too few people to be protected join the next one: {', '.join(state.over)}."
        return ok(f"Every period that is over is closed.{too_few if state.over else ''}")
    if not now.trusted:
        return failure(
            f"{state.due} seems to be over and is not closed: the clock is not set.",
            "Connect a network with a time server and look at 'timedatectl';"
            " the box closes within the hour.",
        )
    if state.waits_for_visit:
        return ok(f"{state.due} is over, and is closed once its last visit is.")
    if state.failure:
        return failure(
            f"{state.due} is over and could not be closed: {state.failure}",
            "Try it yourself: kiosk counts close. Nothing is lost; please report what it says.",
        )
    return failure(
        f"{state.due} is over and has not been closed.",
        "Console and panel close it within the hour. By hand: kiosk counts close.",
    )


def _now(host: Host) -> Moment:
    trusted = host.settings().trust_always or host.clock_is_set()
    return replace(clock.now(trust_always=False), trusted=trusted)


def _profile(host: Host) -> Profile:
    return profiles.load_profile(host.settings().profile)
