"""The sheets for staff as PDF files: emergency card and guide of one bus, printed from its pages.

`python -m tests.gallery.handouts [--profile NAME] [--name NAME] [--help-desk TEXT] [--to DIR]`
"""

import tempfile
from pathlib import Path

import click

from kiosk.console.http.context import Equipment
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.store.database import Database
from tests.browser import launched
from tests.console.box import running_box
from tests.console.conftest import log_in
from tests.town import TownClock

SHEETS = {"emergency-card": "notfallkarte", "guide": "kurzanleitung"}
"""The files are called as staff call the sheets."""


@click.command()
@click.option("--profile", default="gelsenkirchen", show_default=True, help="Name, or a file.")
@click.option("--name", default="", help="What the box is called; else a line to fill in.")
@click.option("--help-desk", default="", help="Whom staff call; else a line to fill in.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("dist"))
def main(profile: str, name: str, help_desk: str, folder: Path) -> None:
    """Write both sheets of a profile."""
    folder.mkdir(parents=True, exist_ok=True)
    service = profiles.load_profile(profile)
    equipment = Equipment(help_desk=help_desk, box_name=name)
    with tempfile.TemporaryDirectory() as data:
        database = Database.create(Path(data, "kiosk.db"))
        with (
            running_box(Office(database, service), TownClock(), equipment=equipment) as box,
            launched() as browser,
            browser.new_context(base_url=box.url) as context,
        ):
            log_in(context, box)
            page = context.new_page()
            for path, german in SHEETS.items():
                page.goto(f"/staff/{path}")
                file = folder / f"{german}-{service.id}.pdf"
                page.pdf(path=file, prefer_css_page_size=True)
                click.echo(f"Written: {file}")
        database.close()


if __name__ == "__main__":
    main()
