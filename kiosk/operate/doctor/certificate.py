"""Check of TLS on the staff pages: the certificate, its key, and what the console really shows."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import DNSName, ExtensionNotFound, IPAddress, SubjectAlternativeName

from kiosk.console.http.tls import uncovered
from kiosk.devices.finding import Finding, failure, ok, warning
from kiosk.operate.provisioning.data_folder import closed_to_console
from kiosk.settings import profiles
from kiosk.settings.host_names import further_names
from kiosk.system.box_authority import fingerprint, load_certificate
from kiosk.system.tls_context import CertificateUnusable, read_given

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from kiosk.operate.doctor.host import Host
    from kiosk.settings.config import ConsoleSettings

_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
_OTHERS = 0o077
_TIMEOUT_S = 3.0
_RENEW_IN = timedelta(days=30)
_NEW_ONE = (
    "Delete the folder's files and restart kiosk-console: it makes a new certificate, which each"
    " laptop has to trust again (docs/technicians.md, Laptops of staff)."
)


def certificate(host: Host) -> Finding:
    """Valid, its key closed to all but the console, and the one that browsers get."""
    console = host.settings().console
    if console.for_this_machine_only:
        return ok("Staff pages are open to this machine alone: no certificate is needed.")
    if not console.serves_tls:
        return warning(
            "Staff pages are open to the network without TLS: there a PIN can be read.",
            "Set in config.toml under [console]: tls_port = 8443; unless a proxy here adds TLS.",
        )
    return _given(console) if console.tls_certificate else _own(host, console)


def _given(console: ConsoleSettings) -> Finding:
    try:
        found, _ = read_given(console.tls_certificate, console.tls_key)
    except CertificateUnusable as error:
        return failure(f"{error.path} {error.reason}.", error.remedy)
    name = console.tls_certificate
    now = datetime.now(UTC)
    if found.not_valid_after_utc < now:
        day = f"{found.not_valid_after_utc:%Y-%m-%d}"
        return failure(f"{name} has expired on {day}.", "Renew it, and restart kiosk-console.")
    if found.not_valid_before_utc > now:
        return failure(
            f"{name} is not valid before {found.not_valid_before_utc:%Y-%m-%d}.",
            "Compare this machine's clock with that date: timedatectl.",
        )
    if found.not_valid_after_utc < now + _RENEW_IN:
        day = f"{found.not_valid_after_utc:%Y-%m-%d}"
        return warning(f"{name} expires on {day}.", "Renew it, and restart kiosk-console.")
    if missing := [each for each in console.names if not _is_for(found, each)]:
        return warning(
            f"{name} is not for {', '.join(missing)}: browsers warn where the box is called so.",
            "Order one with these names, or take them out of names in config.toml.",
        )
    return _shown(console, found, found)


def _is_for(found: Certificate, name: str) -> bool:
    """Whether it names the box so: exactly, or by a wildcard for the first label."""
    try:
        named = found.extensions.get_extension_for_class(SubjectAlternativeName).value
    except ExtensionNotFound:
        return False
    addresses = map(str, named.get_values_for_type(IPAddress))
    known = {*map(str.lower, named.get_values_for_type(DNSName)), *addresses}
    return bool({name.lower(), f"*.{name.lower().partition('.')[2]}"} & known)


def _own(host: Host, console: ConsoleSettings) -> Finding:
    try:
        found = load_certificate(host.paths)
    except FileNotFoundError:
        return warning("There is no certificate yet.", "Start the console: it makes one.")
    except ValueError:
        return failure(f"{host.paths.authority_certificate} is damaged.", _NEW_ONE)
    if closed := closed_to_console(host.paths.tls):
        provision = (
            "Run: sudo kiosk provision." if host.is_appliance else f"Run: chown on {closed}."
        )
        return failure(f"{closed} does not belong to the user of the console.", provision)
    if host.paths.authority_key.stat().st_mode & _OTHERS:
        return failure(
            f"Others than the console can read {host.paths.authority_key}.",
            f"Run: chmod 600 {host.paths.authority_key}.",
        )
    names = further_names(console.names, profiles.load_profile(host.settings().profile))
    if console.host not in _ANY_ADDRESS:
        names.append(console.host)
    if missing := uncovered(found, names):
        return warning(
            f"The certificate is not for {', '.join(missing)}: so the box is called since."
            " Browsers warn where it is called so.",
            f"Call it by its address or by NAME.local. Or: {_NEW_ONE}",
        )
    return _shown(console, found, None)


def _shown(console: ConsoleSettings, trusted: Certificate, exactly: Certificate | None) -> Finding:
    """What a browser on this machine would get."""
    address = _ANY_ADDRESS.get(console.host, console.host)
    cause = (
        f"Staff pages are served over TLS, port {console.tls_port}, until"
        f" {trusted.not_valid_after_utc:%Y-%m-%d}. SHA-256 {fingerprint(trusted)}."
    )
    try:
        shown = _handshake(address, console.tls_port, None if exactly else trusted)
    except ConnectionRefusedError:
        return ok(cause)  # the console does not run: see `port`
    except ssl.SSLCertVerificationError:
        shown = None
    except OSError as error:
        return failure(
            f"Port {console.tls_port} does not speak TLS: {error}.",
            "See: journalctl -u kiosk-console, and: ss -ltnp.",
        )
    if shown is None or (exactly and shown != exactly.public_bytes(Encoding.DER)):
        return failure(
            f"Port {console.tls_port} shows another certificate.", "Restart kiosk-console."
        )
    return ok(cause)


def _handshake(address: str, port: int, trusted: Certificate | None) -> bytes | None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = trusted is not None
    if trusted is None:
        context.verify_mode = ssl.CERT_NONE
    else:
        context.load_verify_locations(cadata=trusted.public_bytes(Encoding.DER))
    with (
        socket.create_connection((address, port), _TIMEOUT_S) as line,
        context.wrap_socket(line, server_hostname=address) as secured,
    ):
        return secured.getpeercert(binary_form=True)
