import csv
import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import msgspec
import pandas as pd
import pytest
from frictionless import validate
from hypothesis import given
from hypothesis import strategies as st

from kiosk.counts.ledger_entry import ClosedPeriod, ledger_names
from kiosk.domain.profile import Stop
from kiosk.export.package import NothingToExport, Package, build_package
from kiosk.export.tables import build_tables
from kiosk.export.targets.folder import FolderTarget
from kiosk.store.counters import DemandKey
from kiosk.store.database import Database
from tests.export.closed import TOWN_WITH_PARTNERS, a_period
from tests.town import ESTATE, JOBS, MARKET

Freeze = Callable[..., None]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode())))


def test_the_tables_are_the_ones_that_were_promised(database: Database, freeze: Freeze) -> None:
    freeze(a_period("2026-10"))
    files = build_package(database, None, None).files
    assert files["demand.csv"].decode() == (
        "period,ags,stop,district,partner,topic,hour,outcome,count\n"
        "2026-10,05513000,estate,Nord,city,rent,,missed,5\n"
        "2026-10,05513000,market,Mitte,,jobs,9,resolved,20\n"
        "2026-10,05513000,market,Mitte,city,rent,9,resolved,10\n"
    )
    assert files["feedback.csv"].decode() == (
        "period,stop,hour,score,count\n2026-10,market,9,5,15\n"
    )
    assert files["visits.csv"].decode() == ("date,stop,count\n,estate,0\n2026-10-07,market,35\n")
    assert files["records.csv"].decode() == (
        "period,item,value,label,count\n"
        "2026-10,advice,full,ausführlich,15\n"
        "2026-10,referral,tenants,Mieterverein,10\n"
        "2026-10,set_aside,repeated,derselbe Smiley immer wieder,5\n"
    )
    assert files["stops.csv"].decode() == (
        "stop,name,ags,district,area\n"
        "estate,Siedlung,05513000,Nord,\n"
        "market,Markt,05513000,Mitte,\n"
    )
    tables = ("demand", "feedback", "records", "stops", "visits")
    assert sorted(files) == ["datapackage.json", *(f"{table}.csv" for table in tables)]


def test_frictionless_calls_it_valid_and_pandas_sums_it(
    database: Database, freeze: Freeze, tmp_path: Path
) -> None:
    freeze(a_period("2026-10"), a_period("2026-11", 1, date(2026, 11, 22)))
    place = Path(FolderTarget(tmp_path / "out").put(build_package(database, None, None)).place)
    report = validate(str(place / "datapackage.json"))
    assert report.valid, report.to_summary()
    demand = pd.read_csv(place / "demand.csv", dtype={"ags": str})
    assert demand.groupby("period")["count"].sum().to_dict() == {"2026-10": 35, "2026-11.1": 35}
    assert set(demand["ags"]) == {"05513000"}
    visits = pd.read_csv(place / "visits.csv", parse_dates=["date"])
    assert visits["count"].sum() == 70


def test_frictionless_finds_a_changed_cell(
    database: Database, freeze: Freeze, tmp_path: Path
) -> None:
    freeze(a_period("2026-10"))
    place = Path(FolderTarget(tmp_path / "out").put(build_package(database, None, None)).place)
    demand = place / "demand.csv"
    demand.write_bytes(demand.read_bytes().replace(b"resolved,20", b"resolved,25"))
    assert not validate(str(place / "datapackage.json")).valid


def digest(package: Package) -> str:
    content = b"".join(name.encode() + body for name, body in sorted(package.files.items()))
    return hashlib.sha256(package.name.encode() + content).hexdigest()


