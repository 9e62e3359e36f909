from collections.abc import Iterator

import pytest

from kiosk.system.box_authority import Authority, open_authority
from kiosk.system.paths import Paths
from tests.console.box import Box
from tests.console.tls.secured import box_of


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return open_authority(Paths(tmp_path_factory.mktemp("authority")), [])


@pytest.fixture(scope="session")
def _box_of_all(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with box_of(authority, tmp_path_factory.mktemp("tls")) as box:
        yield box


@pytest.fixture
def box(_box_of_all: Box) -> Iterator[Box]:
    yield _box_of_all
    _box_of_all.reset_day()
