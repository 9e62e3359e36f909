"""A running `kiosk office serve`, over TLS, as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import urllib3

from tests.export.authority import HOST
from tests.ports import free_port
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.export.authority import Authority


@dataclass(frozen=True)
class Served:
    """Where it listens, and a client that believes its certificate."""

    port: int
    client: urllib3.PoolManager
    process: subprocess.Popen[bytes]

    @property
    def origin(self) -> str:
        return f"https://{HOST}:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> urllib3.BaseHTTPResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"{self.origin}{path}"
        return self.client.request(method, url, body=body, headers=named, retries=False)


@contextmanager
def serving(
    url: str, authority: Authority, folder: Path, name: str = HOST, port: int = 0
) -> Iterator[Served]:
    """Serve a database until the end of the block; `name` is what its certificate says."""
    port = port or free_port()
    certificate, key = authority.server(name)
    kiosk = Path(sys.executable).with_name("kiosk")
    where = ["--database", url, "--data", str(folder), "--port", str(port)]
    words: list[str | Path] = [
        kiosk,
        "office",
        "serve",
        *where,
        "--certificate",
        certificate,
        "--key",
        key,
    ]
    client = urllib3.PoolManager(
        ca_certs=str(authority.ca_file), assert_hostname=name, timeout=PATIENCE_S
    )
    with subprocess.Popen(words) as process:
        served = Served(port, client, process)
        try:
            eventually(lambda: _answers(served), "an answer of the office")
            yield served
        finally:
            client.clear()  # a line that is kept would hold its end up
            process.terminate()


def _answers(served: Served) -> bool:
    assert served.process.poll() is None, "the office has ended"
    try:
        return served.ask("GET", "/health").status == 200
    except urllib3.exceptions.HTTPError:
        return False