def test_a_repeated_export_is_the_same_bytes_after_renames_and_new_starts(
    database: Database, freeze: Freeze
) -> None:
    freeze(a_period("2026-10"))
    digests = {digest(build_package(database, None, None)) for _ in range(3)}
    database.close()
    with closing(Database.open(database.path)) as started_anew:
        digests.add(digest(build_package(started_anew, None, None)))
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        (None, None, ["2026-09", "2026-10", "2026-11.1"]),
        (date(2026, 10, 1), None, ["2026-10", "2026-11.1"]),
        (date(2026, 9, 1), date(2026, 10, 31), ["2026-09", "2026-10"]),
        (date(2026, 9, 2), date(2026, 11, 21), ["2026-10"]),
    ],
)
def test_only_periods_that_lie_wholly_within_the_days_are_exported(
    database: Database,
    freeze: Freeze,
    first: date | None,
    last: date | None,
    periods: list[str],
) -> None:
    freeze(a_period("2026-09"), a_period("2026-10"), a_period("2026-11", 1, date(2026, 11, 22)))
    made = build_package(database, first, last)
    described = msgspec.json.decode(made.files["datapackage.json"])
    assert [period["period"] for period in described["periods"]] == periods
    found = {row[0] for row in rows(made.files["demand.csv"])[1:]}
    assert found == set(periods)


def test_no_period_within_the_days_is_told(database: Database, freeze: Freeze) -> None:
    freeze(a_period("2026-09"))
    with pytest.raises(NothingToExport, match="kiosk counts close"):
        build_package(database, date(2026, 10, 1), None)


def test_the_folder_says_operator_device_and_days(database: Database, freeze: Freeze) -> None:
    freeze(a_period("2026-10"), a_period("2026-11", 1, date(2026, 11, 22)))
    assert (
        build_package(database, None, None).name == "stadt-groessenwahn_rh-1_2026-10-01_2026-11-22"
    )
    freeze(a_period("2026-11", 2, date(2026, 11, 22)))
    assert (
        build_package(database, None, None).name
        == "stadt-groessenwahn_rh-1_2026-10-01_2026-11-22.2"
    )


def test_periods_come_in_the_order_of_the_calendar(database: Database, freeze: Freeze) -> None:
    parts = [a_period("2026-11", part, date(2026, 11, 22)) for part in range(1, 12)]
    freeze(*parts, a_period("2026-10"))
    found = [row[0] for row in rows(build_package(database, None, None).files["demand.csv"])[1:]]
    assert list(dict.fromkeys(found)) == ["2026-10", *(part.period for part in parts)]


def test_two_parts_on_one_day_make_one_row_of_visits(database: Database, freeze: Freeze) -> None:
    freeze(*(a_period("2026-11", part, date(2026, 11, 22)) for part in (1, 2)))
    assert rows(build_package(database, None, None).files["visits.csv"])[1:] == [
        ["", "estate", "0"],
        ["2026-11-07", "market", "70"],
    ]


def test_a_topic_that_left_the_profile_is_still_counted(
    database: Database, freeze: Freeze, tmp_path: Path
) -> None:
    period = msgspec.structs.replace(
        a_period("2026-10"), demand=[(DemandKey("gone", "gone-too", 9, "resolved"), 5)]
    )
    freeze(period)
    place = Path(FolderTarget(tmp_path / "out").put(build_package(database, None, None)).place)
    assert validate(str(place / "datapackage.json")).valid
    assert "2026-10,,gone,,,gone-too,9,resolved,5" in (place / "demand.csv").read_text()


NASTY = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)


@given(NASTY, NASTY)
def test_every_name_survives_the_way_through_csv(district: str, name: str) -> None:
    stops = (Stop(MARKET, name, district, "05513000"), TOWN_WITH_PARTNERS.stops[1])
    names = ledger_names(replace(TOWN_WITH_PARTNERS, stops=stops), "rh-1")
    period: ClosedPeriod = msgspec.structs.replace(a_period("2026-10"), names=names)
    demand, *_ = build_tables([period])
    cell = rows(demand.as_csv())[2][3]
    assert cell.removeprefix("'") == district.removeprefix("'")
    assert not cell.startswith(("=", "+", "-", "@"))


def test_the_package_explains_its_codes_in_german(database: Database, freeze: Freeze) -> None:
    freeze(a_period("2026-10"))
    described = msgspec.json.decode(build_package(database, None, None).files["datapackage.json"])
    fields = {field["name"]: field for field in described["resources"][0]["schema"]["fields"]}
    labels = {code["value"]: code["label"] for code in fields["topic"]["categories"]}
    assert labels[JOBS] == "Stelle finden"
    assert {"value": ESTATE, "label": "Siedlung"} in fields["stop"]["categories"]
    assert "gerundet" in described["description"]
