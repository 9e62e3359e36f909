"""Words for staff about a file that is to be imported: what it would change, or what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from babel.dates import format_date

from kiosk.domain.ids import GERMAN
from kiosk.domain.local_time import BERLIN
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.service.timetable import stop_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from kiosk.domain.appointment import Appointment
    from kiosk.domain.profile import Profile
    from kiosk.domain.timetable import PlannedVisit
    from kiosk.files.appointments.validation import AppointmentFile
    from kiosk.files.faults import ImportErrors
    from kiosk.files.timetable.validation import YearPlan
    from kiosk.service.appointment_import import AppointmentImport
    from kiosk.service.plan_changes import PlanImport

MOST_ROWS: Final = 200
"""So many changes of a kind are listed; a year has no more of one kind by day."""

_PLAN_GROUPS: Final = {
    "new": "Neu",
    "changed": "Geändert",
    "cancelled": "Entfällt",
    "gone": "Nicht mehr geplant",
    "same": "Unverändert",
}
_APPOINTMENT_GROUPS: Final = {
    "new": "Neu",
    "moved": "Geändert",
    "gone": "Entfällt",
    "kept": "Schon angemeldet, bleibt wie bisher",
    "same": "Unverändert",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One visit or appointment; `before` says how it was, `details` who comes along and why."""

    day: str
    iso: str
    hours: str
    what: str
    before: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """All changes of one kind; `more` are not listed."""

    kind: str
    title: str
    count: int
    rows: list[ChangeRow]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would change, in words. `remarks` are what is left out or stays."""

    file: str
    groups: list[ChangeGroup]
    remarks: list[str]

    @property
    def changes(self) -> bool:
        return any(group.kind not in {"same", "kept"} for group in self.groups)

    @property
    def sum(self) -> str:
        return ", ".join(f"{group.title}: {group.count}" for group in self.groups)


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One fault in words."""

    place: str
    what: str
    remedy: str


def preview_of_plan(plan: YearPlan, done: PlanImport, profile: Profile) -> ImportPreview:
    """The visits that a year plan would change."""
    rows = [
        (change.kind, _visit_row(change.visit, change.before, profile)) for change in done.changes
    ]
    remarks = [said.german for said in plan.remarks]
    if plan.past:
        remarks.append(f"{_visits(plan.past)} vor heute: nicht gelesen")
    if done.outdated:
        remarks.append(f"{_visits(done.outdated)} älter als geplant: nicht übernommen")
    remarks += [
        f"{_visits(count)} aus {other}: {'bleibt' if count == 1 else 'bleiben'} daneben geplant"
        for other, count in sorted(done.others.items())
    ]
    remarks += [
        f"Zwei Einsätze zur selben Zeit am selben Standort: {_day(other.begins)[0]},"
        f" {stop_name(profile, one.stop)}, {_hours(one)} und {_hours(other)}"
        for one, other in done.overlaps
    ]
    return ImportPreview(plan.source, _grouped(rows, _PLAN_GROUPS), remarks)


def preview_of_appointments(
    file: AppointmentFile, done: AppointmentImport, profile: Profile
) -> ImportPreview:
    """The appointments that a file would change."""
    rows = [
        (change.kind, _appointment_row(change.appointment, change.before, profile))
        for change in sorted(done.changes, key=lambda change: change.appointment.time)
    ]
    remarks = [said.german for said in file.remarks]
    if file.past:
        remarks.append(f"{_appointments(file.past)} vor heute: nicht gelesen")
    if done.outdated:
        remarks.append(f"{_appointments(done.outdated)} älter als bekannt: nicht übernommen")
    if file.all_day:
        remarks.append(f"{_appointments(file.all_day)} ohne Uhrzeit: nicht gelesen")
    if done.others:
        remain = "bleibt" if done.others == 1 else "bleiben"
        remarks.append(f"{_appointments(done.others)} aus anderen Dateien: {remain}")
    return ImportPreview(file.source, _grouped(rows, _APPOINTMENT_GROUPS), remarks)


