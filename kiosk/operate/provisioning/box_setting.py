"""Provisioning step: one setting of the box's config.toml, all else in that file as it is."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.domain.errors import Refused
from kiosk.operate.provisioning.data_folder import FOLDER
from kiosk.operate.provisioning.steps import under_root
from kiosk.settings.config import load_config
from kiosk.settings.schema.lines import lines_of
from kiosk.system.kept_file import replace_file_durably
from kiosk.system.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path


class NotSetUp(Refused):
    """There is no config.toml to write the choice into."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path} is missing: network and screen stand in it. Run kiosk init --bus first,"
            " then choose them."
        )


class WrittenOtherwise(Refused):
    """The file says it in a way that one line cannot change, such as `glass = { ... }`."""

    def __init__(self, path: Path, setting: BoxSetting) -> None:
        self.path, self.setting = path, setting
        super().__init__(
            f"{path} says {setting.section} in a way of its own: set {setting.key} there to"
            f' "{setting.value}" by hand. Nothing was changed in it.'
        )


@dataclass(frozen=True, slots=True)
class BoxSetting:
    """A text of a section, such as `size` of `[glass]`."""

    section: str
    key: str
    value: str

    def pending(self, root: Path) -> str | None:
        """Whether it has another value. Raises `ConfigErrors`."""
        file = _config_of(root)
        if file.exists():
            settings = load_config(file)
            if getattr(getattr(settings, self.section), self.key) == self.value:
                return None
        return f'set {self.section}.{self.key} to "{self.value}" in {FOLDER}/{file.name}'

    def apply(self, root: Path) -> None:
        """Write its line, all else as it was.

        Raises `NotSetUp`, `WrittenOtherwise` and `ConfigErrors`.
        """
        file = _config_of(root)
        if not file.exists():
            raise NotSetUp(file)
        load_config(file)
        text = file.read_text(encoding="utf-8")
        written = self._written(text)
        if _content(written) != self._changed(tomllib.loads(text)):
            raise WrittenOtherwise(file, self)
        replace_file_durably(file, written.encode(), file.stat().st_mode & 0o777)

    def _changed(self, content: dict[str, Any]) -> dict[str, Any]:
        return {**content, self.section: {**content.get(self.section, {}), self.key: self.value}}

    def _written(self, text: str) -> str:
        lines, known = text.split("\n"), lines_of(text)
        line = f'{self.key} = "{self.value}"'
        if at := known.get((self.section, self.key)):
            lines[at - 1] = line
        elif at := known.get((self.section,)):
            lines.insert(at, line)
        else:
            lines += [f"[{self.section}]", line, ""]
        return "\n".join(lines)


def _content(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _config_of(root: Path) -> Path:
    return Paths(under_root(root, FOLDER)).config
