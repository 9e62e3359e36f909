"""A closed period to export."""

from dataclasses import replace
from datetime import date

from kiosk.counts.ledger_entry import ClosedPeriod, LedgerDay, Row, ledger_names
from kiosk.counts.periods import first_day, last_day
from kiosk.domain.directory import Partner
from kiosk.domain.ids import PartnerId
from kiosk.domain.profile import Profile
from tests.surveys import QUARTER, SURVEYED
from tests.town import ESTATE, HOME, JOBS, MARKET, RENT, TENANTS, WORK

TOWN_WITH_PARTNERS = replace(
    SURVEYED, operator="Stadt Größenwahn", partners=(Partner(PartnerId("city"), "Stadt"),)
)

_SURVEY: list[Row] = [
    ((QUARTER, "benches"), 5),
    ((QUARTER, "not_said"), 5),
    (("gone", "yes"), 5),
]
"""The last question has left its profile."""


def a_period(
    unit: str, part: int = 1, until: date | None = None, profile: Profile = TOWN_WITH_PARTNERS
) -> ClosedPeriod:
    """A closed quarter or month, or a part of one that ended on a day."""
    first = first_day(unit)
    return ClosedPeriod(
        period=unit if until is None else f"{unit}.{part}",
        unit=unit,
        part=part,
        first_day=first,
        last_day=until or last_day(unit),
        clock_trusted=True,
        names=ledger_names(profile, "rh-1", device_name="Bus Nord"),
        days=[
            LedgerDay(first.replace(day=7), MARKET, planned=True, held=True),
            LedgerDay(first.replace(day=9), ESTATE, planned=True, held=False),
        ],
        tables={
            "visits": [((None, ESTATE), 0), ((first.replace(day=7).isoformat(), MARKET), 35)],
            "demand": [((MARKET, HOME), 15), ((MARKET, WORK), 20)],
            "topics": [((HOME, RENT), 10), ((HOME, "others"), 5), ((WORK, JOBS), 20)],
            "further": [((HOME, RENT), 10), ((HOME, "others"), 5), ((WORK, "others"), 5)],
            "outcomes": [
                (("others", "others", "missed"), 5),
                (("others", "others", "resolved"), 30),
            ],
            "hours": [((MARKET, None), 5), ((MARKET, "00-12"), 30)],
            "feedback": [((MARKET, 5), 15)],
            "survey": _SURVEY,
            "languages": [(("de",), 25), (("not_said",), 10)],
            "records": [
                (("advice", "full"), 15),
                (("advice", "not_said"), 20),
                (("referral", TENANTS), 10),
                (("set_aside", "repeated"), 5),
            ],
        },
    )
