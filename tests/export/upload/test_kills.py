"""The power goes at random moments of an upload, on a bad line: each package arrives, and once."""

import hashlib
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

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

PERIODS = [a_period(f"{2024 + n // 12}-{n % 12 + 1:02}") for n in range(12)]
FAULTS = (Fault.DROPPED, Fault.ANSWER_LOST, Fault.HALF_SENT, Fault.HALF_ANSWERED, 500, 423)
FIRST_LONGEST_S, SLOWER = {"https": 0.1, "webdav": 0.25}, 1.03
"""A run lives ever longer, for a busy machine needs more for the same work."""

# For each line it is given it begins an upload in a child, and kills that after so many seconds.
UPLOADS = """
import os, signal, sys, time
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

path, kind, url, shown, ca_file = sys.argv[1:]

def upload():
    target = {"https": HttpsTarget, "webdav": WebdavTarget}[kind](
        Endpoint(url, shown, Path(ca_file), 5)
    )
    now = partial(clock.now, trust_always=True)
    database = Database.open(Path(path))
    build = partial(build_package, database)
    queue = UploadQueue(database, url, target, build, now, Random())
    try:
        list(queue.send())
    except ExportError:
        pass

for line in sys.stdin:
    if not (child := os.fork()):
        upload()
        os._exit(0)
    time.sleep(float(line))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


@contextmanager
def uploading(*arguments: object) -> Iterator[Callable[[float], None]]:
    """Gives a function that lets an upload run so long, and then kills it."""
    words = [sys.executable, "-c", UPLOADS, *map(str, arguments)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        yield lambda seconds: _kill_after(process.stdin, process.stdout, seconds)
        process.stdin.close()


def _kill_after(asked: IO[str] | None, told: IO[str] | None, seconds: float) -> None:
    assert asked
    assert told
    asked.write(f"{seconds}\n")
    asked.flush()
    assert told.readline() == "killed\n"


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
    freeze(*PERIODS)
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance, longest_s, kills = random.Random(seed), FIRST_LONGEST_S[server.kind], 0
    with proxy_before(server.origin, authority) as proxy:
        proxy.by_chance = lambda: chance.choice(FAULTS) if chance.random() < 0.1 else None
        url = server.url.replace(server.origin, proxy.origin)
        asked_when_acknowledged: dict[str, int] = {}
        with uploading(
            database.path, server.kind, url, server.shown, authority.ca_file
        ) as upload_for:
            while len(asked_when_acknowledged) < len(PERIODS):
                upload_for(chance.uniform(0.02, longest_s))
                kills, longest_s = kills + 1, longest_s * SLOWER
                for period in acknowledged(database, url):
                    asked_when_acknowledged.setdefault(period, len(proxy.seen))
        sys.stdout.write(f"{kills} kills\n")
        check_what_has_arrived(server.received, database)
        check_requests(proxy, database, asked_when_acknowledged)


def acknowledged(database: Database, url: str) -> set[str]:
    with database.read() as connection:
        waiting = upload_status(connection, url).waiting
    return {period.period for period in PERIODS} - set(waiting)


def check_what_has_arrived(folder: Path, database: Database) -> None:
    """Hidden files are of torn tries that the server finished after the next one had ended."""
    archives = [build_archive(build_package(database, period.period)) for period in PERIODS]
    found = {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(".")}
    assert found == {archive.name: archive.content for archive in archives}


def check_requests(
    proxy: FaultyProxy, database: Database, asked_when_acknowledged: dict[str, int]
) -> None:
    for period in PERIODS:
        archive = build_archive(build_package(database, period.period))
        first = asked_when_acknowledged[period.period]
        later = [one for one in proxy.seen[first:] if archive.name in one.path]
        assert later == [], "it was acknowledged, and asked for again"
        keys = {
            one.headers.get("Idempotency-Key", archive.sha256)
            for one in proxy.seen
            if archive.name in one.path and one.method == "PUT"
        }
        assert keys == {hashlib.sha256(archive.content).hexdigest()}
