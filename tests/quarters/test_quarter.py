"""A quarter at all stops of a profile: played, closed by the box, delivered in four ways, checked.

One profile here; all of them with as many people as in Essen where RADHAUS_QUARTERS is set, as
`script/nightly` does. `python -m tests.quarters` writes docs/quarters.md.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.counts.method import BASE
from kiosk.settings import profiles
from tests.quarters.box import CITIZENS, PERIOD, play_quarter
from tests.quarters.comparison import compare
from tests.quarters.delivery import deliver, running_servers, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.quarters.box import QuarterBox
    from tests.quarters.delivery import Servers

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that syncs at once, where there is one
ALL = bool(os.environ.get("RADHAUS_QUARTERS"))
NAMES, PEOPLE = (profiles.available_profiles(), CITIZENS) if ALL else (["essen"], 14)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with running_servers(tmp_path_factory.mktemp("servers")) as servers:
        yield servers


@pytest.fixture(params=NAMES)
def box(request: pytest.FixtureRequest) -> Iterator[QuarterBox]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder:
        yield play_quarter(Path(folder), request.param, citizens=PEOPLE)


@pytest.mark.slow  # some thousand transactions
def test_a_quarter_is_closed_and_arrives_whole_in_every_way(
    box: QuarterBox, servers: Servers, tmp_path: Path
) -> None:
    assert box.truth.stops.keys() == {stop.id for stop in box.profile.stops}
    assert box.truth.groups.keys() == {group.id for group in box.profile.groups}

    found = deliver(box, servers, tmp_path)
    assert found.told["stick"].startswith(f"Closed {PERIOD}.\n")
    assert found.told["stick"].endswith("\ndone\n")
    for way in ("nginx", "proxy", "webdav"):
        assert found.told[way].startswith(f"Sent {PERIOD}: https://")
    assert found.tries > 1
    assert not any(servers.proxy.faults.values()), "every fault has happened"

    key = tmp_path / "box.pem"
    key.write_text(box.kiosk("counts", "key").stdout)
    for way in found.folders:
        assert f"_{PERIOD}: intact, number 1 of " in verify(found, way, key), way
        assert found.files(way) == found.files("stick"), way
    told, truth = compare(found.package("stick"), box.truth), box.truth
    assert told.one_answer, "one sum for one question in all tables"
    assert abs(min(told.people) - truth.people) < BASE
    assert abs(min(told.smileys) - truth.smileys) < BASE
    assert (told.stops.keys(), told.groups.keys()) == (truth.stops.keys(), truth.groups.keys())
    assert max(told.stop_off, told.group_off) < BASE
