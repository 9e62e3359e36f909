"""Kinds of files that staff import in the browser: year plans and appointments.

It is done by the same code as on the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kiosk.console.words.imports import preview_of_appointments, preview_of_plan
from kiosk.domain.local_time import local_date
from kiosk.service import timetable
from kiosk.service.appointment_import import import_appointments, preview_appointments
from kiosk.service.plan_changes import check_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.console.words.imports import ImportPreview
    from kiosk.domain.moment import Moment
    from kiosk.files.appointments.validation import AppointmentFile
    from kiosk.files.file_reader import ImportFile
    from kiosk.files.timetable.validation import YearPlan
    from kiosk.service.office import Office


class ImportOutcome(NamedTuple):
    """What an import changes, in words, and the mark by which a later one is the same."""

    preview: ImportPreview
    mark: str


class ImportKind(NamedTuple):
    """One kind of file. `preview` and `carry_out` take what `read` has made of it.

    All raise `ImportErrors` and `TodayUnknown`, `carry_out` also `ChangedMeanwhile`.
    """

    name: str
    title: str
    back: str
    read: Callable[[Office, ImportFile, Moment], Any]
    preview: Callable[[Office, Any, Moment, bool], ImportOutcome]
    carry_out: Callable[[Office, Any, Moment, bool, str], ImportOutcome]


def _read_plan(office: Office, file: ImportFile, now: Moment) -> YearPlan:
    # The libraries of calendars take a second to load, and are used some times a year.
    from kiosk.files.timetable import parse_plan  # noqa: PLC0415 - slow

    return parse_plan(file, office.profile, local_date(now))


def _preview_plan(office: Office, plan: YearPlan, now: Moment, replace_all: bool) -> ImportOutcome:  # noqa: FBT001 - as it is chosen
    done = timetable.preview_plan(office, plan, now, instead_of_all=replace_all)
    return ImportOutcome(preview_of_plan(plan, done, office.profile), done.mark)


def _import_plan(
    office: Office,
    plan: YearPlan,
    now: Moment,
    replace_all: bool,  # noqa: FBT001 - as it is chosen
    mark: str,
) -> ImportOutcome:
    done = timetable.import_plan(office, plan, now, instead_of_all=replace_all, mark=mark)
    return ImportOutcome(preview_of_plan(plan, done, office.profile), done.mark)


def _read_appointments(office: Office, file: ImportFile, now: Moment) -> AppointmentFile:
    from kiosk.files.appointments import parse_appointments  # noqa: PLC0415 - slow

    return parse_appointments(file, office.profile, local_date(now))


def _preview_appointments(
    office: Office,
    file: AppointmentFile,
    now: Moment,
    replace_all: bool,  # noqa: FBT001 - as it is chosen
) -> ImportOutcome:
    check_whole(file.source, whole=file.whole or not replace_all)
    done = preview_appointments(office, file.bookings, now, instead_of_all=replace_all)
    return ImportOutcome(preview_of_appointments(file, done, office.profile), done.mark)


def _import_appointments(
    office: Office,
    file: AppointmentFile,
    now: Moment,
    replace_all: bool,  # noqa: FBT001 - as it is chosen
    mark: str,
) -> ImportOutcome:
    done = import_appointments(office, file.bookings, now, instead_of_all=replace_all, mark=mark)
    return ImportOutcome(preview_of_appointments(file, done, office.profile), done.mark)


KINDS: Final = {
    kind.name: kind
    for kind in (
        ImportKind(
            "timetable",
            "Jahresplan einlesen",
            "/staff/timetable",
            _read_plan,
            _preview_plan,
            _import_plan,
        ),
        ImportKind(
            "appointments",
            "Termine einlesen",
            "/staff",
            _read_appointments,
            _preview_appointments,
            _import_appointments,
        ),
    )
}
