import csv
import hashlib
import re
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.counts.ledger_entry import TABLES, ClosedPeriod, ledger_names
from kiosk.domain.ids import StopId
from kiosk.domain.profile import Stop
from kiosk.export.csv_files import tidy_csv
from kiosk.export.escaping import escape_formula
from kiosk.export.manifest import PackageManifest
from kiosk.export.package import (
    NothingToExport,
    Package,
    UnknownPeriod,
    build_package,
    closed_periods,
)
from kiosk.export.tables.builder import build_tables
from kiosk.export.tables.tidy import tidy_table
from kiosk.export.targets.folder import FolderTarget
from kiosk.store.database import Database
from tests.export.closed import TOWN_WITH_PARTNERS, a_period
from tests.export.frictionless_faults import frictionless_faults
from tests.export.promised_tables import PROMISED
from tests.town import ESTATE, JOBS, MARKET

Freeze = Callable[..., None]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode())))


def built(database: Database, freeze: Freeze, period: ClosedPeriod | None = None) -> Package:
    """The package of one closed period."""
    period = period or a_period("2026-10")
    freeze(period)
    return build_package(database, period.period)


def test_a_period_before_concerns_were_counted_has_none(database: Database, freeze: Freeze) -> None:
    period = a_period("2026-10")
    tables = {name: rows for name, rows in period.tables.items() if name != "further"}
    freeze(msgspec.structs.replace(period, tables=tables))
    files = build_package(database, "2026-10").files
    assert len(files["concerns.csv"].splitlines()) == len(files["further.csv"].splitlines()) == 1


def test_the_tables_are_the_ones_that_were_promised(database: Database, freeze: Freeze) -> None:
    files = built(database, freeze).files
    for table, content in PROMISED.items():
        assert files[f"{table}.csv"].decode() == content


def test_a_package_has_all_its_files_and_no_other(database: Database, freeze: Freeze) -> None:
    files = built(database, freeze).files
    tables = (*TABLES, "concerns", "stops", "offer", "waiting")
    assert sorted(files) == sorted(
        [
            *(f"{table}.csv" for table in tables),
            *(f"{table}_excel.csv" for table in tables),
            "LIESMICH.txt",
            "MANIFEST.sha256",
            "MANIFEST.sha256.sig",
            "bericht.html",
            "bericht.xlsx",
            "datapackage.json",
            "ledger_entry.json",
            "public_key.pem",
        ]
    )


def test_every_row_has_device_and_period(database: Database, freeze: Freeze) -> None:
    tables = {
        name: rows(content)
        for name, content in built(database, freeze).files.items()
        if name.endswith(".csv") and "_excel" not in name
    }
    for name, (headers, *cells) in tables.items():
        place = headers.index("device"), headers.index("period")
        assert {tuple(row[at] for at in place) for row in cells} <= {("rh-1", "2026-10")}, name
    assert tables["demand.csv"][1:]


def test_every_code_has_a_label_beside_it_and_every_column_a_german_header(
    database: Database, freeze: Freeze
) -> None:
    package = built(database, freeze)
    described = msgspec.json.decode(package.files["datapackage.json"])
    for table in described["resources"]:
        names = [field["name"] for field in table["schema"]["fields"]]
        assert len(set(names)) == len(names), table["name"]
        if table["name"].endswith("_excel"):
            assert not [name for name in names if "_" in name or name[0].islower()], table["name"]
        coded = [field["name"] for field in table["schema"]["fields"] if "categories" in field]
        assert {f"{name}_label" for name in coded} <= set(names)


@pytest.mark.parametrize("period", ["2026-10", "2026-11.1"])
def test_frictionless_calls_it_valid_and_pandas_sums_it(
    database: Database, freeze: Freeze, tmp_path: Path, period: str
) -> None:
    import pandas as pd  # noqa: PLC0415 - each process that collects tests would load it

    freeze(a_period("2026-10"), a_period("2026-11", 1, date(2026, 11, 22)))
    place = Path(FolderTarget(tmp_path / "out").put(build_package(database, period)).place)
    assert frictionless_faults(place) == ""
    demand = pd.read_csv(place / "demand.csv")
    assert demand.groupby("period")["count"].sum().to_dict() == {period: 35}
    stops = pd.read_csv(place / "stops.csv", dtype={"ags": str})
    assert set(stops["ags"]) == {"05513000"}
    excel = pd.read_csv(place / "demand_excel.csv", sep=";", decimal=",")
    assert list(excel["Anzahl"]) == list(demand["count"])
    visits = pd.read_csv(place / "visits.csv", parse_dates=["date"])
    assert visits["count"].sum() == 35


