"""Check of the data's disk: encrypted or not, and whether that is what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.devices.finding import Finding, ok, warning
from kiosk.operate.data_encryption import is_encrypted, needs_recovery_key

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host

PLAIN: Final = "plain"
_ANEW: Final = (
    "An appliance encrypts at its first start alone: close the visit, let the counts go out, and"
    " write its card anew (docs/appliance.md, Encrypted data). Elsewhere leave the line out."
)
_NO_TPM: Final = (
    "Switch the TPM on in the firmware; where there is none, set the box up anew without"
    " encrypted = true."
)


def encryption(host: Host) -> Finding:
    """Whoever takes the disk out reads what is not encrypted."""
    if is_encrypted(host.paths.data, host.root):
        if needs_recovery_key(host.root):
            return warning(
                "The data are encrypted, and no TPM here took their key: each start waits for the"
                " stick with the recovery key.",
                _NO_TPM,
            )
        return ok("The data are encrypted on the disk.")
    if host.settings().data.encrypted:
        return warning("config.toml asks for encrypted data, and the disk is not encrypted.", _ANEW)
    return ok("The data are not encrypted: whoever takes the disk out can read them.", PLAIN)
