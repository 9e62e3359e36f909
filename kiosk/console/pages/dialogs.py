"""Dialogs of a desk's page, rendered when they are opened, so that they tell the present."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kiosk.console.pages.appointment_dialogs import appointment_details, expected_rows, free_slots
from kiosk.console.pages.desk_choices import (
    RecordForm,
    busiest_topics,
    further_choices,
    language_name,
    offer_of,
    referral_groups,
    topic_choices,
)
from kiosk.console.pages.desk_history import outcome_text, record_form_of
from kiosk.console.pages.desk_page import DeskPage, page_in
from kiosk.console.pages.desk_paper import paper_of
from kiosk.console.pages.desk_queue import QueueFilter
from kiosk.console.pages.desk_rows import TicketRow, TicketRows
from kiosk.console.pages.phrase_cards import phrase_dialog
from kiosk.console.words.day_sum import not_finished, outcomes_of, people_of
from kiosk.console.words.keys import SECTIONS
from kiosk.console.words.refusals import STATES
from kiosk.domain.day_sum import DaySum
from kiosk.domain.errors import DeskEmpty, Unknown
from kiosk.domain.ids import GERMAN
from kiosk.domain.ticket import AT_DESK, AWAY, ENDED
from kiosk.domain.volume import MAX_PERCENT, MIN_PERCENT
from kiosk.service import smileys, timetable, visits, volume
from kiosk.service.call_backs import call_backs
from kiosk.service.queue_view import queue_view

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from kiosk.console.http.context import ConsoleContext
    from kiosk.service.office import Snapshot

_NO_SLIP: Final = "kein Zettel gedruckt"


@dataclass(frozen=True, slots=True)
class DialogRequest:
    """A dialog opened at a desk, and about which ticket or topic."""

    context: ConsoleContext
    snapshot: Snapshot
    page: DeskPage
    ticket: int | None
    topic: str | None
    code: str | None = None


def dialog(  # noqa: PLR0913 - what a dialog may be about
    context: ConsoleContext,
    desk: str,
    name: str,
    *,
    ticket: int | None,
    topic: str | None,
    code: str | None,
) -> tuple[str, dict[str, Any]]:
    """The template of a dialog and what stands in it. Raises `Unknown`."""
    if name not in _DIALOGS:
        raise Unknown("dialog", name, tuple(_DIALOGS))
    with context.office.snapshot() as snapshot:
        request = DialogRequest(
            context, snapshot, page_in(snapshot, context, desk, QueueFilter()), ticket, topic, code
        )
        return f"dialogs/{name}.html", {"page": request.page, **_DIALOGS[name](request)}


def _nothing_more(_request: DialogRequest) -> dict[str, Any]:
    return {}


def _close(request: DialogRequest) -> dict[str, Any]:
    day = visits.day_sum_now(request.snapshot) or DaySum()
    return {
        "day": day,
        "not_finished": not_finished(day.waiting, day.at_desk, day.parked, day.missed),
        "people": people_of(day),
        "outcomes": outcomes_of(day, request.snapshot.profile),
    }


def _transfer(request: DialogRequest) -> dict[str, Any]:
    """The other desks, and what each is there for now."""
    profile = request.snapshot.profile
    return {
        "others": [
            (state.id, offer_of(profile, profile.desk(state.id), state.topics), state.at_work)
            for state in request.snapshot.desk_states()
            if state.id != request.page.desk
        ]
    }


def _take(request: DialogRequest) -> dict[str, Any]:
    languages = request.snapshot.profile.languages
    return {"languages": [(code, language_name(code, request.context.texts)) for code in languages]}


def _count(request: DialogRequest) -> dict[str, Any]:
    busiest = busiest_topics(request.snapshot.profile, queue_view(request.snapshot))
    return {"busiest": busiest, "said": RecordForm()}


def _further(request: DialogRequest) -> dict[str, Any]:
    """For the person at the desk."""
    person, profile = request.page.person, request.snapshot.profile
    if person is None:
        raise DeskEmpty(request.page.desk)
    return {"further": further_choices(profile, person.ticket.topic, _offered_today(request))}


def _offered_today(request: DialogRequest) -> Collection[str] | None:
    return request.page.visit.topics if request.page.visit else None


def _refer(request: DialogRequest) -> dict[str, Any]:
    """For the person at the desk, or for an enquiry without a number."""
    profile, person = request.snapshot.profile, request.page.person
    topic = request.topic or (person.ticket.topic if person else profile.topics[0].id)
    counted = request.topic is not None or person is None
    return {
        "referrals": referral_groups(profile, topic),
        "language": profile.languages[0] if counted or not person else person.ticket.language,
        "prints": profile.has("printer"),
        "sheets": len(profile.directory),
    }


def _rows(request: DialogRequest) -> TicketRows:
    now = request.context.now()
    return TicketRows.in_snapshot(request.context, request.snapshot, request.page.desk, now)


def _row(request: DialogRequest) -> TicketRow:
    found = next((t for t in request.snapshot.tickets if t.id == request.ticket), None)
    if found is None:
        raise Unknown("ticket", str(request.ticket))
    return _rows(request).of(found)


def _ticket(request: DialogRequest) -> dict[str, Any]:
    row = _row(request)
    state = row.ticket.state
    return {
        "row": row,
        "at_desk": state in AT_DESK,
        "ended": state in ENDED,
        "state": STATES[state],
        "what": outcome_text(request.snapshot.profile, row.ticket) if state in AWAY else "",
        "paper": paper_of(request.snapshot, row.ticket),
    }


def _of_ticket(request: DialogRequest) -> dict[str, Any]:
    row, profile = _row(request), request.snapshot.profile
    return {
        "row": row,
        "what": outcome_text(profile, row.ticket),
        "said": record_form_of(profile, row),
        "further": further_choices(profile, row.ticket.topic, _offered_today(request)),
    }


def _ended(request: DialogRequest) -> dict[str, Any]:
    profile, rows = request.snapshot.profile, _rows(request)
    ended = [ticket for ticket in request.snapshot.tickets if ticket.state in ENDED]
    ended.sort(key=lambda ticket: (ticket.ended or ticket.taken).wall, reverse=True)
    return {"ended": [(rows.of(ticket), outcome_text(profile, ticket)) for ticket in ended]}


def _day(request: DialogRequest) -> dict[str, Any]:
    presses = smileys.count_by_misuse(request.snapshot)
    counted = presses.get(None, 0)
    return {
        "has_buttons": request.snapshot.profile.has("buttons"),
        "smileys": counted,
        "misused": sum(presses.values()) - counted,
    }


def _contingents(request: DialogRequest) -> dict[str, Any]:
    profile, visit = request.snapshot.profile, request.page.visit
    if visit is None:
        return {"contingents": []}
    return {
        "contingents": [
            (
                topic,
                profile.topic(topic).label[GERMAN],
                visit.given.get(topic, 0),
                most,
                visit.is_by_appointment(topic, profile),
            )
            for topic, most in visit.contingents.items()
        ]
    }


def _every_topic(request: DialogRequest) -> dict[str, Any]:
    handled = request.snapshot.desk_state(request.page.desk).topics
    return {"every_group": topic_choices(request.snapshot.profile), "handled": handled}


def _appointments(request: DialogRequest) -> dict[str, Any]:
    now = request.context.now()
    return {
        "appointments": expected_rows(request.snapshot, request.page.desk, now),
        "books": now.trusted and timetable.is_planned(request.snapshot),
        "every_group": topic_choices(request.snapshot.profile),
    }


def _call_backs(request: DialogRequest) -> dict[str, Any]:
    profile, texts = request.snapshot.profile, request.context.texts
    return {
        "prints": profile.has("printer"),
        "call_backs": [
            {
                "id": each.ticket.id,
                "number": each.ticket.number,
                "topic": profile.topic(each.ticket.topic).label[GERMAN],
                "language": language_name(each.ticket.language, texts),
                "done": each.done,
                "note": "erledigt" if each.done else _NO_SLIP if each.slip == "failed" else "",
            }
            for each in call_backs(request.snapshot)
        ],
    }


def _book(request: DialogRequest) -> dict[str, Any]:
    """For the person at the desk and their topic, or for a caller by telephone and a topic."""
    person = request.page.person
    if person is None and request.topic is None:
        raise DeskEmpty(request.page.desk)
    topic = request.topic or (person.ticket.topic if person else "")
    label = request.snapshot.profile.topic(topic).label[GERMAN]
    return {
        "topic": label,
        "by_telephone": request.topic,
        "visits": free_slots(request.snapshot, topic, request.context.now()),
    }


def _appointment(request: DialogRequest) -> dict[str, Any]:
    return appointment_details(request.snapshot, request.code or "", request.context.now())


def _phrases(request: DialogRequest) -> dict[str, Any]:
    """In the language of the person at the desk, where there is a card of it."""
    profile, person = request.snapshot.profile, request.page.person
    return phrase_dialog(profile, request.context.texts, person.ticket.language if person else None)


def _desk(request: DialogRequest) -> dict[str, Any]:
    return {"sounds": request.snapshot.profile.has("speaker")}


def _keys(_request: DialogRequest) -> dict[str, Any]:
    return {"sections": SECTIONS}


def _volume(request: DialogRequest) -> dict[str, Any]:
    return {"percent": volume.percent(request.snapshot), "least": MIN_PERCENT, "most": MAX_PERCENT}


_DIALOGS: Final[dict[str, Callable[[DialogRequest], dict[str, Any]]]] = {
    "transfer": _transfer,
    "further": _further,
    "take": _take,
    "count": _count,
    "refer": _refer,
    "ticket": _ticket,
    "ended": _ended,
    "amend": _of_ticket,
    "topic": _of_ticket,
    "day": _day,
    "devices": _nothing_more,
    "call_backs": _call_backs,
    "contingents": _contingents,
    "offered": _every_topic,
    "roll": _nothing_more,
    "appointment": _appointment,
    "appointments": _appointments,
    "book": _book,
    "close": _close,
    "desk": _desk,
    "keys": _keys,
    "phrases": _phrases,
    "volume": _volume,
    "topics": _every_topic,
}
