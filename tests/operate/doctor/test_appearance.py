"""What the doctor says when words, letters or the screen are missing."""

import shutil
from dataclasses import replace
from pathlib import Path

from kiosk.devices.finding import Result
from kiosk.operate.doctor.appearance import display, fonts, text_shaping, texts
from kiosk.operate.doctor.host import Host


def test_a_text_that_is_missing(host: Host, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    shutil.copytree(host.texts, folder)
    turkish = (folder / "tr.po").read_text(encoding="utf-8")
    head, _, _ = turkish.partition('msgid "start.')
    (folder / "tr.po").write_text(head, encoding="utf-8")

    found = texts(replace(host, texts=folder))
    assert (found.result, "tr.po" in found.cause) == (Result.FAILURE, True)


def test_a_font_that_is_missing(host: Host, tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    shutil.copytree(host.fonts, folder, ignore=lambda _folder, names: {*names} - KEPT)
    (folder / "noto/NotoSansArabic-Bold.ttf").unlink()

    found = fonts(replace(host, fonts=folder))
    assert (found.result, "NotoSansArabic-Bold" in found.cause) == (Result.FAILURE, True)
    assert "NotoSans-Regular" not in found.cause


KEPT = {
    *("noto", "dejavu", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    *(
        f"NotoSans{script}-{weight}.ttf"
        for script in ("", "Arabic")
        for weight in ("Regular", "Bold")
    ),
}


def test_letters_that_would_not_join(host: Host) -> None:
    found = text_shaping(replace(host, shapes_text=lambda: False))
    assert (found.result, "libfribidi0" in found.remedy) == (Result.FAILURE, True)
    assert text_shaping(host).result is Result.OK


def test_a_display_that_does_not_answer(host: Host) -> None:
    assert display(host).result is Result.WARNING

    desk = replace(host, environment={"DISPLAY": ":7.0"})
    assert "does not answer" in display(desk).cause

    (host.root / "tmp/.X11-unix").mkdir(parents=True)
    (host.root / "tmp/.X11-unix/X7").touch()
    assert display(desk).result is Result.OK


def test_an_appliance_whose_screen_is_unplugged(appliance: Host) -> None:
    status = appliance.root / "sys/class/drm/card1-HDMI-A-1/status"
    status.parent.mkdir(parents=True)

    status.write_text("disconnected\n")
    assert display(appliance).result is Result.WARNING

    status.write_text("connected\n")
    assert display(appliance).cause == "A screen is connected to card1-HDMI-A-1."
