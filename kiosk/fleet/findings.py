"""Findings: what was refused, each in one line until it is settled or dismissed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, select, update

from kiosk.domain.errors import Refused
from kiosk.fleet.schema import findings, storable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from kiosk.fleet.verdict import IntakeResult

MOST: Final = 500
"""So many at most: a stick full of rubbish fills no database."""


@dataclass(frozen=True, slots=True)
class FleetFinding:
    """A refused package: its kind is the verdict, `times` how often it came."""

    id: int
    kind: str
    device: str
    package: str
    text: str
    seen_at: datetime
    times: int


class UnknownFinding(Refused):
    """There is none of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no finding {number}: 'kiosk office status' lists them.")


def note(connection: Connection, result: IntakeResult, subject: str, now: datetime) -> None:
    """Note a refusal; the same one again only counts."""
    key = (
        findings.c.kind == str(result.verdict),
        findings.c.device == storable(result.device, 64),
        findings.c.subject == storable(subject, 200),
    )
    changed = connection.execute(
        update(findings).where(*key).values(seen_at=now, times=findings.c.times + 1)
    )
    if changed.rowcount or (connection.scalar(select(func.count(findings.c.id))) or 0) >= MOST:
        return
    connection.execute(
        findings.insert().values(
            kind=str(result.verdict),
            device=storable(result.device, 64),
            subject=storable(subject, 200),
            text=storable(result.reason),
            seen_at=now,
            times=1,
        )
    )


def settle(connection: Connection, packages: Sequence[str]) -> None:
    """Whole copies of these were taken in, so damaged ones do not matter any more."""
    unsound = findings.c.kind == "unsound"
    connection.execute(delete(findings).where(unsound, findings.c.subject.in_(packages)))


def list_findings(connection: Connection) -> list[FleetFinding]:
    """Newest first."""
    rows = connection.execute(select(findings).order_by(findings.c.seen_at.desc(), findings.c.id))
    return [FleetFinding(*row) for row in rows]


def dismiss(connection: Connection, number: int) -> None:
    """Delete a finding that was looked into. Raises `UnknownFinding`."""
    if not connection.execute(delete(findings).where(findings.c.id == number)).rowcount:
        raise UnknownFinding(number)
