"""The bundle as a file: the parts as a tar archive, encrypted, complete or not there at all."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import Refused
from kiosk.export.targets.safe_path import open_folder
from kiosk.operate.backup.backup_files import remove_unfinished, write_whole
from kiosk.operate.backup.encryption import encrypt
from kiosk.operate.support.parts import PARTS
from kiosk.operate.support.redaction import redacted
from kiosk.system.kept_file import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from kiosk.operate.doctor.host import Host

_README: Final = """Support bundle of a Radhaus box.

Each file says one thing of the box, or why it could not be told. Ticket numbers, codes, addresses
and secrets are left out; of visitors there is nothing else to leave out. The logs of an appliance
begin when it was last switched on: its journal is kept in memory.
"""


class NoSupportRecipient(Refused):
    """No recipient is configured, and a bundle is never written in plain."""

    def __init__(self) -> None:
        super().__init__(
            "No support file without a recipient: write the operator's public key into config.toml"
            ' ([backup] recipient = "age1...", see docs/backup.md), or name the help desk\'s with'
            " --recipient age1..."
        )


def write_bundle(host: Host, recipient: str, folder: Path, now: datetime) -> Path:
    """Write the bundle into a folder, be it on a stick. Raises `NoSupportRecipient`, `ExportError`.

    A part that cannot be had is told in its place: a box that needs help is seldom whole.
    """
    if not recipient:
        raise NoSupportRecipient
    name = f"radhaus-support_{now:%Y-%m-%d_%H%M%S}.tar.gz.age"
    content = encrypt(_archive(host, now), recipient)
    with open_folder(folder) as target:
        remove_unfinished(target)
        write_whole(target, name, content)
    return folder / name


def keep_bundle(host: Host, recipient: str, now: datetime) -> Path:
    """Write the bundle for the staff page, in place of the last one.

    Raises `NoSupportRecipient`, `OSError`.
    """
    if not recipient:
        raise NoSupportRecipient
    replace_file(host.paths.support_bundle, encrypt(_archive(host, now), recipient))
    return host.paths.support_bundle


def _archive(host: Host, now: datetime) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as tar:
        _add(tar, "README.txt", _README, now)
        for name, part in PARTS.items():
            _add(tar, name, _text_of(part, host), now)
    return whole.getvalue()


def _text_of(part: Callable[[Host], str], host: Host) -> str:
    try:
        return part(host)
    except Exception as error:  # noqa: BLE001 - what is broken on a box must not take the other parts
        return redacted(f"not to be had: {type(error).__name__}: {error}\n")


def _add(tar: tarfile.TarFile, name: str, text: str, now: datetime) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = len(content), int(now.timestamp())
    tar.addfile(entry, io.BytesIO(content))
