"""Contact sheets: all pictures of one language on one picture, to be looked at one by one."""

from pathlib import Path

from PIL import Image, ImageDraw

COLUMNS_LYING, COLUMNS_UPRIGHT = 5, 9
_WIDTH_PX, _CAPTION_PX, _GAP_PX = 1800, 16, 6
_GROUND, _INK = "#E8E9EE", "#1D2034"


def write_contact_sheets(folder: Path, names: list[str], to: Path) -> list[Path]:
    """A sheet for each language of pictures named `LANGUAGE/SCREEN`; gives the files."""
    to.mkdir(parents=True, exist_ok=True)
    written = []
    for language in dict.fromkeys(name.partition("/")[0] for name in names):
        own = sorted(name for name in names if name.startswith(f"{language}/"))
        sheet = to / f"{folder.name}-{language}.png"
        _sheet([folder / f"{name}.png" for name in own]).save(sheet)
        written.append(sheet)
    return written


def _sheet(pictures: list[Path]) -> Image.Image:
    with Image.open(pictures[0]) as first:
        columns = COLUMNS_UPRIGHT if first.height > first.width else COLUMNS_LYING
        width_px = _WIDTH_PX // columns - _GAP_PX
        height_px = first.height * width_px // first.width
    step_px = height_px + _CAPTION_PX + _GAP_PX
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (_WIDTH_PX, rows * step_px), _GROUND)
    pen = ImageDraw.Draw(sheet)
    for number, picture in enumerate(pictures):
        x, y = (number % columns) * (width_px + _GAP_PX), (number // columns) * step_px
        with Image.open(picture) as whole:
            small = whole.convert("RGB").resize((width_px, height_px), Image.Resampling.LANCZOS)
        sheet.paste(small, (x, y))
        pen.text((x, y + height_px), picture.stem, fill=_INK)
    return sheet
