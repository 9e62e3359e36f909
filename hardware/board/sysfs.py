"""Reader of sysfs files, below a root folder that a test can replace."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import TypeVar

    T = TypeVar("T")

_MOST_BYTES = 64

log = logging.getLogger(__name__)


class Sysfs:
    """Missing values are None; implausible ones too, and logged once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._complained: set[Path] = set()

    def found(self, pattern: str) -> Sequence[Path]:
        """The paths that fit a pattern below the root, sorted."""
        return sorted(self.root.glob(pattern))

    def word(self, path: Path) -> str | None:
        """A name, such as that of a sensor."""
        return self._read(path, str)

    def number(self, path: Path, least: int, most: int, base: int = 10) -> int | None:
        """A whole number within these bounds."""
        return self._read(path, lambda text: _within(int(text, base), least, most))

    def numbers(self, path: Path, least: int, most: int) -> list[int] | None:
        """Hexadecimal numbers in a row, at least one."""
        found = self._read(path, lambda t: [_within(int(n, 16), least, most) for n in t.split()])
        return found or None

    def _read(self, path: Path, meaning: Callable[[str], T]) -> T | None:
        text = b""
        try:
            with path.open("rb", buffering=0) as file:
                text = file.read(_MOST_BYTES) or b""
            return meaning(text.decode("ascii").strip())
        except OSError:  # not there, not ours to read, or the sensor does not answer its driver
            return None
        except ValueError:
            if path not in self._complained:
                self._complained.add(path)
                log.warning("%s makes no sense and is left out: %r", path, text)
            return None


def _within(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(number)
    return number
