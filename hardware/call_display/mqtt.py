"""MQTT driver of call displays: each call is a retained message."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from paho.mqtt.client import MQTT_ERR_SUCCESS, Client
from paho.mqtt.enums import CallbackAPIVersion

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost, DeviceSilent

if TYPE_CHECKING:
    from typing import Any

ANSWERED_WITHIN_S: Final = 5.0
KEEPALIVE_S: Final = 120
"""Longer than the pauses between calls: each is told again every 20 s."""

_DEVICE: Final = "call display"
_ONE_LOOK_S: Final = 0.2
_AT_LEAST_ONCE: Final = 1


class MqttDisplay:
    """Publishes `{"number": "A-017", "desk": "3"}`, and null for both without a call.

    Retained, so that a display which is switched on later shows it too. What is told of it is
    whether the broker has confirmed the message, not who listens.
    """

    def __init__(
        self, host: str, port: int, topic: str, user: str = "", password: str = ""
    ) -> None:
        self._host, self._port, self._topic = host, port, topic
        self._user, self._password = user, password
        self._client: Client | None = None

    def open(self) -> None:
        self.close()
        client = Client(CallbackAPIVersion.VERSION2)
        client.connect_timeout = ANSWERED_WITHIN_S
        if self._user:
            client.username_pw_set(self._user, self._password)
        refusals: list[str] = []

        def answered(_client: Client, _data: Any, _flags: Any, code: Any, _more: Any) -> None:  # noqa: ANN401 - Paho
            if code.is_failure:
                refusals.append(str(code))

        client.on_connect = answered
        try:
            client.connect(self._host, self._port, KEEPALIVE_S)
        except (OSError, ValueError) as error:
            raise self._cannot_open(str(error)) from error
        until_s = time.monotonic() + ANSWERED_WITHIN_S
        while not client.is_connected():
            alive = client.loop(_ONE_LOOK_S) == MQTT_ERR_SUCCESS
            if refusals or not alive or time.monotonic() > until_s:
                raise self._cannot_open(*refusals or ["the broker does not answer"])
        self._client = client

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError, ValueError):  # it may be gone already
                client.disconnect()

    def show(self, number: str, desk: str) -> None:
        self._send(number, desk)

    def clear(self) -> None:
        self._send(None, None)

    def _send(self, number: str | None, desk: str | None) -> None:
        client = self._client
        if client is None:
            raise DeviceClosed(_DEVICE)
        payload = json.dumps({"number": number, "desk": desk})
        sent = client.publish(self._topic, payload, _AT_LEAST_ONCE, retain=True)
        until_s = time.monotonic() + ANSWERED_WITHIN_S
        while sent.rc == MQTT_ERR_SUCCESS and not sent.is_published():
            if client.loop(_ONE_LOOK_S) != MQTT_ERR_SUCCESS or not client.is_connected():
                break
            if time.monotonic() > until_s:
                raise DeviceSilent(_DEVICE, ANSWERED_WITHIN_S)
        else:
            if sent.rc == MQTT_ERR_SUCCESS:
                return
        raise DeviceLost(_DEVICE, f"the broker {self._host}:{self._port} is gone")

    def _cannot_open(self, reason: str) -> CannotOpen:
        return CannotOpen(_DEVICE, f"{self._host}:{self._port}: {reason.rstrip('.')}")
