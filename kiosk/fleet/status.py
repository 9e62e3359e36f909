"""Status of the fleet: who delivered what and when last, with gaps, findings and renames."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from kiosk.fleet.boxes import list_boxes
from kiosk.fleet.findings import list_findings
from kiosk.fleet.gaps import GRACE, Gap, PackageSpan, find_gaps
from kiosk.fleet.schema import deliveries, packages
from kiosk.fleet.topic_labels import renamed_topics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection, Select

    from kiosk.fleet.boxes import Box
    from kiosk.fleet.findings import FleetFinding
    from kiosk.fleet.topic_labels import RenamedTopic

_LATEST: Final = 20


@dataclass(frozen=True, slots=True)
class LastPackage:
    """The newest period of a box, and what it calls itself there."""

    period: str
    device_name: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class BoxStatus:
    """What a box has delivered."""

    box: Box
    packages: int
    people: int
    last: LastPackage | None
    received_at: datetime | None
    gaps: Sequence[Gap]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A folder or upload, and what became of its packages."""

    at: datetime
    place: str
    taken: int
    known: int
    refused: int


@dataclass(frozen=True, slots=True)
class FleetStatus:
    """What the office's page says."""

    boxes: Sequence[BoxStatus]
    findings: Sequence[FleetFinding]
    renamed: Sequence[RenamedTopic]
    deliveries: Sequence[Delivery]


def fleet_status(connection: Connection, today: date) -> FleetStatus:
    """The status of all boxes, from one snapshot."""
    gaps = {box.device: found for box, found in box_gaps(connection, today)}
    totals = {row[0]: (row[1], row[2], row[3]) for row in connection.execute(_totals())}
    last = _last_packages(connection)
    found = []
    for box in list_boxes(connection):
        count, people, received_at = totals.get(box.device) or (0, 0, None)
        newest, lacks = last.get(box.device), gaps[box.device]
        found.append(BoxStatus(box, count, int(people), newest, received_at, lacks))
    return FleetStatus(
        found, list_findings(connection), renamed_topics(connection), _deliveries(connection)
    )


def box_gaps(connection: Connection, today: date) -> list[tuple[Box, list[Gap]]]:
    """The gaps of each box."""
    spans, boxes = _spans(connection), list_boxes(connection)
    successors = {box.replaces: spans.get(box.device) for box in boxes if box.replaces}

    def until(box: Box) -> date:
        after = successors.get(box.device)
        end = box.retired_on or today
        # The act of replacing may come long after the other computer began to drive.
        return min(end, after[0].first_day + GRACE) if after else end

    return [(box, find_gaps(spans.get(box.device, ()), until(box))) for box in boxes]


def _totals() -> Select[str, int, int, datetime]:
    columns = (func.count(), func.sum(packages.c.people), func.max(packages.c.received_at))
    return select(packages.c.device, *columns).group_by(packages.c.device)


def _spans(connection: Connection) -> Mapping[str, Sequence[PackageSpan]]:
    wanted = (
        packages.c.device,
        packages.c.sequence,
        packages.c.first_day,
        packages.c.last_day,
    )
    rows = connection.execute(select(*wanted).order_by(packages.c.device, packages.c.sequence))
    return {
        device: [PackageSpan(*row[1:]) for row in group]
        for device, group in groupby(rows, key=lambda row: str(row[0]))
    }


def _last_packages(connection: Connection) -> Mapping[str, LastPackage]:
    newest = (
        select(packages.c.device, func.max(packages.c.sequence).label("sequence"))
        .group_by(packages.c.device)
        .subquery()
    )
    rows = connection.execute(
        select(
            packages.c.device, packages.c.period, packages.c.device_name, packages.c.simulated
        ).join(
            newest,
            (packages.c.device == newest.c.device) & (packages.c.sequence == newest.c.sequence),
        )
    )
    return {row[0]: LastPackage(*row[1:]) for row in rows}


def _deliveries(connection: Connection) -> list[Delivery]:
    query = select(deliveries).order_by(deliveries.c.id.desc()).limit(_LATEST)
    return [Delivery(*row[1:]) for row in connection.execute(query)]
