"""Page on which a laptop gets the certificate of this box, without TLS and without a login."""

from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.response import Template

from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.secure_transport import secured
from kiosk.console.http.tls import Tls
from kiosk.system.box_authority import fingerprint

FILE_NAME = "radhaus.crt"


@get("/certificate", sync_to_thread=False)
def certificate_page(request: Request[Any, Any, Any], context: Context) -> Template:
    """What to do once on each laptop, with the fingerprint to compare."""
    tls, certificate = _own_certificate(context)
    values = {
        "profile": context.office.profile,
        "fingerprint": fingerprint(certificate),
        "staff": secured(request.scope, tls.port, "/staff"),
        "file": FILE_NAME,
    }
    return Template("certificate.html", context=values)


@get(f"/certificate/{FILE_NAME}", media_type="application/x-x509-ca-cert", sync_to_thread=False)
def certificate_file(context: Context) -> Response[bytes]:
    """As DER: the digest of the file is the fingerprint."""
    _, certificate = _own_certificate(context)
    named = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(certificate.public_bytes(Encoding.DER), headers=named)


def _own_certificate(context: ConsoleContext) -> tuple[Tls, Certificate]:
    tls = context.equipment.tls
    if tls is None or tls.authority is None:
        raise NotFoundException
    return tls, tls.authority


router = Router(
    path="/", route_handlers=[certificate_page, certificate_file], include_in_schema=False
)
