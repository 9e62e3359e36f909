"""A compositor that hangs is noticed, though Xwayland goes on."""

from __future__ import annotations

import socket
import struct
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.touch.compositor import Compositor, compositor_of
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# As a compositor sends it: callback 2 is done, with a number of its own; the name 2 is free again.
DONE = struct.pack("=3I", 2, 12 << 16, 7) + struct.pack("=3I", 1, 12 << 16 | 1, 2)
SYNC = struct.pack("=3I", 1, 12 << 16, 2)


@pytest.fixture
def other_end(tmp_path: Path) -> Iterator[socket.socket]:
    """Where a compositor of Wayland would listen."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "wayland-0"))
        listening.listen()
        listening.settimeout(PATIENCE_S)
        yield listening


def test_it_has_answered_once_for_each_question(other_end: socket.socket, tmp_path: Path) -> None:
    with closing(Compositor(tmp_path / "wayland-0")) as compositor:
        line, _ = other_end.accept()
        with line:
            for _ in range(3):
                assert line.recv(64) == SYNC
                assert not compositor.has_answered(), "it hangs"
                line.sendall(DONE)
                eventually(compositor.has_answered, "its answer")
            assert not compositor.has_answered()


def test_one_that_is_gone_has_not_answered(other_end: socket.socket, tmp_path: Path) -> None:
    with closing(Compositor(tmp_path / "wayland-0")) as compositor:
        other_end.accept()[0].close()
        assert not compositor.has_answered()
        assert not compositor.has_answered()


def test_it_is_found_where_it_says_and_nowhere_else(
    other_end: socket.socket, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert compositor_of({"DISPLAY": ":0"}) is None
    assert compositor_of({"WAYLAND_DISPLAY": "gone", "XDG_RUNTIME_DIR": str(tmp_path)}) is None
    assert "cannot be watched" in caplog.text
    for name in ("wayland-0", other_end.getsockname()):
        found = compositor_of({"WAYLAND_DISPLAY": name, "XDG_RUNTIME_DIR": str(tmp_path)})
        assert found
        found.close()
