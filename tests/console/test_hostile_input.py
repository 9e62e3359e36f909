from dataclasses import replace

import pytest
from httpx import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.console.box import Box, running_box
from tests.hypothesis_checks import SHARED_FIXTURE
from tests.town import GERMAN, TOWN, TownClock

ACTIONS = (
    "desks/1/next",
    "desks/1/finish",
    "desks/1/transfer",
    "desks/1/call",
    "desks/1/withdraw",
    "tickets",
    "feedback",
    "visit/open",
    "visit/close",
)
HARD = (
    b"",
    b"{",
    b"\x00",
    b"\xff\xfe",
    b'{"topic":"\xed\xa0\x80"}',
    rb'{"topic":"\u0000"}',
    rb'{"topic":"\ud800"}',
    b"[" * 60_000,
    b'{"topic":' * 6_000,
    b'{"ticket":' + b"9" * 5_000 + b"}",
    b'{"ticket":1e400}',
    b'{"ticket":9223372036854775808}',
    b'{"after":-1}',
    b'{"score":99999999999999999999999}',
    b'{"score":true}',
    b'{"topics":[]}',
)
KINDS = ("application/json", "text/plain", "multipart/form-data", "application/msgpack", "")

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
_fields = st.sampled_from(
    ("topic", "topics", "stop", "score", "ticket", "after", "outcome", "language", "force")
)


@pytest.fixture
def program(box: Box) -> Client:
    """One for all examples."""
    return box.program()


@pytest.mark.parametrize("action", ACTIONS)
def test_what_breaks_decoders_is_refused_as_a_problem(box: Box, action: str) -> None:
    box.open_visit()
    program = box.program()
    for body in HARD:
        for kind in KINDS:
            headers = {"Content-Type": kind}
            answer = program.post(f"/api/v1/{action}", content=body, headers=headers)
            assert answer.status_code < 500, (body[:40], kind)
            if answer.status_code >= 400:
                box.problem(answer)


@pytest.mark.parametrize(
    "place",
    [
        "/n/AAAAAAAAAAAAAAAA/in/de",
        "/n/AAAAAAAAAAAAAAAA/answers",
        "/t/AAAAAAAAAAAA/smiley",
        "/t/AAAAAAAAAAAA/survey/AAAAAAAAAAAAAAAA",
    ],
)
def test_no_form_of_a_phone_makes_the_box_fail(
    office: Office, clock: TownClock, place: str
) -> None:
    bus = Office(office.database, replace(TOWN, numbers_by_phone=True))
    forms = (b"topic=%00", b"topic=%ff", b"topic=a&topic=b", b"score=6", b"score=%d9%a3", b"=&=&;")
    with running_box(bus, clock) as box:
        box.open_visit()
        stranger = box.stranger()
        for body in (*HARD, *forms):
            for kind in (*KINDS, "application/x-www-form-urlencoded"):
                answer = stranger.post(place, content=body, headers={"Content-Type": kind})
                assert answer.status_code < 500, (body[:40], kind)
        assert bus.read(lambda snapshot: snapshot.tickets) == ()


@given(action=st.sampled_from(ACTIONS), body=st.dictionaries(_fields, _json, max_size=4))
@settings(max_examples=60, suppress_health_check=SHARED_FIXTURE)
@pytest.mark.slow
def test_no_json_makes_the_box_fail(program: Client, action: str, body: object) -> None:
    try:
        answer = program.post(f"/api/v1/{action}", json=body)
    except ValueError:  # not a number, or half a letter: the client cannot send it
        return
    assert answer.status_code < 500


@given(desk=st.text(min_size=1, max_size=40), last=st.binary(max_size=40))
@settings(max_examples=30, suppress_health_check=SHARED_FIXTURE)
def test_no_address_and_no_header_makes_the_box_fail(
    program: Client, desk: str, last: bytes
) -> None:
    escaped = "".join(f"%{byte:02x}" for byte in desk.encode(errors="surrogatepass"))
    assert program.post(f"/api/v1/desks/{escaped}/next").status_code < 500
    key = {"Idempotency-Key": last.hex() or "-"}
    assert program.post("/api/v1/tickets", json={"topic": desk[:1]}, headers=key).status_code < 500


def test_a_large_body_is_not_read(box: Box) -> None:
    refused = box.program().post("/api/v1/tickets", content=b"x" * 70_000)
    assert refused.status_code == 413
    box.problem(refused)


def test_markup_in_the_name_of_a_topic_stays_text(database: Database, clock: TownClock) -> None:
    markup = "<img src=x onerror=alert(1)>"
    topics = tuple(replace(topic, label={GERMAN: markup}) for topic in TOWN.topics)
    with running_box(Office(database, replace(TOWN, topics=topics)), clock) as box:
        box.open_visit()
        box.take()
        client = box.stranger()
        box.log_in(client)
        page = client.get("/staff/desks/1").text
    assert "<img" not in page
    assert "&lt;img" in page


def test_a_wrong_address_in_a_browser_is_explained_in_german(box: Box) -> None:
    client = box.stranger()
    client.headers["Accept"] = "text/html"
    box.log_in(client)
    lost = client.get("/staff/desks/9")
    assert lost.status_code == 404
    assert "Das ist hier nicht bekannt: 9." in lost.text
    assert "Diese Seite gibt es hier nicht." in client.get("/stuff").text
