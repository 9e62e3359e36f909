"""Outcomes that a profile lists: recorded, promised, counted and kept under their names."""

from dataclasses import replace

import msgspec
import pytest

from kiosk.counts.ledger_entry import decode_entry, encode_entry, ledger_names
from kiosk.domain.errors import ReferralWithoutOutcome, Unknown
from kiosk.domain.ids import OutcomeId
from kiosk.domain.outcome import NOT_RECORDED, READY_OUTCOMES, RESOLVED, Outcome
from kiosk.domain.record import NO_RECORD, Record
from kiosk.export.tables.builder import build_tables
from kiosk.service import citizens, staff, visits
from kiosk.service.call_backs import call_backs
from kiosk.service.office import Office
from kiosk.store.counters import TOPIC_OUTCOMES
from kiosk.store.database import Database
from tests.export.closed import a_period
from tests.town import FIRST_DESK, GERMAN, JOBS, TENANTS, TOWN, TownClock

FORM, SENT_ON, CALL_BACK = map(OutcomeId, ("form-filled", "sent-on", "we-call"))
OWN = replace(
    TOWN,
    outcomes=(
        Outcome(FORM, "Antrag ausgefüllt"),
        Outcome(SENT_ON, "Weitergeschickt", referral=True, helped=False),
        Outcome(CALL_BACK, "Wir rufen an", promises="call_back"),
    ),
)


def finish(office: Office, clock: TownClock, record: Record) -> None:
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.finish(office, FIRST_DESK, record, clock())


def test_they_are_recorded_promised_and_counted(database: Database, clock: TownClock) -> None:
    office = Office(database, OWN)
    visits.open_visit(office, None, None, clock())
    for record in (Record(FORM), Record(SENT_ON, TENANTS), Record(CALL_BACK), NO_RECORD):
        finish(office, clock, record)
    assert [each.ticket.outcome for each in office.read(call_backs)] == [CALL_BACK]
    visits.close_visit(office, clock())
    with database.read() as connection:
        counted = TOPIC_OUTCOMES.of(connection, "2026-11")
    assert {key.outcome: n for key, n in counted.items()} == dict.fromkeys(
        (FORM, SENT_ON, CALL_BACK, NOT_RECORDED), 1
    )


def test_what_the_profile_lacks_is_refused_and_changes_nothing(
    database: Database, clock: TownClock
) -> None:
    office = Office(database, OWN)
    visits.open_visit(office, None, None, clock())
    with pytest.raises(Unknown, match=r"There is no outcome 'resolved'\. Known: form-filled"):
        finish(office, clock, Record(RESOLVED))
    with pytest.raises(ReferralWithoutOutcome, match="needs the outcome 'sent-on'"):
        staff.finish(office, FIRST_DESK, Record(FORM, TENANTS), clock())
    assert staff.finish(office, FIRST_DESK, Record(FORM), clock()).outcome == FORM


def test_outcomes_of_a_former_list_are_still_shown_and_counted(
    database: Database, clock: TownClock
) -> None:
    before = Office(database, OWN)
    visits.open_visit(before, None, None, clock())
    for record in (Record(FORM), Record(CALL_BACK)):
        finish(before, clock, record)
    after = Office(database, TOWN)
    assert TOWN.recorded_outcome(FORM).label == FORM
    assert OWN.recorded_outcome(RESOLVED).label == "Geklärt"
    assert after.read(call_backs) == []
    visits.close_visit(after, clock())
    with database.read() as connection:
        assert {key.outcome for key in TOPIC_OUTCOMES.of(connection, "2026-11")} == {
            FORM,
            CALL_BACK,
        }


def test_a_closed_period_keeps_the_names_of_its_day() -> None:
    cells = [(("others", "others", outcome), 5) for outcome in (FORM, SENT_ON, RESOLVED, "missed")]
    closed = a_period("2026-Q4", profile=OWN)
    closed = msgspec.structs.replace(closed, tables={**closed.tables, "outcomes": cells})
    table = next(t for t in build_tables([closed]) if t.name == "outcomes")
    names = [column.name for column in table.columns]
    labels = table.columns[names.index("outcome")].codes or {}
    assert labels[FORM] == "Antrag ausgefüllt"
    assert labels[RESOLVED] == "Geklärt", "it was counted before the profile listed its own"
    assert "referred" not in labels
    helped = {str(row[names.index("outcome")]): row[names.index("helped")] for row in table.rows}
    assert helped == {FORM: 1, SENT_ON: 0, RESOLVED: 1, "missed": None}


def test_a_period_closed_before_profiles_had_outcomes_reads_as_it_did() -> None:
    entry = encode_entry(a_period("2026-Q4"))
    older = msgspec.json.decode(entry)
    assert set(older["names"].pop("outcomes")) == {outcome.id for outcome in READY_OUTCOMES}
    period = decode_entry(msgspec.json.encode(older))
    table = next(t for t in build_tables([period]) if t.name == "outcomes")
    labels = table.columns[2].codes or {}
    assert labels["could_not_be_helped"] == "Nicht geholfen"
    assert ledger_names(TOWN, "rh-1").outcomes["could_not_be_helped"].helped is False
