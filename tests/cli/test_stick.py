"""`kiosk stick`, as technicians and the service of a plugged stick call it."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.stick import StickState
from kiosk.operate.stick_service import CommandWriter
from kiosk.service.sticks import stick_state
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.prepared import new_device

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Kiosk = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A device, and an empty stick."""
    new_device(Paths(tmp_path / "data"))
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_stick_is_prepared_and_then_served(kiosk: Kiosk, folder: Path) -> None:
    assert kiosk("stick", "write", str(folder)).stdout == "foreign\n"
    assert kiosk("stick", "prepare", str(folder)).exit_code == 0
    assert kiosk("stick", "write", str(folder)).stdout == "nothing_closed\n"


def test_the_code_is_the_same_each_time_and_can_be_taken_over(kiosk: Kiosk, folder: Path) -> None:
    assert folder.is_dir()
    code = kiosk("stick", "code").stdout
    assert kiosk("stick", "code").stdout == code
    assert kiosk("stick", "code", "--set", "f" * 32).stdout == "f" * 32 + "\n"
    refused = kiosk("stick", "code", "--set", "0815")
    assert (refused.exit_code, "32 letters" in refused.stderr) == (1, True)


@pytest.mark.slow  # two processes
def test_root_delegates_writing_and_reporting_to_an_ordinary_user(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program that changes the user takes a note here, and goes on as the present user."""
    setpriv = tmp_path / "setpriv"
    setpriv.write_text(f'#!/bin/sh\necho "$1" "$2" "$3" >> {tmp_path}/users\nshift 3\nexec "$@"\n')
    setpriv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "data"))
    writer = CommandWriter((sys.executable, "-m", "kiosk"), "kiosk-export", "kiosk")
    assert writer.write(folder) is StickState.FOREIGN
    writer.tell(StickState.FOREIGN)
    as_user = "--reuid=kiosk-export --regid=kiosk --clear-groups\n"
    assert (tmp_path / "users").read_text() == as_user * 2
    box = open_kiosk(Paths(tmp_path / "data"))
    with closing(box.office.database):
        assert box.office.read(stick_state, box.now()) is StickState.FOREIGN
