"""The devices of a box: a list of named sections, each of one kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec.structs import replace

from kiosk.settings.config.devices import DEVICE_KINDS, SpeakerSettings
from kiosk.settings.config.section import Section
from kiosk.settings.schema.faults import suggest_closest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kiosk.settings.schema.checker import Checker

SectionT = TypeVar("SectionT", bound=Section)

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,19}")
_PLACE = "devices"


class Devices(Mapping[str, Section]):
    """The settings of each device by its name; of a kind that nothing is said of, the usual ones.

    In the order of `DEVICE_KINDS`, those of one kind as in the file. A device that is called as its
    kind need not say which it is.
    """

    def __init__(self, /, **named: Section) -> None:
        said = {section.kind for section in named.values()}
        usual = {name: kind() for name, kind in DEVICE_KINDS.items() if name not in said}
        order = list(DEVICE_KINDS)
        every = sorted({**named, **usual}.items(), key=lambda each: order.index(each[1].kind))
        self._named: Mapping[str, Section] = dict(every)

    def __getitem__(self, name: str) -> Section:
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def of(self, kind: type[SectionT]) -> dict[str, SectionT]:
        """Those of one kind, in the order of the file."""
        return {name: each for name, each in self.items() if isinstance(each, kind)}

    def first(self, kind: type[SectionT]) -> SectionT:
        """The first one of a kind: there is always one, if only with the driver `none`."""
        return next(iter(self.of(kind).values()))

    @property
    def real(self) -> tuple[str, ...]:
        return tuple(name for name, each in self.items() if each.real)

    @property
    def stand_ins(self) -> tuple[str, ...]:
        return tuple(name for name, each in self.items() if each.stand_in)

    @property
    def absent(self) -> frozenset[str]:
        """The kinds of which this box has none."""
        return frozenset(DEVICE_KINDS) - {each.kind for each in self.values() if each.is_there}

    def without(self, kinds: Collection[str]) -> Devices:
        """The same, for a service that does not carry some kinds."""
        return Devices(
            **{
                name: replace(each, driver="none") if each.kind in kinds else each
                for name, each in self.items()
            }
        )

    def with_volume(self, percent: int) -> Devices:
        """The same, with the volume that staff have chosen."""
        loud = {
            n: replace(one, volume_percent=percent) for n, one in self.of(SpeakerSettings).items()
        }
        return Devices(**{**self, **loud})

    def as_builtins(self) -> dict[str, Any]:
        """For a file or a comparison: each with its kind."""
        return {name: msgspec.to_builtins(each) for name, each in self.items()}


def read_devices(checker: Checker) -> Devices:
    """The section `devices` of the file, as far as it is right; what is wrong becomes a fault."""
    faults = checker.faults
    tables = faults.content.get(_PLACE, {})
    if not isinstance(tables, dict):
        faults.add((_PLACE,), "must be a table: [devices.NAME] for each device")
        return Devices()
    kinds = {name: _kind_of(checker, name, table) for name, table in tables.items()}
    for name, kind in kinds.items():
        if kind:
            checker.check_table(DEVICE_KINDS[kind], _settings(tables[name]), (_PLACE, name))
    if faults.found:
        return Devices()
    found = {
        name: msgspec.convert(tables[name], DEVICE_KINDS[str(kind)]) for name, kind in kinds.items()
    }
    return Devices(**found)


def _kind_of(checker: Checker, name: str, table: object) -> str | None:
    """The kind of a device; None where that is a fault."""
    faults, path = checker.faults, (_PLACE, name)
    if not isinstance(table, dict):
        faults.add(path, "must be a table: one section for each device")
    elif not _NAME.fullmatch(name):
        faults.add(path, "a device's name has up to 20 small letters, digits, - and _")
    elif "kind" not in table and name not in DEVICE_KINDS:
        faults.add(path, '"kind" is missing', f"is it one of {', '.join(DEVICE_KINDS)}?")
    elif (kind := table.get("kind", name)) not in DEVICE_KINDS:
        faults.add((*path, "kind"), f"cannot be {kind!r}", suggest_closest(str(kind), DEVICE_KINDS))
    elif name in DEVICE_KINDS and kind != name:
        faults.add((*path, "kind"), f"a {kind} cannot be called {name}: choose another name")
    else:
        return str(kind)
    return None


def _settings(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != "kind"}
