"""The small town with survey questions: one after every smiley, and one after a low score."""

from dataclasses import replace

from kiosk.domain.ids import ChoiceId, QuestionId
from kiosk.domain.survey import SurveyChoice, SurveyQuestion
from tests.town import ESTATE, GERMAN, MARKET, TOWN, TURKISH

TREES, BENCHES = ChoiceId("trees"), ChoiceId("benches")
WAIT, OTHER = ChoiceId("wait"), ChoiceId("other")
QUARTER, NOT_GOOD = QuestionId("quarter"), QuestionId("not-good")
ASKS_QUARTER = SurveyQuestion(
    QUARTER,
    {GERMAN: "Was fehlt im Viertel?", TURKISH: "Mahallede ne eksik?"},
    (
        SurveyChoice(TREES, {GERMAN: "Bäume", TURKISH: "Ağaçlar"}),
        SurveyChoice(BENCHES, {GERMAN: "Bänke", TURKISH: "Banklar"}),
    ),
    last_day="2026-11-22",
    stops=(MARKET,),
)
ASKS_WHY = SurveyQuestion(
    NOT_GOOD,
    {GERMAN: "Was war nicht gut?", TURKISH: "Ne iyi değildi?"},
    (
        SurveyChoice(WAIT, {GERMAN: "Lange Wartezeit", TURKISH: "Uzun bekleme"}),
        SurveyChoice(OTHER, {GERMAN: "Etwas anderes", TURKISH: "Başka bir şey"}),
    ),
    stops=(ESTATE,),
    after="low-score",
)
SURVEYED = replace(TOWN, survey_questions=(ASKS_QUARTER, ASKS_WHY))
"""Asks at the market until the day on which the clock of the tests stands, at the estate why."""
