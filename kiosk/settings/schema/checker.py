"""Validates the content of a TOML file against a dataclass or msgspec struct: keys, types, limits.

msgspec stops at the first fault and knows no lines; this finds all of them. Whatever passes here
msgspec can convert.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import inspect

from kiosk.settings.schema.faults import TomlFaultCollector, suggest_closest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.settings.schema.lines import KeyPath

TomlTable: TypeAlias = dict[str, Any]
_Record: TypeAlias = inspect.DataclassType | inspect.StructType
_List: TypeAlias = inspect.ListType | inspect.VarTupleType

_NAMES = {
    str: "a text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list in [ ]",
    dict: "a table",
}
_SAMPLES = {str: '"..."', int: "5", float: "0.5", bool: "true", list: '["..."]', dict: "{ ... }"}
_TYPES: dict[type[inspect.Type], type] = {
    inspect.StrType: str,
    inspect.IntType: int,
    inspect.FloatType: float,
    inspect.BoolType: bool,
    inspect.ListType: list,
    inspect.VarTupleType: list,
    inspect.DictType: dict,
    inspect.DataclassType: dict,
    inspect.StructType: dict,
}


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks tables of one file.

    `forms` says in words what each pattern of a text means, `text_fault` what is wrong with a text
    at a path that has the right type.
    """

    faults: TomlFaultCollector
    forms: Mapping[str, str] = field(default_factory=dict)
    text_fault: Callable[[str, KeyPath], str | None] = lambda _text, _path: None

    def check(self, kind: type) -> TomlTable:
        """What is right in the file; each unknown, missing or wrong key becomes a fault."""
        return self.check_table(kind, self.faults.content, ())

    def check_table(self, kind: type, table: Mapping[str, Any], path: KeyPath) -> TomlTable:
        """The same for one table at that path."""
        return self._record(_described(kind), table, path)

    def _record(self, kind: _Record, table: Mapping[str, Any], path: KeyPath) -> TomlTable:
        types = {each.name: each.type for each in kind.fields}
        for key in table.keys() - types.keys():
            self.faults.add((*path, key), "unknown key", suggest_closest(key, types))
        for each in kind.fields:
            if each.required and each.name not in table:
                what = f'"{each.name}" is missing'
                self.faults.add(path, what, f"add {_sample(path, each.name, each.type)}")
        checked = {
            key: self._value(types[key], value, (*path, key))
            for key, value in table.items()
            if key in types
        }
        return {key: value for key, value in checked.items() if value is not None}

    def _value(self, kind: inspect.Type, value: Any, path: KeyPath) -> Any:  # noqa: ANN401 - of TOML
        """The value, what is right of it, or None where it has another type."""
        kind = _without_none(kind)
        if isinstance(kind, inspect.LiteralType):
            return self._choice(kind, value, path)
        wanted = _TYPES.get(type(kind))  # a type of our own is validated by its owner
        if wanted and (fault := _type_fault(wanted, type(value))):
            self.faults.add(path, fault)
            return None
        if isinstance(kind, _Record):
            return self._record(kind, value, path)
        if isinstance(kind, _List):
            empty = _TYPES.get(type(kind.item_type), str)
            return [
                self._value(kind.item_type, entry, (*path, at)) or empty()
                for at, entry in enumerate(value)
            ]
        if isinstance(kind, inspect.DictType):
            return {
                key: self._value(kind.value_type, each, (*path, key)) for key, each in value.items()
            }
        if fault := self._fault(kind, value, path):
            self.faults.add(path, fault)
        return value

    def _choice(self, kind: inspect.LiteralType, value: Any, path: KeyPath) -> Any:  # noqa: ANN401 - of TOML
        if any(type(value) is type(known) and value == known for known in kind.values):
            return value
        known = [str(each) for each in kind.values]
        if isinstance(value, str):
            self.faults.add(path, f'cannot be "{value}"', suggest_closest(value, known))
        else:
            self.faults.add(path, f"cannot be {value}", f"known: {', '.join(known)}")
        return None

    def _fault(self, kind: inspect.Type, value: Any, path: KeyPath) -> str | None:  # noqa: ANN401 - of TOML
        if isinstance(kind, inspect.StrType):
            if kind.pattern and not re.search(kind.pattern, value):
                return f"must be {self.forms.get(kind.pattern, kind.pattern)}"
            return self.text_fault(value, path)
        if isinstance(kind, inspect.IntType | inspect.FloatType):
            return _limit_fault(kind.ge, kind.le, value)
        return None


@lru_cache
def _described(kind: type) -> _Record:
    described = inspect.type_info(kind)
    if not isinstance(described, _Record):
        raise TypeError(kind)
    return described


def _type_fault(wanted: type, found: type) -> str | None:
    if found is wanted or (wanted is float and found is int):
        return None
    return f"must be {_NAMES[wanted]}, not {_NAMES.get(found, 'a date')}"


def _limit_fault(least: float | None, most: float | None, value: float) -> str | None:
    if (least is None or value >= least) and (most is None or value <= most):
        return None
    if least is not None and most is not None:
        return f"must be from {least} to {most}, not {value}"
    limit = f"at least {least}" if most is None else f"at most {most}"
    return f"must be {limit}, not {value}"


def _without_none(kind: inspect.Type) -> inspect.Type:
    """The type of `int | None`: it may be left out, but not be something else."""
    if isinstance(kind, inspect.UnionType):
        return next(each for each in kind.types if not isinstance(each, inspect.NoneType))
    return kind


def _sample(path: KeyPath, key: str, kind: inspect.Type) -> str:
    if isinstance(kind, _List) and isinstance(kind.item_type, _Record):
        tables = (step for step in (*path, key) if isinstance(step, str))
        return f"[[{'.'.join(tables)}]]"
    if isinstance(kind, inspect.LiteralType):
        return f'{key} = "{kind.values[0]}"'
    return f"{key} = {_SAMPLES[_TYPES[type(_without_none(kind))]]}"
