"""A door that is stopped or killed: glass, staff page and doctor show it within seconds.

SIGSTOP is what a hung process looks like from outside: it is there, holds its locks and sockets,
and does nothing any more.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import pytest

from kiosk.domain.paper_events import SheetFailed, SlipFailed
from kiosk.operate.supervisor import HUNG_AFTER_S
from tests.faults.conftest import take_number
from tests.faults.fault_reports import Fault, Places
from tests.system.bus import Bus
from tests.waiting import eventually

pytestmark = pytest.mark.slow

REMEMBER = "Bitte merken Sie sich"
NOTE = (
    f"`kiosk run` and the units start it again after {HUNG_AFTER_S:.0f} seconds. Here they are kept"
    " from it, so that every place can be asked."
)


@contextmanager
def kept_from_starting(bus: Bus) -> Iterator[None]:
    """While the block runs, `kiosk run` starts nothing again."""
    bus.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        bus.process.send_signal(signal.SIGCONT)


@contextmanager
def stopped(bus: Bus, service: str) -> Iterator[int]:
    """SIGSTOP; while the block runs it is not started again."""
    pid = eventually(lambda: bus.service_pid(service), f"a running {service}")
    with kept_from_starting(bus):
        os.kill(pid, signal.SIGSTOP)
        yield pid


def test_a_panel_that_hangs(bus: Bus, places: Places) -> None:
    take_number(bus)
    eventually(lambda: places.element("number.slip") == "Bitte nehmen Sie Ihren Zettel", "a slip")
    with stopped(bus, "panel") as pid:
        fault = Fault("The panel hangs (SIGSTOP)", NOTE)
        bus.glass("tap", id="number.done")
        take_number(bus)
        places.post("/sheets", {"offer": places.get("/directory").json()[0]["id"]})
        fault.await_report("glass, number on the screen", lambda: remembered(places))
        fault.await_report("staff page, bar", places.staff_bar)
        fault.await_report(
            "/metrics", lambda: only(places.metric('device_ready{device="printer"}'), "0")
        )
        fault.await_report("/metrics", lambda: only(places.metric('door_alive{door="panel"}'), "0"))
        fault.await_report("/health", places.health)
        fault.await_report("journal, slip", lambda: last(places.reasons(SlipFailed), "offline"))
        assert remembered(places)
        assert places.element("reprint") is None, "no printer would print it"
        fault.await_report("journal, sheet", lambda: last(places.reasons(SheetFailed), "offline"))
        fault.await_report("kiosk doctor", lambda: places.doctor("doors", "printer"))
        fault.await_report(
            "kiosk hardware list", lambda: only(places.printer(), "has not answered")
        )
        assert "Es kommen keine Zettel" in places.devices_dialog()
    eventually(lambda: bus.service_pid("panel") not in {None, pid}, "another panel")
    eventually(lambda: any("panel hangs" in said for said in bus.said), "a word about it")
    fault.keep()
    eventually(places.staff_is_well, "all devices ready again")
    eventually(lambda: places.health() is None, "health again")
    bus.glass("tap", id="number.done")


def test_a_panel_that_was_killed_is_back_within_seconds(bus: Bus, places: Places) -> None:
    with kept_from_starting(bus):  # or it may be back before anybody has asked
        bus.kill("panel")
        fault = Fault("The panel is killed (SIGKILL)")
        fault.await_report("/health", places.health)
    fault.await_report("kiosk run", lambda: next((s for s in bus.said if "panel ended" in s), None))
    eventually(places.staff_is_well, "all devices ready again")
    fault.keep()


def test_a_glass_that_hangs(bus: Bus, places: Places) -> None:
    with stopped(bus, "touch") as pid:
        fault = Fault("The glass hangs (SIGSTOP)", NOTE)
        fault.await_report("staff page, bar", places.staff_bar)
        fault.await_report("/metrics", lambda: only(places.metric('door_alive{door="touch"}'), "0"))
        fault.await_report("/health", places.health)
        fault.await_report("kiosk doctor", lambda: places.doctor("doors"))
        done = bus.run("glass", "describe")
        assert done.returncode == 1
        fault.await_report("kiosk glass describe", lambda: only(done.stderr.strip(), "it hangs"))
    eventually(lambda: bus.service_pid("touch") not in {None, pid}, "another glass")
    fault.keep()
    eventually(places.staff_is_well, "all devices ready again")


def test_a_console_that_hangs(bus: Bus, places: Places) -> None:
    with stopped(bus, "console") as pid:
        fault = Fault("The console hangs (SIGSTOP)", NOTE)
        take_number(bus)
        fault.await_report("glass, number on the screen", lambda: places.element("number.slip"))
        fault.await_report("kiosk doctor", lambda: places.doctor("doors"))
        bus.glass("tap", id="number.done")
    fault.await_report("kiosk run", lambda: next((s for s in bus.said if "console hangs" in s), ""))
    eventually(lambda: bus.service_pid("console") not in {None, pid}, "another console")
    fault.keep()
    eventually(lambda: is_well_again(places), "staff go on in the browser in which they were")


def is_well_again(places: Places) -> bool:
    with suppress(httpx.TransportError):  # it is not yet there
        return places.staff_is_well()
    return False


def only(said: str | None, part: str) -> str | None:
    """What was said, if that is part of it."""
    return said if said and part in said.split("}")[-1] else None


def last(reasons: list[str], wanted: str) -> str | None:
    return f"failed: {wanted}" if reasons and reasons[-1] == wanted else None


def remembered(places: Places) -> str | None:
    return only(places.element("number.slip"), REMEMBER)
