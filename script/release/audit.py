"""Audit of the locked libraries for known holes, by pip-audit over the network or a local copy.

Exit code 0: looked at all, found none; 1: found some; 2: could not look. Run by script/audit.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from advisories import Advisories, NoAdvisories, read_advisories

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
LOCKS: Final = ("requirements.lock", "requirements-office.lock", "requirements-dev.lock")
HOLES, NOT_AUDITED = 1, 2
_SERVICES: Final = (("-s", "osv"), ("-s", "pypi"))
"""OSV knows most; PyPI tells the same of its own packages, where only that is reached."""


class NotAudited(Exception):
    """Nothing can be said of these libraries."""


class _OneAnswer(BaseHTTPRequestHandler):
    """Answers what pip-audit asks OSV, from a copy."""

    def __init__(self, advisories: Advisories, *arguments: Any) -> None:  # noqa: ANN401 - as the base
        self._advisories = advisories
        super().__init__(*arguments)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        found = self._advisories.of(asked["package"]["name"], asked["version"])
        body = json.dumps({"vulns": found} if found else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the report of pip-audit says it all."""


@contextmanager
def answering(advisories: Advisories) -> Iterator[str]:
    """An address on this machine that answers as OSV does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_OneAnswer, advisories))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()


def audit(lock: Path, *service: str) -> list[str]:
    """Each hole in one line. Raises `NotAudited`."""
    words = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "-f", "json")
    command = [sys.executable, "-m", "pip_audit", "-r", str(lock), *words, *service]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise NotAudited(f"pip-audit {' '.join(service)}: {last[0]}") from None
    skipped = [each["name"] for each in found if "skip_reason" in each]
    if skipped or not found:
        few = ", ".join(skipped[:3])
        raise NotAudited(
            f"pip-audit {' '.join(service)}: nothing is known of {len(skipped)} of {len(found)}"
            f" libraries: {few} ..."
        )
    return [_in_words(library, hole) for library in found for hole in library["vulns"]]


def _in_words(library: dict[str, Any], hole: dict[str, Any]) -> str:
    mended = ", ".join(hole["fix_versions"]) or "no version"
    names = ", ".join([hole["id"], *hole.get("aliases", ())])
    return f"{library['name']} {library['version']}: {names}; mended in {mended}"


def main() -> int:
    """Say what was found, in one line each."""
    parser = argparse.ArgumentParser(prog="script/audit")
    copy = parser.add_argument("--advisories", type=Path, metavar="DIR|ZIP")
    copy.help = "a copy of https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip"
    parser.add_argument("locks", nargs="*", type=Path, default=[ROOT / name for name in LOCKS])
    asked = parser.parse_args()
    try:
        found = _from_copy(asked.advisories, asked.locks) if asked.advisories else _online(asked)
    except (NotAudited, NoAdvisories) as error:
        print(
            f"script/audit: NOT AUDITED. {error}. Give a copy of the advisories with --advisories,"
            " or run this where OSV or PyPI is reached.",
            file=sys.stderr,
        )
        return NOT_AUDITED
    for line in sorted(set(found)):
        print(line)
    if not found:
        print("No known hole.")
    return HOLES if found else 0


def _from_copy(copy: Path, locks: list[Path]) -> list[str]:
    advisories = read_advisories(copy)
    print(f"Advisories up to {advisories.newest}.")
    with answering(advisories) as url:
        return [line for lock in locks for line in audit(lock, "-s", "osv", "--osv-url", url)]


def _online(asked: argparse.Namespace) -> list[str]:
    refusals = []
    for service in _SERVICES:
        try:
            return [line for lock in asked.locks for line in audit(lock, *service)]
        except NotAudited as error:
            refusals.append(str(error))
    raise NotAudited("; ".join(refusals))


if __name__ == "__main__":
    sys.exit(main())
