"""A whole bus: the three services as real processes, the glass on a display of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from click.testing import CliRunner

from kiosk.cli import main
from kiosk.system.paths import Paths
from tests.midnight import skip_before_midnight
from tests.ports import free_port
from tests.prepared import new_device
from tests.waiting import PATIENCE_S, eventually

SERVICES = ("touch", "console", "panel")


class GlassAway(Exception):
    """The glass does not answer: it was killed, or is not there yet."""


@dataclass
class Bus:
    """`kiosk run --headless` in a folder of its own; again on the same one after `cut_power`.

    `tree` is the checkout whose product runs. A device is copied, unless it is not `prepared`: then
    `kiosk run` makes it, which costs a second.
    """

    data: Path
    profile: str = "gelsenkirchen"
    size: str = "1280x800"
    port: int = field(default_factory=free_port)
    tree: Path = field(default_factory=Path.cwd)
    said: list[str] = field(default_factory=list)
    prepared: bool = True
    pin: str = ""
    token: str = ""

    def __enter__(self) -> Self:
        self.said.clear()
        if not self.data.exists():
            skip_before_midnight()
        if self.prepared and self.is_ours and not self.data.exists():
            secrets = new_device(Paths(self.data), self.profile)
            self.pin, self.token = secrets.staff_pin, secrets.api_token
        words = ["run", "--headless", "--data", str(self.data), "--port", str(self.port)]
        words += ["--profile", self.profile, "--size", self.size]
        self.process = subprocess.Popen(
            [self._python, "-m", "kiosk", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.tree,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        eventually(lambda: self._ready() or self.process.poll() is not None, "three ready services")
        if not self._ready():
            self.__exit__()
            raise AssertionError("\n".join(self.said))
        told = (line.split()[2] for line in self.said if "Staff PIN" in line)  # by a new device
        self.pin = self.pin or next(told, "")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self._await_exit()

    def cut_power(self) -> None:
        """Everything ends at once and unasked, as when the driver turns the key."""
        running = [self.service_pid(service) for service in SERVICES]
        self.process.kill()
        for pid in filter(None, running):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._await_exit()

    @property
    def is_ours(self) -> bool:
        """Whether the product that runs is this checkout's."""
        return self.tree == Path.cwd()

    @property
    def _python(self) -> str:
        return sys.executable if self.is_ours else str(self.tree / ".venv/bin/python")

    def _await_exit(self) -> None:
        self.process.wait(PATIENCE_S)
        self.listener.join(PATIENCE_S)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def service_pid(self, service: str) -> int | None:
        """The process of that service now, if it runs."""
        wanted = ["-m", "kiosk", service, "--data", str(self.data)]
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = os.fsdecode((entry / "cmdline").read_bytes()).split("\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if words[1:6] == wanted:
                return int(entry.name)
        return None

    def kill(self, service: str) -> None:
        """`kill -9`; afterwards it is gone, and who finds it again finds another."""
        pid = eventually(lambda: self.service_pid(service), f"a running {service}")
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: self.service_pid(service) != pid, f"the end of the {service}")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`kiosk WORDS` on this bus, however it ends.

        In this process, where it is this checkout's product: to start another costs a second.
        """
        words = (*words, "--data", str(self.data))
        if not self.is_ours:
            command = [self._python, "-m", "kiosk", *words]
            return subprocess.run(
                command, check=False, capture_output=True, text=True, cwd=self.tree
            )
        done = CliRunner().invoke(main, words, catch_exceptions=False)
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)

    def kiosk(self, *words: str) -> str:
        """`kiosk WORDS` on this bus; its answer."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tried(self, *words: str) -> bool:
        """Whether `kiosk WORDS` worked."""
        return self.run(*words).returncode == 0

    def ask(self, *words: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.kiosk(*words, "--json"))

    def glass(self, command: str, **more: str) -> dict[str, Any]:
        """One request at the inspection socket. Raises `GlassAway`."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(PATIENCE_S)
                line.connect(str(self.data / "touch.sock"))
                line.sendall(json.dumps({"command": command, **more}).encode() + b"\n")
                answer = line.makefile("rb").readline()
        except OSError as error:
            raise GlassAway from error
        if not answer:
            raise GlassAway
        told: dict[str, Any] = json.loads(answer)
        return told

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))

    def _ready(self) -> bool:
        return sum(line.endswith("is ready.") for line in self.said) >= len(SERVICES)
