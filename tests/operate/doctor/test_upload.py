"""What the doctor says of uploads: of the secret, of what waits, and since when."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from kiosk.counts import ledger
from kiosk.devices.finding import Result
from kiosk.domain.local_time import local_date
from kiosk.export.upload.state import Backoff, write_backoff
from kiosk.operate.doctor.host import Host
from kiosk.operate.doctor.upload import upload
from kiosk.settings.config import Config, UploadSettings, to_toml
from kiosk.store.database import Database
from kiosk.system import clock
from tests.export.closed import a_period

URL = "https://stadt.example/radhaus"


@pytest.fixture
def settings(host: Host, tmp_path: Path) -> UploadSettings:
    """An upload that is set up."""
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text("token\n")
    settings = UploadSettings("https", URL, secret_file=str(secret))
    write(host, settings)
    return settings


def write(host: Host, settings: UploadSettings) -> None:
    host.paths.config.write_text(to_toml(Config("gelsenkirchen", upload=settings)))


def freeze(host: Host, *, ended_days_ago: int, last_error: str | None = None) -> None:
    day = local_date(clock.now(trust_always=True)) - timedelta(days=ended_days_ago)
    database = Database.open(host.paths.database)
    with database.write() as connection:
        ledger.append(connection, a_period("2026-10", until=day))
        write_backoff(connection, Backoff(URL, last_error=last_error))
    database.close()


def test_no_upload_is_nothing_to_worry_about(host: Host) -> None:
    assert upload(host).result is Result.OK


def test_everything_has_arrived(host: Host, settings: UploadSettings) -> None:
    assert upload(host).cause == f"Everything closed has arrived at {settings.url}."


@pytest.mark.usefixtures("settings")
def test_packages_waiting_for_a_short_time_are_reported(host: Host) -> None:
    freeze(host, ended_days_ago=3)
    found = upload(host)
    assert (found.result, "2026-10.1: sent to" in found.cause) == (Result.OK, True)


@pytest.mark.usefixtures("settings")
def test_tries_that_fail_are_a_warning(host: Host) -> None:
    freeze(host, ended_days_ago=3, last_error="It is ill.")
    found = upload(host)
    assert (found.result, found.cause) == (
        Result.WARNING,
        "2026-10.1: not sent yet. It is ill.",
    )


@pytest.mark.usefixtures("settings")
def test_what_waits_too_long_is_a_failure(host: Host) -> None:
    freeze(host, ended_days_ago=15, last_error="It is ill.")
    found = upload(host)
    assert found.result is Result.FAILURE
    assert "2026-10.1 ended 15 days ago and has not arrived" in found.cause
    assert "It is ill." in found.cause


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_secret_that_others_can_read(host: Host, settings: UploadSettings, mode: int) -> None:
    Path(settings.secret_file).chmod(mode)
    found = upload(host)
    assert (found.result, "run: chmod 600" in found.cause) == (Result.FAILURE, True)


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines\n", b"\xff\xfe", b"a\r\nX: y"])
def test_a_secret_that_is_none(host: Host, settings: UploadSettings, content: bytes) -> None:
    Path(settings.secret_file).write_bytes(content)
    found = upload(host)
    assert (found.result, "must have one line" in found.cause) == (Result.FAILURE, True)


def test_a_secret_that_the_service_does_not_get(appliance: Host, settings: UploadSettings) -> None:
    found = upload(appliance)
    assert found.result is Result.FAILURE
    assert f"reads /etc/kiosk/upload-secret, not {settings.secret_file}" in found.cause
    (appliance.root / "etc/systemd/system/kiosk-upload.service.d").mkdir(parents=True)
    assert upload(appliance).result is Result.OK


def test_missing_files(host: Host, settings: UploadSettings, tmp_path: Path) -> None:
    write(host, structs.replace(settings, ca_file=str(tmp_path / "ca.pem")))
    assert "ca.pem: cannot be used as ca_file" in upload(host).cause
    write(host, structs.replace(settings, secret_file=str(tmp_path / "nothing")))
    assert "the upload's secret cannot be read (No such file" in upload(host).cause
