"""Certificates of servers that do not fit, and files that are no authority."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.export.errors import ExportError
from kiosk.export.package import Package
from kiosk.export.targets.http_client import Endpoint
from kiosk.export.targets.https import HttpsTarget
from kiosk.export.targets.server_certificate import CertificateRefused
from tests.export.authority import HOST, Authority
from tests.export.nginx import TOKEN
from tests.export.tls_servers import QuietHandler, TlsServer, serving

PACKAGE = Package("town_rh-1_2026-10", {"a.csv": b"a\n1\n"})
BEARER = f"Bearer {TOKEN}"
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "first", "last", "sentence"),
    [
        (HOST, -9 * DAY, -DAY, r"for 127.0.0.1 by Stadt Größenwahn CA, .* has expired"),
        (HOST, DAY, 9 * DAY, r"is not valid yet; compare this machine's clock"),
        ("other.example", -DAY, DAY, r"for other.example by .* is for another"),
    ],
)
def test_a_certificate_that_does_not_fit_stops_everything(
    authority: Authority, name: str, first: timedelta, last: timedelta, sentence: str
) -> None:
    refused(authority, authority.server(name, first, last), authority.ca_file, sentence)


def test_an_unknown_authority_stops_everything(authority: Authority, tmp_path: Path) -> None:
    sentence = "an authority that this machine does not know; name .* as ca_file"
    refused(authority, authority.server(), Authority(tmp_path).ca_file, sentence)
    refused(authority, authority.server(), None, sentence)


def refused(
    authority: Authority, shown: tuple[Path, Path], ca_file: Path | None, sentence: str
) -> None:
    asked: list[str] = []

    class Handler(QuietHandler):
        def answer(self) -> None:
            asked.append(self.path)

    context = authority.context()
    context.load_cert_chain(*shown)
    server = TlsServer(Handler, context)
    with serving(server), pytest.raises(CertificateRefused, match=sentence):
        HttpsTarget(Endpoint(server.origin, BEARER, ca_file)).put(PACKAGE)
    assert asked == []


def test_a_file_that_is_no_authority(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("hello")
    for name, reason in (("ca.pem", "no certificate"), ("missing.pem", "No such file")):
        with pytest.raises(ExportError, match=f"{name}: cannot be used as ca_file: .*{reason}"):
            HttpsTarget(Endpoint("https://127.0.0.1", BEARER, tmp_path / name)).put(PACKAGE)
