"""Each text gets a font that has all its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.drawing.fonts import FOLDER, FontDamaged, NoFontInstalled, font_file, letters_missing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wohngeld", "NotoSans-Regular.ttf"),
        ("Ğğ İı Şş Ț ț Щ ї Ł", "NotoSans-Regular.ttf"),
        ("سكن", "NotoSansArabic-Regular.ttf"),
        ("رقم A-017 الآن", "DejaVuSans.ttf"),
        ("zwei\nZeilen\u200f", "NotoSans-Regular.ttf"),
        ("", "NotoSans-Regular.ttf"),
    ],
)
def test_the_first_font_with_all_letters(text: str, name: str) -> None:
    assert font_file(text).name == name


def test_bold_has_files_of_its_own() -> None:
    assert font_file("A-017", bold=True).name == "NotoSans-Bold.ttf"
    assert font_file("رقم A", bold=True).name == "DejaVuSans-Bold.ttf"


def test_the_last_font_draws_what_none_has_and_the_letters_are_named() -> None:
    assert font_file("Wohngeld 漢").name == "DejaVuSans.ttf"
    assert letters_missing("Wohngeld 漢") == {"漢"}
    assert not letters_missing("Wohngeld")


def test_a_machine_without_the_preferred_fonts_uses_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "dejavu").symlink_to(FOLDER / "dejavu")
    assert font_file("Wohngeld", folder=tmp_path).name == "DejaVuSans.ttf"


def test_a_machine_without_fonts_is_told_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(NoFontInstalled, match="fonts-noto-core"):
        font_file("Wohngeld", folder=tmp_path)


def test_a_damaged_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "dejavu").mkdir()
    damaged = tmp_path / "dejavu" / "DejaVuSans.ttf"
    damaged.write_bytes((FOLDER / "dejavu" / "DejaVuSans.ttf").read_bytes()[:3000])
    with pytest.raises(FontDamaged) as failure:
        font_file("Wohngeld", folder=tmp_path)
    assert failure.value.path == damaged
