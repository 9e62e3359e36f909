"""Keys and types: a profile file held against the dataclasses of `kiosk.domain.profile`."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin, get_type_hints

from kiosk.profiles.problems import Findings, closest

if TYPE_CHECKING:
    from kiosk.profiles.lines import Path

Table: TypeAlias = dict[str, Any]

_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Unicode's marks that turn a line round. Joiners and soft hyphens stay: Persian needs some."""

LONGEST_TEXT = 80
LONGER_TEXTS = {"about": 160, "address": 160, "website": 160}
"""Letters in what stands on a sheet of paper: sentences and addresses, not names and labels."""

_SAMPLES = {str: '"..."', int: "5", bool: "true", list: '["..."]', dict: "{ ... }"}
_NAMES = {
    str: "a text in quotes",
    int: "a whole number",
    float: "a fraction",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


def check_table(kind: type, table: Table, path: Path, findings: Findings) -> Table:
    """What is right in a table; each unknown, missing or mistyped key becomes a problem."""
    types = get_type_hints(kind)
    for key in table.keys() - types.keys():
        findings.add((*path, key), "unknown key", closest(key, types))
    for field in fields(kind):
        if field.name not in table and _required(field):
            sample = _sample(field.name, types[field.name])
            findings.add(path, f'"{field.name}" is missing', f"add {sample}")
    checked = {
        key: _checked(types[key], value, (*path, key), findings)
        for key, value in table.items()
        if key in types
    }
    return {key: value for key, value in checked.items() if value is not None}


def _sample(key: str, kind: Any) -> str:  # noqa: ANN401
    if any(is_dataclass(inner) for inner in get_args(kind)):
        return f"[[{key}]]"
    return f"{key} = {_SAMPLES[_toml_type(kind)]}"


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _checked(kind: Any, value: Any, path: Path, findings: Findings) -> Any:  # noqa: ANN401
    """The value, what is right of it, or None where it has another type."""
    wanted, found = _toml_type(kind), type(value)
    if found is not wanted:
        what = f"must be {_NAMES[wanted]}, not {_NAMES.get(found, 'a date')}"
        findings.add(path, what)
        return None
    if wanted is list:
        inner = get_args(kind)[0]
        return [
            _checked(inner, entry, (*path, at), findings) or _toml_type(inner)()
            for at, entry in enumerate(value)
        ]
    if isinstance(kind, type) and is_dataclass(kind):
        return check_table(kind, value, path, findings)
    if wanted is dict:
        inner = get_args(kind)[1]
        return {key: _checked(inner, each, (*path, key), findings) for key, each in value.items()}
    if wanted is str and (fault := _fault(value, _longest(path))):
        findings.add(path, fault)
    return value


def _toml_type(kind: Any) -> type:  # noqa: ANN401
    if get_origin(kind) is tuple:
        return list
    if get_origin(kind) is Mapping or is_dataclass(kind):
        return dict
    kinds = (kind, *get_args(kind))  # `int | None` may be left out, but not be something else
    return next((wanted for wanted in (bool, int) if wanted in kinds), str)


def _longest(path: Path) -> int:
    return next((LONGER_TEXTS[step] for step in path if step in LONGER_TEXTS), LONGEST_TEXT)


def _fault(text: str, longest: int) -> str | None:
    if not text.strip():
        return "is empty"
    if len(text) > longest:
        return f"is {len(text)} characters long, more than {longest}"
    strange = [letter for letter in text if _steers(letter)]
    return f"contains the control character {strange[0]!a}" if strange else None


def _steers(letter: str) -> bool:
    """Whether it is no letter but breaks the line, or turns the order of what follows it."""
    return (
        unicodedata.category(letter) in {"Cc", "Zl", "Zp"}
        or unicodedata.bidirectional(letter) in _TURNING
    )
