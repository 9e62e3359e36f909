"""What the town has promised: who is expected with an appointment, and who is to be called back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from kiosk.domain.local_time import BERLIN, local_date
from kiosk.domain.outcome import CALL_BACK_PROMISED
from kiosk.domain.ticket import Ticket
from kiosk.service.appointments import ticket_of
from kiosk.service.call_backs import call_backs
from kiosk.store import appointments

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Office, Snapshot

Tickets = Mapping[int, Ticket]


def promises_call_back(ticket: Ticket | None) -> bool:
    return ticket is not None and ticket.outcome == CALL_BACK_PROMISED


@dataclass
class Promises:
    """Beside the office: each code and its time, the ticket it led to, and who was called back."""

    appointments: dict[str, datetime] = field(default_factory=dict)
    practised: set[str] = field(default_factory=set)
    used: dict[str, int] = field(default_factory=dict)
    made_in_step: dict[tuple[str, int], str] = field(default_factory=dict)
    called_back: set[int] = field(default_factory=set)

    def expected(self, tickets: Tickets) -> dict[str, datetime]:
        """Who has not come yet, or whose coming was taken back."""
        return {
            code: when
            for code, when in self.appointments.items()
            if self.used.get(code) not in tickets
        }

    def has_come(self, step: tuple[str, int], tickets: Tickets) -> bool:
        """Whether the appointment that was made in this step led to a number."""
        return self.used.get(self.made_in_step.get(step, "")) in tickets

    def withdraw(self, code: str) -> None:
        self.appointments.pop(code, None)
        self.practised.discard(code)

    def talk_ended(self, kind: str, was: Tickets, became: Tickets, *, silent: bool) -> None:
        """A new promise of a call back is open, whatever was done about an earlier one.

        None goes but by an outcome that replaces it: `silent` says that none was said.
        """
        if silent or kind not in {"finish", "amend"}:
            lost = [t.number for t in became.values() if _loses_promise(was.get(t.id), t)]
            assert not lost, f"{lost} are not on the list of calls back"
            return
        for ticket in became.values():
            if promises_call_back(ticket) and not (
                kind == "amend" and promises_call_back(was.get(ticket.id))
            ):
                self.called_back.discard(ticket.id)

    def visit_counted(self, visit: Visit, ended: Moment, tickets: Tickets) -> None:
        """Who has come is done with; who has not is not expected any more once the time is over.

        After practice every appointment is open again. Of a visit left open only its own day
        is over, not the morning on which it is closed.
        """
        if visit.practice:
            for code in self.practised.copy():
                self.withdraw(code)
        else:
            began = visit.left_open_since(ended)
            over = midnight(began + timedelta(days=1)) if began else ended.wall
            for code, when in list(self.appointments.items()):
                if self.used.get(code) in tickets or (ended.trusted and when < over):
                    self.withdraw(code)
        self.used.clear()
        self.made_in_step.clear()
        self.called_back.clear()

    def visit_opened(self, now: Moment) -> None:
        """The days before are over."""
        if now.trusted:
            today = midnight(local_date(now))
            for code in [code for code, when in self.appointments.items() if when < today]:
                self.withdraw(code)

    def check(self, office: Office, tickets: Tickets) -> None:
        """Every appointment is kept, and none appears that was not made."""
        assert office.read(_expected) == self.expected(tickets)
        listed = {each.ticket.id: each.done for each in office.read(call_backs)}
        promised = {ticket.id for ticket in tickets.values() if promises_call_back(ticket)}
        assert listed == {ticket: ticket in self.called_back for ticket in promised}


def _loses_promise(was: Ticket | None, became: Ticket) -> bool:
    return promises_call_back(was) and not promises_call_back(became)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BERLIN)


def _expected(snapshot: Snapshot) -> dict[str, datetime]:
    return {
        each.code: each.time
        for each in appointments.list_all(snapshot.connection)
        if ticket_of(snapshot.connection, each) is None
    }
