"""Information sheets from the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image

from kiosk.system.paths import Paths
from tests.prepared import new_device

Kiosk = Callable[..., Result]


@pytest.fixture(autouse=True)
def _device(tmp_path: Path) -> None:
    new_device(Paths(tmp_path / "data"), "bochum")


def first_offer(kiosk: Kiosk) -> str:
    return kiosk("sheet", "list").stdout.split()[0]


def test_a_sheet_can_be_previewed(kiosk: Kiosk, tmp_path: Path) -> None:
    picture = tmp_path / "sheet.png"
    shown = kiosk("sheet", "show", "--offer", first_offer(kiosk), "--to", str(picture))
    assert shown.exit_code == 0
    with Image.open(picture) as sheet:
        assert sheet.width == 576
        assert sheet.height > sheet.width


def test_a_sheet_is_printed_with_and_without_a_visit(kiosk: Kiosk) -> None:
    offer = first_offer(kiosk)
    assert kiosk("sheet", "print", "--offer", offer).exit_code == 0
    assert kiosk("visit", "open").exit_code == 0
    assert kiosk("sheet", "print", "--offer", offer, "--language", "tr").exit_code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--offer", "moon", "--to", "x.png"), "no advice offer 'moon'"),
        (("--language", "xx", "--to", "x.png"), "no language 'xx'"),
        (("--to", "/nowhere/x.png"), "cannot be written"),
    ],
)
def test_a_sheet_that_there_is_not_is_refused_in_one_line(
    kiosk: Kiosk, words: tuple[str, ...], sentence: str
) -> None:
    offer = () if "--offer" in words else ("--offer", first_offer(kiosk))
    refused = kiosk("sheet", "show", *offer, *words)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1
