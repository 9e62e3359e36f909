"""A running nginx with the configuration that docs/upload.md shows."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.export.authority import HOST
from tests.ports import free_port
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.export.authority import Authority

NGINX = "/usr/sbin/nginx"
TOKEN = "TOKEN-OF-BOX-1"
USER, PASSWORD = "bus", "Nur für die Box, 17"
_PAGE = Path(__file__).parents[2] / "docs/upload.md"


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running nginx: the documented server, and beside it a bare WebDAV folder."""

    folder: Path
    port: int
    dav_port: int

    @property
    def origin(self) -> str:
        return f"https://{HOST}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/radhaus/box-1"

    @property
    def received(self) -> Path:
        """Where the packages of the box arrive."""
        return self.folder / "srv/radhaus/box-1"

    @property
    def dav_url(self) -> str:
        return f"https://{HOST}:{self.dav_port}/Radhaus/Pakete"

    @property
    def dav_received(self) -> Path:
        return self.folder / "dav/Radhaus/Pakete"

    def forget(self) -> None:
        """Throw away whatever has arrived, and the list of requests."""
        for place in (self.folder / "srv/radhaus/box-1", self.folder / "dav/Radhaus"):
            shutil.rmtree(place, ignore_errors=True)
        (self.folder / "access.log").write_text("")

    def requests(self) -> list[str]:
        """Each request as `METHOD PATH STATUS`, oldest first."""
        return (self.folder / "access.log").read_text().splitlines()


@contextmanager
def running_nginx(folder: Path, authority: Authority, name: str = HOST) -> Iterator[Nginx]:
    """Nginx in the foreground, as a child of the test; `name` is what its certificate says."""
    for part in ("srv/radhaus/.unfinished", "dav/.unfinished", "temp"):
        (folder / part).mkdir(parents=True)
    (folder / "htpasswd").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    nginx = Nginx(folder, free_port(), free_port())
    (folder / "nginx.conf").write_text(_configuration(nginx, authority.server(name)))
    command = [NGINX, "-p", f"{folder}/", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: _listens(nginx.port) and _listens(nginx.dav_port), "nginx")
        yield nginx
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _configuration(nginx: Nginx, certified: tuple[Path, Path]) -> str:
    certificate, key = certified
    temporary = "\n".join(
        f"{kind}_temp_path {nginx.folder}/temp/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    tls = f"ssl_certificate {certificate}; ssl_certificate_key {key};"
    return f"""
daemon off; master_process off; pid {nginx.folder}/pid;
events {{ worker_connections 64; }}
http {{
    log_format short "$request_method $uri $status";
    access_log {nginx.folder}/access.log short;
    {temporary}
    {_documented(nginx, certificate, key)}
    server {{
        listen {HOST}:{nginx.dav_port} ssl; {tls}
        client_body_temp_path {nginx.folder}/dav/.unfinished;
        location / {{
            auth_basic radhaus; auth_basic_user_file {nginx.folder}/htpasswd;
            root {nginx.folder}/dav;
            dav_methods PUT DELETE MKCOL MOVE;
        }}
    }}
}}
"""


def _documented(nginx: Nginx, certificate: Path, key: Path) -> str:
    """The example of the documentation, with this test's port, folders and certificate."""
    found = re.search(r"```nginx\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    changes = {
        "listen 443 ssl": f"listen {HOST}:{nginx.port} ssl",
        "/etc/ssl/radhaus/server.pem": str(certificate),
        "/etc/ssl/radhaus/server.key": str(key),
        "/srv": f"{nginx.folder}/srv",
    }
    text = found[1]
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), 1):
        return True
    return False
