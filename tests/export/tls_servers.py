"""HTTPS servers within the test's process: for one's own handlers, and WsgiDAV."""

from __future__ import annotations

import io
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import TCPServer, ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from wsgidav.fs_dav_provider import FilesystemProvider
from wsgidav.wsgidav_app import WsgiDAVApp

from tests.export.authority import HOST
from tests.export.nginx import PASSWORD, USER
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Iterator
    from pathlib import Path

    from tests.export.authority import Authority

NO_CONTENT = 204


class _Tls(ThreadingMixIn, TCPServer):
    """A server with TLS. A handshake that fails is the client's business."""

    daemon_threads = True
    context: ssl.SSLContext

    def get_request(self) -> tuple[socket.socket, Any]:
        accepted, address = super().get_request()
        accepted.settimeout(PATIENCE_S)
        wrapped = self.context.wrap_socket(
            accepted, server_side=True, do_handshake_on_connect=False
        )
        return wrapped, address

    def handle_error(self, request: object, client_address: object) -> None: ...

    @property
    def origin(self) -> str:
        return f"https://{HOST}:{self.server_address[1]}"


class TlsServer(_Tls, HTTPServer):
    """A server in this process."""

    def __init__(self, handler: type[BaseHTTPRequestHandler], context: ssl.SSLContext) -> None:
        super().__init__((HOST, 0), handler)
        self.context = context


@contextmanager
def serving(server: _Tls) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE_S)


class QuietHandler(BaseHTTPRequestHandler):
    """Answers requests of all methods in one place, and logs nothing."""

    protocol_version = "HTTP/1.1"

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as in the base
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self) -> None:
        raise NotImplementedError

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def respond(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        length = {} if status == NO_CONTENT else {"Content-Length": str(len(body))}
        for name, value in {**headers, **length}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


class _DavHandler(WSGIRequestHandler):
    def log_message(self, *_: object) -> None: ...


class DavServer(_Tls, WSGIServer):
    """WsgiDAV with locks."""

    def __init__(self, folder: Path, context: ssl.SSLContext) -> None:
        super().__init__((HOST, 0), _DavHandler)
        self.folder, self.context = folder, context
        self._dav = WsgiDAVApp(
            {
                "provider_mapping": {"/": FilesystemProvider(str(folder), fs_opts={})},
                "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
                "http_authenticator": {"accept_digest": False, "default_to_digest": False},
                "lock_storage": True,
                "verbose": 0,
                "logging": {"enable": False},
            }
        )
        self.set_app(self._answer)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Any:  # noqa: ANN401 - WSGI
        """WsgiDAV reads a body to its end, which a connection that is kept open does not have."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
        return self._dav(environ, start_response)

    @property
    def url(self) -> str:
        return f"{self.origin}/Radhaus/Pakete"

    @property
    def received(self) -> Path:
        return self.folder / "Radhaus/Pakete"


@contextmanager
def running_dav(folder: Path, authority: Authority) -> Iterator[DavServer]:
    """WsgiDAV over a folder."""
    server = DavServer(folder, authority.context())
    with serving(server):
        yield server
