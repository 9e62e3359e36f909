"""Errors of devices. Each is also the fitting builtin."""

from hardware.trouble import Trouble


class HardwareError(Exception):
    """The root of everything that a device fails at; told in one sentence, and as a `trouble`."""

    trouble = Trouble.FAULT


class CannotOpen(HardwareError, OSError):
    """The device is not there, or not usable; nothing was done."""

    trouble = Trouble.ABSENT

    def __init__(self, device: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The {device} cannot be opened: {reason}.")


class DeviceBusy(CannotOpen):
    """The device is there, but another program holds it."""

    trouble = Trouble.BUSY


class DeviceLost(HardwareError, ConnectionError):
    """The device went away in the middle: what was asked may or may not have happened."""

    trouble = Trouble.LOST

    def __init__(self, device: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The {device} was lost: {reason}.")


class DeviceSilent(DeviceLost):
    """The device is there and does not answer in time: it may or may not have done its work."""

    trouble = Trouble.SILENT

    def __init__(self, device: str, waited_s: float) -> None:
        self.waited_s = waited_s
        super().__init__(device, f"it has not answered for {waited_s:g} s")


class DeviceStopped(DeviceLost):
    """The device stopped in the middle of its work, and says why."""

    def __init__(self, device: str, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(device, f"{_plain(trouble)} in the middle of its work")


class DeviceConfused(DeviceLost):
    """The device answers what no driver knows, or that it cannot; it may have done its work."""

    trouble = Trouble.CONFUSED


class DeviceClosed(HardwareError, ValueError):
    """The program used a device that it has not opened."""

    def __init__(self, device: str) -> None:
        super().__init__(f"The {device} is not open.")


class PrinterNotReady(HardwareError, RuntimeError):
    """The printer said why before anything came onto paper."""

    def __init__(self, device: str, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(f"The {device} does not print: {_plain(trouble)}.")


class CannotSpeak(HardwareError, RuntimeError):
    """The voice has no sound for a sentence; the loudspeaker itself may be well."""

    def __init__(self, language: str, reason: str) -> None:
        self.language, self.reason = language, reason
        super().__init__(f"Nothing can be said in {language!r}: {reason}.")


def _plain(trouble: Trouble) -> str:
    return trouble.replace("_", " ")
