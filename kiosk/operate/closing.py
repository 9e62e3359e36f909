"""Closing of what is over, for commands: of its own accord before counts leave the box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.counts import survey_words
from kiosk.domain.errors import KioskError
from kiosk.domain.local_time import local_date
from kiosk.operate.simulation.days import has_simulated_visits
from kiosk.service import access, closing
from kiosk.service.operating_days import record_lost_visits
from kiosk.service.visit_counting import count_closed

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.wiring.box import Kiosk


def close_ended_periods(
    kiosk: Kiosk,
    *,
    end_running: bool = False,
    on_closed: Callable[[ClosedPeriod], None] = lambda _: None,
) -> list[ClosedPeriod]:
    """Close every period that is over.

    `end_running` ends the running one too, and the chance to take back that a visit was closed.
    Raises `VisitNotCounted`, and what `close_periods` does.
    """
    from kiosk.counts.close import close_periods  # noqa: PLC0415 - brings NumPy and HiGHS
    from kiosk.counts.ledger_entry import ledger_names  # noqa: PLC0415 - same

    now, office = kiosk.now(), kiosk.office
    count_closed(office, now, at_once=end_running)
    office.read(closing.check_counted, now)
    if now.trusted:
        with office.database.write() as connection:
            record_lost_visits(connection, office.profile, local_date(now))
    with office.database.read() as connection:
        left = survey_words.kept(connection)
    names = ledger_names(
        office.profile,
        access.device_id(office.database),
        device_name=kiosk.config.name,
        simulated=has_simulated_visits(office),
        left_questions=left,
    )
    return close_periods(
        office.database,
        names,
        now,
        counts_by=office.profile.counts_by,
        end_running=end_running,
        on_closed=on_closed,
    )


def close_if_due(kiosk: Kiosk, report: Callable[[str], None]) -> None:
    """Close what is due; a failure is told and written down, and what was closed before can go."""
    if not closing.is_closing_due(kiosk.office, kiosk.now()):
        return
    try:
        for period in close_ended_periods(kiosk):
            report(f"Closed {period.period}.")
    except KioskError as error:
        closing.record_failure(kiosk.office, str(error), kiosk.now())
        report(f"Not closed: {error}")
