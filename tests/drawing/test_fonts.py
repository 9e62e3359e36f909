"""Each text gets a font that has all its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.drawing.fonts import FOLDER, FontDamaged, NoFontInstalled, font_runs, letters_missing

if TYPE_CHECKING:
    from pathlib import Path

NOTO, ARABIC, DEJAVU = "NotoSans-Regular", "NotoSansArabic-Regular", "DejaVuSans"


def _fonts(text: str, *, bold: bool = False, folder: Path = FOLDER) -> list[tuple[str, str]]:
    return [(run.text, run.font.stem) for run in font_runs(text, bold=bold, folder=folder)]


@pytest.mark.parametrize("text", ["Wohngeld", "Ğğ İı Şş Ș ș Ț ț Щ ї Ł ê", "zwei\nZeilen\u200f", ""])
def test_european_letters_have_one_font(text: str) -> None:
    assert _fonts(text) == [(text, NOTO)]


@pytest.mark.parametrize("text", ["سكن", "أمامك 3 أشخاص", "کمک‌هزینه، گچ و پژواک ۲۵", "لطفاً"])
def test_arabic_and_persian_letters_have_one_font(text: str) -> None:
    assert _fonts(text) == [(text, ARABIC)]


def test_each_run_of_letters_has_the_first_font_with_all_of_them() -> None:
    assert _fonts("رقم A-017 الآن") == [("رقم ", ARABIC), ("A-017 ", NOTO), ("الآن", ARABIC)]
    assert _fonts("A-017، الآن") == [("A-017", NOTO), ("، الآن", ARABIC)]
    assert _fonts("السكن (Wohngeld)") == [("السكن ", ARABIC), ("(Wohngeld)", NOTO)]
    assert _fonts("Wohngeld ⠓") == [("Wohngeld ", NOTO), ("⠓", DEJAVU)]


def test_bold_has_files_of_its_own() -> None:
    assert _fonts("A-017", bold=True) == [("A-017", "NotoSans-Bold")]
    bold = [("رقم ", "NotoSansArabic-Bold"), ("A", "NotoSans-Bold")]
    assert _fonts("رقم A", bold=True) == bold


def test_the_last_font_draws_what_none_has_and_the_letters_are_named() -> None:
    assert _fonts("Wohngeld 漢") == [("Wohngeld ", NOTO), ("漢", DEJAVU)]
    assert letters_missing("Wohngeld 漢") == {"漢"}
    assert not letters_missing("Wohngeld")


def test_a_machine_without_the_preferred_fonts_uses_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "dejavu").symlink_to(FOLDER / "dejavu")
    assert _fonts("Wohngeld رقم", folder=tmp_path) == [("Wohngeld رقم", DEJAVU)]


def test_a_machine_without_fonts_gets_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(NoFontInstalled, match="fonts-noto-core"):
        font_runs("Wohngeld", folder=tmp_path)


def test_a_damaged_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "dejavu").mkdir()
    damaged = tmp_path / "dejavu" / "DejaVuSans.ttf"
    damaged.write_bytes((FOLDER / "dejavu" / "DejaVuSans.ttf").read_bytes()[:3000])
    with pytest.raises(FontDamaged) as failure:
        font_runs("Wohngeld", folder=tmp_path)
    assert failure.value.path == damaged
