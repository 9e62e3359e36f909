"""A package that was changed anywhere is found, whatever was changed and how."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.export.manifest import MANIFEST, PackageManifest
from kiosk.export.package import Package, build_package
from kiosk.export.targets.folder import FolderTarget
from kiosk.export.targets.safe_path import FOLDER_FLAGS, open_at
from kiosk.export.verification.examination import examine_package
from kiosk.store.database import Database
from tests.export.closed import a_period


@pytest.fixture
def package(database: Database, freeze: Callable[..., None]) -> Package:
    freeze(a_period("2026-10"))
    return build_package(database, "2026-10")


def faults(folder: Path) -> tuple[str, ...]:
    with open_at(str(folder), FOLDER_FLAGS) as opened:
        return examine_package(opened, str(folder), folder.name).faults


@pytest.mark.slow
def test_a_flipped_bit_anywhere_in_a_package_is_found(package: Package, tmp_path: Path) -> None:
    place = Path(FolderTarget(tmp_path).put(package).place)
    assert faults(place) == ()
    random = Random(20261128)
    for name, content in package.files.items():
        for _ in range(20):
            changed = bytearray(content)
            changed[random.randrange(len(content))] ^= 1 << random.randrange(8)
            (place / name).write_bytes(changed)
            assert faults(place), (name, bytes(changed))
        (place / name).write_bytes(content)
    assert faults(place) == ()


FACTS = st.dictionaries(
    st.sampled_from(["package", "device", "period", "sequence", "digest", "previous"]),
    st.one_of(st.sampled_from(["none", "0", "1", "01", "a" * 64, "../x"]), st.text()),
)


@given(st.binary())
@example(b"# Radhaus package, format 1\n")
def test_no_bytes_break_the_reader_of_manifests(content: bytes) -> None:
    with suppress(ValueError):
        assert PackageManifest.decode(content).encode() == content


@given(FACTS, st.lists(st.text()))
def test_what_only_looks_like_a_manifest_is_refused_or_read_as_it_stands(
    facts: dict[str, str], files: list[str]
) -> None:
    lines = [
        "# Radhaus package, format 1",
        *(f"# {name}: {fact}" for name, fact in facts.items()),
        *(f"{'0' * 64}  {name}" for name in files),
    ]
    content = "".join(f"{line}\n" for line in lines).encode()
    with suppress(ValueError):
        assert PackageManifest.decode(content).encode() == content


def test_a_manifest_never_names_a_file_elsewhere(package: Package) -> None:
    content = package.files[MANIFEST]
    for name in (b"../demand.csv", b"/etc/passwd", b"a/b", b".hidden", b"a b"):
        with pytest.raises(ValueError, match="unexpected"):
            PackageManifest.decode(content.replace(b"LIESMICH.txt", name))
