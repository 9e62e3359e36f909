"""Information sheets: the contacts of an advice offer, to take home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import Unknown, WishOfAnother
from kiosk.domain.ids import OfferId
from kiosk.domain.paper_events import (
    SheetFailed,
    SheetPrinted,
    SheetWanted,
)
from kiosk.service.paper import PrintQueue, too_late, without_reason
from kiosk.store import journal, sheets, tickets, visits

if TYPE_CHECKING:
    from kiosk.domain.ids import DeskId, LanguageCode, SheetId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.database import Connection
    from kiosk.store.sheets import Sheet
    from kiosk.store.slips import SlipState


SHOWN_S: Final = 600.0
"""After that no glass shows any more what has become of a sheet."""


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """A sheet to be printed; `wish` names one wish for it, however often it is asked for.

    `offer` is an entry of the directory, `ALL_OFFERS` or `PHRASES`.

    Without `language` it is in that of the person at the desk, else in the profile's first one.
    """

    offer: str
    language: str | None = None
    desk: str | None = None
    wish: str | None = None


@dataclass(frozen=True, slots=True)
class SheetJob:
    """A sheet that is to be printed now."""

    sheet: Sheet

    @property
    def id(self) -> int:
        """By which the sheet is settled."""
        return self.sheet.id


def want_sheet(office: Office, request: SheetRequest, now: Moment) -> Sheet:
    """Have the sheet of an advice offer printed.

    With a wish that has led to a sheet already that sheet is the answer, and nothing more is
    printed. It needs no visit. Raises `Unknown`, `WishOfAnother`.
    """
    profile = office.profile
    profile.offers(request.offer)
    offer, desk = OfferId(request.offer), profile.desk(request.desk).id if request.desk else None
    language = profile.language(request.language) if request.language else None
    with office.database.write() as connection:
        visit = visits.uncounted(connection)
        known = sheets.by_wish(connection, request.wish) if request.wish else None
        if known is None:
            chosen = language or _language_at(profile, connection, desk)
            sheet = sheets.insert(connection, offer, chosen, now, request.wish)
            wanted = SheetWanted(sheet.id, sheet.offer, sheet.language)
            journal.append(connection, wanted, now, visit.id if visit else None)
            return sheet
        if known.offer != offer or language not in {None, known.language}:
            raise WishOfAnother
        return known


def forget_closed(office: Office, now: Moment) -> bool:
    """Forget the sheets of a closed bus ten minutes after they were wanted; says whether it did.

    Nothing of a person stays on a parked bus. Mostly only a read.
    """
    with office.database.read() as connection:
        if not _shown_no_more(connection, now):
            return False
    with office.database.write() as connection:
        return _forget(connection, _shown_no_more(connection, now))


def forget_before_visit(connection: Connection, now: Moment) -> bool:
    """Forget the sheets before a visit, but what is being printed; says whether there were any."""
    under_way = (*sheets.in_state(connection, "wanted"), *sheets.in_state(connection, "begun"))
    coming = {sheet.id for sheet in under_way if too_late(sheet.wanted, now) is None}
    known = [sheet.id for sheet in sheets.list_all(connection)]
    return _forget(connection, [sheet for sheet in known if sheet not in coming])


def sheet_state(snapshot: Snapshot, sheet_id: int) -> SlipState:
    """What has become of a sheet. Raises `Unknown`, as of one that was forgotten."""
    state = sheets.state_of(snapshot.connection, sheet_id)
    if state is None:
        raise Unknown("sheet", str(sheet_id))
    return state


def _language_at(profile: Profile, connection: Connection, desk: DeskId | None) -> LanguageCode:
    """The language of the person at the desk, else the profile's first one."""
    person = tickets.at_desk(connection, desk) if desk else None
    return person.language if person else profile.languages[0]


def _shown_no_more(connection: Connection, now: Moment) -> list[SheetId]:
    """The sheets of a closed bus that no glass shows any more."""
    if visits.uncounted(connection) is not None:
        return []
    ages_s = {sheet.id: now.seconds_since(sheet.wanted) for sheet in sheets.list_all(connection)}
    return [sheet for sheet, age_s in ages_s.items() if age_s is None or age_s > SHOWN_S]


def _forget(connection: Connection, over: list[SheetId]) -> bool:
    """Delete sheets and what the journal says of them; says whether there are any."""
    for sheet in over:
        sheets.delete(connection, sheet)
    if over:
        journal.forget_sheets(connection)
    return bool(over)


def _job(snapshot: Snapshot, sheet: Sheet, _now: Moment) -> SheetJob:
    snapshot.profile.offers(sheet.offer)  # still there
    return SheetJob(sheet)


SHEETS = PrintQueue(
    in_state=sheets.in_state,
    move=sheets.move,
    fail=without_reason(sheets.move),
    skip_reason=lambda sheet, now: too_late(sheet.wanted, now),
    job=_job,
    outside_visits=True,
    printed_event=lambda sheet: SheetPrinted(sheet.id),
    failed_event=lambda sheet, trouble: SheetFailed(sheet.id, trouble),
)
