"""Call displays behind a broker that refuses, says nothing, or goes away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hardware.call_display import mqtt
from hardware.call_display.mqtt import MqttDisplay
from hardware.errors import CannotOpen, DeviceSilent
from tests.emulators.broker import Broker

if TYPE_CHECKING:
    from collections.abc import Iterator

TOPIC = "radhaus/call"


@pytest.fixture
def broker() -> Iterator[Broker]:
    broker = Broker(password="geheim")
    broker.plug_in()
    yield broker
    broker.pull()


def display_of(broker: Broker, secret: str) -> MqttDisplay:
    return MqttDisplay("127.0.0.1", broker.port, TOPIC, "bus", secret)


def test_a_display_that_listens_later_gets_the_call(broker: Broker) -> None:
    display = display_of(broker, broker.password)
    display.open()
    display.show("A-017", "3")
    display.close()
    assert json.loads(broker.retained[TOPIC]) == {"number": "A-017", "desk": "3"}


def test_a_broker_that_refuses_says_why(broker: Broker) -> None:
    with pytest.raises(CannotOpen, match="Not authorized"):
        display_of(broker, "falsch").open()


def test_a_missing_confirmation_of_the_broker_is_silence(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    display = display_of(broker, broker.password)
    display.open()
    broker.mute = True
    monkeypatch.setattr(mqtt, "ANSWERED_WITHIN_S", 0.3)
    with pytest.raises(DeviceSilent):
        display.show("A-017", "3")
    display.close()
