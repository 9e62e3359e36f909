"""`kiosk profile check` says what would go wrong on a bus, each fault with its remedy."""

from pathlib import Path

from tests.cli.conftest import Kiosk
from tests.settings.profiles.example import SMALLEST

SHIELD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 50"><path d="M0 0H40V50Z"/></svg>'


def _profile(folder: Path, emblem: str) -> str:
    file = folder / "small.toml"
    file.write_text(SMALLEST.replace("languages =", f"emblem = '''{emblem}'''\nlanguages ="))
    return str(file)


def test_an_emblem_that_would_show_nothing_is_a_fault(kiosk: Kiosk, tmp_path: Path) -> None:
    assert kiosk("profile", "check", _profile(tmp_path, SHIELD)).exit_code == 0
    file = _profile(tmp_path, SHIELD.replace("M0 0H40V50Z", "M0 0 forty"))
    refused = kiosk("profile", "check", file)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"{file}: emblem: draws nothing; open it in a browser")
