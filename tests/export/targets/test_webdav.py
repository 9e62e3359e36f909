"""The WebDAV target before WsgiDAV and nginx: locks, torn uploads, and moves that come twice."""

from collections.abc import Iterator

import pytest
import urllib3

from kiosk.export.errors import ExportError, SomethingElseThere, TryLater
from kiosk.export.package import Package
from kiosk.export.targets.http_client import Endpoint
from kiosk.export.targets.webdav import WebdavTarget
from kiosk.export.targets.zip_archive import build_archive
from tests.export.authority import Authority
from tests.export.faulty_proxy import Fault, FaultyProxy, proxy_before
from tests.export.nginx import PASSWORD, USER
from tests.export.tls_servers import DavServer
from tests.waiting import PATIENCE_S

PACKAGE = Package("town_rh-1_2026-10", {"a.csv": b"a\n1\n" * 500})
ARCHIVE = build_archive(PACKAGE)
BASIC = urllib3.make_headers(basic_auth=f"{USER}:{PASSWORD}".encode().decode("latin-1"))
HOUR_S = 3600


@pytest.fixture
def proxy(dav: DavServer, authority: Authority) -> Iterator[FaultyProxy]:
    with proxy_before(dav.origin, authority) as proxy:
        yield proxy


@pytest.fixture
def target(proxy: FaultyProxy, authority: Authority) -> WebdavTarget:
    url = f"{proxy.origin}/Radhaus/Pakete"
    return WebdavTarget(Endpoint(url, BASIC["authorization"], authority.ca_file, PATIENCE_S))


def arrived(dav: DavServer) -> bool:
    """Whether it lies there, and nothing else."""
    found = {path.name: path.read_bytes() for path in dav.received.iterdir()}
    return found == {ARCHIVE.name: ARCHIVE.content}


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        *[("GET", fault) for fault in (Fault.DROPPED, 500, 423)],
        *[("PUT", fault) for fault in (Fault.DROPPED, Fault.ANSWER_LOST, Fault.HALF_SENT, 500)],
        *[("PUT", fault) for fault in (423, Fault.PORTAL)],
        *[("MOVE", fault) for fault in (Fault.DROPPED, Fault.ANSWER_LOST, 500, 423)],
    ],
)
def test_what_breaks_on_the_way_is_tried_later_and_arrives_once(
    target: WebdavTarget, proxy: FaultyProxy, dav: DavServer, method: str, fault: Fault | int
) -> None:
    proxy.will(method, fault)
    with pytest.raises(TryLater):
        target.put(PACKAGE)
    target.put(PACKAGE)
    assert arrived(dav), "with nothing left over of the torn try"


def test_a_lock_means_an_hour_and_another_name(target: WebdavTarget, proxy: FaultyProxy) -> None:
    proxy.will("PUT", 423)
    with pytest.raises(TryLater, match="locked") as told:
        target.put(PACKAGE)
    target.put(PACKAGE)
    assert told.value.after_s > HOUR_S
    names = [one.path for one in proxy.seen if one.method == "PUT"]
    assert len(set(names)) == len(names) == 2
    assert all("/." in name for name in names), "hidden until complete"


def test_a_locked_folder_is_tried_later(
    target: WebdavTarget, dav: DavServer, authority: Authority
) -> None:
    dav.received.mkdir(parents=True)
    body = (
        '<?xml version="1.0"?><lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope>'
        "<locktype><write/></locktype></lockinfo>"
    )
    headers = {**BASIC, "Depth": "infinity", "Timeout": "Second-600"}
    with urllib3.PoolManager(ca_certs=str(authority.ca_file)) as pool:
        locked = pool.request("LOCK", dav.url, body=body, headers=headers)
        assert locked.status == 200
        with pytest.raises(TryLater, match=r"locked on the server \(423\)"):
            target.put(PACKAGE)
        pool.request(
            "UNLOCK", dav.url, headers={**BASIC, "Lock-Token": locked.headers["Lock-Token"]}
        )
    target.put(PACKAGE)
    assert arrived(dav)


def test_a_move_whose_answer_was_lost_is_not_repeated(
    target: WebdavTarget, proxy: FaultyProxy, dav: DavServer
) -> None:
    proxy.will("MOVE", Fault.ANSWER_LOST)
    with pytest.raises(TryLater):
        target.put(PACKAGE)
    target.put(PACKAGE)
    assert arrived(dav)
    assert (proxy.count("MOVE"), proxy.count("PUT")) == (1, 1)


def test_a_move_that_another_try_has_overtaken_is_success(
    target: WebdavTarget, proxy: FaultyProxy, dav: DavServer
) -> None:
    """The package appears under its name between the look and the move, which then gets 412."""
    dav.received.mkdir(parents=True)
    (dav.received / ARCHIVE.name).write_bytes(ARCHIVE.content)
    proxy.will("GET", 404)
    target.put(PACKAGE)
    assert proxy.count("MOVE") == 1
    assert arrived(dav)


def test_a_move_overwrites_nothing(
    target: WebdavTarget, proxy: FaultyProxy, dav: DavServer
) -> None:
    dav.received.mkdir(parents=True)
    (dav.received / ARCHIVE.name).write_bytes(b"theirs")
    proxy.will("GET", 404)
    with pytest.raises(SomethingElseThere):
        target.put(PACKAGE)
    assert (dav.received / ARCHIVE.name).read_bytes() == b"theirs"


@pytest.mark.parametrize("method", ["PUT", "MOVE"])
def test_a_server_that_only_says_it_has_done_so_is_not_believed(
    target: WebdavTarget, proxy: FaultyProxy, dav: DavServer, method: str
) -> None:
    proxy.will(method, 201)
    with pytest.raises(TryLater):
        target.put(PACKAGE)
    assert not (dav.received / ARCHIVE.name).exists()


@pytest.mark.parametrize(
    ("status", "sentence"), [(507, "no room left"), (413, "too large"), (403, "not allow that")]
)
def test_a_refusal_says_what_to_do(
    target: WebdavTarget, proxy: FaultyProxy, status: int, sentence: str
) -> None:
    proxy.will("PUT", status)
    with pytest.raises(ExportError, match=sentence) as told:
        target.put(PACKAGE)
    assert PASSWORD not in str(told.value)


def test_files_of_others_in_the_folder_stay(target: WebdavTarget, dav: DavServer) -> None:
    dav.received.mkdir(parents=True)
    theirs = [".other.zip.0123456789abcdef.radhaus-unfinished", "notes.txt", f".{ARCHIVE.name}.x"]
    for name in theirs:
        (dav.received / name).write_text("theirs")
    target.put(PACKAGE)
    assert sorted(path.name for path in dav.received.iterdir()) == sorted([*theirs, ARCHIVE.name])
