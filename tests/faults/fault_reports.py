"""What a box tells about a fault: each place that people or programs look at, and when it told.

With RADHAUS_FAULTS set to a folder, what was measured is kept there for `tests.faults.page`.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import msgspec

from kiosk.store import journal
from kiosk.store.database import connect
from kiosk.system.paths import Paths
from tests.console.box import NO_TLS
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.paper_events import CopyFailed, SheetFailed, SlipFailed
    from tests.system.bus import Bus

KEPT = "RADHAUS_FAULTS"
_BAR = re.compile(r'data-part="bar" data-announce="([^"]*)"')
_WELL = "Alle Geräte bereit"


@dataclass(frozen=True, slots=True)
class FaultReport:
    """One place, what it said, and how long after the fault."""

    where: str
    said: str
    after_s: float


@dataclass
class Fault:
    """A fault that was caused for real; its clock runs from the moment it was.

    `note` is what a reader must know of the test.
    """

    title: str
    note: str = ""
    broken_s: float = field(default_factory=time.monotonic)
    reports: list[FaultReport] = field(default_factory=list)

    def await_report(self, where: str, look: Callable[[], str | None]) -> str:
        """Wait until that place tells of it, and write down what and when."""
        said = eventually(look, f"{self.title}: {where} tells of it")
        self.reports.append(FaultReport(where, said, time.monotonic() - self.broken_s))
        return said

    def keep(self) -> None:
        """For the page of the docs, if it is being written."""
        if folder := os.environ.get(KEPT):
            name = re.sub(r"\W+", "-", self.title.lower())
            kept = {
                "title": self.title,
                "note": self.note,
                "reports": [asdict(each) for each in self.reports],
            }
            Path(folder, f"{name}.json").write_bytes(msgspec.json.encode(kept))


@dataclass
class Places:
    """The places of one running bus that people and programs look at."""

    bus: Bus
    token: str

    def __post_init__(self) -> None:
        self._web = httpx.Client(base_url=self.bus.url, timeout=PATIENCE_S, verify=NO_TLS)
        self._token = {"Authorization": f"Bearer {self.token}"}

    def close(self) -> None:
        self._web.close()

    def log_in(self) -> None:
        answer = self._web.post("/staff/login", data={"pin": self.bus.pin})
        assert answer.status_code == httpx.codes.SEE_OTHER, answer.text

    def get(self, path: str) -> httpx.Response:
        return self._web.get(f"/api/v1{path}", headers=self._token)

    def asked_to(self, path: str, body: object = None) -> httpx.Response:
        """What the box answers, well or not."""
        return self._web.post(f"/api/v1{path}", headers=self._token, json=body)

    def post(self, path: str, body: object = None) -> httpx.Response:
        answer = self.asked_to(path, body)
        assert answer.is_success, answer.text
        return answer

    def staff_page(self) -> str:
        """The whole page of a desk."""
        return self._web.get("/staff/desks/1").text

    def staff_bar(self) -> str | None:
        """The worst trouble in the bar of the staff page, if there is one."""
        found = _BAR.search(self.staff_page())
        return found.group(1) or None if found else None

    def notice(self, part: str) -> str | None:
        """What a notice above the queue announces, such as `wrong-pins`."""
        found = re.search(rf'data-part="{part}" data-announce="([^"]*)"', self.staff_page())
        return found.group(1) or None if found else None

    def devices_dialog(self) -> str:
        """What staff read of all devices."""
        return self._web.get("/staff/desks/1/dialogs/devices").text

    def staff_is_well(self) -> bool:
        return _WELL in self.staff_page()

    def health(self) -> str | None:
        """The failing checks; nothing when all is well."""
        answer = self._web.get("/api/v1/health")
        bad = [check for check in answer.json()["checks"] if not check["ok"]]
        assert (answer.status_code == httpx.codes.OK) == (not bad)
        told = "; ".join(check["message"] for check in bad)
        return f"{answer.status_code}: {told}" if bad else None

    def metric(self, name: str) -> str | None:
        """The line of a gauge."""
        lines = self.get("/metrics").text.splitlines()
        return next((line for line in lines if line.startswith(f"radhaus_{name} ")), None)

    def doctor(self, *names: str, result: str = "failure") -> str | None:
        """What these checks of `kiosk doctor` say, if one has this result."""
        done = self.bus.run("doctor", "--json")
        bad = [
            f"{check['name']}: {check['cause']}"
            for check in msgspec.json.decode(done.stdout)["checks"]
            if check["result"] == result and check["name"] in names
        ]
        assert done.returncode == 1 or result != "failure" or not bad
        return "; ".join(bad) or None

    def printer(self) -> str:
        """Its line of `kiosk hardware list`."""
        listed = msgspec.json.decode(self.bus.run("hardware", "list", "--json").stdout)
        return str(next(each["message"] for each in listed if each["kind"] == "printer"))

    def element(self, name: str) -> str | None:
        """A text on the glass."""
        shown = self.bus.glass("describe")["elements"]
        return next((each["text"] for each in shown if each["id"] == name), None)

    def reasons(self, kind: type[SlipFailed | CopyFailed | SheetFailed]) -> list[str]:
        """Why paper of a kind has failed, as the journal tells it."""
        with closing(connect(Paths(self.bus.data).database)) as connection:
            entries = journal.since(connection, 0)
        return [str(entry.event.reason) for entry in entries if isinstance(entry.event, kind)]
