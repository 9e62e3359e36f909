"""A slip speaks the citizen's language and never tells a wrong date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.ids import CopyId
from kiosk.drawing.paper.slip_words import ticket_slip
from kiosk.service import citizens, visits
from kiosk.service.slips import SLIPS
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from tests.town import GERMAN, JOBS, MARKET, RENT, TOWN, TownClock

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.service.office import Office
    from kiosk.service.slips import SlipJob

TEXTS = Texts.load()


@pytest.fixture
def job(office: Office, clock: TownClock) -> SlipJob:
    visits.open_visit(office, MARKET, None, clock())
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    job = SLIPS.begin(office, clock())
    assert job is not None
    return job


def test_shows_stop_number_group_and_queue(job: SlipJob, clock: TownClock) -> None:
    slip = ticket_slip(job, TOWN, TEXTS, clock())
    assert (slip.place, slip.number, slip.group) == ("Markt", "A-001", "Arbeit")
    assert slip.ahead == "Niemand ist vor Ihnen"
    assert slip.date == "22.11.2026, 10:00", "Berlin is an hour ahead of UTC"
    assert not slip.mark


def test_a_lost_slip_reveals_no_more_of_the_topic_than_its_number(
    job: SlipJob, clock: TownClock
) -> None:
    sent_on = replace(job, ticket=replace(job.ticket, topic=RENT))
    assert ticket_slip(sent_on, TOWN, TEXTS, clock()).group == "Arbeit"
    silent = replace(TOWN, number_shows_group=False)
    assert ticket_slip(job, silent, TEXTS, clock()).group == ""


def test_says_what_to_bring_for_the_group_never_for_the_topic(
    job: SlipJob, clock: TownClock
) -> None:
    work = replace(TOWN.groups[0], bring={GERMAN: "Ausweis."})
    jobs = replace(TOWN.topics[0], bring={GERMAN: "Lebenslauf."})
    town = replace(TOWN, groups=(work, *TOWN.groups[1:]), topics=(jobs, *TOWN.topics[1:]))
    slip = ticket_slip(job, town, TEXTS, clock())
    assert (slip.bring_heading, slip.bring) == ("Bitte bereithalten:", "Ausweis.")
    assert ticket_slip(job, replace(town, number_shows_group=False), TEXTS, clock()).bring == ""
    assert ticket_slip(job, TOWN, TEXTS, clock()).bring_heading == ""


def test_counts_people_in_the_grammar_of_the_language(job: SlipJob, clock: TownClock) -> None:
    one, five = (ticket_slip(replace(job, ahead=n), TOWN, TEXTS, clock()) for n in (1, 5))
    assert (one.ahead, five.ahead) == ("1 Person vor Ihnen", "5 Personen vor Ihnen")


def test_shows_the_wait_as_a_range_and_nothing_while_unknown(
    job: SlipJob, clock: TownClock
) -> None:
    waits = [
        ticket_slip(replace(job, estimate_min=minutes), TOWN, TEXTS, clock()).wait
        for minutes in (None, (10, 20), (0, 1), (5, 5))
    ]
    assert waits == [
        "",
        "Wartezeit etwa 10 bis 20 Minuten",
        "Wartezeit etwa 0 bis 1 Minute",
        "Wartezeit etwa 5 Minuten",
    ]


def test_says_where_the_code_leads(job: SlipJob, clock: TownClock) -> None:
    page = "http://10.42.0.1:8422/t/q7RkX2"
    number_alone = ticket_slip(job, TOWN, TEXTS, clock())
    assert (number_alone.link, number_alone.code_hint) == ("", "Der Code enthält nur Ihre Nummer.")
    to_the_page = ticket_slip(replace(job, link=page), TOWN, TEXTS, clock())
    assert to_the_page.link == page
    assert "Ihr Platz in der Reihe" in to_the_page.code_hint


def test_a_copy_says_so_in_the_language_of_the_slip(job: SlipJob, clock: TownClock) -> None:
    copy = replace(job, copy=CopyId(7))
    marks = {
        code: ticket_slip(
            replace(copy, ticket=replace(job.ticket, language=code)), TOWN, TEXTS, clock()
        ).mark
        for code in TOWN.languages
    }
    assert marks == {"de": "Kopie", "tr": "Kopya"}


def test_a_copy_for_a_ticket_no_longer_waiting_shows_no_place(
    job: SlipJob, clock: TownClock
) -> None:
    assert ticket_slip(replace(job, ahead=None), TOWN, TEXTS, clock()).ahead == ""


def test_no_date_before_the_clock_is_set(job: SlipJob, clock: TownClock) -> None:
    clock.trusted = False
    assert ticket_slip(job, TOWN, TEXTS, clock()).date == ""


@pytest.mark.parametrize("language", profiles.load_profile("gelsenkirchen").languages)
def test_every_language_of_a_profile_has_a_whole_slip(
    job: SlipJob, clock: TownClock, language: LanguageCode
) -> None:
    gelsenkirchen = profiles.load_profile("gelsenkirchen")
    topic = gelsenkirchen.topics[0]
    ticket = replace(job.ticket, language=language, topic=topic.id)
    slip = ticket_slip(replace(job, ticket=ticket, ahead=3), gelsenkirchen, TEXTS, clock())
    assert all((slip.heading, slip.group, slip.ahead, slip.hint))
    assert slip.right_to_left == (language in {"ar", "fa"})
