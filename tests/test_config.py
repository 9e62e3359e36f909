"""A technician's slip in config.toml is told in words that name the setting."""

from pathlib import Path

import pytest

from kiosk import config
from kiosk.config import Config, ConfigError


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("port = 8080", 'port = "8080"', r"console.port: must be int, not str\."),
        ("port = 8080", "prot = 8080", r"console: there is no setting prot\."),
        ('profile = "town"', "", r"this setting is missing: profile\."),
        ('driver = "file"', 'driver = "laser"', r"devices.printer.driver: cannot be 'laser'\."),
        ("[glass]", "[glass", "config.toml: "),
    ],
)
def test_a_fault_names_the_setting(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = tmp_path / "config.toml"
    fresh = config.as_text(Config("town"))
    assert old in fresh
    path.write_text(fresh.replace(old, new))
    with pytest.raises(ConfigError, match=sentence):
        config.load(path)


def test_a_fresh_configuration_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(config.as_text(Config("town")))
    assert config.load(path) == Config("town")
