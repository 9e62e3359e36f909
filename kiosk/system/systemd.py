"""sd_notify: readiness and watchdog for systemd; does nothing where it does not listen.

Protocol: man sd_notify(3).
"""

import os
import socket


def ready(status: str = "") -> None:
    """Call once, when a citizen or staff can use this door."""
    _send("READY=1", *([f"STATUS={status}"] if status else []))


def watchdog() -> None:
    """Call from the loop that does the work, never from a thread of its own: it says "not hung"."""
    _send("WATCHDOG=1")


def stopping() -> None:
    _send("STOPPING=1")


def watchdog_interval_s() -> float | None:
    """Seconds between two calls of watchdog(), half of what systemd allows; None without one.

    WATCHDOG_PID is not looked at: the glass is a child of its compositor, whose pid stands there.
    """
    allowed_us = os.environ.get("WATCHDOG_USEC", "")
    return int(allowed_us) / 2_000_000 if allowed_us.isdecimal() else None


def _send(*lines: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):  # an abstract socket: systemd writes the leading zero byte as "@"
        address = "\0" + address[1:]
    message = "\n".join(line.replace("\n", " ") for line in lines)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
        # A full or vanished socket must not stop a service that works.
        try:
            channel.sendto(message.encode(), socket.MSG_DONTWAIT, address)
        except OSError:
            return
