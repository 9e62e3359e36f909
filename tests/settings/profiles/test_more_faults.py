"""Faults in what a profile may leave out: directory, timetable, single topics, the box."""

from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from kiosk.settings import profiles
from kiosk.settings.profiles.advice_offers import OFTEN_SPOKEN
from tests.settings.profiles.example import SMALLEST, faults_of

FULL = (
    SMALLEST
    + """
[[topics]]
id = "miete"
group = "housing"
contingent = 12
label = { de = "Miete", en = "Rent" }

[[directory]]
id = "rathaus"
name = "Rathaus"
address = "Platz 1, 45000 Stadt"
phone = "115"
email = "rat@stadt.example"
website = "https://www.stadt.example/rat"
hours = ["mo-fr 09:00-12:00", "tu,th 14:00-18:00"]
languages = ["de", "tr"]
groups = ["housing"]
needs = ["geld"]
[directory.about]
de = "Hilft bei Anträgen."
en = "Helps with forms."

[[timetable]]
stop = "market"
weekday = "tu"
every_weeks = 2
first = "2026-11-24"
until_date = "2027-03-30"
begins = "10:00"
ends = "12:00"
topics = ["miete"]

[[timetable]]
stop = "market"
date = "2026-12-02"
begins = "09:30"
ends = "13:00"

[[needs]]
id = "geld"
pictogram = "euro"
label = { de = "Geld", en = "Money" }
"""
)


