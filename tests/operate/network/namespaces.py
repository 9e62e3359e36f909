"""A bus in network namespaces: the box, two phones, a laptop, and the phone that leads out.

Cables stand for radios: the switch between visitors keeps them apart as `ap_isolate` does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

ADDRESSES: Final = {
    "visitor": "10.42.0.20",
    "other": "10.42.0.21",
    "laptop": "10.42.2.20",
    "hotspot": "172.20.10.1",
}
"""Who is on the bus, beside the box."""
BOX: Final = {"wifi": "10.42.0.1", "wifistaff": "10.42.2.1", "wifiusb": "172.20.10.2"}
_PEERS: Final = {"wifi": "air", "wifistaff": "laptop", "wifiusb": "hotspot"}

_LISTENER: Final = """
import socket, sys, threading
def echo(port):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind(("", port))
    while True:
        said, whom = one.recvfrom(99)
        one.sendto(said, whom)
for port in map(int, sys.argv[1:]):
    sock = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
    threading.Thread(target=echo, args=(port,), daemon=True).start()
    globals()[f"kept{port}"] = sock
print("ready", flush=True)
threading.Event().wait()
"""
_PROBE: Final = r"""
import socket, sys, threading
def ask(kind, host, port):
    if kind == "tcp":
        socket.create_connection((host, int(port)), 2).close()
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.settimeout(2)
        one.connect((host, int(port)))
        one.send(b"?")
        one.recv(9)
def probe(word):
    try:
        ask(*word.split("/"))
        sys.stdout.write(f"{word} answered\n")
    except ConnectionRefusedError:
        sys.stdout.write(f"{word} refused\n")
    except OSError:
        sys.stdout.write(f"{word} silent\n")
threads = [threading.Thread(target=probe, args=(word,)) for word in sys.argv[1:]]
[each.start() for each in threads]
[each.join() for each in threads]
"""


def reason_to_skip() -> str:
    """Why no such bus can be made here; empty where it can."""
    if os.geteuid() != 0:
        return "only root makes network namespaces"
    missing = [name for name in ("ip", "nft") if shutil.which(name) is None]
    if missing:
        return f"script/setup test installs {' and '.join(missing)}"
    made = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
    return "" if made.returncode == 0 else "this machine lets nobody make network namespaces"


class Bus:
    """Its namespaces; commands run in them by their names."""

    def __init__(self) -> None:
        self._prefix = f"radhaus{os.getpid()}-"
        self._leaving = ExitStack()

    def run(self, where: str, *words: str | Path, check: bool = True) -> str:
        """What a command says that runs there."""
        done = subprocess.run(
            self.command(where, *words), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or not check, done.stdout + done.stderr
        return done.stdout

    def command(self, where: str, *words: str | Path) -> list[str]:
        """The words that start it there."""
        return ["ip", "netns", "exec", self._name(where), *map(str, words)]

    def listen(self, where: str, *ports: int) -> None:
        """Accept connections at these ports, and give back what UDP brings."""
        process = self.start(where, sys.executable, "-c", _LISTENER, *map(str, ports))
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"

    def start(self, where: str, *words: str | Path) -> subprocess.Popen[bytes]:
        """A program that goes on there."""
        command = self.command(where, *words)
        process = self._leaving.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE))
        self._leaving.callback(process.kill)
        return process

    def probe(self, questions: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], str]:
        """What becomes of `tcp/HOST/PORT` or `udp/...` from each place, all at the same time.

        By place and target: answered, refused or silent.
        """
        started = {
            where: subprocess.Popen(
                self.command(where, sys.executable, "-c", _PROBE, *targets),
                stdout=subprocess.PIPE,
                text=True,
            )
            for where, targets in questions.items()
        }
        told = {where: process.communicate()[0] for where, process in started.items()}
        lines = ((where, line) for where, text in told.items() for line in text.splitlines())
        return {(where, line.split()[0]): line.split()[1] for where, line in lines}

    def build(self) -> None:
        """All namespaces, each with its cable; the box would forward if the firewall let it."""
        for where in ("box", "air", *ADDRESSES):
            _ip("netns", "add", self._name(where))
            self._leaving.callback(_ip, "netns", "delete", self._name(where))
            self.run(where, "ip", "link", "set", "lo", "up")
        self.run("air", "ip", "link", "add", "switch", "type", "bridge")
        self.run("air", "ip", "link", "set", "switch", "up")
        for interface, address in BOX.items():
            self._cable("box", interface, _PEERS[interface])
            self.run("box", "ip", "address", "add", f"{address}/24", "dev", interface)
        for phone in ("visitor", "other"):
            self._cable(phone, "box", "air")
            self.run("air", "bridge", "link", "set", "dev", phone, "isolated", "on")
        for who, address in ADDRESSES.items():
            self.run(who, "ip", "address", "add", f"{address}/24", "dev", "box")
            router = {"hotspot": "wifiusb", "laptop": "wifistaff"}.get(who, "wifi")
            self.run(who, "ip", "route", "add", "default", "via", BOX[router])
        self.run("box", "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward")

    def close(self) -> None:
        """Remove everything."""
        self._leaving.close()

    def _cable(self, where: str, interface: str, peer: str) -> None:
        """From an interface to one at the peer: of the switch, called as who is behind it."""
        end = {"box": "box", "air": "wifi"}.get(peer, "box") if where == "box" else where
        names = (self._name(where), self._name(peer))
        there = ("type", "veth", "peer", "name", end, "netns", names[1])
        _ip("link", "add", interface, "netns", names[0], *there)
        self.run(where, "ip", "link", "set", interface, "up")
        self.run(peer, "ip", "link", "set", end, "up")
        if peer == "air":
            self.run(peer, "ip", "link", "set", end, "master", "switch")

    def _name(self, where: str) -> str:
        return self._prefix + where


@contextmanager
def built_bus() -> Iterator[Bus]:
    """A bus without any firewall yet."""
    bus = Bus()
    try:
        bus.build()
        yield bus
    finally:
        bus.close()


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
