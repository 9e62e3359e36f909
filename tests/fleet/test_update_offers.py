"""To which boxes an update is offered: named ones, a share, and never fewer of a larger one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.export.upload.update_messages import DeviceUpdate
from kiosk.fleet.updates import (
    NotOffered,
    UpdateOffer,
    is_offered,
    list_offers,
    offer_for,
    offer_update,
    withdraw_update,
)
from tests.fleet.played_box import NOW, PlayedBox, add

if TYPE_CHECKING:
    from kiosk.fleet.database import FleetDatabase

RUNNING = DeviceUpdate("1.0", "radhaus-amd64")
OFFER = UpdateOffer("a" * 64, "1.1", "radhaus-amd64", 3 << 30, 100, NOW)
DEVICES = [f"rh-{number}" for number in range(400)]


def test_who_was_in_a_smaller_share_is_in_each_larger_one() -> None:
    shares = [
        {device for device in DEVICES if replace(OFFER, share=share).includes(device)}
        for share in (0, 10, 50, 100)
    ]
    assert shares[0] == set()
    assert shares[0] < shares[1] < shares[2] < shares[3] == set(DEVICES)
    assert 20 < len(shares[1]) < 70
    assert 150 < len(shares[2]) < 250
    next_version = replace(OFFER, version="1.2", share=10)
    assert {device for device in DEVICES if next_version.includes(device)} != shares[1]


def test_the_newest_that_fits_is_offered(fleet: FleetDatabase) -> None:
    older, other = replace(OFFER, sha256="b" * 64, version="1.0.9"), replace(OFFER, share=0)
    machine = replace(OFFER, sha256="c" * 64, version="9", compatible="radhaus-arm64")
    with fleet.write() as connection:
        for each in (older, OFFER, machine):
            offer_update(connection, each)
    with fleet.read() as connection:
        assert [each.version for each in list_offers(connection)] == ["9", "1.1", "1.0.9"]
        found = offer_for(connection, "rh-1", RUNNING)
    assert found
    assert (found.version, found.size) == ("1.1", 3 << 30)
    with fleet.write() as connection:
        offer_update(connection, other)
        found = offer_for(connection, "rh-1", RUNNING)
    assert found
    assert found.version == "1.0.9", "the wave of the newest has not reached it"


def test_named_boxes_stay_when_the_share_grows_and_withdrawn_it_is_nobodys(
    fleet: FleetDatabase,
) -> None:
    for device in ("rh-1", "rh-2"):
        add(fleet, PlayedBox(device), device)
    for device in ("rh-1", "rh-2"):
        with fleet.write() as connection:
            offer_update(connection, replace(OFFER, share=0, boxes=frozenset({device})))
    with fleet.read() as connection:
        offered = [is_offered(connection, OFFER.sha256, f"rh-{number}") for number in (1, 2, 3)]
    assert offered == [True, True, False]
    with fleet.write() as connection:
        assert [each.sha256 for each in withdraw_update(connection, "1.1")] == [OFFER.sha256]
    with fleet.write() as connection, pytest.raises(NotOffered, match="none is offered"):
        withdraw_update(connection, "1.1")
