"""Which certificate the box shows, and for how long."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from kiosk.console.http.tls import IssuedContexts
from kiosk.system.box_authority import Authority
from tests.console.tls.secured import trusting
from tests.town import TownClock


@pytest.fixture
def shown() -> Callable[[IssuedContexts, Authority, str], x509.Certificate]:
    def certificate(contexts: IssuedContexts, authority: Authority, name: str) -> x509.Certificate:
        """What a client that trusts the authority gets at an address."""
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = trusting(authority.certificate).wrap_bio(incoming, outgoing, server_hostname=name)
        server = contexts(name).wrap_bio(outgoing, incoming, server_side=True)
        for _ in range(4):
            for side in (client, server):
                try:
                    side.do_handshake()
                except ssl.SSLWantReadError:
                    continue
        der = client.getpeercert(binary_form=True)
        assert der
        return x509.load_der_x509_certificate(der)

    return certificate


Shown = Callable[[IssuedContexts, Authority, str], x509.Certificate]


@pytest.mark.parametrize("address", ["10.42.0.1", "192.168.7.9", "fd00::7", "169.254.3.4"])
def test_whatever_address_a_bus_gives_the_box_is_in_its_certificate(
    authority: Authority, shown: Shown, address: str
) -> None:
    contexts = IssuedContexts(authority, [], TownClock(wall=datetime.now(UTC)))
    assert shown(contexts, authority, address).issuer == authority.certificate.subject


def test_certificates_are_renewed_and_hold_whatever_the_clock_says(
    authority: Authority, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = TownClock(wall=datetime.now(UTC))
    contexts = IssuedContexts(authority, [], clock)
    first = shown(contexts, authority, "10.0.0.1")
    assert shown(contexts, authority, "10.0.0.1") == first
    assert first.not_valid_after_utc - first.not_valid_before_utc < timedelta(days=825)
    assert first.not_valid_before_utc < clock.wall < first.not_valid_after_utc

    clock.wall += timedelta(days=31)
    second = shown(contexts, authority, "10.0.0.1")
    assert second.not_valid_after_utc > first.not_valid_after_utc

    monkeypatch.setattr("kiosk.system.box_authority.host_name", lambda: "neu")
    names = shown(contexts, authority, "neu.local").extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    assert "neu.local" in names.value.get_values_for_type(x509.DNSName)

    clock.wall, clock.trusted = datetime(1970, 1, 1, tzinfo=UTC), False
    unset = shown(contexts, authority, "10.0.0.1")
    assert unset.not_valid_before_utc < datetime(2026, 1, 1, tzinfo=UTC)
    assert unset.not_valid_after_utc > datetime(2040, 1, 1, tzinfo=UTC)
