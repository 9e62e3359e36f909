"""The bar names the languages most used, by what is published and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.counts import ledger
from kiosk.domain.ids import LanguageCode
from kiosk.service import citizens, visits
from kiosk.service.office import Office
from kiosk.service.used_languages import PERIODS, languages_by_use
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.layout.theme import Pane
from tests.export.closed import a_period
from tests.touch.test_flow import Walk
from tests.town import JOBS, MARKET, TOWN, TURKISH

if TYPE_CHECKING:
    from tests.town import TownClock

CODES = tuple(LanguageCode(code) for code in ("de", "de-x-ls", "en", "tr", "ar", "uk", "pl"))
MANY = replace(TOWN, languages=CODES)


def close_periods(office: Office, *counts: dict[str, int]) -> None:
    with office.database.write() as connection:
        for place, languages in enumerate(counts):
            period = a_period(f"202{place}-Q1")
            period.tables["languages"] = [((code,), count) for code, count in languages.items()]
            ledger.append(connection, period)


def test_the_most_used_come_first_and_others_move_nothing(office: Office) -> None:
    office = Office(office.database, MANY)
    close_periods(office, {"de": 90, "uk": 40, "others": 60, "not_said": 20}, {"ar": 50, "uk": 5})
    assert office.read(languages_by_use) == ("de", "ar", "uk")


def test_old_periods_and_languages_that_left_the_profile_count_for_nothing(office: Office) -> None:
    office = Office(office.database, MANY)
    close_periods(office, {"pl": 900}, *[{"sq": 70, "tr": 10}] * PERIODS)
    assert office.read(languages_by_use) == ("tr",)


def test_no_visit_moves_the_names_before_its_period_is_closed(
    office: Office, clock: TownClock
) -> None:
    visits.open_visit(office, MARKET, None, clock())
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, TURKISH), clock())
    visits.close_visit(office, clock(), expected=None)
    assert office.read(languages_by_use) == ()


def names(language: str, *used: str) -> list[str]:
    walk = Walk(profile=MANY)
    codes = tuple(LanguageCode(code) for code in used)
    setup = GlassSetup(MANY, Texts.load(), walk.flow, Pane.of(1280, 800), used_languages=codes)
    view = present(replace(walk.state, language=LanguageCode(language)), setup)
    return [e.text for e in view.elements if e.id.startswith("language.")]


def test_german_comes_first_and_the_language_in_use_never() -> None:
    assert names("de", "ar", "pl", "en") == ["العربية", "Polski", "English"]
    assert names("ar", "ar", "pl", "en") == ["Deutsch", "Polski", "English"]
    assert names("pl") == ["Deutsch", "English", "Türkçe"], "without counts as the profile has it"
