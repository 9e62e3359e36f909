"""What every shipped profile keeps: it fits, it is easy to read, a person is there."""

from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.domain.directory import AdviceOffer, Need
from kiosk.domain.hours import WEEKDAYS
from kiosk.domain.planned_hours import PlannedHours
from kiosk.domain.profile import Desk, Profile, Stop, Topic, TopicGroup
from kiosk.domain.survey import SurveyChoice, SurveyQuestion
from kiosk.drawing.fonts import letters_missing
from kiosk.drawing.paper.draw import WIDTH_PX, draw_sheet
from kiosk.drawing.paper.sheet import information_sheet
from kiosk.operate.text_check.leichte_sprache import hard_to_read
from kiosk.operate.text_check.room import torn_labels
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.system.paths import ASSETS

SHIPPED = {name: profiles.load_profile(name) for name in profiles.available_profiles()}
DESCRIBED = (
    *(Profile, TopicGroup, Topic, Stop, Desk, Need, AdviceOffer, PlannedHours),
    *(SurveyQuestion, SurveyChoice),
)
MOST_ON_A_SCREEN = 6
FEWEST_OFFERS = 6
LONGEST_SHEET_PX = 1600
"""20 cm, at 8 dots a millimetre."""

AGS = {
    "bochum": "05911000",
    "essen": "05113000",
    "essen-koffer": "05113000",
    "gelsenkirchen": "05513000",
    "plochingen": "08116056",
    "wuppertal": "05124000",
}

AREAS_OF_BOCHUM = {
    "Querenburg": "55",
    "Hamme": "16",
    "Kruppwerke": "15",
    "Wattenscheid-Mitte": "25",
}
"""The four quarters of the paper, and their statistical districts."""

every_profile = pytest.mark.parametrize("profile", SHIPPED.values(), ids=SHIPPED)


def _labels(profile: Profile) -> list[tuple[str, str, str]]:
    named = [(str(group.id), group.label) for group in profile.groups]
    named += [(str(topic.id), topic.label) for topic in profile.topics]
    return [(name, language, text) for name, label in named for language, text in label.items()]


def _everything_written(profile: Profile) -> list[tuple[str, str, str]]:
    about = [
        (str(offer.id), language, text)
        for offer in profile.directory
        for language, text in offer.about.items()
    ]
    owners = [(str(group.id), group.bring) for group in profile.groups]
    owners += [(str(topic.id), topic.bring) for topic in profile.topics]
    bring = [(name, language, text) for name, texts in owners for language, text in texts.items()]
    return _labels(profile) + about + bring


def test_the_five_services_and_the_suitcase_are_shipped() -> None:
    assert set(SHIPPED) == set(AGS)


@every_profile
def test_a_label_fits_on_its_button_in_two_lines(profile: Profile) -> None:
    assert torn_labels(profile) == []


@every_profile
def test_one_screen_asks_at_most_six_things(profile: Profile) -> None:
    counts = [sum(topic.group == group.id for topic in profile.topics) for group in profile.groups]
    assert max(len(counts), *counts) <= MOST_ON_A_SCREEN


@every_profile
def test_leichte_sprache_is_a_text_of_its_own_and_easy(profile: Profile) -> None:
    written = _everything_written(profile)
    easy = [text for _, language, text in written if language == "de-x-ls"]
    assert [fault for text in easy for fault, _ in hard_to_read(text)] == []
    german = [text for _, language, text in written if language == "de"]
    assert len(set(easy) - set(german)) > len(easy) / 2


@every_profile
def test_every_letter_can_be_drawn(profile: Profile) -> None:
    missing = {text: letters_missing(text) for _, _, text in _everything_written(profile)}
    assert {text: letters for text, letters in missing.items() if letters} == {}


@every_profile
def test_no_two_buttons_of_a_screen_say_the_same(profile: Profile) -> None:
    screens = [[group.label for group in profile.groups]] + [
        [topic.label for topic in profile.topics if topic.group == group.id]
        for group in profile.groups
    ]
    for language in profile.languages:
        for screen in screens:
            labels = [label[language] for label in screen]
            assert len(set(labels)) == len(labels), (language, labels)


