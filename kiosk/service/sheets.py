"""Information sheets: the contacts of an advice offer, to take home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import Unknown, WishOfAnother
from kiosk.domain.ids import OfferId
from kiosk.domain.paper_events import (
    SheetFailed,
    SheetPrinted,
    SheetWanted,
)
from kiosk.service.action import Action, action
from kiosk.service.paper import PrintQueue, too_late, without_reason
from kiosk.store import sheets, tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.sheets import Sheet
    from kiosk.store.slips import SlipState


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """A sheet to be printed; `wish` names one wish for it, however often it is asked for.

    `offer` is an entry of the directory, or `ALL_OFFERS`.

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
    printed. Raises `NoVisitOpen`, `Unknown`, `WishOfAnother`.
    """
    office.profile.offers(request.offer)
    offer = OfferId(request.offer)
    language = office.profile.language(request.language) if request.language else None
    with action(office, now, request.desk) as act:
        known = sheets.by_wish(act.connection, request.wish) if request.wish else None
        if known is None:
            chosen = language or _language_at(act)
            sheet = sheets.insert(act.connection, offer, chosen, now, request.wish)
            act.announce(SheetWanted(sheet.id, sheet.offer, sheet.language))
            return sheet
        if known.offer != offer or language not in {None, known.language}:
            raise WishOfAnother
        return known


def sheet_state(snapshot: Snapshot, sheet_id: int) -> SlipState:
    """What has become of a sheet. Raises `Unknown`; after the visit nothing is known any more."""
    state = sheets.state_of(snapshot.connection, sheet_id)
    if state is None:
        raise Unknown("sheet", str(sheet_id))
    return state


def _language_at(act: Action) -> LanguageCode:
    """The language of the person at the desk, else the profile's first one."""
    person = tickets.at_desk(act.connection, act.desk) if act.desk else None
    return person.language if person else act.profile.languages[0]


def _job(snapshot: Snapshot, sheet: Sheet, _now: Moment) -> SheetJob:
    snapshot.profile.offers(sheet.offer)  # still there
    return SheetJob(sheet)


SHEETS = PrintQueue(
    in_state=sheets.in_state,
    move=sheets.move,
    fail=without_reason(sheets.move),
    skip_reason=lambda sheet, now: too_late(sheet.wanted, now),
    job=_job,
    printed_event=lambda sheet: SheetPrinted(sheet.id),
    failed_event=lambda sheet, trouble: SheetFailed(sheet.id, trouble),
)
