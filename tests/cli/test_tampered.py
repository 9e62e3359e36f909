"""What was done to a package is told by `kiosk counts verify DIR...`."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kiosk.counts.signing import SigningKey
from kiosk.export.manifest import MANIFEST, PUBLIC_KEY, SIGNATURE
from tests.cli.packages import NAME, flip_a_byte

Kiosk = Callable[..., Result]


def exchange_files(package: Path) -> None:
    other = package.with_name(NAME.format("2026-09"))
    shutil.copy(other / "demand.csv", package / "demand.csv")


def forge_a_manifest(package: Path) -> None:
    (package / MANIFEST).write_bytes(
        (package / MANIFEST).read_bytes().replace(b"sequence: 2", b"sequence: 3")
    )


def sign_by_another_key(package: Path) -> None:
    key = SigningKey(bytes(32))
    (package / SIGNATURE).write_bytes(key.sign((package / MANIFEST).read_bytes()))


def bring_another_key(package: Path) -> None:
    sign_by_another_key(package)
    (package / PUBLIC_KEY).write_bytes(SigningKey(bytes(32)).public.pem)


def link_a_file(package: Path) -> None:
    (package / "demand.csv").unlink()
    (package / "demand.csv").symlink_to("/etc/passwd")


def lay_a_pipe(package: Path) -> None:
    (package / MANIFEST).unlink()
    os.mkfifo(package / MANIFEST)


def make_a_giant(package: Path) -> None:
    os.truncate(package / "demand.csv", 2**40)


def make_a_giant_manifest(package: Path) -> None:
    os.truncate(package / MANIFEST, 2**40)


def link_the_folder(package: Path) -> None:
    elsewhere = package.parents[1] / "elsewhere"
    package.rename(elsewhere)
    package.symlink_to(elsewhere)


def fill(package: Path) -> None:
    for number in range(300):
        (package / f"{number}.csv").touch()


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        (flip_a_byte, "demand.csv was changed after the box had signed it"),
        (exchange_files, "demand.csv was changed after the box had signed it"),
        (forge_a_manifest, "the signature does not fit MANIFEST.sha256"),
        (sign_by_another_key, "the signature does not fit MANIFEST.sha256"),
        (bring_another_key, "which is none of those you gave"),
        (link_a_file, "demand.csv is no file, or a link to one"),
        (link_the_folder, "it is no folder, or a link to one"),
        (lay_a_pipe, "MANIFEST.sha256 is no file"),
        (make_a_giant, "demand.csv is larger than any file of a package"),
        (make_a_giant_manifest, "MANIFEST.sha256 is larger than any file of a package"),
        (fill, "what the box has not signed lies in it: '"),
        (lambda package: (package / "a\x1b[2J.csv").touch(), r"lies in it: 'a\x1b[2J.csv'"),
        (lambda package: (package / SIGNATURE).unlink(), "MANIFEST.sha256.sig is missing"),
        (lambda package: (package / MANIFEST).unlink(), "MANIFEST.sha256 is missing"),
        (lambda package: (package / "demand.csv").unlink(), "demand.csv is missing"),
        (lambda package: (package / SIGNATURE).write_bytes(b""), "the signature does not fit"),
        (lambda package: (package / PUBLIC_KEY).write_bytes(b"?"), "is no Ed25519 key"),
        (
            lambda package: package.rename(package.with_name("stadt_rh-1_2026-06")),
            "the folder was renamed: this is the package stadt-groessenwahn_rh-1_2026-08",
        ),
        (
            lambda package: package.rename(package.with_name("März 2026; neu")),
            "the folder was renamed: this is the package stadt-groessenwahn_rh-1_2026-08",
        ),
    ],
)
def test_each_tampering_with_a_package_is_reported(
    kiosk: Kiosk, packages: Path, package: Path, tamper: Callable[[Path], None], sentence: str
) -> None:
    tamper(package)
    result = kiosk("counts", "verify", str(packages), "--key", str(packages.parent / "box.pem"))
    assert result.exit_code == 1
    assert any(sentence in line for line in result.stderr.splitlines()), result.stderr
    assert len(result.stdout.splitlines()) == 2
