"""Names of the box beside those of its machine, from the configuration and the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.settings.config import ConsoleSettings


def further_names(console: ConsoleSettings, profile: Profile) -> list[str]:
    """Those that the operator gave it, and the one at which phones find it."""
    return [name for name in [*console.names, profile.bus_host] if name]
