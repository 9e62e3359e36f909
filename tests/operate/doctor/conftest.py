"""A device in good health, with a folder for its machine. Each test breaks one thing of it."""

from pathlib import Path

import pytest

from kiosk.operate.doctor.host import Host
from kiosk.system.paths import Paths
from tests.prepared import new_device


@pytest.fixture
def host(tmp_path: Path) -> Host:
    paths = Paths(tmp_path / "data")
    paths.data.mkdir(mode=0o770)
    new_device(paths)
    return Host(paths, root=tmp_path / "machine", environment={})


@pytest.fixture
def appliance(host: Host) -> Host:
    """The same after `kiosk provision`."""
    units = host.root / "usr/local/lib/systemd/system"
    units.mkdir(parents=True)
    (units / "kiosk.target").touch()
    return host
