"""Collector of a file's faults: all of them at once, each with its line and a suggestion."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kiosk.domain.errors import KioskError
from kiosk.settings.schema.lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.settings.schema.lines import KeyPath


@dataclass(frozen=True, slots=True, order=True)
class FileFault:
    """One fault and, where there is one, the way to mend it. Line 0: the file as a whole."""

    line: int
    what: str
    suggestion: str = ""


class FileErrors(KioskError):
    """A file that cannot be used, with everything that is wrong in it."""

    def __init__(self, file: str, faults: Collection[FileFault], more_at: str = "") -> None:
        """`more_at` is the command that shows all faults, where it is another one."""
        self.file, self.faults = file, tuple(sorted(faults))
        first, *more = self.lines()
        hint = f": see `{more_at}`" if more_at else ""
        others = f" And {len(more)} more{hint}." if more else ""
        super().__init__(f"{first}{'' if first.endswith('?') else '.'}{others}")

    def lines(self) -> list[str]:
        """`file:line: what; suggestion`, one for each fault."""
        return [
            "; ".join(filter(None, (f"{self._place(each)}: {each.what}", each.suggestion)))
            for each in self.faults
        ]

    def _place(self, fault: FileFault) -> str:
        return f"{self.file}:{fault.line}" if fault.line else self.file


@dataclass(frozen=True)
class TomlFaultCollector:
    """Collects the faults of a TOML file of which the content and the text are known.

    `whole` is what the file is called where a fault has no place in it.
    """

    content: Mapping[str, Any]
    text: str
    whole: str = "the file"
    found: list[FileFault] = field(default_factory=list)

    def add(self, path: KeyPath, what: str, suggestion: str = "") -> None:
        """A fault at a path of the content; its line is that of the nearest known path above."""
        known = path
        while known and known not in self._lines:
            known = known[:-1]
        place = self._place(path) or self.whole
        self.found.append(FileFault(self._lines.get(known, 1), f"{place}: {what}", suggestion))

    def add_at(self, place: str, what: str) -> None:
        """A fault at a place in words, such as `devices.printer.port`."""
        lines = {self._place(path): line for path, line in self._lines.items()}
        nearest = max(filter(place.startswith, lines), key=len, default="")
        self.found.append(FileFault(lines.get(nearest, 1), f"{place}: {what}"))

    @cached_property
    def _lines(self) -> Mapping[KeyPath, int]:
        return lines_of(self.text)

    def _place(self, path: KeyPath) -> str:
        """`topic "wohngeld", label.tr` for `("topics", 3, "label", "tr")`."""
        parts, keys = [], []
        value: Any = self.content
        for step in path:
            value = _below(value, step)
            if isinstance(step, str):
                keys.append(step)
                continue
            kind, keys = ".".join(keys), []
            name = (value.get("id") or value.get("name")) if isinstance(value, dict) else None
            one = f'{kind.removesuffix("s")} "{name}"' if name else f"{kind}, entry {step + 1}"
            parts.append(one)
        return ", ".join([*parts, ".".join(keys)] if keys else parts)


def _below(value: Any, step: str | int) -> Any:  # noqa: ANN401 - whatever TOML can hold
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def suggest_closest(word: str, known: Collection[str]) -> str:
    """A suggestion in words: the nearest known word, else all of them."""
    near = get_close_matches(word, known, n=1)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"known: {', '.join(sorted(known)) or 'none'}"
