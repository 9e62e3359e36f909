"""What is wrong with a profile file: all of it at once, each with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.profiles.lines import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault and, where there is one, the way to mend it. Line 0: the file as a whole."""

    line: int
    what: str
    suggestion: str = ""


class FileErrors(KioskError):
    """A file that cannot be used, with everything that is wrong in it."""

    def __init__(self, file: str, problems: Collection[Problem], more_at: str = "") -> None:
        """`more_at` is the command that shows all problems, where it is another one."""
        self.file, self.problems = file, tuple(sorted(problems))
        first, *more = self.lines()
        hint = f": see `{more_at} {file}`" if more_at else ""
        others = f" And {len(more)} more{hint}." if more else ""
        super().__init__(f"{first}{'' if first.endswith('?') else '.'}{others}")

    def lines(self) -> list[str]:
        """`file:line: what; suggestion`, one for each problem."""
        return [
            "; ".join(filter(None, (f"{self._place(each)}: {each.what}", each.suggestion)))
            for each in self.problems
        ]

    def _place(self, problem: Problem) -> str:
        return f"{self.file}:{problem.line}" if problem.line else self.file


class ProfileErrors(FileErrors):
    """A profile that cannot be used."""

    def __init__(self, file: str, problems: Collection[Problem]) -> None:
        super().__init__(file, problems, "kiosk profile check")


@dataclass(frozen=True, slots=True)
class Findings:
    """Collects problems; finds the line of each, and says in words where it is."""

    content: Mapping[str, Any]
    lines: Mapping[Path, int]
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: Path, what: str, suggestion: str = "") -> None:
        """A problem at a path of the content; its line is that of the nearest known path above."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        place = ", ".join(self._words(path)) or "the profile"
        self.problems.append(Problem(self.lines.get(known, 1), f"{place}: {what}", suggestion))

    def _words(self, path: Path) -> list[str]:
        """`topic "wohngeld"`, `label`, `tr` for `("topics", 3, "label", "tr")`."""
        match path:
            case (str(kind), int(at), *inside):
                entry = self.content[kind][at]
                name = entry.get("id") if isinstance(entry, dict) else None
                first = f'{kind.removesuffix("s")} "{name}"' if name else f"{kind}, entry {at + 1}"
                return [first, *(step for step in inside if isinstance(step, str))]
        return [step for step in path if isinstance(step, str)]


def closest(word: str, known: Collection[str]) -> str:
    """A suggestion in words: the nearest known word, else all of them."""
    near = get_close_matches(word, known, n=1)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"known: {', '.join(sorted(known)) or 'none'}"
