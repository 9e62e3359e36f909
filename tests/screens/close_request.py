"""Asks a window to close, as Alt-F4 under a window manager does (ICCCM, WM_DELETE_WINDOW)."""

import ctypes
import struct

_CLIENT_MESSAGE = 33


def ask_to_close(display: str, window: int) -> None:
    """Send the request; the window may do with it what it likes."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    protocols, delete = (
        x11.XInternAtom(connection, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
    )
    # XClientMessageEvent: type, serial, send_event, display, window, message_type, format, data
    event = struct.pack(
        "iQiPLLi5l", _CLIENT_MESSAGE, 0, 1, 0, window, protocols, 32, delete, *[0] * 4
    )
    buffer = ctypes.create_string_buffer(event, 192)
    x11.XSendEvent(connection, ctypes.c_ulong(window), 0, ctypes.c_long(0), buffer)
    x11.XCloseDisplay(connection)
