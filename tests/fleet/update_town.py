"""An office with an update to offer, and a bus that may fetch it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.export.targets.http_client import Endpoint
from kiosk.export.upload.box_status import SIGNED_AS, DeviceStatus
from kiosk.export.upload.update_messages import DeviceUpdate, OfferedUpdate, StatusAnswer
from kiosk.fleet.database import default_url, open_database
from kiosk.fleet.server.page import render_page
from kiosk.fleet.status import fleet_status
from kiosk.operate.updates.appliance import fetched_of, record_of
from kiosk.operate.updates.device_update import device_update
from kiosk.operate.updates.fetch import FetchFolder, fetch_update
from tests.fleet.played_box import NOW, TODAY
from tests.fleet.signed_bundle import CHECKOUT, COMPATIBLE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.export.authority import Authority
    from tests.fleet.played_box import PlayedBox
    from tests.fleet.served import Served

RUNNING = "1.0+20261101.080000"


@dataclass
class Town:
    """An office with one version to offer, and a bus that runs the one before."""

    folder: Path
    server: Served
    authority: Authority
    keys: Path
    bundle: Path
    box: PlayedBox
    token: str

    def office(self, *words: str) -> Result:
        command = ["office", "update", *words, "--data", str(self.folder)]
        return CliRunner().invoke(main, command)

    def offer(self, *more: str, bundle: Path | None = None) -> Result:
        keyring = str(self.keys / "keyring.pem")
        return self.office("offer", str(bundle or self.bundle), "--keyring", keyring, *more)

    def endpoint(self, origin: str | None = None) -> Endpoint:
        url = f"{origin or self.server.origin}/upload"
        return Endpoint(url, f"Bearer {self.token}", self.authority.ca_file, timeout_s=20)

    def ask(self, update: DeviceUpdate | None) -> OfferedUpdate | None:
        """What the office answers the box's status with."""
        status = DeviceStatus(self.box.device, "Bus", "1", NOW, None, None, [], update=update)
        body = msgspec.json.encode(status)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Radhaus-Signature": b64encode(self.box.key.sign(SIGNED_AS + body)).decode(),
        }
        answer = self.server.ask("PUT", "/upload/status.json", body, **headers)
        assert answer.status in {200, 204}, answer.data
        return msgspec.json.decode(answer.data or b"{}", type=StatusAnswer).update

    def page(self) -> str:
        database = open_database(default_url(self.folder))
        with database.read() as connection:
            status = fleet_status(connection, TODAY)
        database.close()
        return render_page(status, NOW)


@dataclass
class Bus:
    """The disk of the box, as its appliance has it."""

    root: Path

    def __post_init__(self) -> None:
        release = self.root / "usr/lib/os-release"
        release.parent.mkdir(parents=True)
        release.write_text(f'IMAGE_ID=radhaus\nIMAGE_VERSION="{RUNNING}"\n', encoding="utf-8")
        rauc = self.root / "etc/rauc/system.conf"
        rauc.parent.mkdir(parents=True)
        parts = (CHECKOUT / "image" / part for part in ("rauc.conf", "uefi/rauc.conf"))
        made = "".join(part.read_text(encoding="utf-8") for part in parts)  # as image/build does
        rauc.write_text(made.replace("@COMPATIBLE@", COMPATIBLE), encoding="utf-8")
        fetched_of(self.root).mkdir(parents=True)

    @property
    def folder(self) -> FetchFolder:
        return FetchFolder(fetched_of(self.root))

    def tells(self) -> DeviceUpdate:
        update = device_update(self.root, fetches=True)
        assert update
        return update

    def fetch(self, offer: OfferedUpdate, endpoint: Endpoint, free_bytes: int = 1 << 40) -> bool:
        record = record_of(self.root)
        return fetch_update(
            offer, RUNNING, record, self.folder, endpoint, free_bytes=lambda _: free_bytes
        )
