"""A disk that is full or takes nothing: told everywhere, and what needs no disk goes on."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.faults import small_disk
from tests.faults.conftest import WAY, box, places_of, tapped
from tests.faults.fault_reports import Fault, Places
from tests.system.bus import Bus
from tests.waiting import PATIENCE_S, eventually

pytestmark = pytest.mark.slow

TROUBLE = "Hier gibt es gerade keine Nummern. Bitte fragen Sie das Team."


@pytest.fixture
def leaving() -> Iterator[ExitStack]:
    with ExitStack() as leaving:
        yield leaving


def refused_at_the_glass(bus: Bus, places: Places) -> str | None:
    """What the glass says to a visitor who asks for a number."""
    for name in WAY:
        tapped(bus, name)
    text = places.element("text")
    return text if text == TROUBLE else None


def assert_disk_fault_reported(fault: Fault, places: Places, bus: Bus, status: int) -> None:
    """All places tell of a disk that takes nothing."""
    fault.await_report("glass", partial(refused_at_the_glass, bus, places))
    fault.await_report("staff page, bar", lambda: memory(places.staff_bar()))
    fault.await_report("/health", places.health)
    fault.await_report("/metrics", lambda: zero(places.metric("disk_takes_writes")))
    taking = places.asked_to("/tickets", {"topic": "wohngeld"})
    assert taking.status_code == status, taking.text
    fault.await_report("POST /tickets", lambda: f"{status}: {taking.json()['detail']}")
    fault.await_report("kiosk doctor", lambda: places.doctor("disk"))
    done = bus.run("ticket", "take", "--topic", "wohngeld")
    assert done.returncode == 1
    assert "disk I/O error" not in done.stderr
    fault.await_report("kiosk ticket take", done.stderr.strip)


def assert_reading_and_login_work(places: Places, bus: Bus) -> None:
    """Reading and logging in need no disk; a door that ends comes back and stays."""
    with httpx.Client(base_url=bus.url, verify=False, timeout=PATIENCE_S) as stranger:  # noqa: S501 - no TLS
        entered = stranger.post("/staff/login", data={"pin": bus.pin})
        assert entered.status_code == httpx.codes.SEE_OTHER, entered.text
        assert "Platz 1" in stranger.get("/staff/desks/1").text
        left = stranger.post("/staff/login", data={"pin": "000000"})
        assert left.status_code == httpx.codes.FORBIDDEN
    assert places.get("/queue").status_code == httpx.codes.OK
    bus.kill("panel")
    panel = eventually(lambda: bus.service_pid("panel"), "a panel again")
    eventually(lambda: "not running" not in places.printer(), "a panel at work")
    assert places.get("/queue").status_code == httpx.codes.OK
    assert bus.service_pid("panel") == panel, "the panel stays"


def test_a_full_disk(tmp_path: Path, leaving: ExitStack) -> None:
    disk = leaving.enter_context(small_disk.tmpfs(tmp_path / "disk", 160))
    bus = leaving.enter_context(box(disk / "data"))
    places = leaving.enter_context(places_of(bus))
    ballast = small_disk.fill(disk)
    fault = Fault("The disk is full (a tmpfs, filled)")
    assert_disk_fault_reported(fault, places, bus, httpx.codes.INSUFFICIENT_STORAGE)
    assert_reading_and_login_work(places, bus)
    ballast.unlink()
    eventually(lambda: places.staff_bar() is None, "a staff page without trouble")
    assert places.post("/tickets", {"topic": "wohngeld"}).json()["number"]
    fault.keep()


def test_a_disk_that_takes_nothing(tmp_path: Path, leaving: ExitStack) -> None:
    disk = leaving.enter_context(small_disk.ext4(tmp_path / "disk", 64))
    bus = leaving.enter_context(box(disk / "data"))
    places = leaving.enter_context(places_of(bus))
    small_disk.fail(disk)
    fault = Fault(
        "The disk takes nothing any more (an ext4 after an error)", small_disk.ONLY_WITH_SYS
    )
    assert_disk_fault_reported(fault, places, bus, httpx.codes.SERVICE_UNAVAILABLE)
    assert_reading_and_login_work(places, bus)
    fault.keep()


def memory(said: str | None) -> str | None:
    return said if said and "Speicher" in said else None


def zero(line: str | None) -> str | None:
    return line if line and line.endswith(" 0") else None
