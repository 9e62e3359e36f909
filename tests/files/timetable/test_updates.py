"""Changes and cancellations that come in files of their own, against the plan they are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.files.faults import ImportErrors
from kiosk.files.file_reader import ImportFile
from kiosk.files.timetable import parse_plan
from kiosk.service.plan_changes import compare_plans, merge_plan, without_outdated
from tests.files.timetable.plans import TODAY, calendar, event
from tests.town import TOWN

if TYPE_CHECKING:
    from kiosk.domain.timetable import PlannedVisit

FIRST = datetime.fromisoformat("2026-11-24T10:00")
WEEKS = 4
FORMS = (
    "RECURRENCE-ID;TZID=Europe/Berlin:{when:%Y%m%dT%H%M%S}",
    "RECURRENCE-ID;TZID=W. Europe Standard Time:{when:%Y%m%dT%H%M%S}",
    "RECURRENCE-ID:{utc:%Y%m%dT%H%M%SZ}",
    "RECURRENCE-ID;VALUE=DATE:{when:%Y%m%d}",
)


@dataclass
class Planned:
    """What is planned, after one file and another."""

    visits: list[PlannedVisit] = field(default_factory=list)

    outdated: int = 0

    def take(self, text: str, name: str = "plan.ics") -> None:
        plan = parse_plan(ImportFile(Path(name), text.encode()), TOWN, TODAY)
        plan, self.outdated = without_outdated(plan, self.visits)
        self.visits = merge_plan(plan, self.visits, TODAY, instead_of_all=False)

    def lines(self) -> list[str]:
        """In order of time: `11-24 10:00`, with `-` where it is cancelled."""
        return [
            f"{'-' if v.cancelled else ''}{v.begins:%m-%d %H:%M}"
            for v in sorted(self.visits, key=lambda v: v.begins)
        ]


def series(uid: str = "s", weeks: int = WEEKS) -> str:
    begins = f"{FIRST:%Y%m%dT%H%M%S}"
    rule = f"RRULE:FREQ=WEEKLY;COUNT={weeks}"
    return calendar(event(uid, begins, f"{FIRST + timedelta(hours=2):%Y%m%dT%H%M%S}", rule))


def about(when: datetime, form: str = FORMS[0]) -> str:
    """The line that says which repetition is meant; all of them lie in winter."""
    return form.format(when=when, utc=when - timedelta(hours=1))


def change(when: datetime, to: datetime, form: str = FORMS[0], uid: str = "s") -> str:
    ends = to + timedelta(hours=2)
    moved = event(uid, f"{to:%Y%m%dT%H%M%S}", f"{ends:%Y%m%dT%H%M%S}", about(when, form))
    return calendar(moved, head="METHOD:REQUEST\n")


def cancellation(when: datetime | None, form: str = FORMS[0], uid: str = "s") -> str:
    """As short as the rules allow."""
    lines = [f"UID:{uid}", f"DTSTART;TZID=Europe/Berlin:{when or FIRST:%Y%m%dT%H%M%S}"]
    lines += [about(when, form)] if when else []
    return calendar("\n".join(lines), head="METHOD:CANCEL\n")


def zone(name: str, offset: str) -> str:
    """The definition of a zone without summer."""
    return (
        f"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:20200101T000000\n"
        f"TZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE\n"
    )


steps = st.lists(
    st.tuples(
        st.sampled_from(["move", "cancel"]),
        st.integers(0, WEEKS - 1),
        st.integers(1, 100),
        st.sampled_from(FORMS),
    ),
    max_size=8,
)


@settings(max_examples=25)  # each reads up to nine files
@given(steps)
def test_whatever_happens_to_repetitions_each_is_found_again(
    happened: list[tuple[str, int, int, str]],
) -> None:
    planned, expected = Planned(), [(FIRST + timedelta(weeks=n), False) for n in range(WEEKS)]
    planned.take(series())
    for what, week, minutes, form in happened:
        when = FIRST + timedelta(weeks=week)
        if what == "move":
            # Never where another one is, and often where another one was.
            to = FIRST + timedelta(weeks=(week + minutes) % WEEKS, minutes=5 * minutes + week)
            planned.take(change(when, to, form), "invite.ics")
            expected[week] = to, False
        else:
            planned.take(cancellation(when, form), "invite.ics")
            expected[week] = expected[week][0], True
    told = sorted((v.begins.replace(tzinfo=None), v.cancelled) for v in planned.visits)
    assert told == sorted(expected)


def numbered(text: str, sequence: int) -> str:
    """A calendar whose events are of that version."""
    return text.replace("UID:", f"SEQUENCE:{sequence}\nUID:")


def test_an_older_change_that_is_imported_later_does_not_win() -> None:
    planned, second = Planned(), FIRST + timedelta(weeks=1)
    planned.take(numbered(series(weeks=2), 0))
    older = numbered(change(second, second + timedelta(hours=1)), 1)
    planned.take(numbered(change(second, second + timedelta(hours=3)), 2), "invite.ics")
    planned.take(older, "older.ics")
    assert (planned.outdated, planned.lines()) == (1, ["11-24 10:00", "12-01 13:00"])
    planned.take(numbered(cancellation(second), 3), "cancel.ics")
    planned.take(numbered(change(second, second + timedelta(hours=3)), 2), "invite.ics")
    assert (planned.outdated, planned.lines()) == (1, ["11-24 10:00", "-12-01 13:00"])
    planned.take(numbered(cancellation(None), 0), "cancel.ics")
    assert planned.lines() == ["-11-24 10:00", "-12-01 13:00"], "that of the whole is no older"
    planned.take(numbered(series(weeks=2), 0))
    assert planned.lines() == ["11-24 10:00", "12-01 10:00"], "a whole calendar counts as it is"


def test_an_older_invitation_to_one_event_does_not_win() -> None:
    planned = Planned()
    one, later = (
        calendar(event("1", f"20261124T{hour}0000", f"20261124T{hour + 2}0000"),
                 head="METHOD:REQUEST\n")
        for hour in (10, 12)
    )  # fmt: skip
    planned.take(numbered(later, 1), "b.ics")
    planned.take(numbered(one, 0), "a.ics")
    assert (planned.outdated, planned.lines()) == (1, ["11-24 12:00"])


def test_a_cancelled_event_is_cancelled_as_a_whole_and_nothing_else() -> None:
    planned = Planned()
    planned.take(series())
    planned.take(series("other", 1).replace("T100000", "T150000").replace("T120000", "T170000"),
                 "other.ics")  # fmt: skip
    planned.take(cancellation(None), "plan.ics")
    assert planned.lines() == [
        *("-11-24 10:00", "11-24 15:00", "-12-01 10:00", "-12-08 10:00", "-12-15 10:00"),
    ]


def test_every_invitation_may_have_the_same_name() -> None:
    planned = Planned()
    for day in ("20261124", "20261125"):
        invited = event(day, f"{day}T100000", f"{day}T120000")
        planned.take(calendar(invited, head="METHOD:REQUEST\n"), "invite.ics")
    assert planned.lines() == ["11-24 10:00", "11-25 10:00"]


def test_one_occurrence_of_an_unknown_series_is_a_visit() -> None:
    planned = Planned()
    for _ in range(2):
        planned.take(change(FIRST, FIRST + timedelta(hours=1)), "invite.ics")
    assert planned.lines() == ["11-24 11:00"]


def test_the_whole_calendar_overrides_earlier_changes() -> None:
    planned = Planned()
    planned.take(series())
    planned.take(cancellation(FIRST), "invite.ics")
    planned.take(series(weeks=2))
    assert planned.lines() == ["11-24 10:00", "12-01 10:00"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (change(FIRST + timedelta(hours=1), FIRST), "eine Wiederholung einer Serie, und die"),
        (cancellation(FIRST + timedelta(days=1)), "eine Wiederholung einer Serie, und die"),
        (cancellation(None, uid="x"), "kein Einsatz mit seiner UID ist geplant"),
        (cancellation(None, uid=""), "hat aber keine UID"),
        (
            cancellation(FIRST, FORMS[0].replace("-ID", "-ID;RANGE=THISANDFUTURE")),
            "ändert alle Wiederholungen von einer an",
        ),
        (calendar(event("s", "20261124T100000", "20261124T120000"), head="METHOD:REPLY\n"),
         "METHOD „REPLY“ ist eine Antwort oder Anfrage"),
    ],
)  # fmt: skip
def test_what_fits_nothing_is_refused(text: str, said: str) -> None:
    planned = Planned()
    planned.take(series())
    with pytest.raises(ImportErrors) as refused:
        planned.take(text, "invite.ics")
    assert said in refused.value.import_faults[0].what.german
    assert all(fault.line and fault.remedy.german for fault in refused.value.import_faults)
    assert len(planned.lines()) == WEEKS


def test_a_change_in_the_same_file_that_fits_no_repetition_is_refused() -> None:
    stray = event("s", "20261126T100000", "20261126T120000", about(FIRST + timedelta(hours=3)))
    text = series().replace(
        "END:VCALENDAR", f"BEGIN:VEVENT\r\n{stray}\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    with pytest.raises(ImportErrors) as refused:
        Planned().take(text)
    [fault] = refused.value.import_faults
    assert (
        fault.what.german
        == "ändert die Wiederholung vom 24.11.2026, 13:00 Uhr, und die gibt es nicht"
    )


@pytest.mark.parametrize(
    ("until", "count"),
    [
        ("20261215", 4),
        ("20261214", 3),
        ("20261215T100000", 4),
        ("20261215T095900", 3),
        ("20261215T090000Z", 4),
        ("20261215T085900Z", 3),
    ],
)
@pytest.mark.parametrize("zone", [";TZID=Europe/Berlin", ""])
def test_where_a_rule_ends(until: str, count: int, zone: str) -> None:
    text = series().replace(f"COUNT={WEEKS}", f"UNTIL={until}").replace(";TZID=Europe/Berlin", zone)
    planned = Planned()
    planned.take(text)
    assert len(planned.lines()) == count


def test_a_zone_of_another_file_is_not_kept() -> None:
    told = []
    for offset in ("+0100", "+0300"):
        one = event("1", "20261124T100000", "20261124T120000").replace("Europe/Berlin", "Custom")
        planned = Planned()
        planned.take(calendar(one, head=zone("Custom", offset)))
        told += planned.lines()
    assert told == ["11-24 10:00", "11-24 08:00"]


def test_a_known_zone_that_is_defined_otherwise_is_refused_where_it_matters() -> None:
    planned = Planned()
    planned.take(
        calendar(
            event("1", "20261124T100000", "20261124T120000"), head=zone("Europe/Berlin", "+0100")
        )
    )
    assert planned.lines() == ["11-24 10:00"]
    with pytest.raises(ImportErrors) as refused:
        planned.take(
            calendar(
                event("2", "20270706T100000", "20270706T120000"),
                head=zone("Europe/Berlin", "+0100"),
            )
        )
    [fault] = refused.value.import_faults
    assert "legt die Zeitzone „Europe/Berlin“ anders fest als bekannt" in fault.what.german


def test_outlooks_word_for_a_cancelled_meeting() -> None:
    planned = Planned()
    one = event("1", "20261124T100000", "20261124T120000").replace("SUMMARY:", "SUMMARY:Abgesagt: ")
    planned.take(calendar(one))
    assert planned.lines() == ["-11-24 10:00"]


def test_a_change_is_shown_with_the_visit_before() -> None:
    planned = Planned()
    planned.take(series(weeks=2))
    before = planned.visits
    planned.take(change(FIRST, FIRST + timedelta(days=1)), "invite.ics")
    done = compare_plans("invite.ics", before, planned.visits)
    assert [(c.kind, c.before and c.before.day.day, c.visit.day.day) for c in done.changes] == [
        ("changed", 24, 25)
    ]


def test_a_visit_that_moved_in_a_file_that_calls_it_otherwise_is_asked_about() -> None:
    planned = Planned()
    planned.take(calendar(event("old", "20261124T100000", "20261124T120000")))
    before = planned.visits
    planned.take(calendar(event("new", "20261124T110000", "20261124T130000")), "other.ics")
    [(one, other)] = compare_plans("other.ics", before, planned.visits).overlaps
    assert (one.uid, other.uid) == ("old", "new")
