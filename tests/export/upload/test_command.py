"""`kiosk upload` as a technician and the timer run it, to a real nginx."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from msgspec import structs

from kiosk.cli import main
from kiosk.counts import ledger
from kiosk.settings.config import Config, UploadSettings, to_toml
from kiosk.store.database import Database
from kiosk.system.paths import Paths
from kiosk.system.process_lock import hold_lock
from tests.export.authority import HOST, Authority
from tests.export.closed import a_period
from tests.export.nginx import TOKEN, Nginx
from tests.ports import free_port
from tests.prepared import new_device

Kiosk = Callable[..., Result]
MONTHS = ["2026-09", "2026-10"]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture
def kiosk(paths: Paths) -> Kiosk:
    """Runs `kiosk upload WORDS` on a box that has closed two months."""

    def run(*words: str, **environment: str) -> Result:
        environment["KIOSK_DATA"] = str(paths.data)
        return CliRunner().invoke(main, words, env=environment, catch_exceptions=False)

    new_device(paths)
    database = Database.open(paths.database)
    with database.write() as connection:
        for month in MONTHS:
            ledger.append(connection, a_period(month))
    database.close()
    return lambda *words, **environment: run("upload", *words, **environment)


@pytest.fixture
def settings(tmp_path: Path, nginx: Nginx, authority: Authority) -> UploadSettings:
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text(f"{TOKEN}\n")
    return UploadSettings(
        "https", nginx.url, secret_file=str(secret), ca_file=str(authority.ca_file), timeout_s=5
    )


@pytest.fixture
def set_up(kiosk: Kiosk, paths: Paths) -> Callable[[UploadSettings], Kiosk]:
    """Writes the settings of the upload, and gives the command."""

    def written(settings: UploadSettings) -> Kiosk:
        paths.config.write_text(to_toml(Config("gelsenkirchen", upload=settings)))
        return kiosk

    return written


SetUp = Callable[[UploadSettings], Kiosk]


def status(kiosk: Kiosk) -> dict[str, object]:
    told: dict[str, object] = msgspec.json.decode(kiosk("status", "--json").stdout)
    return told


def test_a_box_without_a_server(kiosk: Kiosk) -> None:
    nothing: dict[str, object] = {
        "target": None,
        "waiting": [],
        "last_sent": None,
        "last_error": None,
    }
    assert status(kiosk) == nothing
    by_hand, by_timer = kiosk(), kiosk("--when-due")
    assert (by_hand.exit_code, by_timer.exit_code) == (1, 0)
    assert by_hand.stderr == (
        "kiosk: No server is set for uploads: set kind and url under [upload] in config.toml.\n"
    )


def test_a_dry_run_says_what_would_be_sent_and_connects_to_no_server(
    set_up: SetUp, settings: UploadSettings, nginx: Nginx
) -> None:
    told = set_up(settings)("--dry-run").stdout.splitlines()
    assert [line[:19] for line in told[:2]] == [f"Would send {month}:" for month in MONTHS]
    assert all(" bytes, SHA-256 " in line for line in told[:2])
    assert told[2] == f"To {nginx.url} by PUT."
    assert nginx.requests() == []


def test_everything_is_sent_once_and_reported(
    set_up: SetUp, settings: UploadSettings, nginx: Nginx
) -> None:
    kiosk = set_up(settings)
    assert status(kiosk)["waiting"] == MONTHS
    sent = kiosk()
    assert (sent.exit_code, sent.stderr) == (0, "")
    assert [line.split(": ")[0] for line in sent.stdout.splitlines()] == [
        f"Sent {month}" for month in MONTHS
    ]
    told = status(kiosk)
    assert (told["target"], told["waiting"], told["last_error"]) == (nginx.url, [], None)
    assert str(told["last_sent"]).startswith("20")
    assert (kiosk().stdout, kiosk("--when-due").stdout) == ("Nothing waits.\n", "Nothing is due.\n")
    assert "Waiting: nothing" in kiosk("status").stdout


def test_a_failure_is_one_line_without_the_token_and_the_timer_keeps_a_pause(
    set_up: SetUp, settings: UploadSettings, nginx: Nginx
) -> None:
    kiosk = set_up(settings)
    Path(settings.secret_file).write_text("another-unknown-token")
    failed = kiosk("--when-due")
    assert failed.exit_code == 1
    assert failed.stderr.startswith(f"kiosk: {nginx.url}/")
    assert failed.stderr.count("\n") == 1
    assert "does not accept the token or password (401)" in failed.stderr
    assert kiosk("--when-due").stdout == "Nothing is due.\n"
    told = status(kiosk)
    assert (told["waiting"], "(401)" in str(told["last_error"])) == (MONTHS, True)
    plain = kiosk("status").stdout
    assert "Tried again by itself: not before 20" in plain
    assert "another-token" not in failed.output + plain + str(told)
    Path(settings.secret_file).write_text(TOKEN)
    assert kiosk().exit_code == 0, "by hand it is tried at once"


def test_a_bus_without_network_has_failed_at_nothing_but_says_so(
    set_up: SetUp, settings: UploadSettings
) -> None:
    kiosk = set_up(structs.replace(settings, url=f"https://{HOST}:{free_port()}"))
    by_timer = kiosk("--when-due")
    assert (by_timer.exit_code, "cannot be reached" in by_timer.stdout) == (0, True)
    assert "cannot be reached" in str(status(kiosk)["last_error"])
    assert kiosk().exit_code == 1


def test_options_before_a_subcommand_are_not_dropped_silently(
    set_up: SetUp, settings: UploadSettings
) -> None:
    refused = set_up(settings)("--data", "/elsewhere", "status")
    assert (refused.exit_code, "behind 'status'" in refused.stderr) == (2, True)


def test_the_service_takes_the_secret_from_systemd(
    set_up: SetUp, settings: UploadSettings, tmp_path: Path
) -> None:
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "upload-secret").write_text(TOKEN)
    kiosk = set_up(structs.replace(settings, secret_file="/nonexistent/secret"))
    assert kiosk("--dry-run").exit_code == 1
    assert kiosk(CREDENTIALS_DIRECTORY=str(credentials)).exit_code == 0


def test_two_at_once_do_not_send_twice(
    set_up: SetUp, settings: UploadSettings, paths: Paths
) -> None:
    kiosk = set_up(settings)
    with hold_lock(paths.lock("upload"), "An upload"):
        refused = kiosk()
    assert (refused.exit_code, "An upload runs already" in refused.stderr) == (1, True)
    assert status(kiosk)["waiting"] == MONTHS
