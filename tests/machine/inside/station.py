"""A phone or a laptop: joins a Wi-Fi with the guest's second radio, asks for an address, and looks.

Runs in a network namespace that has the radio: `station.py INTERFACE SSID PASSWORD TARGET...`, each
target an address and a port. What became of it is one line of JSON. Nothing of DHCP beyond what a
phone needs to get an address.
"""

from __future__ import annotations

import fcntl
import json
import secrets
import socket
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

PATIENCE_S = 300.0
_COOKIE = b"\x63\x82\x53\x63"
_DISCOVER, _REQUEST = 1, 3
_MASK, _ROUTER, _DNS, _WANTED, _KIND, _SERVER, _END = 1, 3, 6, 50, 53, 54, 255
_GET_FLAGS, _SET_ADDRESS, _SET_MASK, _GET_HARDWARE = 0x8913, 0x8916, 0x891C, 0x8927
_RUNNING = 0x40


def join(interface: str, ssid: str, password: str) -> subprocess.Popen[bytes]:
    """Until the link is up. Raises `TimeoutError`."""
    keys = f'psk="{password}"' if password else "key_mgmt=NONE"
    file = Path("/run/station.conf")
    file.write_text(f"network={{\nssid={ssid.encode().hex()}\nscan_ssid=1\n{keys}\n}}\n")
    words = ["wpa_supplicant", "-Dnl80211", f"-i{interface}", f"-c{file}"]
    client = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until_s = time.monotonic() + PATIENCE_S
    while not _runs(interface):
        if time.monotonic() > until_s:
            client.kill()
            client.wait()
            raise TimeoutError(ssid)
        time.sleep(0.5)
    return client


def _runs(interface: str) -> bool:
    """As the kernel says; /sys is that of another namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        told = fcntl.ioctl(line, _GET_FLAGS, struct.pack("256s", interface.encode()))
    return bool(struct.unpack_from("H", told, 16)[0] & _RUNNING)


def ask_for_address(interface: str) -> dict[int, bytes]:
    """The options of the server's answer, and the address as 0."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
        line.bind(("", 68))
        line.settimeout(5)
        asked = fcntl.ioctl(line, _GET_HARDWARE, struct.pack("256s", interface.encode()))
        hardware, transaction = asked[18:24], secrets.token_bytes(4)
        offer = _answer(line, transaction, hardware, {_KIND: bytes([_DISCOVER])})
        request = {_KIND: bytes([_REQUEST]), _WANTED: offer[0], _SERVER: offer[_SERVER]}
        given = _answer(line, transaction, hardware, request)
        for order, value in ((_SET_ADDRESS, given[0]), (_SET_MASK, given[_MASK])):
            wanted = struct.pack("16sH2s4s8x", interface.encode(), socket.AF_INET, b"", value)
            fcntl.ioctl(line, order, wanted)
        return given


def _answer(
    line: socket.socket, transaction: bytes, hardware: bytes, options: dict[int, bytes]
) -> dict[int, bytes]:
    asked = b"".join(bytes([key, len(value)]) + value for key, value in options.items())
    head = struct.pack("!4B4sHH16x16s192x", 1, 1, 6, 0, transaction, 0, 0x8000, hardware)
    wanted = bytes([55, 3, _MASK, _ROUTER, _DNS, _END])
    until_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < until_s:
        line.sendto(head + _COOKIE + asked + wanted, ("255.255.255.255", 67))
        with suppress(TimeoutError):
            answer = line.recv(1500)
            if answer[4:8] == transaction:
                return {0: answer[16:20], **_options(answer[240:])}
    raise TimeoutError


def _options(rest: bytes) -> dict[int, bytes]:
    found = {}
    while rest and rest[0] != _END:
        length = rest[1] if rest[0] else -1
        if rest[0]:
            found[rest[0]] = rest[2 : 2 + length]
        rest = rest[2 + length :]
    return found


def look(target: str) -> str:
    """The first line of the answer to a request for /display; else why there is none."""
    host, _, port = target.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), 30) as line:
            line.sendall(f"GET /display HTTP/1.0\r\nHost: {target}\r\n\r\n".encode())
            line.settimeout(60)
            return line.recv(4096).decode(errors="replace").splitlines()[0]
    except (OSError, IndexError) as error:
        return type(error).__name__


def main(interface: str, ssid: str, password: str, *targets: str) -> None:
    client = join(interface, ssid, password)
    try:
        given = ask_for_address(interface)
        told = {
            "address": socket.inet_ntoa(given[0]),
            "router": socket.inet_ntoa(given[_ROUTER]) if _ROUTER in given else "",
            **{target: look(target) for target in targets},
        }
    finally:
        client.terminate()
        client.wait()
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
