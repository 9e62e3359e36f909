"""Health report: what the doctor found last, kept as a file for those who may not look themselves.

The console has no device in sight and the upload no service; both read what a process with the
rights to look has found, and when.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from kiosk.domain.moment import Moment
from kiosk.system.kept_file import replace_file

if TYPE_CHECKING:
    from kiosk.system.paths import Paths

_MOST_BYTES: Final = 512 * 1024

Level = Literal["ok", "warning", "failure"]


class HealthCheck(msgspec.Struct, frozen=True):
    """One check as the doctor found it; `kind` is that of a device. English, for technicians.

    `examined` is false where something else kept the doctor from looking; `troubles` are those of a
    device, worst first, by their words.
    """

    name: str
    result: Level
    cause: str
    remedy: str
    kind: str = ""
    examined: bool = True
    variant: str = ""
    troubles: tuple[str, ...] = ()


class HealthReport(msgspec.Struct, frozen=True):
    """All checks of one run, and the moment of its end as text."""

    checked: str
    checks: list[HealthCheck]

    @property
    def moment(self) -> Moment:
        return Moment.from_text(self.checked)


def save_report(paths: Paths, report: HealthReport) -> None:
    """Put a report in place of the last one, whole. Raises `OSError`."""
    replace_file(paths.health_report, msgspec.json.encode(report))


def last_report(paths: Paths) -> HealthReport | None:
    """None where there is none, or where the power has torn it."""
    with suppress(OSError, msgspec.MsgspecError, ValueError):
        with paths.health_report.open("rb") as file:
            report = msgspec.json.decode(file.read(_MOST_BYTES), type=HealthReport)
        _ = report.moment
        return report
    return None
