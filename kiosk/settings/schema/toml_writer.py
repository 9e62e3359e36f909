"""TOML writer: values, and whole contents with a section for each table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def toml_value(value: object) -> str:
    """A value as it stands behind a key."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items())
        return f"{{ {pairs} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml_value, value))}]"
    return msgspec.json.encode(value).decode()


def toml_text(content: Mapping[str, Any]) -> str:
    """A file with this content."""
    return "\n".join(_lines((), content)).lstrip() + "\n"


def _lines(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    tables = {key: value for key, value in table.items() if isinstance(value, dict)}
    pairs = [f"{_key(key)} = {toml_value(table[key])}" for key in table if key not in tables]
    if path and (pairs or not tables):
        yield from ("", f"[{'.'.join(map(_key, path))}]")
    yield from pairs
    for key, below in tables.items():
        yield from _lines((*path, key), below)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_value(name)
