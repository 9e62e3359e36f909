import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.system.paths import Paths
from tests.cli.packages import NAME, write_packages
from tests.prepared import new_device

Kiosk = Callable[..., Result]


@pytest.fixture
def kiosk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kiosk:
    """Runs `kiosk WORDS` on a data folder of its own, by that name however pytest was started."""
    monkeypatch.setattr(sys, "argv", ["kiosk", *sys.argv[1:]])

    def run(*words: str) -> Result:
        environment = {"KIOSK_DATA": str(tmp_path / "data")}
        return CliRunner().invoke(main, words, env=environment, catch_exceptions=False)

    return run


@pytest.fixture
def device(tmp_path: Path) -> None:
    """The data folder is that of a device which has just been set up."""
    new_device(Paths(tmp_path / "data"))


@pytest.fixture
def ask(kiosk: Kiosk) -> Callable[..., object]:
    """Runs `kiosk WORDS --json` and reads the answer."""

    def run(*words: str) -> object:
        result = kiosk(*words, "--json")
        assert result.exit_code == 0, result.stderr
        return msgspec.json.decode(result.stdout)

    return run


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with three packages of one box."""
    folder = tmp_path / "received"
    (tmp_path / "box.pem").write_bytes(write_packages(folder))
    return folder


@pytest.fixture
def package(packages: Path) -> Path:
    """The second of them."""
    return packages / NAME.format("2026-08")
