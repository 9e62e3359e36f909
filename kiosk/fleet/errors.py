"""Errors of the fleet's commands, one sentence each, with what to do."""

from __future__ import annotations

from kiosk.domain.errors import KioskError, Refused


class FleetDatabaseError(KioskError):
    """The database cannot be opened or used."""


class UnknownBox(Refused):
    """No box of that id or name was added."""

    def __init__(self, box: str, known: tuple[str, ...]) -> None:
        self.box = box
        listed = f" Known: {', '.join(known)}." if known else " None was added yet."
        super().__init__(f"There is no box {box!r}; add it with 'kiosk office box add'.{listed}")


class BoxExists(Refused):
    """A box of that id or name is there already."""


class NothingTakenIn(Refused):
    """There is no package to report on."""

    def __init__(self) -> None:
        super().__init__(
            "No package was taken in yet: 'kiosk office collect DIR' takes those of a folder or"
            " stick, 'kiosk office status' shows what is there."
        )


class NotReadable(Refused):
    """A file or folder that a command should read."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        super().__init__(f"{place}: {reason}.")
