"""Fetching of an update that the office offers: cut off anywhere, it goes on where it was.

What arrives is checked for its size and digest, never fills the disk, and is only then handed to
the installation, in which RAUC verifies who has signed it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from kiosk.domain.errors import Refused
from kiosk.domain.version import VERSION_FORM, version_order
from kiosk.export.errors import ExportError, TryLater
from kiosk.export.targets.http_client import Answer, HttpClient, refusal
from kiosk.export.upload.update_messages import UPDATES, OfferedUpdate
from kiosk.operate.updates.record import read_record
from kiosk.operate.updates.stick import ROOM_LEFT_BYTES
from kiosk.system.kept_file import replace_file_durably

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from urllib3 import BaseHTTPResponse

    from kiosk.export.targets.http_client import Endpoint

MOST_BYTES: Final = 2 << 30
LONGEST_S: Final = 50 * 60.0
"""For one run; the next goes on behind it."""

MOST_WRONG: Final = 3
"""So often is a bundle fetched that arrives otherwise than it was offered."""

_BLOCK_BYTES: Final = 64 * 1024
_WHOLE, _PART, _NOTHING_BEHIND, _GONE = 200, 206, 416, 404
_NOT_IT: Final = (
    "answers with something else than the update; is the login page of a hotspot in between?"
)


class FetchRecord(msgspec.Struct, frozen=True):
    """The bundle that is being fetched. `wrong` counts how often it arrived otherwise.

    `reason` is what has held it up, or why it was given up (`given_up`). `fetched`: once is enough.
    """

    offer: OfferedUpdate
    wrong: int = 0
    reason: str = ""
    given_up: bool = False
    fetched: bool = False


class NotFetched(Refused):
    """An offer that this box does not take."""


@dataclass(frozen=True, slots=True)
class FetchFolder:
    """Where a bundle grows, and the record of it."""

    path: Path

    @property
    def _record(self) -> Path:
        return self.path / "fetch.json"

    def part(self, offer: OfferedUpdate) -> Path:
        """What is there of a bundle."""
        return self.path / f"{offer.sha256}.part"

    def bundle(self, offer: OfferedUpdate) -> Path:
        """The whole one, for the installation."""
        return self.path / f"radhaus-{offer.version}.raucb"

    def read(self) -> FetchRecord | None:
        """None where nothing is fetched, or where the file is no record."""
        try:
            return msgspec.json.decode(self._record.read_bytes(), type=FetchRecord)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def write(self, record: FetchRecord) -> None:
        replace_file_durably(self._record, msgspec.json.encode(record), 0o640)

    def have_bytes(self, offer: OfferedUpdate) -> int:
        try:
            return self.part(offer).stat().st_size
        except FileNotFoundError:
            return 0

    def clear(self, but: OfferedUpdate) -> None:
        """Parts of other bundles are worth nothing any more."""
        for part in self.path.glob("*.part"):
            if part != self.part(but):
                part.unlink()


def fetch_update(  # noqa: PLR0913 - one for each thing it needs
    offer: OfferedUpdate,
    running: str,
    installed: Path,
    folder: FetchFolder,
    endpoint: Endpoint,
    *,
    free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free,
) -> bool:
    """Fetch what is missing; True once the bundle lies whole where the installation looks.

    `installed` is the path of the record of installations: each version is tried once. Raises
    `NotFetched`, `ExportError`; what has arrived stays.
    """
    if not _is_wanted(offer, running, installed, folder):
        return False
    known = folder.read()
    record = known if known and known.offer == offer else FetchRecord(offer)
    folder.clear(but=offer)
    if record.given_up or record.fetched:
        return False
    folder.write(record)
    try:
        _check_room(offer, folder, free_bytes)
        _download(offer, folder, dataclasses.replace(endpoint, longest_s=LONGEST_S))
        _check_digest(offer, folder, record)
    except OSError as error:
        reason = f"The update could not be written: {error.strerror}."
        folder.write(replace(record, reason=reason))
        raise NotFetched(reason) from error
    except (NotFetched, ExportError) as error:
        latest = folder.read() or record
        folder.write(replace(latest, reason=str(error)))
        raise
    folder.part(offer).replace(folder.bundle(offer))
    folder.write(FetchRecord(offer, fetched=True))
    return True


def _is_wanted(offer: OfferedUpdate, running: str, installed: Path, folder: FetchFolder) -> bool:
    if not VERSION_FORM.fullmatch(offer.version) or not 0 < offer.size <= MOST_BYTES:
        raise NotFetched("The office offers an update that is none: look at its version and size.")
    if version_order(offer.version) <= version_order(running):
        return False
    tried = read_record(installed)
    return tried is None or tried.version not in {offer.version, folder.bundle(offer).name}


def _check_room(
    offer: OfferedUpdate, folder: FetchFolder, free_bytes: Callable[[Path], int]
) -> None:
    missing = offer.size - folder.have_bytes(offer)
    free = free_bytes(folder.path) - ROOM_LEFT_BYTES
    if missing > free:
        raise NotFetched(
            f"There is no room for the update: {missing >> 20} MB are missing,"
            f" {max(0, free) >> 20} MB are free for it."
        )


def _download(offer: OfferedUpdate, folder: FetchFolder, endpoint: Endpoint) -> None:
    have, part = folder.have_bytes(offer), folder.part(offer)
    if have > offer.size:
        part.unlink()
        have = 0
    if have == offer.size:
        return
    client, url = HttpClient(endpoint), endpoint.file(f"{UPDATES}/{offer.sha256}")
    wanted = {"Range": f"bytes={have}-"} if have else {}
    with client.within_deadline(), client.streamed(url, wanted) as answer:
        begin = _first_byte(answer, url, have, offer.size)
        with part.open("ab" if begin else "wb") as file:
            left = offer.size - begin
            for block in answer.stream(_BLOCK_BYTES, decode_content=False):
                left -= len(block)
                if left < 0:
                    raise TryLater(url, "sends more than it has offered")
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    if folder.have_bytes(offer) < offer.size:
        raise TryLater(url, "the connection broke off")


def _first_byte(answer: BaseHTTPResponse, url: str, have: int, size: int) -> int:
    """Where what comes belongs. Raises `ExportError`."""
    status, headers = answer.status, answer.headers
    if status == _PART and headers.get("Content-Range") == f"bytes {have}-{size - 1}/{size}":
        return have
    if status == _WHOLE and headers.get("Content-Length") == str(size):
        return 0
    if status in {_WHOLE, _PART, _NOTHING_BEHIND}:
        raise TryLater(url, _NOT_IT)
    if status == _GONE:
        raise ExportError(url, "is not offered any more")
    raise refusal(url, Answer(status, headers, b""))


def _check_digest(offer: OfferedUpdate, folder: FetchFolder, record: FetchRecord) -> None:
    with folder.part(offer).open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found == offer.sha256:
        return
    folder.part(offer).unlink()
    wrong = record.wrong + 1
    folder.write(replace(record, wrong=wrong, given_up=wrong >= MOST_WRONG))
    how = "it is given up" if wrong >= MOST_WRONG else "it is fetched again"
    raise NotFetched(f"The update {offer.version} arrived otherwise than it was offered: {how}.")
