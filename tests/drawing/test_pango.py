"""Arabic and Persian, numbers and German words inside, look as Pango, a second hand, sets them."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from kiosk.drawing.line_breaking import Letters, draw, typeset
from tests.waiting import PATIENCE_S

EM_PX = 96
LEAST_OVERLAP = 0.9
FONTS = "Noto Sans, Noto Sans Arabic, DejaVu Sans"
MOST_SHIFT_PX = 3
"""Pango rounds where a run begins."""


def _cut(picture: Image.Image) -> Image.Image:
    return picture.crop(picture.getbbox())


def _by_pango(text: str, folder: Path, *, right_to_left: bool) -> Image.Image:
    file = folder / "pango.png"
    command = ["pango-view", "--no-display", "--pixels", "--margin=40"]
    command += ["--hinting=none", "--subpixel-positions", "--hint-metrics=off"]
    command += [f"--font={FONTS} {EM_PX}", f"--output={file}", f"--text={text}", "--no-auto-dir"]
    command += ["--rtl"] if right_to_left else []
    subprocess.run(command, check=True, timeout=PATIENCE_S)
    return _cut(ImageOps.invert(Image.open(file).convert("L")))


def _ink(picture: Image.Image, size: tuple[int, int], at: tuple[int, int]) -> NDArray[np.bool_]:
    canvas = Image.new("L", size)
    canvas.paste(picture, at)
    return np.asarray(canvas) > 127


def _overlap(one: Image.Image, other: Image.Image) -> float:
    """Ink of both over ink of either, where they lie best on each other."""
    rim = MOST_SHIFT_PX
    size = (max(one.width, other.width) + 2 * rim, max(one.height, other.height) + 2 * rim)
    fixed = _ink(one, size, (rim, rim))
    shifted = (
        _ink(other, size, (rim + x, rim + y))
        for x in range(-rim, rim + 1)
        for y in range(-rim, rim + 1)
    )
    return max(float((fixed & ink).sum() / (fixed | ink).sum()) for ink in shifted)


@pytest.mark.parametrize(
    "text",
    [
        "رقم A-017 الآن",
        "A-017، الآن",
        "من فضلك تعال إلى المكتب 2",
        "إعانة السكن (Wohngeld)",
        "أمامك 11 شخصًا",
        "نوبت شما A-017 است",
        "کمک‌هزینه مسکن (Wohngeld)",
        "برای جوانان تا ۲۵ سال: پول، گچ، پژواک",
        "لطفاً به میز 2 بیایید",
    ],
)
def test_it_lies_on_what_pango_draws(text: str, tmp_path: Path) -> None:
    block = typeset(text, Letters(EM_PX, bold=False, right_to_left=True), 10_000)
    ours, theirs = _cut(draw(block, "left")), _by_pango(text, tmp_path, right_to_left=True)
    assert abs(ours.width - theirs.width) <= EM_PX // 10
    assert _overlap(ours, theirs) >= LEAST_OVERLAP


@pytest.mark.parametrize("text", ["Посвідчення її", "Țară, Ș ș ț", "Pêşîn û ç", "Zażółć", "İı Ğğ"])
def test_so_do_letters_of_european_languages(text: str, tmp_path: Path) -> None:
    block = typeset(text, Letters(EM_PX, bold=False), 10_000)
    theirs = _by_pango(text, tmp_path, right_to_left=False)
    assert _overlap(_cut(draw(block, "left")), theirs) >= LEAST_OVERLAP


def test_the_number_is_whole_and_not_turned(tmp_path: Path) -> None:
    """The measure tells: turned round, as Kivy's own provider sets it, it lies otherwise."""
    turned = _by_pango("رقم 710-A الآن", tmp_path, right_to_left=True)
    block = typeset("رقم A-017 الآن", Letters(EM_PX, bold=False, right_to_left=True), 10_000)
    assert _overlap(_cut(draw(block, "left")), turned) < LEAST_OVERLAP