def test_frictionless_finds_a_changed_cell(
    database: Database, freeze: Freeze, tmp_path: Path
) -> None:
    place = Path(FolderTarget(tmp_path / "out").put(built(database, freeze)).place)
    demand = place / "demand.csv"
    demand.write_bytes(demand.read_bytes().replace(b",20\n", b",25\n"))
    assert frictionless_faults(place)


def digest(package: Package) -> str:
    content = b"".join(name.encode() + body for name, body in sorted(package.files.items()))
    return hashlib.sha256(package.name.encode() + content).hexdigest()


def test_a_repeated_export_is_the_same_bytes_after_new_starts_and_later_periods(
    database: Database, freeze: Freeze
) -> None:
    digests = {digest(built(database, freeze))}
    freeze(a_period("2026-11"))
    digests.add(digest(build_package(database, "2026-10")))
    database.close()
    with closing(Database.open(database.path)) as started_anew:
        digests.add(digest(build_package(started_anew, "2026-10")))
    assert len(digests) == 1


def test_there_is_one_package_for_each_closed_period(database: Database, freeze: Freeze) -> None:
    with pytest.raises(NothingToExport, match="no closed period"):
        build_package(database, "2026-10")
    assert closed_periods(database) == []
    freeze(a_period("2026-10"), a_period("2026-09"), a_period("2026-11", 1, date(2026, 11, 22)))
    assert closed_periods(database) == ["2026-10", "2026-09", "2026-11.1"]
    with pytest.raises(UnknownPeriod, match=r"2026-10, 2026-09, 2026-11\.1"):
        build_package(database, "2026-12")


def test_the_folder_says_operator_device_and_period(database: Database, freeze: Freeze) -> None:
    assert built(database, freeze).name == "stadt-groessenwahn_rh-1_2026-10"
    part = a_period("2026-11", 2, date(2026, 11, 22))
    assert built(database, freeze, part).name == "stadt-groessenwahn_rh-1_2026-11.2"


def test_the_manifests_are_a_chain_that_others_can_check(
    database: Database, freeze: Freeze
) -> None:
    freeze(a_period("2026-09"), a_period("2026-10"))
    first, second = (build_package(database, period) for period in ("2026-09", "2026-10"))
    one, other = (PackageManifest.decode(each.files["MANIFEST.sha256"]) for each in (first, second))
    assert (one.sequence, one.previous) == (1, None)
    assert (other.sequence, other.previous) == (2, one.digest)
    assert (other.package, other.device, other.period) == (second.name, "rh-1", "2026-10")


def test_sha256sum_and_openssl_check_a_package_without_this_program(
    database: Database, freeze: Freeze, tmp_path: Path
) -> None:
    place = Path(FolderTarget(tmp_path).put(built(database, freeze)).place)
    by_digest = ["sha256sum", "--check", "--strict", "MANIFEST.sha256"]
    by_key = [
        *("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "public_key.pem", "-rawin"),
        *("-in", "MANIFEST.sha256", "-sigfile", "MANIFEST.sha256.sig"),
    ]

    def passes(command: list[str]) -> bool:
        return subprocess.run(command, cwd=place, check=False, capture_output=True).returncode == 0

    assert passes(by_digest)
    assert passes(by_key)
    (place / "demand.csv").write_text("changed")
    assert not passes(by_digest)
    (place / "MANIFEST.sha256").write_bytes(b"# changed\n")
    assert not passes(by_key)


def test_a_topic_that_left_the_profile_is_still_counted(
    database: Database, freeze: Freeze, tmp_path: Path
) -> None:
    period = a_period("2026-10")
    tables = period.tables | {"demand": [(("gone", "gone-too"), 5)]}
    period = msgspec.structs.replace(period, tables=tables)
    place = Path(FolderTarget(tmp_path / "out").put(built(database, freeze, period)).place)
    assert frictionless_faults(place) == ""
    assert ",gone,gone,gone-too,gone-too,5" in (place / "demand.csv").read_text()


def test_codes_and_names_that_a_spreadsheet_would_run_are_harmless_in_every_file(
    database: Database, freeze: Freeze, tmp_path: Path
) -> None:
    evil = "=HYPERLINK(1)", "x;@SUM(1)", "a\t-1", "\uff1d1"
    stops = tuple(
        Stop(StopId(code), code, code, "05513000") for code in (*evil, str(MARKET), str(ESTATE))
    )
    profile = replace(TOWN_WITH_PARTNERS, stops=stops, operator="=Stadt;Größe/..")
    period = a_period("2026-10", profile=profile)
    tables = period.tables | {"demand": [((code, code), 5) for code in evil]}
    period = msgspec.structs.replace(period, tables=tables)
    package = built(database, freeze, period)
    place = Path(FolderTarget(tmp_path).put(package).place)
    assert place.name == "stadt-groesse_rh-1_2026-10"
    assert frictionless_faults(place) == ""
    for name, content in package.files.items():
        if name.endswith(".csv"):
            cells = re.split(r'[,;"\t\r\n]+', content.decode("utf-8-sig"))
            assert not [cell for cell in cells if cell[:1] in set("=+-@\uff1d") and cell != "="], (
                name
            )


NASTY = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)


