"""What a report says of the figures, and what it refuses to say."""

from collections.abc import Sequence

import pytest
from msgspec import structs

from kiosk.counts.cell import Cell
from kiosk.counts.coarsening import LEAST_STOP, OTHERS
from kiosk.counts.ledger_entry import ClosedPeriod, LedgerDay, TopicNames, survey_names
from kiosk.export.report import demand, quality, talks
from kiosk.export.report.band import MOST_OFF, band_of, runs_without_difference
from kiosk.export.report.changes import NONE, change_in_words, periods_a_year_before, periods_before
from kiosk.export.report.merging import PeriodSum, sum_periods
from kiosk.export.report.page import overview
from tests.export.report.quarter import quarter
from tests.surveys import SURVEYED
from tests.town import ESTATE, HOME, MARKET, RENT


def with_table(period: ClosedPeriod, name: str, rows: Sequence[tuple[Cell, int]]) -> ClosedPeriod:
    return structs.replace(period, tables=period.tables | {name: list(rows)})


def test_the_overview_shows_people_days_and_people_a_day() -> None:
    period = quarter("2026-Q4", {MARKET: 200, ESTATE: 150}, not_held=1)
    told = overview(sum_periods([period]))
    assert (told.people.count, told.held, told.planned, told.missed) == (350, 20, 22, 2)
    assert (told.per_day.count, told.per_day.least, told.per_day.most) == (17.5, 17.3, 17.7)


def changed(before: int, now: int) -> str:
    """In words whose spaces part no line."""
    told = change_in_words(band_of(now), band_of(before))
    return told.replace("\N{NO-BREAK SPACE}", " ")


def test_a_change_within_rounding_is_not_reported() -> None:
    assert changed(100, 108) == f"= {NONE}"
    assert changed(100, 110) == "▲ 10 % mehr"
    assert changed(10_000, 10_030) == "▲ unter 1 % mehr"
    assert changed(10_030, 10_000) == "▼ unter 1 % weniger"
    assert changed(100, 75) == "▼ 25 % weniger"


def test_only_periods_of_the_same_length_are_compared() -> None:
    third, fourth = quarter("2026-Q3", {MARKET: 50}), quarter("2026-Q4", {MARKET: 60})
    part = structs.replace(third, period="2026-Q3.2", part=2)
    assert periods_before([fourth], [third, fourth]) == [third]
    assert periods_before([fourth], [part, fourth]) == ()
    assert periods_before([third], [third, fourth]) == ()


def test_a_year_before_is_the_same_quarter_of_the_year_before() -> None:
    closed = [quarter(unit, {MARKET: 50}) for unit in ("2025-Q4", "2026-Q3", "2026-Q4")]
    assert periods_a_year_before(closed[2:], closed) == closed[:1]
    assert periods_a_year_before(closed[1:], closed) == ()


def test_a_survey_is_told_by_its_words_those_without_an_answer_last() -> None:
    told = [(("quarter", "not_said"), 40), (("quarter", "trees"), 25), (("quarter", "benches"), 35)]
    names = structs.replace(quarter("2026-Q4", {}).names, survey=survey_names(SURVEYED))
    period = with_table(structs.replace(quarter("2026-Q4", {}), names=names), "survey", told)
    (result,) = quality.survey(period, 1)
    assert (result.question, result.asked) == ("Was fehlt im Viertel?", 100)
    rows = [(row.label, row.band.count) for row in result.answers]
    assert rows == [("Bänke", 35), ("Bäume", 25), ("keine Antwort", 40)]
    summed = sum_periods([period, structs.replace(period, period="2027-Q1", unit="2027-Q1")])
    assert [each.asked for each in quality.survey(summed.merged, 2)] == [200]


def test_stops_whose_bands_overlap_are_put_in_one_bracket() -> None:
    bands = [band_of(n) for n in (100, 93, 86, 40)]
    assert runs_without_difference(bands) == [(0, 1), (1, 2)]
    assert runs_without_difference([band_of(100), band_of(50)]) == []


def test_stops_are_ranked_by_people_a_day_and_the_others_come_last() -> None:
    period = quarter("2026-Q4", {MARKET: 200, ESTATE: 300, OTHERS: 400})
    stops = demand.stops_by_people(sum_periods([period]))
    assert [stop.code for stop in stops] == [ESTATE, MARKET, OTHERS]
    assert [stop.per_day.count for stop in stops[:2]] == [30, 20]


def test_a_stop_that_one_quarter_hides_among_others_may_have_had_more() -> None:
    hiding = quarter("2026-Q3", {MARKET: 200, OTHERS: 30})
    been = LedgerDay(hiding.first_day, ESTATE, planned=True, held=True)
    hiding = structs.replace(hiding, days=[*hiding.days, been])
    periods = [hiding, quarter("2026-Q4", {MARKET: 200, ESTATE: 50})]
    stops = {s.code: s for s in demand.stops_by_people(sum_periods(periods))}
    assert (stops[ESTATE].people.least, stops[ESTATE].people.count) == (50 - 2 * MOST_OFF, 50)
    assert stops[ESTATE].people.most == 50 + 2 * MOST_OFF + LEAST_STOP
    assert stops[MARKET].people.most == 400 + 2 * MOST_OFF
    assert (stops[ESTATE].days, stops[ESTATE].per_day.count) == (10, 5)


