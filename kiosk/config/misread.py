"""What msgspec says about a setting, as a technician would say it."""

from __future__ import annotations

import re
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from kiosk.config.devices import FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = {
    "Object contains unknown field": "there is no setting",
    "Object missing required field": "this setting is missing:",
    "Expected": "must be",
    "Invalid enum value": "cannot be",
}
_TYPES = {
    "str": "a text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in [ ]",
    "object": "a table",
    "date": "a date",
}
_SOME_KEY = "[...]"
"""How msgspec writes a name in a table: it does not tell which."""


def in_words(fault: str, kind: type, content: Mapping[str, Any]) -> str:
    """One sentence without a full stop, for `content` that `kind` cannot be made of."""
    said, _, place = fault.rstrip(".").replace("`", "").partition(" - at $.")
    named = _named(fault, place, kind, content) if _SOME_KEY in place else place
    at = f"{named}: " if named else ""
    for pattern, form in FORMS.items():
        if said.endswith(f"matching regex {pattern!r}"):
            return f"{at}must be {form}"
    for theirs, ours in _WORDS.items():
        if said.startswith(theirs):
            rest = said.removeprefix(theirs).strip()
            if ours == "cannot be":
                return f"{at}{ours} {rest}{_instead(kind, place)}"
            return f"{at}{ours} {_of_types(rest) if ours == 'must be' else rest}"
    return f"{at}{said}"


def _of_types(wanted: str) -> str:
    """`a whole number, not a text in quotes` for `int, got str`."""
    named = re.sub(r"\w+", lambda word: _TYPES.get(word[0], word[0]), wanted)
    return named.replace(", got ", ", not ")


def _named(fault: str, place: str, kind: type, content: Mapping[str, Any]) -> str:
    """The place with the name of the entry: the one which alone is as wrong as all together."""
    above, _, below = place.partition(_SOME_KEY)
    steps = above.split(".")
    for name, value in reduce(getitem, steps, content).items():
        try:
            msgspec.convert(_with(content, steps, {name: value}), kind)
        except msgspec.ValidationError as error:
            if str(error) == fault:
                return f"{above}.{name}{below}"
    return place


def _with(content: Mapping[str, Any], steps: list[str], value: object) -> Mapping[str, Any]:
    """The same content, but for the value to which the steps lead."""
    first, *others = steps
    return {**content, first: _with(content[first], others, value) if others else value}


def _instead(kind: type, place: str) -> str:
    """What the setting at that place can be, where it is one of few."""
    of: inspect.Type | None = inspect.type_info(kind)
    for step in re.sub(r"\[(\.\.\.|\d+)\]", "._", place).split("."):
        of = _inside(of, step)
    if not isinstance(of, inspect.LiteralType):
        return ""
    return f", only {', '.join(map(str, of.values))}"


def _inside(of: inspect.Type | None, step: str) -> inspect.Type | None:
    if isinstance(of, inspect.StructType):
        return next((field.type for field in of.fields if field.encode_name == step), None)
    if isinstance(of, inspect.ListType):
        return of.item_type
    return of.value_type if isinstance(of, inspect.DictType) else None
