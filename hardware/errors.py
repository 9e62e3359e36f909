"""What a device can answer instead of doing its work. Each error is also the fitting builtin."""


class HardwareError(Exception):
    """The root of everything that a device fails at; told in one sentence."""


class CannotOpen(HardwareError, OSError):
    """The device is not there, or not usable; nothing was done."""

    def __init__(self, device: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The {device} cannot be opened: {reason}.")


class DeviceBusy(CannotOpen):
    """The device is there, but another program holds it."""


class DeviceLost(HardwareError, ConnectionError):
    """The device went away in the middle: what was asked may or may not have happened."""

    def __init__(self, device: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The {device} was lost: {reason}.")


class DeviceSilent(DeviceLost):
    """The device is there and does not answer in time: it may or may not have done its work."""

    def __init__(self, device: str, waited_s: float) -> None:
        self.waited_s = waited_s
        super().__init__(device, f"it has not answered for {waited_s:g} s")


class DeviceStopped(DeviceLost):
    """The device stopped in the middle of its work; `status` is its own word for why."""

    def __init__(self, device: str, status: str) -> None:
        self.status = status
        super().__init__(device, f"{status.replace('_', ' ')} in the middle of its work")


class DeviceConfused(DeviceLost):
    """The device answers what nobody understands, or that it cannot: it may have done its work."""


class DeviceClosed(HardwareError, ValueError):
    """The program used a device that it has not opened."""

    def __init__(self, device: str) -> None:
        super().__init__(f"The {device} is not open.")


class PrinterNotReady(HardwareError, RuntimeError):
    """The printer said so before anything came onto paper; `status` is the reason."""

    def __init__(self, device: str, status: str) -> None:
        self.status = status
        super().__init__(f"The {device} does not print: {status.replace('_', ' ')}.")


class CannotSpeak(HardwareError, RuntimeError):
    """The voice has no sound for a sentence; the loudspeaker itself may be well."""

    def __init__(self, language: str, reason: str) -> None:
        self.language, self.reason = language, reason
        super().__init__(f"Nothing can be said in {language!r}: {reason}.")
