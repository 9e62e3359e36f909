"""`script/gallery`: pictures of every screen in every language and size, in var/gallery.

The few that the README shows are renewed in docs/pictures with `script/gallery --docs`. Contact
sheets show a language on one picture: its usual letters, high contrast, large text, and profiles at
the ends of what a city may write.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

import click
from PIL import Image

from kiosk.system.virtual_display import start_virtual_display
from kiosk.touch.layout.theme import Pane
from tests.gallery.contact_sheets import write_contact_sheets
from tests.screens.extremes import EXTREMES, extreme_profile

ROOT = Path(__file__).parents[2]
SIZES = ("1280x800", "800x480", "720x1280", "1920x1080")
IN_DOCS = {
    "start": "de/start",
    "groups": "de/groups",
    "number": "de/number-linked",
    "arabic": "ar/groups",
}
DOCS_WIDTH_PX = 640

_STYLE = """
body { font-family: sans-serif; margin: 2rem; background: #e8e9ee; color: #1d2034 }
figure { display: inline-block; margin: 0 1rem 1rem 0; vertical-align: top }
img { max-width: 26rem; max-height: 26rem; border: 1px solid #8a8ea6 }
"""


def take_pictures(folder: Path, size: str, *options: str) -> list[str]:
    """All pictures of one size; gives their names, without ending."""
    folder.mkdir(parents=True, exist_ok=True)
    with start_virtual_display(size) as display:
        command = ["-m", "tests.screens.stand", "--size", size, "--to", str(folder), "--pictures"]
        command += options
        subprocess.run([sys.executable, *command], env=display.environment, cwd=ROOT, check=True)
    return list(json.loads((folder / size / "measured.json").read_text()))


def looks(folder: Path, size: str) -> Iterator[tuple[Path, list[str]]]:
    """The folders of everything beside the usual look, and the pictures in each."""
    width_px, height_px = map(int, size.split("x"))
    if Pane.of(width_px, height_px).has_text_size:
        large = folder / "large-text"
        yield large, take_pictures(large, size, "--large-text")
    for groups, topics in EXTREMES:
        extreme = folder / f"{groups}-groups-{topics}-topics"
        extreme.mkdir(parents=True, exist_ok=True)
        profile = extreme_profile(extreme, groups, topics)
        yield extreme, take_pictures(extreme, size, "--profile", f"{profile}:de")


def index(pictures: dict[str, list[str]]) -> str:
    """A page with all pictures, one section for each size and language."""
    parts = [f"<!doctype html><meta charset=utf-8><title>Radhaus</title><style>{_STYLE}</style>"]
    for size, names in pictures.items():
        for language in dict.fromkeys(name.partition("/")[0] for name in names):
            parts.append(f"<h2>{size}, {escape(language)}</h2>")
            parts += [
                f'<figure><img loading=lazy src="{size}/{name}.png" alt="">'
                f"<figcaption>{escape(name)}</figcaption></figure>"
                for name in names
                if name.startswith(f"{language}/")
            ]
    return "\n".join(parts)


def renew_docs(folder: Path) -> None:
    """Small copies for the README."""
    for name, source in IN_DOCS.items():
        with Image.open(folder / SIZES[0] / f"{source}.png") as picture:
            height_px = picture.height * DOCS_WIDTH_PX // picture.width
            small = picture.resize((DOCS_WIDTH_PX, height_px), Image.Resampling.LANCZOS)
        colours = small.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        colours.save(ROOT / "docs" / "pictures" / f"{name}.png", optimize=True)


@click.command()
@click.option("--docs", is_flag=True, help="Renew the pictures in docs/pictures too.")
@click.option("--size", "sizes", multiple=True, default=SIZES, help="Only this size.")
def main(sizes: tuple[str, ...], *, docs: bool) -> None:
    """Take pictures of every screen in every language and size."""
    folder = ROOT / "var" / "gallery"
    pictures = {}
    for size in sizes:
        pictures[size] = take_pictures(folder, size)
        click.echo(f"{size}: {len(pictures[size])} pictures")
        sheets = folder / "sheets"
        write_contact_sheets(folder / size, pictures[size], sheets)
        for look, names in looks(folder, size):
            write_contact_sheets(look / size, names, sheets / look.name)
            click.echo(f"{size}, {look.name}: {len(names)} pictures")
    (folder / "index.html").write_text(index(pictures))
    if docs:
        renew_docs(folder)
    click.echo(f"Look at {folder / 'index.html'}, or at the contact sheets in {folder / 'sheets'}")


if __name__ == "__main__":
    main()
