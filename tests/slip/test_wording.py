"""A slip speaks the citizen's language and never tells a wrong date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kiosk import profiles
from kiosk.service import front_desk, service_day, slip_desk
from kiosk.slip.wording import ticket_slip
from kiosk.texts import Texts
from tests.town import GERMAN, JOBS, MARKET, TOWN, TownClock

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.service.office import Office
    from kiosk.service.slip_desk import SlipJob

TEXTS = Texts.load()


@pytest.fixture
def job(office: Office, clock: TownClock) -> SlipJob:
    service_day.open_visit(office, MARKET, None, clock())
    front_desk.take_ticket(office, JOBS, GERMAN, clock())
    job = slip_desk.begin_slip(office, clock())
    assert job is not None
    return job


def test_tells_place_number_topic_and_queue(job: SlipJob, clock: TownClock) -> None:
    slip = ticket_slip(job, TOWN, TEXTS, clock(), UTC)
    assert (slip.place, slip.number, slip.topic) == ("Markt", "A-001", "Stelle finden")
    assert slip.ahead == "Niemand ist vor Ihnen"
    assert slip.date == "22.11.2026, 09:00"
    assert not slip.mark


def test_counts_people_in_the_grammar_of_the_language(job: SlipJob, clock: TownClock) -> None:
    one, five = (ticket_slip(replace(job, ahead=n), TOWN, TEXTS, clock()) for n in (1, 5))
    assert (one.ahead, five.ahead) == ("1 Person vor Ihnen", "5 Personen vor Ihnen")


def test_no_date_before_the_clock_is_set(job: SlipJob, clock: TownClock) -> None:
    clock.trusted = False
    assert ticket_slip(job, TOWN, TEXTS, clock()).date == ""


@pytest.mark.parametrize("language", profiles.load("gelsenkirchen").languages)
def test_every_language_of_a_profile_has_a_whole_slip(
    job: SlipJob, clock: TownClock, language: LanguageCode
) -> None:
    gelsenkirchen = profiles.load("gelsenkirchen")
    topic = gelsenkirchen.topics[0]
    ticket = replace(job.ticket, language=language, topic=topic.id)
    slip = ticket_slip(replace(job, ticket=ticket, ahead=3), gelsenkirchen, TEXTS, clock())
    assert all((slip.heading, slip.topic, slip.ahead, slip.hint))
    assert slip.right_to_left == (language == "ar")