@every_profile
def test_each_topic_group_has_its_own_colour_and_pictogram(profile: Profile) -> None:
    for key in ("colour", "pictogram"):
        shown = [getattr(group, key) for group in profile.groups]
        assert len(set(shown)) == len(shown), shown


@every_profile
def test_every_profile_offers_a_topic_for_the_unsure(profile: Profile) -> None:
    assert any(topic.id == "orientierung" for topic in profile.topics)
    handled = set[str]().union(*(profile.topics_of_desk(desk.id) for desk in profile.desks))
    assert handled == {topic.id for topic in profile.topics}


@every_profile
def test_the_directory_leads_somewhere_from_every_topic_group(profile: Profile) -> None:
    assert len(profile.directory) >= FEWEST_OFFERS
    for group in profile.groups:
        assert any(not offer.groups or group.id in offer.groups for offer in profile.directory)
    for offer in profile.directory:
        assert "de" in offer.languages, offer.id


@every_profile
def test_every_stop_lies_in_the_city(profile: Profile) -> None:
    assert {stop.ags for stop in profile.stops} == {AGS[profile.id]}


@every_profile
def test_the_timetable_reaches_stops_on_working_days(profile: Profile) -> None:
    assert profile.timetable
    assert {planned.weekday for planned in profile.timetable} <= {"", *WEEKDAYS[:5]}


@every_profile
def test_the_longest_sheet_has_a_bounded_length(profile: Profile) -> None:
    texts, narrow_px = Texts.load(), min(WIDTH_PX.values())
    fullest = max(profile.directory, key=lambda offer: len(str(offer)))
    for language in profile.languages:
        sheet = draw_sheet(information_sheet([fullest], profile, language, texts), narrow_px)
        assert sheet.height <= LONGEST_SHEET_PX, (fullest.id, language)


@every_profile
def test_what_to_bring_is_said_of_some_topics(profile: Profile) -> None:
    assert any(topic.bring for topic in profile.topics)


def test_each_service_uses_what_its_day_needs() -> None:
    bochum = SHIPPED["bochum"]
    assert [desk.id for desk in bochum.desks if "geld" in desk.groups] == ["1", "2"]
    assert [desk.id for desk in bochum.desks if "arbeit" in desk.groups] == ["3"]
    assert bochum.stop("querenburg-via-ruhr").area == "554"
    assert {stop.district: stop.area[:2] for stop in bochum.stops} == AREAS_OF_BOCHUM
    assert {planned.every_weeks for planned in bochum.timetable if planned.weekday} == {2, 4}
    assert {"printer", "buttons"} <= set(SHIPPED["essen-koffer"].without)
    assert len(SHIPPED["plochingen"].directory) == max(
        len(profile.directory) for profile in SHIPPED.values()
    )
    hours = [(each.weekday, each.begins, each.ends) for each in SHIPPED["wuppertal"].timetable]
    assert hours == [("tu", "10:00", "12:00"), ("th", "15:00", "17:00")]


def test_some_shipped_profile_shows_every_key() -> None:
    """A key that no example uses is untried."""
    for field in fields(Profile):
        if field.name not in {"colours", "bus_wifi_password", "numbers_by_phone"}:  # a bus's own
            values = [getattr(profile, field.name) for profile in SHIPPED.values()]
            assert any(values), field.name


def test_the_examples_of_the_handbook_make_a_profile(tmp_path: Path) -> None:
    page = (ASSETS.parent / "docs" / "profiles.md").read_text(encoding="utf-8")
    lines = [line[4:] for line in page.splitlines() if line.startswith("    ") or not line]
    examples = "\n".join(line for line in lines if not line.startswith("kiosk "))
    file = tmp_path / "my-bus.toml"
    file.write_text(examples, encoding="utf-8")
    profile = profiles.load_profile(str(file))
    assert profile.directory
    assert profile.timetable
    missing = {field.name for kind in DESCRIBED for field in fields(kind) if field.name not in page}
    assert not missing
