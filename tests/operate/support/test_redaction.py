"""Redaction: what could lead to a person or open the box goes, what explains a fault stays."""

from __future__ import annotations

import pytest

from kiosk.operate.support.redaction import redacted

REMOVED = [
    ("Slip of A-017 failed", "A-017"),
    ("Paper of BG-1204 is wanted", "BG-1204"),
    ("the code 1234 5678 is unknown", "1234 5678"),
    ("the code 48151623 is unknown", "48151623"),
    ("the PIN was 402913", "402913"),
    ("GET /t/k3x9-QaZ failed", "k3x9-QaZ"),
    ("POST /n/Qm3x9aZk0Lt71vRb/return failed", "Qm3x9aZk0Lt71vRb"),
    ("POST /api/search?name=Yilmaz failed", "Yilmaz"),
    ("Authorization: Bearer abc.def", "abc.def"),
    ("https://bus:geheim@stadt.example/dav", "geheim"),
    ("password = hunter2", "hunter2"),
    ('ssid = "iPhone von Anna"', "Anna"),
    ("Trying to associate with SSID 'iPhone von Anna'", "Anna"),
    ("usb 1-1: SerialNumber: 4C53000117", "4C53000117"),
    ("associated with 3c:5a:b4:01:02:03", "3c:5a:b4:01:02:03"),
    ("from 192.168.4.23", "4.23"),
    ("from fe80::1c2b:3d4e:5f60:7182", "1c2b"),
    ("key AGE-SECRET-KEY-1ABCDEF", "1ABCDEF"),
    ("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "MIIB"),
    ("-----BEGIN PRIVATE KEY-----\nMIIB and cut off", "MIIB"),
    ("token Xk29dPq0Lm38sTz71vRb64nWc52yHf90", "Xk29"),
    ("ValueError: invalid literal for int(): 'Frau Yilmaz'", "Yilmaz"),
    ('json.JSONDecodeError: "Yilmaz" is no number', "Yilmaz"),
]


@pytest.mark.parametrize(("line", "secret"), REMOVED)
def test_what_could_lead_to_a_person_is_left_out(line: str, secret: str) -> None:
    assert secret not in redacted(line)


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-28T09:00:00+0000 kiosk-panel[812]: The printer does not answer.",
        "/dev/serial/by-id/usb-FTDI_FT232R-if00: no such device",
        "sqlite3.OperationalError: disk I/O error",
        'File "/opt/radhaus/kiosk/panel/panel.py", line 121, in run',
        "Staff pages: http://127.0.0.1:8080/staff",
        'host = "0.0.0.0"',
        "Debian 13, Python 3.13.5, kernel 6.12.48-1",
        "42 of 1024 pages",
        "device rh-1a2b3c4d",
    ],
)
def test_what_explains_a_fault_stays(line: str) -> None:
    assert redacted(line) == line
