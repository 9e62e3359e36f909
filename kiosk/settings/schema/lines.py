"""Line index of a TOML file: where each key stands, which tomllib does not say."""

from __future__ import annotations

import tomllib
from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top of the file: `("topics", 3, "label", "tr")`."""


MOST_LINES_OF_A_VALUE = 100
"""A longer value would take long to read; where the keys after it stand remains unknown."""


def lines_of(text: str) -> dict[KeyPath, int]:
    """The first line of every key, table and list entry in a text that tomllib can read."""
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    entries: dict[KeyPath, int] = {}
    for line, statement in _statements(text):
        if statement.lstrip().startswith("["):
            table = _opened(statement, entries)
            lines.setdefault(table, line)
        else:
            _note(tomllib.loads(statement), table, line, lines)
    return lines


def _statements(text: str) -> list[tuple[int, str]]:
    """Headers and key-value pairs with the line each begins in; a value may span lines."""
    statements = []
    begun, statement = 1, ""
    for number, line in enumerate(text.split("\n"), start=1):
        statement += f"{line}\n"
        try:
            content = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            if number - begun > MOST_LINES_OF_A_VALUE:
                break
            continue
        if content:
            statements.append((begun, statement))
        begun, statement = number + 1, ""
    return statements


def _opened(header: str, entries: dict[KeyPath, int]) -> KeyPath:
    """The path of `[table]` or `[[list]]`: names lead into the last entry of a list."""
    path: KeyPath = ()
    content: object = tomllib.loads(header)
    while isinstance(content, dict) and content:
        [(name, content)] = content.items()
        path = (*path, name)
        if isinstance(content, list):
            entries[path] = entries.get(path, 0) + 1
            content = content[0]
        if path in entries:
            path = (*path, entries[path] - 1)
    return path


def _note(value: object, path: KeyPath, line: int, lines: dict[KeyPath, int]) -> None:
    if path not in lines and path:
        lines[path] = line
    if isinstance(value, dict):
        for key, inner in value.items():
            _note(inner, (*path, key), line, lines)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            _note(inner, (*path, position), line, lines)
