"""Load and stalled clients on the bus's network: real sockets, some hundreds of them."""

import logging
import socket
from collections import Counter
from collections.abc import Iterator

import pytest

from kiosk.console.http import connections
from kiosk.console.http.connections import MOST_CONNECTIONS
from kiosk.console.http.connections import MOST_OF_ONE as MOST_CONNECTIONS_OF_ONE
from kiosk.console.http.stream_caps import (
    KEPT_BACK,
    MOST_OF_ONE,
    MOST_OF_ONE_TICKET,
    MOST_STREAMS,
)
from tests.console.box import Box
from tests.console.strangers import HALF_SENT, WHOLE, Strangers, get, status_of, strangers
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a thousand connections

FLOOD = 1000
LINES_IN_LOG = 3


@pytest.fixture
def crowd(new_box: Box) -> Iterator[Strangers]:
    """Strangers before a box with an open visit."""
    new_box.open_visit()
    with strangers(new_box.url) as some:
        yield some


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[list[logging.LogRecord]]:
    """What the box writes into its log, the client's own lines apart."""
    caplog.set_level(logging.INFO)
    yield caplog.records
    ours = [one for one in caplog.records if not one.name.startswith("httpx")]
    assert len(ours) <= LINES_IN_LOG, [one.getMessage() for one in ours]
    assert [one.getMessage() for one in ours if one.exc_info] == []


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize("addresses", [1, 50])
def test_a_thousand_half_sent_requests_do_not_shut_staff_out(
    new_box: Box, crowd: Strangers, addresses: int
) -> None:
    clerk, display = new_box.program(), new_box.stranger()
    new_box.take()
    with display.stream("GET", "/api/v1/events") as events:
        lines = events.iter_lines()
        for n in range(FLOOD):
            crowd.send(HALF_SENT, n % addresses)
            if n % 100 == 0:
                assert clerk.post("/api/v1/desks/1/next").status_code in {200, 204}
        assert status_of(crowd.send(WHOLE, FLOOD)) == 302, "a newcomer is answered"
        if addresses == 1:
            assert status_of(crowd.send(WHOLE, 0)) == 302, "one of the same address too"
        assert "event: called" in lines
    assert clerk.get("/api/v1/state").status_code == 200


def test_what_a_flood_has_taken_comes_back(new_box: Box, crowd: Strangers) -> None:
    for n in range(MOST_CONNECTIONS_OF_ONE + 10):
        crowd.send(HALF_SENT, 0)
        crowd.send(HALF_SENT, n)
    crowd.close()

    def all_are_answered() -> bool:
        with strangers(new_box.url) as others:
            for _ in range(MOST_CONNECTIONS_OF_ONE):
                others.send(get("/api/v1/health"), 0)
            return set(others.statuses()) <= {200, 503}  # 503: a check fails

    eventually(all_are_answered, "as many connections as before the flood")
    assert MOST_CONNECTIONS_OF_ONE < MOST_CONNECTIONS


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 0),
        (HALF_SENT, 408),
        (b"POST /staff/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\npin=", 0),
    ],
    ids=["nothing", "half a header", "half a body"],
)
@pytest.mark.usefixtures("logged")
def test_a_half_sent_request_is_cut_after_its_deadline(
    crowd: Strangers, sent: bytes, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEADER_S", 0.2)
    monkeypatch.setattr(connections, "BODY_S", 0.2)
    assert status_of(crowd.send(sent)) == status


def test_a_letter_now_and_then_does_not_help(
    crowd: Strangers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEADER_S", 0.3)
    assert drips_until_cut(crowd.send(HALF_SENT), b"x")


def drips_until_cut(line: socket.socket, drop: bytes) -> bool:
    def cut() -> bool:
        try:
            line.sendall(drop)
        except ConnectionError:
            return True
        return False

    return eventually(cut, "an end of the line")


def body_of(length: int) -> bytes:
    """The header of a login that long."""
    head = "POST /staff/login HTTP/1.1\r\nHost: localhost\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}{form}Content-Length: {length}\r\n\r\n".encode()


def test_a_body_may_take_as_long_as_enough_of_it_comes(
    crowd: Strangers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BODY_S", 0.3)
    monkeypatch.setattr(connections, "LEAST_BODY_BYTES_PER_S", 1)
    line = crowd.send(body_of(1000) + b"x" * 500)
    assert status_of(crowd.send(body_of(1000))) == 0, "nothing came of this one"
    line.sendall(b"x" * 500)
    assert 400 <= status_of(line) < 500, "it was read to its end"


def test_a_body_that_drips_is_cut_in_the_end(
    crowd: Strangers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BODY_S", 0.3)
    assert drips_until_cut(crowd.send(body_of(10**6)), b"x")
    monkeypatch.setattr(connections, "LEAST_BODY_BYTES_PER_S", 1)
    monkeypatch.setattr(connections, "LONGEST_BODY_S", 0.5)
    assert drips_until_cut(crowd.send(body_of(10**6)), b"x" * 100), "no connection goes on for ever"


def test_a_client_that_does_not_read_is_cut(
    new_box: Box, crowd: Strangers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "UNREAD_S", 0.3)
    line = crowd.send(b"")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    line.settimeout(0.05)

    def cut() -> bool:
        try:
            line.sendall(get("/display/chime.wav") * 20)
        except TimeoutError:
            return False
        except ConnectionError:
            return True
        return False

    eventually(cut, "an end of the line")
    assert new_box.stranger().get("/api/v1/state").status_code == 200


def _answered(crowd: Strangers, path: str, by: list[int]) -> Counter[int]:
    """The statuses of streams that are all asked for at once."""
    lines = [crowd.send(get(path)[:-2], stranger) for stranger in by]
    for line in lines:
        line.sendall(b"\r\n")
    return Counter(map(status_of, lines))


def test_one_device_gets_no_more_streams_by_asking_for_many_at_once(crowd: Strangers) -> None:
    asked = MOST_CONNECTIONS_OF_ONE
    assert _answered(crowd, "/api/v1/events", [0] * asked) == {
        200: MOST_OF_ONE,
        503: asked - MOST_OF_ONE,
    }


def test_neither_phones_nor_other_strangers_take_the_streams_of_staff(
    new_box: Box, crowd: Strangers
) -> None:
    tickets = [new_box.take() for _ in range(30)]
    many = MOST_STREAMS + 60
    by = [n % 10 for n in range(many)]
    assert _answered(crowd, "/api/v1/events", by) == {200: MOST_STREAMS, 503: 60}
    phones = Counter[int]()
    for n, ticket in enumerate(tickets):
        phones += _answered(crowd, f"/t/{ticket.code}/events", [20 + n] * MOST_OF_ONE_TICKET)
    assert phones == {200: MOST_STREAMS, 503: 30 * MOST_OF_ONE_TICKET - MOST_STREAMS}
    clerk = new_box.program()
    for _ in range(KEPT_BACK // 10):
        with clerk.stream("GET", "/api/v1/events") as events:
            assert events.status_code == 200
    with new_box.stranger().stream("GET", "/api/v1/events") as refused:
        assert refused.status_code == 503
    crowd.close()
    slots = new_box.context.stream_slots
    eventually(lambda: slots["browsers"] == slots["phones"] == 0, "an end of all streams")


def test_one_ticket_has_streams_for_a_family(new_box: Box, crowd: Strangers) -> None:
    code = new_box.take().code
    by = [n % 5 for n in range(50)]
    assert _answered(crowd, f"/t/{code}/events", by)[200] == MOST_OF_ONE_TICKET
