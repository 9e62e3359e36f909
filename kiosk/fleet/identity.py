"""Identity of a box, from what it printed itself or from one of its packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.counts.signing import PublicKey
from kiosk.fleet.boxes import BoxIdentity
from kiosk.fleet.errors import NotReadable
from kiosk.fleet.received import ReceivedPackage, read_folder

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES: Final = 10_000
_WHAT: Final = "is not what 'kiosk counts key --json' printed on a box, and no package either"


class _PrintedKey(msgspec.Struct):
    """What `kiosk counts key --json` prints."""

    device: str
    public_key: str


def read_identity(path: Path) -> BoxIdentity:
    """The identity in a file of `kiosk counts key --json`, or of the box of a package's folder.

    Raises `NotReadable`.
    """
    if path.is_dir():
        return _of_package(path)
    try:
        with path.open("rb") as file:
            printed = msgspec.json.decode(file.read(_MOST_BYTES), type=_PrintedKey)
        return BoxIdentity(printed.device, PublicKey.from_pem(printed.public_key.encode()))
    except OSError as error:
        raise NotReadable(str(path), f"cannot be read ({error.strerror})") from None
    except (msgspec.MsgspecError, ValueError):
        raise NotReadable(str(path), _WHAT) from None


def _of_package(folder: Path) -> BoxIdentity:
    found = set()
    for received in read_folder(folder):
        if not isinstance(received, ReceivedPackage):
            raise NotReadable(received.place, f"is not whole: {received.reason}")
        found.add((received.manifest.device, received.key.pem))
    if len(found) > 1:
        raise NotReadable(str(folder), "holds packages of several boxes or keys; name one of them")
    device, pem = found.pop()
    return BoxIdentity(device, PublicKey.from_pem(pem))
