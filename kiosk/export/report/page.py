"""Builder of `bericht.html`: the report over closed periods of one box or many, in one file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import jinja2

from kiosk.export.report import changes, demand, quality, talks
from kiosk.export.report.band import MOST_OFF, Band, band_of
from kiosk.export.report.merging import sum_periods
from kiosk.export.report.words import (
    band_in_words,
    number_in_words,
    period_in_words,
    periods_in_words,
)
from kiosk.export.tables import german

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.report.merging import SummedPeriods

REPORT: Final = "bericht.html"


@dataclass(frozen=True, slots=True)
class Overview:
    """The first three figures of a report: people, days, people of a day."""

    people: Band
    planned: int
    held: int
    missed: int
    per_day: Band

    def compared(self, before: Overview) -> Mapping[str, str]:
        """What has changed since, in words."""
        return {
            "Menschen insgesamt": changes.change_in_words(self.people, before.people),
            "Menschen je Einsatz": changes.change_in_words(self.per_day, before.per_day),
        }


@dataclass(frozen=True, slots=True)
class ReportContents:
    """What a report is made of: a sum, whose it is, and what to know of it.

    `labels` name the periods in it; comparisons are earlier ones by name, with what has changed.
    """

    summed: SummedPeriods
    source: str
    title: str
    labels: Sequence[str]
    notes: Sequence[str]
    comparisons: Sequence[tuple[str, Mapping[str, str]]]


def make_report(periods: Sequence[ClosedPeriod], closed: Sequence[ClosedPeriod]) -> bytes:
    """The report over some closed periods in a row; `closed` are all of the box, to compare with.

    Both stand in the order of the calendar. The same periods give the same bytes.
    """
    summed = sum_periods(periods)
    names = summed.merged.names
    return render_report(
        ReportContents(
            summed,
            source=f"Gerät {names.device_name or names.device}",
            title=periods_in_words(periods),
            labels=[period_in_words(period) for period in periods],
            notes=german.period_notes(summed.merged),
            comparisons=_comparisons(summed, periods, closed),
        )
    )


def render_report(contents: ReportContents) -> bytes:
    summed = contents.summed
    page = template("report.html").render(
        period=summed.merged,
        source=contents.source,
        title=contents.title,
        labels=contents.labels,
        notes=contents.notes,
        overview=overview(summed),
        comparisons=contents.comparisons,
        missed_days=missed_days(summed.merged),
        most_off=MOST_OFF * summed.count,
        rounding=german.ROUNDING,
        **_demand(summed),
        **_talks(summed),
        **_quality(summed),
    )
    return page.encode()


def _demand(summed: SummedPeriods) -> Mapping[str, object]:
    stops = demand.stops_by_people(summed)
    return {
        "stops": stops,
        "most_stops": demand.MOST_STOPS,
        "lanes": demand.stops_without_difference(stops[: demand.MOST_STOPS]),
        "topics": demand.topics_by_people(summed),
        "most_topics": demand.MOST_TOPICS,
        "topics_of_few": demand.topics_of_few(summed.merged),
        "partners": demand.partners_by_people(summed),
        "concerns": demand.concerns_by_topic(summed),
        "hours": demand.hours_of_stops(summed.merged, stops),
        "weekdays": demand.weekdays_of_stops(summed, stops),
    }


def _talks(summed: SummedPeriods) -> Mapping[str, object]:
    merged, n = summed.merged, summed.count
    return {
        "outcomes": talks.outcomes(merged, n),
        "not_appeared": talks.not_appeared(merged, n),
        "referrals": talks.answers(merged, talks.REFERRAL, n),
        "interpreters": talks.answers(merged, "interpreter", n),
        "appointments": talks.answers(merged, "appointment", n),
        "languages": talks.languages(summed),
        "items": talks.other_items(merged, n),
        "refusals": talks.refusals(merged, n),
        "refused_groups": talks.refused_groups(merged, n),
    }


def _quality(summed: SummedPeriods) -> Mapping[str, object]:
    merged = summed.merged
    return {
        "waiting": quality.waiting_of_all(merged),
        "waiting_by_group": quality.waiting_by_group(merged),
        "waiting_by_hours": quality.waiting_by_hours(merged),
        "smileys": quality.smileys(merged),
        "smileys_of_stops": quality.smileys_of_stops(merged),
        "survey": quality.survey(merged, summed.count),
    }


def overview(summed: SummedPeriods) -> Overview:
    people = band_of(summed.merged.total(), summed.count)
    per_day = people.per(summed.held or 1)
    return Overview(people, summed.planned, summed.held, summed.missed, per_day)


def missed_days(merged: ClosedPeriod) -> list[tuple[str, str]]:
    """Date and stop of what was planned and not held."""
    names = merged.names.stops
    return [
        (f"{day.date:%d.%m.%Y}", names[day.stop].name if day.stop in names else day.stop)
        for day in sorted(merged.days, key=lambda day: (str(day.date), day.stop))
        if day.planned and not day.held and day.date
    ]


def _comparisons(
    summed: SummedPeriods, periods: Sequence[ClosedPeriod], closed: Sequence[ClosedPeriod]
) -> list[tuple[str, Mapping[str, str]]]:
    """Earlier periods by name, and what has changed since."""
    now = overview(summed)
    found = [changes.periods_before(periods, closed)]
    found.append(changes.periods_a_year_before(periods, closed))
    return [
        (periods_in_words(before), now.compared(overview(sum_periods(before))))
        for before in found
        if before
    ]


@cache
def template(name: str) -> jinja2.Template:
    """A template of this folder, with the German words for numbers as filters."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kiosk.export.report", ""),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(
        number=number_in_words, band=band_in_words, classes=quality.class_in_words
    )
    return environment.get_template(name)