@given(NASTY, NASTY)
def test_every_name_survives_the_way_through_csv(district: str, name: str) -> None:
    stops = (Stop(MARKET, name, district, "05513000"), TOWN_WITH_PARTNERS.stops[1])
    names = ledger_names(replace(TOWN_WITH_PARTNERS, stops=stops), "rh-1")
    period: ClosedPeriod = msgspec.structs.replace(a_period("2026-10"), names=names)
    tables = {table.name: tidy_table(table, period) for table in build_tables([period])}
    headers, *cells = rows(tidy_csv(tables["stops"]))
    assert cells[1][headers.index("district")] == escape_formula(district)
    headers, *cells = rows(tidy_csv(tables["demand"]))
    assert cells[0][headers.index("stop_label")] == escape_formula(name)


def test_the_package_explains_its_codes_in_german(database: Database, freeze: Freeze) -> None:
    described = msgspec.json.decode(built(database, freeze).files["datapackage.json"])
    resources = {one["name"]: one for one in described["resources"]}
    fields = {
        field["name"]: field
        for table in ("topics", "demand")
        for field in resources[table]["schema"]["fields"]
    }
    labels = {code["value"]: code["label"] for code in fields["topic"]["categories"]}
    assert labels[JOBS] == "Stelle finden"
    assert {"value": ESTATE, "label": "Siedlung"} in fields["stop"]["categories"]
    assert "gerundet" in described["description"]


def test_the_readme_explains_what_an_office_needs(database: Database, freeze: Freeze) -> None:
    package = built(database, freeze)
    text = package.files["LIESMICH.txt"].decode("utf-8-sig")
    assert "Bus Nord (rh-1)" in text
    assert "01.10.2026 bis 31.10.2026" in text
    assert "heißt nicht, dass niemand da war" in text.replace("\r\n", " ")
    assert all(name in text for name in package.files if name.endswith(".csv") and "_" not in name)
    explained = ("Uhrzeit", "Stufe", "Geplant", "Gemeindeschlüssel", "Wartezeit (min)", "Anzahl")
    assert all(f"\r\n  {header} " in text for header in explained)
    assert "Addieren Sie diese Zeilen nicht" in text
    assert max(map(len, text.split("\r\n"))) <= 80
    assert "\n" not in text.replace("\r\n", "")
    assert "Simulierte" not in text


def test_the_readme_says_first_that_the_people_were_never_there(
    database: Database, freeze: Freeze
) -> None:
    names = ledger_names(TOWN_WITH_PARTNERS, "rh-1", simulated=True)
    period = msgspec.structs.replace(
        a_period("2026-10"), names=names, clock_trusted=False, joined=["2026-09"]
    )
    text = built(database, freeze, period).files["LIESMICH.txt"].decode()
    assert text.index("Simulierte Daten") < text.index("WAS DAS IST")
    assert "Uhr des Geräts nicht gestellt" in text
    assert "Enthält auch 2026-09" in text
    assert "Gerät:             rh-1" in text
