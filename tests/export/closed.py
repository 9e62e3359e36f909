"""A closed period to export."""

from dataclasses import replace
from datetime import date

from kiosk.counts.ledger_entry import ClosedPeriod, ledger_names
from kiosk.counts.periods import first_day, last_day
from kiosk.domain.ids import PartnerId
from kiosk.domain.profile import Partner, Profile
from kiosk.store.counters import DemandKey, FeedbackKey, RecordKey, VisitKey
from tests.town import ESTATE, JOBS, MARKET, RENT, TENANTS, TOWN

TOWN_WITH_PARTNERS = replace(
    TOWN, operator="Stadt Größenwahn", partners=(Partner(PartnerId("city"), "Stadt"),)
)


def a_period(
    month: str, part: int = 1, until: date | None = None, profile: Profile = TOWN_WITH_PARTNERS
) -> ClosedPeriod:
    """A closed month, or a part of one that ended on a day."""
    return ClosedPeriod(
        period=month if until is None else f"{month}.{part}",
        month=month,
        part=part,
        first_day=first_day(month),
        last_day=until or last_day(month),
        clock_trusted=True,
        names=ledger_names(profile, "rh-1"),
        demand=[
            (DemandKey(ESTATE, RENT, None, "missed"), 5),
            (DemandKey(MARKET, JOBS, 9, "resolved"), 20),
            (DemandKey(MARKET, RENT, 9, "resolved"), 10),
        ],
        feedback=[(FeedbackKey(MARKET, 9, 5), 15)],
        visits=[(VisitKey(ESTATE, None), 0), (VisitKey(MARKET, f"{month}-07"), 35)],
        records=[
            (RecordKey("advice", "full"), 15),
            (RecordKey("referral", TENANTS), 10),
            (RecordKey("set_aside", "repeated"), 5),
        ],
    )
