"""What the console tells of packages that wait for the city's server."""

from datetime import UTC, datetime

import httpx
import pytest

from kiosk.console.api.metrics import metrics_text
from kiosk.console.http.context import ConsoleContext, Equipment, open_context
from kiosk.console.pages.desk_page import desk_page
from kiosk.console.pages.opening_form import LateUpload
from kiosk.counts import ledger
from kiosk.export.upload.state import Backoff, write_backoff
from kiosk.service import access, visits
from kiosk.service.office import Office
from kiosk.store import key_values, uploads
from kiosk.store.uploads import Upload
from tests.console.box import NO_TLS, running
from tests.export.closed import a_period
from tests.town import TownClock
from tests.waiting import PATIENCE_S

URL = "https://stadt.example/radhaus"
SENT = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)


@pytest.fixture
def context(office: Office, clock: TownClock) -> ConsoleContext:
    """A console on 22 November; October is closed, and September has arrived."""
    access.set_up(office.database)
    with office.database.write() as connection:
        for month in ("2026-09", "2026-10"):
            ledger.append(connection, a_period(month))
        uploads.note_try(connection, Upload(URL, "2026-09", "00", SENT))
        uploads.acknowledge(connection, URL, "2026-09", "00", SENT)
        write_backoff(connection, Backoff(URL, last_error="It has no room <left>."))
    return open_context(office, clock, Equipment(upload_url=URL))


def test_metrics_report_waiting_packages_and_the_last_receipt(context: ConsoleContext) -> None:
    lines = metrics_text(context).splitlines()
    assert "radhaus_upload_waiting 1" in lines
    assert f"radhaus_upload_last_sent_seconds {SENT.timestamp()}" in lines


def test_metrics_without_upload_server_report_nothing(office: Office, clock: TownClock) -> None:
    access.set_up(office.database)
    assert "upload" not in metrics_text(open_context(office, clock))


def late_upload(context: ConsoleContext) -> LateUpload | None:
    form = desk_page(context, "1").opening
    assert form
    return form.late_upload


def test_staff_read_it_before_a_visit_once_it_is_late(
    context: ConsoleContext, clock: TownClock
) -> None:
    late = late_upload(context)
    assert late
    assert (late.period, late.days) == ("2026-10", 22)
    clock.jump(days=-10)
    assert late_upload(context) is None, "two weeks are time enough"
    clock.jump(days=10)
    visits.open_visit(context.office, None, None, clock())
    assert desk_page(context, "1").opening is None, "people come first"


def test_a_ledger_that_cannot_be_read_takes_no_page_along(context: ConsoleContext) -> None:
    with context.office.database.write() as connection:
        key_values.put(connection, "signing_key", "damaged")
    assert late_upload(context) is None
    assert "radhaus_visit_open 0" in metrics_text(context)


def test_the_page_says_what_to_do(context: ConsoleContext) -> None:
    pin = access.set_up(context.office.database).staff_pin
    with (
        running(context) as url,
        httpx.Client(base_url=url, timeout=PATIENCE_S, verify=NO_TLS) as staff,
    ):
        staff.post("/staff/login", data={"pin": pin})
        page = staff.get("/staff/desks/1").text
    assert "Die Zahlen von 2026-10 sind seit 22 Tagen fertig und noch nicht" in page
    assert "Bitte sagen Sie der Technik Bescheid." in page
    assert "It has no room &lt;left&gt;." in page
