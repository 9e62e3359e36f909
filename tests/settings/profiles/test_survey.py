"""Faults in the survey questions, each with line and suggestion, and which is asked when."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.ids import StopId
from kiosk.domain.survey import is_low_score, planned_question
from kiosk.settings import profiles
from tests.settings.profiles.example import SMALLEST, faults_of

STOP = StopId("market")
SURVEYING = (
    SMALLEST
    + """
[[survey_questions]]
id = "summer"
text = { de = "Was fehlt?", en = "What is missing?" }
last_day = "2026-08-31"
answers = [
    { id = "trees", label = { de = "Bäume", en = "Trees" } },
    { id = "benches", label = { de = "Bänke", en = "Benches" } },
]

[[survey_questions]]
id = "autumn"
text = { de = "Was war nicht gut?", en = "What was not good?" }
first_day = "2026-09-01"
after = "low-score"
answers = [
    { id = "wait", label = { de = "Das Warten", en = "The wait" } },
    { id = "other", label = { de = "Anderes", en = "Something else" } },
]
"""
)
ANSWERS_OF_SUMMER = SURVEYING.partition("answers = [\n")[2].partition("]\n")[0]


def test_a_question_is_asked_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    file = tmp_path / "surveying.toml"
    file.write_text(SURVEYING)
    questions = profiles.load_profile(str(file)).survey_questions
    asked = {
        day: planned_question(questions, STOP, date.fromisoformat(day))
        for day in ("2026-01-01", "2026-08-31", "2026-09-01", "2030-01-01")
    }
    assert [question and question.id for question in asked.values()] == [
        *("summer", "summer", "autumn", "autumn")
    ]


def test_a_question_of_some_stops_is_asked_nowhere_else(tmp_path: Path) -> None:
    file = tmp_path / "surveying.toml"
    file.write_text(SURVEYING.replace('after = "low-score"', 'stops = ["market"]'))
    questions = profiles.load_profile(str(file)).survey_questions
    day = date(2026, 10, 1)
    assert planned_question(questions, STOP, day)
    assert planned_question(questions, StopId("elsewhere"), day) is None


def test_a_low_score_is_one_below_the_middle_of_its_scale() -> None:
    low = {n: [s for s in range(1, n + 1) if is_low_score(s, n)] for n in (3, 4, 5)}
    assert low == {3: [1], 4: [1, 2], 5: [1, 2]}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "autumn"', 'id = "summer"', 'survey_question "summer", id: is used twice'),
        ('id = "benches"', 'id = "trees"', 'answer "trees", id: is used twice'),
        (ANSWERS_OF_SUMMER, "", "answers: must be from 2 to 5, not 0"),
        ("last_day", "lst_day", 'lst_day: unknown key; did you mean "last_day"?'),
        ("2026-08-31", "31.08.2026", 'last_day: "31.08.2026" is no day such as "2026-11-24"'),
        ('"low-score"', '"bad"', 'after: cannot be "bad"'),
        ('after = "low-score"', 'stops = ["mars"]', 'stops: there is no stop "mars"'),
        (', en = "Benches"', "", 'answer "benches", label: "en" is missing'),
        (', en = "What is missing?"', "", 'text: "en" is missing'),
        ("Das Warten", "Das Warten auf den Aufruf der Nummern", "label.de: has 37 letters"),
        (
            'first_day = "2026-09-01"',
            'first_day = "2026-08-31"',
            'survey_question "autumn": would be asked at every stop on 2026-08-31, as "summer" is',
        ),
        (
            'first_day = "2026-09-01"',
            'stops = ["market"]',
            'would be asked at "market" from the first day on, as "summer" is: one question at a',
        ),
        (
            'first_day = "2026-09-01"',
            'first_day = "2026-09-01"\nlast_day = "2026-08-01"',
            "last_day: 2026-08-01 is before 2026-09-01; exchange them",
        ),
    ],
)
def test_every_fault_is_named_with_a_remedy(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in SURVEYING
    found = faults_of(tmp_path, SURVEYING.replace(old, new, 1))
    assert any(fault in line for line in found), found


@pytest.mark.parametrize("name", ["essen", "wuppertal"])
def test_the_ready_questions_are_asked_in_every_language(name: str) -> None:
    profile = profiles.load_profile(name)
    (question,) = profile.survey_questions
    labels = [question.text, *(answer.label for answer in question.answers)]
    assert all(set(label) == set(profile.languages) for label in labels)
