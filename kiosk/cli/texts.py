"""`kiosk texts`: the words in every language."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from hardware.speech.port import clip_name
from kiosk.cli.common import json_option
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import LanguageCode
from kiosk.domain.soft_hyphen import without_soft_hyphens
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


@command.command()
@click.argument("language")
def clips(language: str) -> None:
    """List the sentences that can be recorded for the voice of the glass, with their files."""
    texts = Texts.load()
    if language not in texts.languages:
        raise Unknown("language", language, tuple(texts.languages))
    forms = texts.translations[LanguageCode(language)].forms.values()
    sentences = {without_soft_hyphens(text) for each in forms for text in each if "{" not in text}
    for sentence in sorted(sentences):
        click.echo(f"{clip_name(sentence)}.wav\t{sentence}")
