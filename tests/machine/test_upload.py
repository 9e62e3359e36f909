"""The upload's unit under a live systemd: its timer starts it, and the package arrives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.export.authority import Authority
from tests.export.nginx import TOKEN, running_nginx
from tests.machine.guest import HOST
from tests.waiting import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from tests.machine.box import Box

LOG = "journalctl --no-pager --output cat --unit kiosk-upload"


def test_the_timer_delivers_to_a_server_over_tls(counted_box: Box, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    (tmp_path / "nginx").mkdir()
    with running_nginx(tmp_path / "nginx", authority, HOST) as nginx:
        url = f"https://{HOST}:{nginx.port}/radhaus/box-1"
        counted_box.join_network()
        counted_box.upload_to(url, TOKEN, authority.ca_file.read_text())
        counted_box.run("systemctl restart kiosk-upload.timer")
        eventually(lambda: "Sent 2024-Q1" in counted_box.run(LOG), "the timer's upload")
        arrived = [path.name for path in nginx.received.iterdir()]
        assert [name.endswith("_2024-Q1.zip") for name in arrived] == [True]
    status = json.loads(counted_box.run("kiosk upload status --json"))
    assert (status["target"], status["waiting"], status["last_error"]) == (url, [], None)
