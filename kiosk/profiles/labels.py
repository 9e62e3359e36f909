"""What must hold for the languages of a profile and for what is written in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.profiles.problems import Findings, closest
from kiosk.profiles.rules import entries

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.profiles.lines import Path
    from kiosk.profiles.shape import Table

LONGEST_LABEL = 36
"""Letters on one button: two lines of 50 px text on half of a 1280 px screen."""

IN_EVERY_LANGUAGE = (("groups", "label"), ("topics", "label"), ("directory", "about"))


def check_labels(profile: Table, known: Collection[str], findings: Findings) -> None:
    """Each text in each language offered, each language `known`: one that has texts."""
    offered = [language for language in profile.get("languages", ()) if language]
    _check_languages(profile, offered, known, findings)
    for kind, key in IN_EVERY_LANGUAGE:
        for at, texts in entries(profile, kind, key):
            path = (kind, at, key)
            for language in offered:
                if language in known and language not in texts:
                    findings.add(path, f'"{language}" is missing', f'add {language} = "..."')
            _check_texts(texts, path, known, findings)


def _check_languages(
    profile: Table, offered: list[str], known: Collection[str], findings: Findings
) -> None:
    for language in offered:
        if language not in known:
            findings.add(
                ("languages",), f'there are no texts in "{language}"', closest(language, known)
            )
    if len(set(offered)) < len(offered):
        findings.add(("languages",), "names a language twice")
    if "languages" in profile and GERMAN not in offered:
        findings.add(("languages",), f'must have "{GERMAN}": staff pages are German')
    for language in profile.get("draft_languages", ()):
        if language and language not in offered:
            what = f'"{language}" is not offered'
            findings.add(("draft_languages",), what, closest(language, offered))


def _check_texts(
    texts: Mapping[str, str | None], path: Path, known: Collection[str], findings: Findings
) -> None:
    for language, text in texts.items():
        if language not in known:
            findings.add((*path, language), "unknown language", closest(language, known))
        elif path[-1] == "label" and (length := _letters(text)) > LONGEST_LABEL:
            what = f"has {length} letters, more than the {LONGEST_LABEL} that fit on a button"
            findings.add((*path, language), what, "shorten it")


def _letters(text: str | None) -> int:
    return len(without_soft_hyphens(text or ""))
