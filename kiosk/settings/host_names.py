"""Names of the box beside those of its machine, from the configuration and the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.profile import Profile


def further_names(given: Iterable[str], profile: Profile) -> list[str]:
    """Those that the operator gave it, and the one by which phones ask for their tickets."""
    host = urlsplit(profile.bus_network).hostname
    return [*given, *([host] if host else [])]
