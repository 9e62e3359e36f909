"""Redaction of logs and settings: what could lead to a person, or open the box."""

from __future__ import annotations

import re
from typing import Final

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _compiled(*rules: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


_SECRETS: Final = _compiled(
    (r"(?i)AGE-SECRET-KEY-\w+", "[key]"),
    (r"(?s)-----BEGIN [^-]*-----.*?(-----END [^-]*-----|\Z)", "[key]"),
    (r"(?i)\b(Bearer|Basic) \S+", r"\1 [secret]"),
    (r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)", "[secret]"),
    (
        r"(?i)(\b(?:passw(?!\w*_file\b)\w+|token|cookie|secret)\s*[=:]\s*)(?!\"\")[^\s,;]+",
        r"\1[secret]",
    ),
    (r'(?m)^(\s*ssid\s*=\s*)(?!"")\S.*$', r"\1[name]"),  # of a phone: often its owner's
    (r"\b(?=\w*\d)(?=\w*[A-Z])(?=\w*[a-z])[\w-]{32,}\b", "[secret]"),
)
_PEOPLE: Final = _compiled(
    (r"(?i)(\bssid[ =])['\"][^'\"\n]*['\"]", r"\1[name]"),
    (r"(/[nt]/)[^\s/?\"']+", r"\1[code]"),
    (r"(?<=\w)\?[\w.%-]+=[^\s\"']*", "?[query]"),
    (r"(?i)(\b(?:Serial ?Number|iSerial)\s*[:=]\s*)\S+", r"\1[serial]"),
    (r"(?i)\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b", "[mac]"),
    (r"(?i)(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])", "[ipv6]"),
    (r"\b(?!127\.|0\.0\.)(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}\b", r"\1.x.x"),
    (r"\b[0-9a-f]{32,}\b", "[digest]"),
    (r"\b[A-ZÄÖÜ]{1,2}-\d{2,4}\b", "[number]"),
    (r"(?<![\w.-])\d{4} ?\d{4}(?![\w.-])|(?<![\w.-])\d{6}(?![\w.-])", "[code]"),
)
_MESSAGE: Final = re.compile(r"\b\w*(?:Error|Exception|Warning)\b: .*")
_QUOTED: Final = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")


def without_secrets(text: str) -> str:
    """Settings without what would open the box or the server that it sends to."""
    return _replaced(text, _SECRETS)


def redacted(text: str) -> str:
    """Logs without secrets, ticket numbers, codes, addresses and quoted input.

    What an exception quotes may have been typed or imported.
    """
    known = _replaced(without_secrets(text), _PEOPLE)
    return _MESSAGE.sub(lambda found: _QUOTED.sub("[text]", found[0]), known)


def _replaced(text: str, rules: _Rules) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text
