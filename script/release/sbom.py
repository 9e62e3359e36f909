"""Writes the list of parts of a release (CycloneDX) and their licences, byte for byte the same.

`python script/release/sbom.py FOLDER [STATUS]`: run by script/sbom.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from debian_parts import NoStatus, read_debian_parts
from locked_parts import LicenceUnknown, direct_requirements, read_parts
from packageurl import PackageURL

import kiosk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debian_parts import DebianPart
    from locked_parts import Part

ROOT: Final = Path(__file__).resolve().parents[2]
LOCK: Final = ROOT / "requirements.lock"


def main() -> int:
    """Write both files, or say what is wrong."""
    folder, *status = map(Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    try:
        parts = read_parts(LOCK)
        debian = [part for file in status for part in read_debian_parts(file)]
    except (LicenceUnknown, NoStatus) as error:
        print(f"script/sbom: {error}", file=sys.stderr)
        return 1
    text = bom_text(parts, debian)
    if faults := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        print(f"script/sbom: this is no CycloneDX 1.6: {faults}", file=sys.stderr)
        return 1
    name = f"radhaus-{kiosk.__version__}{'-appliance' if debian else ''}"
    for file, content in (
        (folder / f"{name}.cdx.json", f"{text}\n"),
        (folder / f"{name}.licences.txt", licences_text(parts)),
    ):
        file.write_text(content, encoding="utf-8")
        print(file)
    return 0


def bom_text(parts: list[Part], debian: Sequence[DebianPart] = ()) -> str:
    """CycloneDX 1.6 as JSON, without a time: its serial number follows from what is in it."""
    root = Component(
        name="radhaus",
        version=kiosk.__version__,
        type=ComponentType.APPLICATION,
        bom_ref=f"radhaus@{kiosk.__version__}",
        licenses=[LicenseFactory().make_from_string("EUPL-1.2")],
    )
    components = [_component(part) for part in parts]
    serial = uuid5(NAMESPACE_URL, "".join(f"{part}\n" for part in [*parts, *debian]))
    system = [_debian_component(part) for part in debian]
    bom = Bom(components=[*components, *system], serial_number=serial)
    bom.metadata.component = root
    bom.metadata.timestamp = None  # type: ignore[assignment]
    named: dict[str, list[Component]] = {}
    for component in components:
        named.setdefault(component.name, []).append(component)

    def found(names: tuple[str, ...] | list[str]) -> list[Component]:
        return [each for name in names for each in named.get(name, ())]

    bom.register_dependency(root, [*found(direct_requirements()), *system])
    for part, component in zip(parts, components, strict=True):
        bom.register_dependency(component, found(part.requires))
    return str(JsonV1Dot6(bom).output_as_string(indent=2))


def licences_text(parts: list[Part]) -> str:
    """One line for each part."""
    head = (
        f"Radhaus {kiosk.__version__}, EUPL-1.2, and the libraries that it brings along.\n"
        "Debian's own packages carry theirs in /usr/share/doc.\n\n"
    )
    return head + "".join(f"{part.name} {part.version}: {part.licence}\n" for part in parts)


def _debian_component(part: DebianPart) -> Component:
    """Its licence stands in the image, in /usr/share/doc."""
    also = {"arch": part.architecture, "upstream": part.source}
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"debian/{part.name}:{part.architecture}@{part.version}",
        purl=PackageURL("deb", "debian", part.name, part.version, also),
    )


def _component(part: Part) -> Component:
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{part.name}@{part.version}",
        purl=PackageURL("pypi", None, part.name, part.version),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in part.hashes],
        licenses=[LicenseFactory().make_from_string(part.licence)],
    )


if __name__ == "__main__":
    sys.exit(main())
