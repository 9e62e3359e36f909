"""Refusals of the upload before any server is asked, one sentence each, with what to do."""

from __future__ import annotations

from kiosk.domain.errors import Refused


class NoTarget(Refused):
    """The configuration names no server."""

    def __init__(self) -> None:
        super().__init__(
            "No server is set for uploads: set kind and url under [upload] in config.toml."
        )


class ClockNotSet(Refused):
    """The clock is not set, so no certificate can be verified."""

    def __init__(self) -> None:
        super().__init__(
            "The upload waits for the clock: it has not been set since the machine started, and"
            " without it no certificate can be checked. Connect a network with a time server"
            " and look at 'timedatectl'."
        )
