"""`kiosk texts`: the words in every language."""

from __future__ import annotations

import sys

import click

from kiosk.operate.text_check import text_faults
from kiosk.settings.texts import Texts


@click.group()
def command() -> None:
    """The words on glass, paper and call display."""


@command.command()
def check() -> None:
    """Say what is missing, does not fit or cannot be drawn, one line each."""
    found = text_faults()
    for fault in found:
        click.echo(fault, err=True)
    if found:
        sys.exit(1)
    texts = Texts.load()
    names = ", ".join(texts.name(language) for language in texts.languages)
    click.echo(f"All texts are there in {len(texts.languages)} languages: {names}.")
