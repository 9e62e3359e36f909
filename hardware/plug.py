"""Simulated plug of every fake: absent, pulled out, put back."""

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost


class Plug:
    """Gives every fake the same way of being absent, lost and back again."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._in_socket = True
        self._is_open = False
        self._torn_off = False

    def pull(self) -> None:
        self._in_socket = False
        self._torn_off = self._is_open

    def put_back(self) -> None:
        self._in_socket = True

    @property
    def is_open(self) -> bool:
        return self._is_open

    def open(self) -> None:
        if not self._in_socket:
            raise CannotOpen(self._device, "it is unplugged")
        self._is_open, self._torn_off = True, False

    def close(self) -> None:
        self._is_open = False

    def require(self) -> None:
        """Pass only on an open device that has been in its socket ever since."""
        if not self._is_open:
            raise DeviceClosed(self._device)
        if self._torn_off:
            raise DeviceLost(self._device, "it was unplugged")
