"""What of `systemd/` a bus gets, as a checkout or as the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.operate.provisioning.shipped import SHIPPED

if TYPE_CHECKING:
    from pathlib import Path

ELSEWHERE = ("office", "appliance")
"""Folders of the city's server and of the image."""


def files_of_a_bus() -> list[Path]:
    files = [path for path in SHIPPED.rglob("*") if path.is_file()]
    return [path for path in files if path.relative_to(SHIPPED).parts[0] not in ELSEWHERE]
