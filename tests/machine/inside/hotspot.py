"""A phone that leads out: an access point with a password, addresses, and one page.

Runs in a network namespace that has the radio: `hotspot.py INTERFACE SSID PASSWORD`, until it is
ended. Nothing of DHCP beyond what gives the one guest its address.
"""

from __future__ import annotations

import fcntl
import socket
import struct
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

ADDRESS, GUEST, MASK = "192.168.43.1", "192.168.43.77", "255.255.255.0"
_COOKIE = b"\x63\x82\x53\x63"
_OFFER, _ACK, _DISCOVER = 2, 5, 1
_MASK, _ROUTER, _LEASE, _KIND, _SERVER = 1, 3, 51, 53, 54
_SET_ADDRESS, _SET_MASK, _GET_FLAGS, _SET_FLAGS = 0x8916, 0x891C, 0x8913, 0x8914
_UP = 0x1


class Page(BaseHTTPRequestHandler):
    """What the way out leads to."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"out")


def open_network(interface: str, ssid: str, password: str) -> None:
    file = Path("/run/hotspot.conf")
    file.write_text(
        f"interface={interface}\ndriver=nl80211\nssid={ssid}\nhw_mode=g\nchannel=1\n"
        f"wpa=2\nwpa_key_mgmt=WPA-PSK\nrsn_pairwise=CCMP\nwpa_passphrase={password}\n"
    )
    subprocess.Popen(["hostapd", str(file)])


def set_address(interface: str) -> None:
    name = interface.encode()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for order, value in ((_SET_ADDRESS, ADDRESS), (_SET_MASK, MASK)):
            given = socket.inet_aton(value)
            fcntl.ioctl(line, order, struct.pack("16sH2s4s8x", name, socket.AF_INET, b"", given))
        told = fcntl.ioctl(line, _GET_FLAGS, struct.pack("256s", name))
        flags = struct.unpack_from("H", told, 16)[0] | _UP
        fcntl.ioctl(line, _SET_FLAGS, struct.pack("16sH238x", name, flags))


def give_addresses(interface: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
        line.bind(("", 67))
        while True:
            line.sendto(answer(line.recv(1500)), ("255.255.255.255", 68))


def answer(asked: bytes) -> bytes:
    """An offer to who discovers, else what was offered, acknowledged."""
    kind = _OFFER if bytes([_KIND, 1, _DISCOVER]) in asked[240:] else _ACK
    address = socket.inet_aton(ADDRESS)
    head = struct.pack(
        "!4B4sHH4x4s4s4x16s192x",
        *(2, 1, 6, 0, asked[4:8], 0, 0x8000),
        *(socket.inet_aton(GUEST), address, asked[28:44]),
    )
    options = {
        _KIND: bytes([kind]),
        _SERVER: address,
        _ROUTER: address,
        _MASK: socket.inet_aton(MASK),
        _LEASE: struct.pack("!I", 3600),
    }
    told = b"".join(bytes([key, len(value)]) + value for key, value in options.items())
    return head + _COOKIE + told + b"\xff"


def main(interface: str, ssid: str, password: str) -> None:
    open_network(interface, ssid, password)
    set_address(interface)
    page = HTTPServer(("", 80), Page)
    threading.Thread(target=page.serve_forever, daemon=True).start()
    give_addresses(interface)


if __name__ == "__main__":
    main(*sys.argv[1:])
