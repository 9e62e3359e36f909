"""Advice offers are found by need, a helpline before everything else, and left with one touch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.directory import AdviceOffer, Need
from kiosk.domain.ids import GERMAN, NeedId, OfferId, SheetId
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.addresses import MOST_AT_ONCE, by_need
from kiosk.touch.flow.inputs import NumberGiven, OfficeUnavailable, SheetQueued, VisitChanged
from kiosk.touch.flow.requests import ForgetWish, PrintSheet
from kiosk.touch.flow.state import ShownNumber
from kiosk.touch.layout.theme import Pane
from tests.touch.test_flow import OPEN, Walk
from tests.town import HOME, RENT, TENANTS, TOWN, TURKISH, WORK

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.touch.layout.view import View

VIOLENCE, WORRIES, MONEY = NeedId("violence"), NeedId("worries"), NeedId("money")
LABEL = {GERMAN: "Hilfe bei Gewalt", TURKISH: "Şiddete destek"}
HELPLINE = AdviceOffer(
    OfferId("helpline"), "Hilfetelefon", {}, phone="116 016", needs=(VIOLENCE,), helpline=True
)
DEBTS = AdviceOffer(OfferId("debts"), "Schuldnerhilfe", {}, groups=(HOME,), needs=(MONEY,))
CHAT = AdviceOffer(OfferId("chat"), "Beratung", {}, groups=(WORK,), needs=(MONEY, WORRIES))
NEEDS = (
    Need(MONEY, {GERMAN: "Geld", TURKISH: "Para"}, "euro"),
    Need(WORRIES, {GERMAN: "Sorgen", TURKISH: "Dertler"}, "heart"),
    Need(VIOLENCE, LABEL, "shield"),
)
FEW = replace(TOWN, directory=(*TOWN.directory, HELPLINE), needs=NEEDS, directory_sheet=True)
OTHERS = tuple(
    replace(CHAT, id=OfferId(f"chat-{place}"), groups=(WORK,)) for place in range(MOST_AT_ONCE - 3)
)
MANY = replace(FEW, directory=(*FEW.directory, DEBTS, CHAT, *OTHERS))


def shown(walk: Walk, profile: Profile, width: int = 1280, height: int = 800) -> View:
    """What stands on the glass now."""
    setup = GlassSetup(profile, Texts.load(), walk.flow, Pane.of(width, height), printer=True)
    return present(walk.state, setup)


def ids(view: View, *heads: str) -> list[str]:
    """The names of its elements of these kinds, in the order of reading."""
    return [each.id for each in view.elements if each.id.partition(".")[0] in heads]


def test_few_offers_are_shown_at_once_the_helpline_first() -> None:
    walk = Walk(profile=FEW)
    assert walk("language.tr", "start.offers")[-1] == "offers"
    view = shown(walk, FEW)
    assert ids(view, "offer", "offers") == ["offer.helpline", "offers.paper", f"offer.{TENANTS}"]
    first, last = view.element("offer.helpline"), view.element(f"offer.{TENANTS}")
    assert first
    assert (first.text, without_soft_hyphens(first.note)) == (LABEL[TURKISH], "Hilfetelefon")
    assert first.say == f"{LABEL[TURKISH]}. Hilfetelefon"
    assert last
    assert (without_soft_hyphens(last.text), last.note) == ("Mieterverein", "")


def test_of_many_offers_the_need_is_asked_first_and_the_most_urgent_stands_before_all() -> None:
    walk = Walk(profile=MANY)
    assert walk("start.offers") == ["needs"]
    view = shown(walk, MANY)
    assert ids(view, "need") == ["need.violence", "need.money", "need.worries"]
    assert ids(view, "offers") == ["offers.paper"]
    assert walk("need.money") == ["offers"]
    assert "offer.debts" in ids(shown(walk, MANY), "offer")
    assert "offer.helpline" not in ids(shown(walk, MANY), "offer")
    assert walk("offer.debts", "back", "back", "back") == ["offer", "offers", "needs", "start"]


def test_a_need_with_one_offer_leads_to_it_and_back_to_the_needs() -> None:
    walk = Walk(profile=MANY)
    assert walk("start.offers", "need.violence", "back") == ["needs", "offer", "needs"]


def test_a_topic_leads_to_its_own_offers_and_back_to_the_number() -> None:
    walk = Walk(profile=MANY)
    walk("start.number", "topic.rent", NumberGiven(ShownNumber("B-001", 2)))
    assert walk("offers.topic") == ["offers"]
    found = ids(shown(walk, MANY), "offer")
    assert found == ["offer.helpline", "offer.debts", f"offer.{TENANTS}"]
    assert walk("offer.debts", "back", "back") == ["offer", "offers", "number"]
    assert walk.state.topic == RENT


def test_an_address_on_paper_after_trouble_takes_no_number() -> None:
    walk = Walk(visit=replace(OPEN, contingents={RENT: 0}), profile=MANY)
    assert walk("start.number", "topic.rent", "offers.topic") == ["topics", "refused", "offers"]
    walk("offer.debts", "offer.paper", OfficeUnavailable())
    assert walk(VisitChanged(OPEN)) == ["offer"]
    assert [type(each) for each in walk.asked] == [PrintSheet]


@pytest.mark.parametrize(
    "way",
    [
        ("start.offers",),
        ("start.offers", "need.money"),
        ("start.offers", "need.violence"),
        ("start.offers", "need.money", "offer.debts"),
    ],
)
@pytest.mark.parametrize("size", [(800, 480), (720, 1280), (1280, 800)])
def test_any_address_is_left_with_one_touch_and_nothing_of_it_stays(
    way: tuple[str, ...], size: tuple[int, int]
) -> None:
    walk = Walk(profile=MANY)
    fresh = shown(walk, MANY, *size)
    walk("language.tr", "contrast", *way)
    view = shown(walk, MANY, *size)
    assert next(each for each in view.elements if each.width_px).id == "close"
    assert walk("close") == ["start"]
    assert walk.asked == [ForgetWish()]
    assert shown(walk, MANY, *size) == fresh


def test_what_was_printed_is_left_with_one_touch_at_the_same_place() -> None:
    walk = Walk(profile=MANY)
    walk("start.offers", "need.violence", "offer.paper", SheetQueued(SheetId(1)))
    assert next(each for each in shown(walk, MANY).elements if each.width_px).id == "sheet.done"
    assert walk("sheet.done") == ["start"]


@pytest.mark.parametrize("name", profiles.available_profiles())
def test_each_ready_profile_asks_for_a_need_and_has_a_helpline(name: str) -> None:
    profile = profiles.load_profile(name)
    assert by_need(profile, Walk(profile=profile).state)
    assert any(offer.helpline for offer in profile.directory)
    assert len(profile.needs) <= MOST_AT_ONCE
    for need in profile.needs:
        assert need.label.keys() >= set(profile.languages)
