"""Status of the fleet: who delivered what and when last, with gaps, findings and renames."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from kiosk.fleet.awaited import list_awaited
from kiosk.fleet.box_statuses import latest_statuses
from kiosk.fleet.boxes import list_boxes
from kiosk.fleet.findings import list_findings
from kiosk.fleet.gaps import GRACE, Gap, PackageSpan, find_gaps
from kiosk.fleet.schema import deliveries, packages
from kiosk.fleet.topic_labels import renamed_topics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection, Select

    from kiosk.export.upload.box_status import CheckLevel
    from kiosk.export.upload.update_messages import DeviceUpdate
    from kiosk.fleet.awaited import AwaitedBox
    from kiosk.fleet.box_statuses import ReceivedStatus
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
    """What a box has delivered, and what it has told of itself last."""

    box: Box
    packages: int
    people: int
    last: LastPackage | None
    received_at: datetime | None
    gaps: Sequence[Gap]
    told: ReceivedStatus | None = None

    @property
    def added_at(self) -> datetime:
        return _in_utc(self.box.added_at)

    @property
    def delivered_at(self) -> datetime | None:
        """When a package of it came in last."""
        return _in_utc(self.received_at) if self.received_at else None

    @property
    def seen_at(self) -> datetime | None:
        """When anything of the box came in last."""
        times = [self.delivered_at, self.told.received_at if self.told else None]
        return max((at for at in times if at), default=None)

    @property
    def update(self) -> DeviceUpdate | None:
        """What an appliance in service has told of its version."""
        in_service = self.told and not self.box.retired_on
        return self.told.status.update if self.told and in_service else None

    @property
    def failures(self) -> Sequence[CheckLevel]:
        """What keeps a part of the box from working."""
        return [check for check in self.checks if check.result == "failure"]

    @property
    def checks(self) -> Sequence[CheckLevel]:
        """What the doctor of the box said last, the worst first; what is well left out."""
        found = self.told.status.checks if self.told else []
        bad = [check for check in found if check.result != "ok"]
        return sorted(bad, key=lambda check: check.result)


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
    awaited: Sequence[AwaitedBox]
    findings: Sequence[FleetFinding]
    renamed: Sequence[RenamedTopic]
    deliveries: Sequence[Delivery]


def fleet_status(connection: Connection, today: date) -> FleetStatus:
    """The status of all boxes, from one snapshot."""
    gaps = {box.device: found for box, found in box_gaps(connection, today)}
    totals = {row[0]: (row[1], row[2], row[3]) for row in connection.execute(_totals())}
    last, statuses = _last_packages(connection), latest_statuses(connection)
    found = []
    for box in list_boxes(connection):
        count, people, received_at = totals.get(box.device) or (0, 0, None)
        newest, lacks = last.get(box.device), gaps[box.device]
        told = statuses.get(box.device)
        found.append(BoxStatus(box, count, int(people), newest, received_at, lacks, told))
    return FleetStatus(
        found,
        list_awaited(connection),
        list_findings(connection),
        renamed_topics(connection),
        _deliveries(connection),
    )


def _in_utc(at: datetime) -> datetime:
    """SQLite gives back what it was given in UTC, without saying so."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


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
