"""Run by `script/machine` alone: these tests need a disk image of 5 GB and an emulator."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.appliance import Appliance, ApplianceGuest
    from tests.machine.box import Box
    from tests.machine.guest import Guest
    from tests.machine.image import Image

PATIENCE_S = 1200.0
FOLDER = os.environ.get("RADHAUS_MACHINE", "")
_STARTS_AS_PI = os.environ.get("RADHAUS_FIRMWARE") == "raspberry-pi"
collect_ignore_glob = [] if FOLDER else ["test_*.py"]


@pytest.fixture(scope="session")
def image() -> Image:
    """Built from this checkout."""
    from tests.machine.image import build  # noqa: PLC0415 - nothing of this where it is not run

    return build(Path(FOLDER))


@pytest.fixture(scope="session")
def guest(image: Image) -> Iterator[Guest]:
    """The one emulated computer that most tests share."""
    from tests.machine.checkout import CheckoutGuest  # noqa: PLC0415 - same

    with closing(CheckoutGuest(image, Path(FOLDER))) as guest:
        yield guest


@pytest.fixture(scope="session")
def appliance() -> Appliance:
    """The image of script/image."""
    from tests.machine.appliance import build_appliance  # noqa: PLC0415 - same

    folder = Path(FOLDER) / "appliance"
    built = build_appliance(folder)
    if not _STARTS_AS_PI:
        return built
    from tests.machine.raspberry_pi import as_raspberry_pi  # noqa: PLC0415 - same

    return as_raspberry_pi(built, folder)


@pytest.fixture(scope="session")
def machine(appliance: Appliance) -> Iterator[ApplianceGuest]:
    """A card that was written, with its file, switched on for the first time."""
    from tests.machine.appliance import DEVICE, ApplianceGuest  # noqa: PLC0415 - same
    from tests.machine.raspberry_pi import RaspberryPiGuest  # noqa: PLC0415 - same

    made = RaspberryPiGuest if _STARTS_AS_PI else ApplianceGuest
    with closing(made(appliance, Path(FOLDER) / "appliance", DEVICE)) as guest:
        guest.switch_on()
        yield guest


@pytest.fixture(autouse=True)
def _only_declared_programs() -> None:
    """`script/machine` asks for its own programs."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An emulated processor that gives way to all else is slow."""
    monkeypatch.setattr("tests.waiting.PATIENCE_S", PATIENCE_S)


@pytest.fixture
def box(guest: Guest) -> Box:
    """The box, switched on, its panel running and a visit open."""
    from tests.machine.box import Box  # noqa: PLC0415 - same

    guest.switch_on()
    return Box(guest)


@pytest.fixture
def counted_box(box: Box) -> Box:
    """The box with one closed period, 2024-Q1."""
    if "2024-Q1" not in box.run("kiosk counts show"):
        box.close_a_quarter()
    return box