def test_where_the_bus_never_was_nothing_was_rounded() -> None:
    periods = [quarter("2026-Q3", {MARKET: 200, OTHERS: 30}), quarter("2026-Q4", {ESTATE: 50})]
    stops = {s.code: s for s in demand.stops_by_people(sum_periods(periods))}
    assert (stops[ESTATE].people.least, stops[ESTATE].people.most) == (46, 54)


def test_of_very_many_days_the_sums_alone_are_kept() -> None:
    periods = [quarter(unit, {MARKET: 200, ESTATE: 150}) for unit in ("2026-Q3", "2026-Q4")]
    few, all_ = PeriodSum(most_days=30), sum_periods(periods)
    for period in periods:
        few.add(period)
    told = few.finish()
    assert (told.has_days, told.merged.days, len(all_.merged.days)) == (False, [], 40)
    assert overview(told) == overview(all_)
    assert demand.stops_by_people(told) == demand.stops_by_people(all_)
    by_stop = demand.stops_by_people(all_)
    assert demand.weekdays_of_stops(told, by_stop) == demand.weekdays_of_stops(all_, by_stop)


def test_ten_topics_are_ranked_and_no_more() -> None:
    names = {f"t{n:02}": TopicNames(f"Thema {n:02}", "", HOME) for n in range(14)}
    asked = {f"t{n:02}": 10 + 5 * n for n in range(13)}
    period = quarter("2026-Q4", {MARKET: sum(asked.values())}, topics={OTHERS: 90} | asked)
    period = structs.replace(period, names=structs.replace(period.names, topics=names))
    rows = demand.topics_by_people(sum_periods([period]))
    ranked = [f"Thema {n:02}" for n in range(12, 2, -1)]
    assert [row.label for row in rows] == [*ranked, "Thema 00", "Thema 01", "Thema 02", "übrige"]
    assert demand.topics_of_few(period) == ["Thema 13"]


def test_hours_of_a_year_are_as_coarse_as_its_coarsest_quarter() -> None:
    fine = with_table(
        quarter("2026-Q3", {MARKET: 900}),
        "hours",
        [((MARKET, "10-12"), 500), ((MARKET, "14-16"), 400)],
    )
    rows = [((MARKET, "00-12"), 85), ((OTHERS, OTHERS), 5)]
    coarse = with_table(quarter("2026-Q4", {MARKET: 90}), "hours", rows)
    summed = sum_periods([fine, coarse])
    assert summed.merged.tables["hours"] == [
        ((MARKET, "00-12"), 585),
        ((MARKET, "12-24"), 400),
        ((OTHERS, OTHERS), 5),
    ]
    heat = demand.hours_of_stops(summed.merged, demand.stops_by_people(summed))
    assert heat.rows == [("Markt", [585, 400, None])]


def test_weekdays_show_people_a_day_where_the_bus_stood() -> None:
    period = quarter("2026-Q4", {MARKET: 20}, days=2)  # a Thursday and a Friday
    heat = demand.weekdays_of_stops(
        sum_periods([period]), demand.stops_by_people(sum_periods([period]))
    )
    assert (heat.columns, heat.rows) == (["Do", "Fr"], [("Markt", [10, 10])])


def test_unrecorded_outcomes_rank_last() -> None:
    cells = [
        ((HOME, OTHERS, code), n)
        for code, n in (("not_recorded", 90), ("resolved", 60), ("missed", 10))
    ]
    period = with_table(quarter("2026-Q4", {MARKET: 160}), "outcomes", cells)
    assert [row.code for row in talks.outcomes(period, 1)] == ["resolved", "not_recorded"]
    assert [row.code for row in talks.not_appeared(period, 1)] == ["missed"]


@pytest.mark.parametrize(
    ("minutes", "words"), [(None, "zu wenige"), (0, "unter 5 min"), (10, "10 bis 15 min")]
)
def test_a_median_is_shown_as_its_class(minutes: int | None, words: str) -> None:
    assert quality.class_in_words(minutes) == words


def test_smileys_of_a_stop_are_shown_only_where_enough() -> None:
    scores = [((MARKET, 5), 40), ((MARKET, 1), 10), ((ESTATE, 5), 45)]
    period = with_table(quarter("2026-Q4", {MARKET: 200}), "feedback", scores)
    told = quality.smileys(period)
    assert told
    assert (told.total, told.good_percent) == (95, 89)
    assert [(row.label, row.good_percent) for row in quality.smileys_of_stops(period)] == [
        ("Markt", 80)
    ]


def quarter_without_further() -> ClosedPeriod:
    return with_table(quarter("2027-Q1", {MARKET: 300}), "further", [])


def test_concerns_stand_beside_people_where_further_topics_were_noted() -> None:
    period = quarter("2026-Q4", {MARKET: 200})
    assert demand.concerns_by_topic(sum_periods([with_table(period, "further", [])])) == []
    period = with_table(period, "further", [((HOME, RENT), 40), ((HOME, OTHERS), 10)])
    told = demand.concerns_by_topic(sum_periods([period, quarter_without_further()]))
    assert told == [("Miete", 200, 40, 240), ("übrige: Wohnen", 0, 10, 10)]
