"""The power goes at random moments of an upload, on a bad line: each package arrives, and once."""

import hashlib
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.export.package import build_package
from kiosk.export.targets.zip_archive import build_archive
from kiosk.export.upload.secret import authorization
from kiosk.export.upload.state import upload_status
from kiosk.store.database import Database
from tests.export.authority import Authority
from tests.export.closed import a_period
from tests.export.faulty_proxy import Fault, FaultyProxy, proxy_before
from tests.export.nginx import PASSWORD, TOKEN, USER
from tests.killing import killing

KILLS = int(os.environ.get("RADHAUS_UPLOAD_KILLS", "8"))
PERIODS_AT_ONCE = 4
FAULTS = (Fault.DROPPED, Fault.ANSWER_LOST, Fault.HALF_SENT, Fault.HALF_ANSWERED, 500, 423)
FIRST_LONGEST_S, SLOWER = {"https": 0.1, "webdav": 0.25}, 1.1
"""A run lives ever longer, for a busy machine needs more for the same work."""

UPLOADS = """
from functools import partial
from pathlib import Path
from random import Random
from kiosk.export.errors import ExportError
from kiosk.export.package import build_package
from kiosk.export.targets.http_client import Endpoint
from kiosk.export.targets.https import HttpsTarget
from kiosk.export.targets.webdav import WebdavTarget
from kiosk.export.upload.queue import UploadQueue
from kiosk.store.database import Database
from kiosk.system import clock

def work(path, kind, url, shown, ca_file, begun):
    target = {"https": HttpsTarget, "webdav": WebdavTarget}[kind](
        Endpoint(url, shown, Path(ca_file), 5)
    )
    now = partial(clock.now, trust_always=True)
    database = Database.open(Path(path))
    build = partial(build_package, database)
    queue = UploadQueue(database, url, target, build, now, Random())
    begun()
    try:
        list(queue.send())
    except ExportError:
        pass
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the packages go: `kind` of target, what the box shows, and where they arrive."""

    kind: str
    origin: str
    url: str
    shown: str
    received: Path


@pytest.fixture(params=["https", "webdav"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Server:
    user, secret = ("", TOKEN) if request.param == "https" else (USER, PASSWORD)
    file = tmp_path / "secret"
    file.touch(mode=0o600)
    file.write_text(secret)
    running = request.getfixturevalue("nginx" if request.param == "https" else "dav")
    shown = authorization(user, file)
    return Server(request.param, running.origin, running.url, shown, running.received)


@pytest.mark.slow
def test_each_package_arrives_and_what_is_acknowledged_is_not_sent_again(
    server: Server, database: Database, authority: Authority, freeze: Callable[..., None]
) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance, longest_s, kills = random.Random(seed), FIRST_LONGEST_S[server.kind], 0
    frozen: list[str] = []
    with proxy_before(server.origin, authority) as proxy:
        proxy.by_chance = lambda: chance.choice(FAULTS) if chance.random() < 0.1 else None
        url = server.url.replace(server.origin, proxy.origin)
        asked_when_acknowledged: dict[str, int] = {}
        words = (database.path, server.kind, url, server.shown, authority.ca_file)
        with killing(UPLOADS, *words) as upload_for:
            while kills < KILLS or len(asked_when_acknowledged) < len(frozen):
                if len(asked_when_acknowledged) == len(frozen):
                    frozen += freeze_some(freeze, len(frozen))
                    longest_s = FIRST_LONGEST_S[server.kind]
                kills += upload_for(chance.uniform(0.0, longest_s))
                longest_s *= SLOWER
                for period in acknowledged(database, url, frozen):
                    asked_when_acknowledged.setdefault(period, len(proxy.seen))
        sys.stdout.write(f"{kills} kills, {len(frozen)} packages\n")
        assert_arrived_once(server.received, database, frozen)
        check_requests(proxy, database, asked_when_acknowledged)


def freeze_some(freeze: Callable[..., None], after: int) -> list[str]:
    """More months in the ledger; their labels."""
    months = [f"{2024 + n // 12}-{n % 12 + 1:02}" for n in range(after, after + PERIODS_AT_ONCE)]
    freeze(*map(a_period, months))
    return months


def acknowledged(database: Database, url: str, frozen: list[str]) -> set[str]:
    with database.read() as connection:
        return set(frozen) - set(upload_status(connection, url).waiting)


def assert_arrived_once(folder: Path, database: Database, frozen: list[str]) -> None:
    """Hidden files are of torn tries that the server finished after the next one had ended."""
    archives = [build_archive(build_package(database, period)) for period in frozen]
    found = {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(".")}
    assert found == {archive.name: archive.content for archive in archives}


def check_requests(
    proxy: FaultyProxy, database: Database, asked_when_acknowledged: dict[str, int]
) -> None:
    for period, first in asked_when_acknowledged.items():
        archive = build_archive(build_package(database, period))
        later = [one for one in proxy.seen[first:] if archive.name in one.path]
        assert later == [], "it was acknowledged, and asked for again"
        keys = {
            one.headers.get("Idempotency-Key", archive.sha256)
            for one in proxy.seen
            if archive.name in one.path and one.method == "PUT"
        }
        assert keys == {hashlib.sha256(archive.content).hexdigest()}
