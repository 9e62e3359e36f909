"""Information sheets: the contacts of an advice offer, to take home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import Unknown
from kiosk.domain.events import SheetFailed, SheetPrinted, SheetWanted
from kiosk.service.office import Office, announce, open_visit_of
from kiosk.service.paper import Paper, failing, too_late
from kiosk.store import sheets, tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import AdviceOffer
    from kiosk.store.database import Connection
    from kiosk.store.sheets import Sheet
    from kiosk.store.slips import SlipState


@dataclass(frozen=True, slots=True)
class SheetJob:
    """A sheet that is to be printed now."""

    sheet: Sheet
    offer: AdviceOffer

    @property
    def id(self) -> int:
        """By which the sheet is settled."""
        return self.sheet.id


def want_sheet(
    office: Office, offer: str, language: str, now: Moment, *, wish: str | None = None
) -> Sheet:
    """Have the sheet of an advice offer printed.

    `wish` names one wish for a sheet: asked again with the same one, the same sheet is the answer
    and nothing more is printed. Raises `NoVisitOpen`, `Unknown`.
    """
    offer_id = office.profile.offer(offer).id
    if language not in office.profile.languages:
        raise Unknown("language", language, office.profile.languages)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        known = sheets.by_wish(connection, wish) if wish else None
        if known:
            return known
        sheet = sheets.insert(connection, offer_id, language, now, wish)
        announce(connection, SheetWanted(sheet.id, sheet.offer, sheet.language), now, visit)
    return sheet


def sheet_state(office: Office, sheet_id: int) -> SlipState:
    """What has become of a sheet. Raises `Unknown`; after the visit nothing is known any more."""
    with office.database.read() as connection:
        state = sheets.state_of(connection, sheet_id)
    if state is None:
        raise Unknown("sheet", str(sheet_id))
    return state


def language_at(office: Office, desk: str) -> LanguageCode:
    """The language of whoever is at a desk, else the profile's first one. Raises `Unknown`."""
    desk_id = office.profile.desk(desk).id
    with office.database.read() as connection:
        ticket = tickets.at_desk(connection, desk_id)
    return ticket.language if ticket else office.profile.languages[0]


def _job(office: Office, _connection: Connection, sheet: Sheet, _now: Moment) -> SheetJob:
    return SheetJob(sheet, office.profile.offer(sheet.offer))


SHEETS = Paper(
    in_state=sheets.in_state,
    move=sheets.move,
    fail=failing(sheets.move),
    not_worth_it=lambda sheet, now: too_late(sheet.wanted, now),
    job=_job,
    printed_event=lambda sheet: SheetPrinted(sheet.id),
    failed_event=lambda sheet, trouble: SheetFailed(sheet.id, trouble),
)
