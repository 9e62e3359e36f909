import shutil
from collections.abc import Callable, Iterator

import pytest

from kiosk.counts import ledger
from kiosk.counts.ledger_entry import ClosedPeriod
from kiosk.store.database import Database
from tests.export.authority import Authority
from tests.export.nginx import Nginx, running_nginx
from tests.export.tls_servers import DavServer, running_dav


@pytest.fixture
def freeze(database: Database) -> Callable[..., None]:
    """Puts closed periods into the ledger."""

    def frozen(*periods: ClosedPeriod) -> None:
        with database.write() as connection:
            for period in periods:
                ledger.append(connection, period)

    return frozen


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def _one_nginx(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Nginx]:
    with running_nginx(tmp_path_factory.mktemp("nginx"), authority) as nginx:
        yield nginx


@pytest.fixture
def nginx(_one_nginx: Nginx) -> Nginx:
    """A running nginx that has received nothing."""
    _one_nginx.forget()
    return _one_nginx


@pytest.fixture(scope="session")
def _one_dav(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[DavServer]:
    with running_dav(tmp_path_factory.mktemp("dav"), authority) as server:
        yield server


@pytest.fixture
def dav(_one_dav: DavServer) -> DavServer:
    """A running WebDAV server; the folder of the packages is not there yet."""
    shutil.rmtree(_one_dav.folder / "Radhaus", ignore_errors=True)
    return _one_dav
