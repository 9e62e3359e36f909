"""What the doctor says of TLS on the staff pages, with real servers on the port."""

import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.devices.finding import Finding, Result
from kiosk.operate.doctor.certificate import certificate
from kiosk.operate.doctor.host import Host
from kiosk.settings.config import Config, ConsoleSettings, to_toml
from kiosk.system import box_authority
from kiosk.system.box_authority import ALWAYS, fingerprint, names_of_box, open_authority
from kiosk.system.paths import Paths
from kiosk.system.tls_context import context_from_pem
from tests.export.authority import Authority as City
from tests.ports import free_port

DAY = timedelta(days=1)
OPEN = "0.0.0.0"  # noqa: S104 - as a bus has it


def found_with(box: Host, /, **console: str | int) -> Finding:
    """With these settings and a free port."""
    given = {"host": OPEN, "tls_port": free_port(), **console}
    settings = Config("gelsenkirchen", console=ConsoleSettings(**given))  # type: ignore[arg-type]
    box.paths.config.write_text(to_toml(settings))
    return certificate(box)


@contextmanager
def shown(context: ssl.SSLContext) -> Iterator[int]:
    """A server that shows a certificate."""

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            try:
                context.wrap_socket(line, server_side=True).close()
            except OSError:  # the client does not believe it
                line.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = threading.Thread(target=serve, args=(listener,))
        serving.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            serving.join()


def test_a_desk_needs_none_and_a_network_without_tls_is_a_warning(host: Host) -> None:
    assert found_with(host, host="127.0.0.1").result is Result.OK
    found = found_with(host, tls_port=0)
    assert (found.result, "PIN" in found.cause) == (Result.WARNING, True)


def test_the_fingerprint_is_shown_and_the_console_is_checked(host: Host, tmp_path: Path) -> None:
    assert found_with(host).result is Result.WARNING, "not made yet"
    ours = open_authority(host.paths, [])
    assert fingerprint(ours.certificate) in found_with(host).cause
    with shown(context_from_pem(ours.issue(names_of_box(), ALWAYS))) as port:
        assert found_with(host, tls_port=port).result is Result.OK
    other = open_authority(Paths(tmp_path / "other"), [])
    with shown(context_from_pem(other.issue(names_of_box(), ALWAYS))) as port:
        found = found_with(host, tls_port=port)
    assert (found.result, "another certificate" in found.cause) == (Result.FAILURE, True)
    with socket.create_server(("127.0.0.1", 0), backlog=1) as silent:

        def hang_up() -> None:
            silent.accept()[0].close()

        threading.Thread(target=hang_up).start()
        found = found_with(host, tls_port=silent.getsockname()[1])
    assert (found.result, "does not speak TLS" in found.cause) == (Result.FAILURE, True)


def test_a_key_that_others_read_and_a_damaged_certificate_are_failures(host: Host) -> None:
    open_authority(host.paths, [])
    assert host.paths.authority_key.stat().st_mode & 0o777 == 0o600
    host.paths.authority_key.chmod(0o640)
    found = found_with(host)
    assert (found.result, "chmod 600" in found.remedy) == (Result.FAILURE, True)
    host.paths.authority_certificate.write_text("-----BEGIN CERTIFICATE-----\n")
    assert found_with(host).result is Result.FAILURE


def test_a_name_missing_from_the_certificate_is_reported(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_authority(host.paths, ["bus.stadt.example"])
    assert found_with(host, names=["bus.stadt.example"]).result is Result.OK  # type: ignore[arg-type]
    monkeypatch.setattr(box_authority, "host_name", lambda: "bus-nord")
    found = found_with(host)
    assert (found.result, "bus-nord" in found.cause) == (Result.WARNING, True)
    assert "bus-nord.local" not in found.cause, "local names are covered, however it is called"


def test_an_address_that_no_certificate_can_cover_is_reported(host: Host) -> None:
    open_authority(host.paths, [])
    found = found_with(host, host="203.0.113.7")
    assert (found.result, "203.0.113.7" in found.cause) == (Result.WARNING, True)


def given(pair: tuple[Path, Path]) -> dict[str, str | int]:
    return {"tls_certificate": str(pair[0]), "tls_key": str(pair[1])}


def test_the_operators_own_certificate(host: Host, tmp_path: Path) -> None:
    city = City(tmp_path)
    good = city.server()
    assert found_with(host, **given(city.server(last=90 * DAY))).result is Result.OK
    soon = found_with(host, **given(city.server(last=9 * DAY)))
    assert (soon.result, "expires on" in soon.cause) == (Result.WARNING, True)
    named = found_with(host, names=["other.example"], **given(city.server(last=90 * DAY)))  # type: ignore[arg-type]
    assert (named.result, "is not for other.example" in named.cause) == (Result.WARNING, True)
    for cause, pair in {
        "has expired": city.server(first=-9 * DAY, last=-DAY),
        "is not valid before": city.server(first=DAY, last=90 * DAY),
        "no such file": (good[0], tmp_path / "nothing"),
        "is not the key of": (good[0], city.server("other.example")[1]),
        "holds no certificate": (good[1], good[1]),
        "holds no private key": (good[0], good[0]),
    }.items():
        found = found_with(host, **given(pair))
        assert (found.result, cause in found.cause) == (Result.FAILURE, True), cause
        assert found.remedy


def test_a_certificate_that_was_renewed_and_is_not_shown_yet(host: Host, tmp_path: Path) -> None:
    city = City(tmp_path)
    old = city.context()
    renewed = given(city.server(last=90 * DAY))
    with shown(old) as port:
        found = found_with(host, tls_port=port, **renewed)
    assert (found.result, found.remedy) == (Result.FAILURE, "Restart kiosk-console.")


def test_an_authority_that_is_damaged_is_made_anew_and_a_sound_one_stays(host: Host) -> None:
    first = open_authority(host.paths, [])
    assert open_authority(host.paths, []).certificate == first.certificate
    kept = host.paths.authority_certificate.read_bytes()
    for damaged in (host.paths.authority_key, host.paths.authority_certificate):
        damaged.write_bytes(damaged.read_bytes()[:60])
        second = open_authority(host.paths, [])
        assert second.certificate != first.certificate
        assert host.paths.authority_key.stat().st_mode & 0o777 == 0o600
    host.paths.authority_certificate.write_bytes(kept)  # of another key, after a power cut
    assert open_authority(host.paths, []).certificate.public_bytes(Encoding.PEM) != kept


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands files over")
def test_the_console_owns_its_key_though_the_data_folder_was_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box_authority, "CONSOLE_USER", "nobody")
    tmp_path.chmod(0o2770)  # as on an appliance
    open_authority(Paths(tmp_path), [])
    assert Paths(tmp_path).authority_key.owner() == "nobody"
    assert Paths(tmp_path).tls.owner() == "nobody"


def test_what_the_authority_signs_is_of_no_use_to_a_thief(host: Host) -> None:
    limits = open_authority(host.paths, []).certificate.extensions.get_extension_for_class(
        x509.NameConstraints
    )
    assert limits.critical
    assert not any(
        box_authority.covers(open_authority(host.paths, []).certificate, name)
        for name in ("stadt.example", "mylocal", "8.8.8.8", "2001:db8::1", "local.example")
    )
