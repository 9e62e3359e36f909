"""Advice offers are found by need, and a helpline before everything else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.directory import AdviceOffer
from kiosk.domain.ids import GERMAN, LanguageCode, OfferId
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.state import Screen
from kiosk.touch.layout.theme import Pane
from tests.touch.test_flow import Walk
from tests.town import TENANTS, TOWN, TURKISH

if TYPE_CHECKING:
    from kiosk.touch.layout.view import Element

NEED = {GERMAN: "Hilfe bei Gewalt", TURKISH: "Şiddete destek"}
HELPLINE = AdviceOffer(
    OfferId("helpline"), "Hilfetelefon", {}, phone="116 016", need=NEED, helpline=True
)
WITH_HELPLINE = replace(TOWN, directory=(*TOWN.directory, HELPLINE), directory_sheet=True)


def offers(language: str) -> list[Element]:
    walk = Walk(profile=WITH_HELPLINE)
    state = replace(walk.state, screen=Screen.OFFERS, language=LanguageCode(language))
    setup = GlassSetup(WITH_HELPLINE, Texts.load(), walk.flow, Pane.of(1280, 800), printer=True)
    return [each for each in present(state, setup).elements if each.id.startswith("offer")]


def test_the_helpline_stands_first_whatever_the_order_of_the_profile() -> None:
    assert [each.id for each in offers("tr")] == [
        "offer.helpline",
        "offers.paper",
        f"offer.{TENANTS}",
    ]


def test_the_need_is_in_the_language_of_the_reader_and_the_name_in_german() -> None:
    first, *_, last = offers("tr")
    assert (first.text, without_soft_hyphens(first.note)) == (NEED[TURKISH], "Hilfetelefon")
    assert first.say == f"{NEED[TURKISH]}. Hilfetelefon"
    assert (without_soft_hyphens(last.text), last.note) == ("Mieterverein", "")


@pytest.mark.parametrize("name", profiles.available_profiles())
def test_each_ready_profile_has_a_helpline_in_every_language(name: str) -> None:
    profile = profiles.load_profile(name)
    helplines = [offer for offer in profile.directory if offer.helpline]
    assert helplines
    for offer in helplines:
        assert offer.need.keys() >= set(profile.languages)
