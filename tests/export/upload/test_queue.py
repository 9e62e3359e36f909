"""Store and forward: what waits, what is written down, and when it is tried again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import pairwise
from random import Random

import pytest

from kiosk.domain.moment import Moment
from kiosk.export.errors import PackageRefused, SomethingElseThere, TryLater, Unreachable
from kiosk.export.package import Package, build_package
from kiosk.export.targets.http_client import Endpoint
from kiosk.export.targets.https import HttpsTarget
from kiosk.export.upload.errors import ClockNotSet
from kiosk.export.upload.queue import UploadQueue
from kiosk.export.upload.state import UploadStatus, is_upload_due, upload_status
from kiosk.store.database import Database
from tests.export.authority import HOST, Authority
from tests.export.closed import a_period
from tests.export.faulty_proxy import Fault, FaultyProxy, proxy_before
from tests.export.nginx import TOKEN, Nginx
from tests.ports import free_port
from tests.town import TownClock
from tests.waiting import PATIENCE_S

HOUR = timedelta(hours=1)
MONTHS = ("2026-08", "2026-09", "2026-10")

Queue = Callable[..., UploadQueue]


@pytest.fixture
def proxy(nginx: Nginx, authority: Authority) -> Iterator[FaultyProxy]:
    with proxy_before(nginx.origin, authority) as proxy:
        yield proxy


@pytest.fixture
def queue(
    database: Database,
    authority: Authority,
    proxy: FaultyProxy,
    clock: TownClock,
    freeze: Callable[..., None],
) -> Queue:
    """The queue of a box that has closed three months."""
    freeze(*map(a_period, MONTHS))

    def opened(
        url: str = f"{proxy.origin}/radhaus/box-1",
        build: Callable[[Database, str], Package] = build_package,
        now: Callable[[], Moment] = clock,
    ) -> UploadQueue:
        target = HttpsTarget(Endpoint(url, f"Bearer {TOKEN}", authority.ca_file, PATIENCE_S))
        return UploadQueue(database, url, target, partial(build, database), now, Random(1))

    return opened


def status_of(queue: UploadQueue) -> UploadStatus:
    with queue.database.read() as connection:
        return upload_status(connection, queue.address)


def due(queue: UploadQueue) -> bool:
    with queue.database.read() as connection:
        return is_upload_due(connection, queue.address, queue.now())


def sent(queue: UploadQueue) -> list[str]:
    return [each.period for each in queue.send()]


def test_what_is_closed_is_sent_once_and_the_oldest_first(
    queue: Queue, proxy: FaultyProxy, nginx: Nginx
) -> None:
    assert status_of(queue()).waiting == list(MONTHS)
    assert sent(queue()) == list(MONTHS)
    assert len(list(nginx.received.iterdir())) == len(MONTHS)
    asked = len(proxy.seen)
    assert sent(queue()) == []
    assert len(proxy.seen) == asked, "what is acknowledged is not even asked for"
    status = status_of(queue())
    assert (status.waiting, status.last_error) == ([], None)
    assert status.last_sent is not None


def test_a_new_address_gets_everything(queue: Queue, nginx: Nginx) -> None:
    assert sent(queue()) == list(MONTHS)
    assert status_of(queue(nginx.url)).waiting == list(MONTHS)


def test_a_failure_is_kept_and_tried_again_after_a_pause(
    queue: Queue, proxy: FaultyProxy, clock: TownClock
) -> None:
    proxy.will("PUT", None, 502)
    with pytest.raises(TryLater):
        sent(queue())
    status = status_of(queue())
    assert status.waiting == list(MONTHS[1:])
    assert status.last_error
    assert "cannot take it now (502)" in status.last_error
    assert not due(queue())
    clock.wall += 3 * HOUR
    assert due(queue())
    assert sent(queue()) == list(MONTHS[1:])
    assert status_of(queue()).last_error is None
    assert not due(queue()), "nothing waits"


def test_a_pause_that_a_wrong_clock_has_set_means_nothing(
    queue: Queue, proxy: FaultyProxy, clock: TownClock
) -> None:
    clock.wall += 9000 * HOUR
    proxy.will("PUT", 502)
    with pytest.raises(TryLater):
        sent(queue())
    clock.wall -= 9000 * HOUR
    assert due(queue())


def test_pauses_grow_beyond_an_hour_and_a_lock_means_one(
    queue: Queue, proxy: FaultyProxy, clock: TownClock
) -> None:
    def pause_after(*faults: Fault | int) -> float:
        proxy.will("GET", *faults)
        with pytest.raises(TryLater):
            sent(queue())
        until = status_of(queue()).not_before
        assert until
        return (until - clock.wall).total_seconds() / 3600

    pauses = [pause_after(Fault.DROPPED) for _ in range(9)]
    assert 0.1 < pauses[0] < 0.25
    assert all(later > earlier for earlier, later in pairwise(pauses[:6]))
    assert 9 < pauses[-1] < 15
    assert sent(queue()) == list(MONTHS)


def test_the_pause_after_a_lock_is_longer_than_an_hour(
    queue: Queue, proxy: FaultyProxy, clock: TownClock
) -> None:
    proxy.will("PUT", 423)
    with pytest.raises(TryLater):
        sent(queue())
    until = status_of(queue()).not_before
    assert until
    assert until - clock.wall > HOUR


def test_without_a_network_it_is_tried_soon_however_often(queue: Queue, clock: TownClock) -> None:
    unreachable = queue(f"https://{HOST}:{free_port()}")
    for _ in range(12):
        with pytest.raises(Unreachable):
            sent(unreachable)
    until = status_of(unreachable).not_before
    assert until
    assert until - clock.wall < HOUR / 2


def test_a_package_that_is_refused_holds_no_other_up(queue: Queue, proxy: FaultyProxy) -> None:
    proxy.will("PUT", 413)
    with pytest.raises(PackageRefused, match="too large"):
        sent(queue())
    assert status_of(queue()).waiting == [MONTHS[0]]


def test_nothing_is_asked_before_the_clock_is_set(
    queue: Queue, proxy: FaultyProxy, clock: TownClock
) -> None:
    clock.trusted = False
    with pytest.raises(ClockNotSet, match="waits for the clock"):
        sent(queue())
    assert proxy.seen == []
    status = status_of(queue())
    assert status.last_error
    assert "timedatectl" in status.last_error
    clock.trusted = True
    assert due(queue()), "at the next look, without a pause"


def after_an_update(database: Database, period: str) -> Package:
    package = build_package(database, period)
    return Package(package.name, {**package.files, "LIESMICH.txt": b"new words"})


def test_an_update_does_not_deliver_twice_what_arrived_without_a_receipt(
    queue: Queue, proxy: FaultyProxy, nginx: Nginx
) -> None:
    proxy.will("PUT", Fault.ANSWER_LOST)
    with pytest.raises(TryLater):
        sent(queue())
    arrived = {path.name: path.read_bytes() for path in nginx.received.iterdir()}
    assert sent(queue(build=after_an_update)) == list(MONTHS)
    assert arrived.items() <= {p.name: p.read_bytes() for p in nginx.received.iterdir()}.items()


def test_what_the_box_never_sent_is_no_receipt(queue: Queue, nginx: Nginx) -> None:
    name = build_package(queue().database, MONTHS[0]).name
    nginx.received.mkdir()
    (nginx.received / f"{name}.zip").write_bytes(b"another file")
    with pytest.raises(SomethingElseThere):
        sent(queue())
    assert status_of(queue()).waiting == [MONTHS[0]]