def test_everything_that_may_be_left_out_is_read(tmp_path: Path) -> None:
    file = tmp_path / "full.toml"
    box = 'without = ["lamp"]\nbus_network = "http://10.42.0.1:8080"\n'
    file.write_text(box + FULL)
    profile = profiles.load_profile(str(file))
    assert profile.without == ("lamp",)
    assert profile.topic("miete").contingent == 12
    assert profile.offer("rathaus").hours == ("mo-fr 09:00-12:00", "tu,th 14:00-18:00")
    assert [planned.every_weeks for planned in profile.timetable] == [2, 1]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("12\nlabel", "0\nlabel", '33: topic "miete", contingent: must be from 1 to 999, not 0'),
        ("12\nlabel", '"12"\nlabel', '33: topic "miete", contingent: must be a whole number'),
        ("12\nlabel", "12\nby_appointment = true\nlabel", "gives no numbers to walk-ins; leave it"),
        ('"115"', '"12"', '40: directory "rathaus", phone: "12" is no telephone number; write it'),
        ('"115"', '"call me"', '"call me" is no telephone number; write it as in "0209 1690"'),
        ("rat@stadt", "rat-stadt", 'email: "rat-stadt.example" is no e-mail address; write it'),
        ("https://www.st", "www.st", 'website; write it as in "https://www.stadt.example/rat"'),
        ("mo-fr 09:00", "mon-fri 09:00", '43: directory "rathaus", hours, entry 1: "mon" is no'),
        ("mo-fr 09:00-12:00", "9 bis 12", '"9 bis 12" has not the form of "mo-fr 09:00-12:00"'),
        ("mo-fr 09:00", "fr-mo 09:00", '"fr-mo" runs backwards: the week begins with "mo"'),
        ("mo-fr 09:00-12", "mo-fr 19:00-12", '"mo-fr 19:00-12:00" ends before it begins'),
        ("mo-fr 09:00", "mo-fr 9:00", '"9:00" is no time such as "09:30"; write it as in'),
        ('["de", "tr"]', '["de", "türkisch"]', '"türkisch" is no code of a language; write it as'),
        ('["de", "tr"]', '["de", "de"]', '44: directory "rathaus", languages: names a language'),
        ('en = "Helps with forms."\n', "", 'directory "rathaus", about: "en" is missing; add en'),
        ("Helps with forms.", "x" * 161, "about.en: is 161 characters long, more than 160"),
        ('"tr"]\ngroups = ["housing"]', '"tr"]\ngroups = ["x"]', 'groups: there is no group "x"'),
        ('stop = "market"', 'stop = "markt"', "52: timetable, entry 1, stop: there is no stop"),
        ('topics = ["miete"]', 'topics = ["mieten"]', 'no topic "mieten"; did you mean "miete"?'),
        ('topics = ["miete"]', 'partners = ["x"]', "59: timetable, entry 1, partners: there is no"),
        ('topics = ["miete"]', 'topics = ["miete", "miete"]', 'names "miete" twice; leave'),
        ('weekday = "tu"', 'weekday = "di"', '53: timetable, entry 1, weekday: "di" is no weekday'),
        ('weekday = "tu"\n', "", "timetable, entry 1: has neither date nor weekday; add date ="),
        ('weekday = "tu"', 'date = "2026-12-01"\nweekday = "tu"', "has both a date and a weekday"),
        ("every_weeks = 2", "every_weeks = 9", "every_weeks: must be from 1 to 8, not 9"),
        ('first = "2026-11-24"\n', "", 'every 2 weeks, but from when?; add first = "2026-11-24"'),
        ("2026-11-24", "2026-11-25", 'first: 2026-11-25 is no "tu"; that day is a "we"'),
        ("2027-03-30", "2026-03-30", "until_date: 2026-03-30 is before 2026-11-24; exchange"),
        ("2027-03-30", "2027-02-30", '"2027-02-30" is no day such as "2026-11-24"'),
        ("2026-12-02", "02.12.2026", '"02.12.2026" is no day such as "2026-11-24"'),
        ('ends = "12:00"', 'ends = "10:00"', '58: timetable, entry 1, ends: "10:00" is not after'),
        ('ends = "13:00"', 'ends = "25:00"', 'ends: "25:00" is no time such as "09:30"'),
        ('date = "2026-12-02"', 'date = "2026-12-02"\nevery_weeks = 1', "for entries with"),
        ('groups = ["housing"]', 'topics = ["wohngeld"]', '30: topic "miete": no desk handles it'),
        ('groups = ["housing"]', 'topics = ["wohn"]', 'there is no topic "wohn"; did you mean "wo'),
        ('groups = ["housing"]', "", '6: desk "1": handles nothing; add groups = ["..."] or'),
        ('needs = ["geld"]', 'needs = ["gelt"]', 'there is no need "gelt"; did you mean "geld"'),
        ('needs = ["geld"]', "", "meets no need, so nobody would find it at the glass"),
        ('needs = ["geld"]', "", 'no entry of the directory meets it; add "geld" to the needs'),
        ('pictogram = "euro"', 'pictogram = "coin"', 'there is no pictogram "coin"'),
        ('"05513000"', '"05513000"\narea = "5 5"', '15: stop "market", area: "5 5" is no key'),
    ],
)  # fmt: skip
def test_one_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in FULL
    assert fault in "\n".join(faults_of(tmp_path, FULL.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("by_appointment = 1", "1: by_appointment: must be true or false, not a whole number"),
        ("appointment_grace_min = 121", "1: appointment_grace_min: must be from 0 to 120, not 121"),
        ('without = ["prnter"]', 'without: there is no device "prnter"; did you mean "printer"?'),
        ('bus_network = "10.42.0.1"', '"10.42.0.1" is no address of a box: http:// or https://, a'),
        ('bus_network = "http://10.42.0.1:99999"', 'write it as in "http://10.42.0.1:8080"'),
        ('bus_network = "http://bus.example/t/"', 'write it as in "http://bus.example"'),
        (
            "numbers_by_phone = true",
            "numbers_by_phone: phones can draw no numbers, for there is no",
        ),
        (f'bus_wifi = "{"ü" * 17}"', "bus_wifi: "),
        ('bus_wifi_password = "short"', "bus_wifi_password: is no password of a Wi-Fi: 8 to 63"),
        ('bus_network = "ftp://bus.example"', 'write it as in "http://10.42.0.1:8080"'),
    ],
)
def test_one_fault_of_the_box(tmp_path: Path, line: str, fault: str) -> None:
    assert fault in "\n".join(faults_of(tmp_path, f"{line}\n{FULL}"))


def test_a_topic_is_handled_by_its_group_or_by_name(tmp_path: Path) -> None:
    by_name = FULL.replace('groups = ["housing"]', 'topics = ["wohngeld", "miete"]', 1)
    assert faults_of(tmp_path, by_name) == []


@given(data=st.data())
def test_whatever_is_torn_out_or_put_in_is_either_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Line by line, and values exchanged for others, so that most of it remains TOML."""
    lines = FULL.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    key, equals, _ = lines[at].partition(" = ")
    value = data.draw(st.sampled_from(["0", "-1", '""', "[]", "[3]", "{}", "true", '["", "x"]']))
    lines[at] = f"{key} = {value}" if equals else data.draw(st.sampled_from(["", "[[topics]]"]))
    del lines[data.draw(st.integers(0, len(lines) - 1))]
    faults_of(tmp_path_factory.mktemp("torn"), "\n".join(lines))


def test_babel_has_a_name_for_each_language_about_which_it_is_not_asked() -> None:
    assert {str(code) for code in Locale("de").languages} >= OFTEN_SPOKEN