def faults_in_german(errors: ImportErrors) -> list[FaultRow]:
    """What is wrong with a file, each with its line and remedy."""
    return [
        FaultRow(f"Zeile {line}" if line else "Die Datei", what.german, _sentence(remedy.german))
        for line, what, remedy in errors.import_faults
    ]


def _grouped(rows: Iterable[tuple[str, ChangeRow]], titles: Mapping[str, str]) -> list[ChangeGroup]:
    by_kind: dict[str, list[ChangeRow]] = {kind: [] for kind in titles}
    for kind, row in rows:
        by_kind[kind].append(row)
    return [
        ChangeGroup(kind, titles[kind], len(found), found[:MOST_ROWS])
        for kind, found in by_kind.items()
        if found
    ]


def _visit_row(visit: PlannedVisit, before: PlannedVisit | None, profile: Profile) -> ChangeRow:
    stop = stop_name(profile, visit.stop)
    was = _visit_before(visit, before, profile) if before else ""
    note = " · entfällt" if visit.cancelled and before is None else ""
    details = _visit_details(visit, profile)
    return ChangeRow(*_day(visit.begins), _hours(visit), f"{stop}{note}", was, details)


def _visit_details(visit: PlannedVisit, profile: Profile) -> str:
    names = {partner.id: partner.name for partner in profile.partners}
    labels = {topic.id: topic.label[GERMAN] for topic in profile.topics}
    partners = ", ".join(names.get(partner, partner) for partner in visit.partners)
    topics = ", ".join(without_soft_hyphens(labels.get(t, t)) for t in visit.topics)
    return " · ".join(filter(None, (partners, topics, visit.note)))


def _visit_before(visit: PlannedVisit, before: PlannedVisit, profile: Profile) -> str:
    """The former values of a changed visit; none for a cancelled one."""
    parts: list[str] = []
    if visit.cancelled:
        return ""
    if before.day != visit.day:
        parts.append(_day(before.begins)[0])
    if _hours(before) != _hours(visit) or parts:
        parts.append(_hours(before))
    if before.stop != visit.stop:
        parts.append(stop_name(profile, before.stop))
    if (before.partners, before.topics) != (visit.partners, visit.topics):
        parts.append("andere Partner oder Anliegen")
    if before.note != visit.note:
        parts.append("andere Bemerkung")
    if before.cancelled and not visit.cancelled:
        parts.append("abgesagt")
    return ", ".join(parts)


def _appointment_row(
    appointment: Appointment, before: Appointment | None, profile: Profile
) -> ChangeRow:
    begins = appointment.time.astimezone(BERLIN)
    parts = []
    if before and before.time != appointment.time:
        was = before.time.astimezone(BERLIN)
        parts.append(f"{_day(was)[0]}, {was:%H:%M}")
    if before and before.topic != appointment.topic:
        parts.append(_topic(before, profile))
    if before and before.stop != appointment.stop:
        parts.append(stop_name(profile, before.stop) if before.stop else "ohne Standort")
    stop = f" · {stop_name(profile, appointment.stop)}" if appointment.stop else ""
    what = f"{_topic(appointment, profile)}{stop}"
    return ChangeRow(*_day(begins), f"{begins:%H:%M}", what, ", ".join(parts))


def _topic(appointment: Appointment, profile: Profile) -> str:
    known = {topic.id: topic.label[GERMAN] for topic in profile.topics}
    return without_soft_hyphens(known.get(appointment.topic, appointment.topic))


def _day(begins: datetime) -> tuple[str, str]:
    return format_date(begins, "EEE d. MMM y", locale="de"), begins.date().isoformat()


def _hours(visit: PlannedVisit) -> str:
    return f"{visit.begins:%H:%M}\u2013{visit.ends:%H:%M}"


def _sentence(text: str) -> str:
    """With a capital and a full stop, as it stands beside others."""
    if not text:
        return ""
    return f"{text[0].upper()}{text[1:]}{'' if text[-1] in '.?!' else '.'}"


def _visits(count: int) -> str:
    return "1 Einsatz" if count == 1 else f"{count} Einsätze"


def _appointments(count: int) -> str:
    return "1 Termin" if count == 1 else f"{count} Termine"
