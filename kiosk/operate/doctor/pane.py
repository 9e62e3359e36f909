"""Check of the pane of the glass: overflow and overlap of its screens on a panel of this size."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from kiosk.devices.finding import Finding, failure, ok
from kiosk.settings import profiles
from kiosk.touch.layout.theme import USUAL_MM_PER_PX, Pane

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host

_SHOWN = 3
_LAID_OUT_S = 180
"""A slow box takes a minute for all languages."""


def pane(host: Host) -> Finding:
    """No element leaves the pane, and none lies over another, in any language of the profile."""
    settings = host.settings()
    profiles.load_profile(settings.profile)  # its faults are those of the check `profile`
    width_px, height_px = map(int, settings.glass.size.split("x"))
    real = Pane.of(width_px, height_px, settings.glass.mm_per_px)
    tested = USUAL_MM_PER_PX.get((width_px, height_px)) == real.mm_per_px
    if tested and settings.profile in profiles.available_profiles():
        return ok("Every screen of the profile is tested on this panel.")
    faults = _faults(settings.glass.size, str(real.mm_per_px), settings.profile)
    if not faults:
        return ok("Every screen has room on this panel.")
    shown = "; ".join(faults[:_SHOWN])
    return failure(
        f"{len(faults)} times there is no room on a panel of {settings.glass.size} pixels of"
        f" {real.mm_per_px} mm: {shown}.",
        "Correct size and mm_per_px of [glass] in config.toml, or use a larger panel;"
        " shorten the labels of the profile that are named.",
    )


def _faults(*arguments: str) -> list[str]:
    """In a process of its own, for Kivy reads its environment when it is imported."""
    command = [sys.executable, "-m", "kiosk.touch.pane_check", *arguments]
    done = subprocess.run(command, capture_output=True, timeout=_LAID_OUT_S, check=True)
    faults: list[str] = json.loads(done.stdout)
    return faults
