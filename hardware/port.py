"""Base of all device ports: open, close."""

from typing import Protocol


class Device(Protocol):
    """Something on a wire: it is opened, may get lost at any call, and is opened again.

    Knows nothing of retries and pauses: its user closes it after a `HardwareError` and
    opens it again when it likes. `close` never fails and may be called twice.
    """

    def open(self) -> None:
        """Raise `CannotOpen` when the device is not there."""

    def close(self) -> None: ...
