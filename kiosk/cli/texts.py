"""`kiosk texts`: the words in every language."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from kiosk.cli.common import json_option
from kiosk.operate.text_check import profile_text_faults, text_faults
from kiosk.settings.texts import Texts


@click.group()
def command() -> None:
    """The words on glass, paper and call display."""


@command.command()
@json_option
def check(*, as_json: bool) -> None:
    """Say what is missing, does not fit or cannot be drawn, one line each."""
    found = [*text_faults(), *profile_text_faults()]
    if as_json:
        click.echo(json.dumps([asdict(fault) for fault in found], ensure_ascii=False))
    else:
        for fault in found:
            click.echo(str(fault), err=True)
    if found:
        sys.exit(1)
    if not as_json:
        texts = Texts.load()
        names = ", ".join(texts.name(language) for language in texts.languages)
        click.echo(f"All texts are there in {len(texts.languages)} languages: {names}.")
