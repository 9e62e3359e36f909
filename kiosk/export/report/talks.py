"""What came of the talks: outcomes, referrals, languages, items and refused wishes of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.counts.coarsening import OTHERS
from kiosk.domain.outcome import MISSED, NOT_RECORDED, WITHDRAWN
from kiosk.export.report.band import band_of
from kiosk.export.report.demand import Amount
from kiosk.export.report.merging import sums_by
from kiosk.export.tables import german
from kiosk.export.tables.codes import labels_of

if TYPE_CHECKING:
    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.report.merging import SummedPeriods

_NO_TALK: Final = (MISSED, WITHDRAWN)
_OUTCOME, _GROUP = 2, 1
REFERRAL: Final = "referral"
_APART: Final = (REFERRAL, "interpreter", "appointment", "set_aside")


def outcomes(merged: ClosedPeriod, periods: int) -> list[Amount]:
    """How the talks ended, most frequent first; those without a record last."""
    return [row for row in _all_outcomes(merged, periods) if row.code not in _NO_TALK]


def not_appeared(merged: ClosedPeriod, periods: int) -> list[Amount]:
    """Numbers that never came to a desk."""
    return [row for row in _all_outcomes(merged, periods) if row.code in _NO_TALK]


def _all_outcomes(merged: ClosedPeriod, periods: int) -> list[Amount]:
    labels = labels_of("outcomes", [merged])["outcome"]
    rows = [
        Amount(code, labels.get(code, code), band_of(n, periods))
        for code, n in sums_by(merged, "outcomes", _OUTCOME).items()
    ]
    return sorted(rows, key=lambda row: (row.code == NOT_RECORDED, -row.band.count))


def languages(summed: SummedPeriods) -> list[Amount]:
    """In which language numbers were drawn."""
    rows = [
        Amount(code, german.language_label(code), summed.languages.band(code, count))
        for code, count in sums_by(summed.merged, "languages", 0).items()
    ]
    return sorted(rows, key=lambda row: (row.code == OTHERS, -row.band.count, row.label))


def answers(merged: ClosedPeriod, item: str, periods: int) -> list[Amount]:
    """The answers of one item of the talks, most frequent first."""
    rows = [
        Amount(str(value), german.answer_label(item, str(value), merged.names), band_of(n, periods))
        for (asked, value), n in merged.tables.get("records", [])
        if asked == item
    ]
    return sorted(rows, key=lambda row: (row.label == german.NOT_SAID_LABEL, -row.band.count))


def other_items(merged: ClosedPeriod, periods: int) -> list[tuple[str, list[Amount]]]:
    """Every item that has no place of its own in the report, with its answers."""
    labels = german.item_labels(merged.names.questions)
    items = dict.fromkeys(str(item) for (item, _), _ in merged.tables.get("records", []))
    return [
        (labels.get(item, item), answers(merged, item, periods))
        for item in items
        if item not in _APART
    ]


def refusals(merged: ClosedPeriod, periods: int) -> list[Amount]:
    """Wishes for which no number was given, by reason."""
    return [
        Amount(code, german.REFUSALS.get(code, code), band_of(n, periods))
        for code, n in sums_by(merged, "refused", 0).most_common()
    ]


def refused_groups(merged: ClosedPeriod, periods: int) -> list[Amount]:
    """The same by topic group."""
    return [
        Amount(code, merged.names.groups.get(code, german.OTHERS), band_of(n, periods))
        for code, n in sums_by(merged, "refused", _GROUP).most_common()
    ]
