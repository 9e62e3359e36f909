"""The dialogs of a desk's page. Each is asked for when it is opened, so it tells the present."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kiosk.console.pages.desk_choices import Noted, busiest_topics, referral_groups, topic_choices
from kiosk.console.pages.desk_page import DeskPage, Wanted, page_in
from kiosk.console.pages.desk_paper import paper_of
from kiosk.console.pages.desk_rows import Rows, clock_time
from kiosk.console.words.refusals import STATES
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import GERMAN
from kiosk.domain.ticket import TicketState
from kiosk.domain.volume import MAX_PERCENT, MIN_PERCENT
from kiosk.service import smileys, volume
from kiosk.service.check_in import Presence, expected_today
from kiosk.service.queue_view import queue_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.console.http.context import ConsoleContext
    from kiosk.service.check_in import ExpectedAppointment
    from kiosk.service.office import Snapshot

_PRESENCE: Final = {
    Presence.EXPECTED: "",
    Presence.CHECKED_IN: "ist da",
    Presence.NO_SHOW: "nicht gekommen",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which dialog somebody opened, at which desk, and about whom or what."""

    context: ConsoleContext
    snapshot: Snapshot
    page: DeskPage
    ticket: int | None
    topic: str | None


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """An appointment of today. `body` gives whoever has come their number."""

    id: int
    time: str
    topic: str
    note: str
    coming: bool
    body: dict[str, str]


def dialog(
    context: ConsoleContext, desk: str, name: str, ticket: int | None, topic: str | None
) -> tuple[str, dict[str, Any]]:
    """The template of a dialog and what stands in it. Raises `Unknown`."""
    if name not in _DIALOGS:
        raise Unknown("dialog", name, tuple(_DIALOGS))
    with context.office.snapshot() as snapshot:
        asked = Asked(context, snapshot, page_in(snapshot, context, desk, Wanted()), ticket, topic)
        return f"dialogs/{name}.html", {"page": asked.page, **_DIALOGS[name](asked)}


def _nothing_more(_asked: Asked) -> dict[str, Any]:
    return {}


def _take(asked: Asked) -> dict[str, Any]:
    languages = asked.snapshot.profile.languages
    return {"languages": [(code, asked.context.texts.name(code)) for code in languages]}


def _count(asked: Asked) -> dict[str, Any]:
    busiest = busiest_topics(asked.snapshot.profile, queue_view(asked.snapshot))
    return {"busiest": busiest, "usual": Noted()}


def _refer(asked: Asked) -> dict[str, Any]:
    """For the person at the desk, or for somebody who is counted with a topic."""
    profile, person = asked.snapshot.profile, asked.page.person
    topic = asked.topic or (person.ticket.topic if person else profile.topics[0].id)
    counted = asked.topic is not None or person is None
    return {
        "referrals": referral_groups(profile, topic),
        "language": profile.languages[0] if counted or not person else person.ticket.language,
        "prints": profile.has("printer"),
    }


def _ticket(asked: Asked) -> dict[str, Any]:
    snapshot = asked.snapshot
    found = next((ticket for ticket in snapshot.tickets if ticket.id == asked.ticket), None)
    if found is None:
        raise Unknown("ticket", str(asked.ticket))
    rows = Rows(asked.context, asked.context.now(), snapshot.desk_state(asked.page.desk).topics)
    state = found.state
    there = state in {TicketState.WAITING, TicketState.PARKED, TicketState.MISSED}
    return {
        "row": rows.of(found),
        "there": there,
        "state": STATES[state],
        "paper": paper_of(snapshot, found),
    }


def _day(asked: Asked) -> dict[str, Any]:
    presses = smileys.count_by_misuse(asked.snapshot)
    counted = presses.get(None, 0)
    return {
        "has_buttons": asked.snapshot.profile.has("buttons"),
        "smileys": counted,
        "misused": sum(presses.values()) - counted,
    }


def _contingents(asked: Asked) -> dict[str, Any]:
    profile, visit = asked.snapshot.profile, asked.page.visit
    limits = visit.contingents.items() if visit else ()
    given = visit.given if visit else {}
    return {
        "contingents": [
            (topic, profile.topic(topic).label[GERMAN], given.get(topic, 0), most)
            for topic, most in limits
        ]
    }


def _every_topic(asked: Asked) -> dict[str, Any]:
    handled = asked.snapshot.desk_state(asked.page.desk).topics
    return {"every_group": topic_choices(asked.snapshot.profile), "handled": handled}


def _appointments(asked: Asked) -> dict[str, Any]:
    everybody = expected_today(asked.snapshot, asked.context.now())
    return {
        "appointments": [_expected_row(asked, one, place) for place, one in enumerate(everybody)]
    }


def _expected_row(asked: Asked, one: ExpectedAppointment, place: int) -> ExpectedRow:
    appointment, profile = one.appointment, asked.snapshot.profile
    note = _PRESENCE[one.presence]
    if one.ticket:
        note = f"{one.ticket.number} {STATES[one.ticket.state]}"
    return ExpectedRow(
        id=place,
        time=clock_time(appointment.time),
        topic=profile.topic(appointment.topic).label[GERMAN],
        note=note,
        coming=one.ticket is None,
        body={
            "topic": appointment.topic,
            "appointment": appointment.code,
            "desk": asked.page.desk,
        },
    )


def _desk(asked: Asked) -> dict[str, Any]:
    return {"sounds": asked.snapshot.profile.has("speaker")}


def _volume(asked: Asked) -> dict[str, Any]:
    return {"percent": volume.percent(asked.snapshot), "least": MIN_PERCENT, "most": MAX_PERCENT}


_DIALOGS: Final[dict[str, Callable[[Asked], dict[str, Any]]]] = {
    "transfer": _nothing_more,
    "take": _take,
    "count": _count,
    "refer": _refer,
    "ticket": _ticket,
    "day": _day,
    "devices": _nothing_more,
    "contingents": _contingents,
    "offered": _every_topic,
    "roll": _nothing_more,
    "appointments": _appointments,
    "close": _nothing_more,
    "desk": _desk,
    "volume": _volume,
    "topics": _every_topic,
}
