"""Builder of the sheets for the wall: one A4 page for each stop, that citizens read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.counts.coarsening import OTHERS
from kiosk.domain.errors import Refused
from kiosk.domain.feedback import FACES
from kiosk.drawing.icons import FOLDER as ICONS
from kiosk.export.report import quality
from kiosk.export.report.demand import StopAmount, stops_by_people
from kiosk.export.report.merging import sum_periods
from kiosk.export.report.page import template
from kiosk.export.report.words import periods_in_words
from kiosk.export.tables import german

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.report.merging import SummedPeriods

_MOST_GROUPS: Final = 5
_LINES: Final = 5
"""Written on by the team, and still one sheet with the longest names."""


class NoSheetForStop(Refused):
    """Too few people came to each stop to tell any of them apart."""

    def __init__(self) -> None:
        super().__init__(
            "No stop has enough people to be told apart from others in this period, so there is no"
            " sheet: take a longer one with --from and --until."
        )


@dataclass(frozen=True, slots=True)
class WallSheet:
    """What one stop hangs up. `groups` have their share of its people in percent.

    `smileys` are its own, None where they are too few to be told apart.
    """

    stop: StopAmount
    groups: Sequence[tuple[str, int]]
    smileys: quality.Smileys | None


def make_wall_sheets(periods: Sequence[ClosedPeriod]) -> tuple[bytes, Sequence[WallSheet]]:
    """The page with a sheet for each stop that is told apart, by name. Raises `NoSheetForStop`.

    The same periods give the same bytes.
    """
    summed = sum_periods(periods)
    merged, sheets = summed.merged, wall_sheets(summed)
    if not sheets:
        raise NoSheetForStop
    page = template("wall.html").render(
        period=merged,
        title=periods_in_words(periods),
        sheets=sheets,
        faces=_faces(merged.names.score_levels),
        all_smileys=quality.smileys(merged),
        waiting=quality.waiting_of_all(merged),
        lines=_LINES,
    )
    return page.encode(), sheets


def wall_sheets(summed: SummedPeriods) -> list[WallSheet]:
    smileys = {row.label: row for row in quality.smileys_of_stops(summed.merged)}
    stops = [stop for stop in stops_by_people(summed) if stop.code != OTHERS]
    return [
        WallSheet(stop, groups_of_stop(summed.merged, stop.code), smileys.get(stop.label))
        for stop in sorted(stops, key=lambda stop: stop.label.casefold())
    ]


def groups_of_stop(merged: ClosedPeriod, stop: str) -> list[tuple[str, int]]:
    """The topic groups asked for most at a stop, with their share in percent."""
    people: Counter[str] = Counter()
    for (where, group), n in merged.tables.get("demand", []):
        if where == stop and n:
            people[merged.names.groups.get(str(group), german.OTHERS)] += n
    shares = [(label, round(100 * n / people.total())) for label, n in people.items()]
    shares.sort(key=lambda row: (row[0] == german.OTHERS, -row[1], row[0]))
    return shares[:_MOST_GROUPS]


def _faces(levels: int) -> Mapping[int, str]:
    """The smileys of the glass by score."""
    return {levels - place: _svg(f"face-{face}") for place, face in enumerate(FACES[levels])}


def _svg(name: str) -> str:
    """Our own file, within a page that has it several times: without its ids."""
    text = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    return re.sub(r' id="[^"]*"', "", text).replace("<svg ", '<svg aria-hidden="true" ', 1)
