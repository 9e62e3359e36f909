"""Verification of the chain of packages: gaps, repeats and forks among those of each box."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiosk.export.manifest import PackageManifest
    from kiosk.export.verification.examination import ExaminedPackage


_FORKED: Final = (
    "an old backup was put back, the box was cloned, or one is forged:"
    " compare with 'kiosk counts show' on the box"
)


@dataclass(frozen=True, slots=True)
class _Link:
    """A package whose signature holds."""

    place: str
    manifest: PackageManifest
    fingerprint: str


def chain_faults(packages: Iterable[ExaminedPackage]) -> list[str]:
    """What the packages say of each other, one sentence each with what to do.

    The beginning of a chain is asked for only where there are several packages of a box. Whether
    there are newer ones, no package can say.
    """
    boxes: dict[str, list[_Link]] = defaultdict(list)
    for package in packages:
        if package.manifest and package.key:
            link = _Link(package.place, package.manifest, package.key.fingerprint)
            boxes[package.manifest.device].append(link)
    return [
        f"{box}: {fault}."
        for box, links in sorted(boxes.items())
        for fault in _faults(sorted(links, key=lambda link: link.manifest.sequence))
    ]


def ledger_faults(
    packages: Iterable[ExaminedPackage], box: str, digests: Sequence[str]
) -> list[str]:
    """Packages of a box that its ledger, of which these are the digests, does not know any more."""
    return [
        f"{package.place}: the ledger of this box, which ends with entry {len(digests)}, does not"
        " have it; an old backup was put back, or entries were removed, or the package is forged."
        for package in packages
        if package.manifest
        and package.manifest.device == box
        and package.manifest.digest not in digests
    ]


def _faults(links: Sequence[_Link]) -> Iterator[str]:
    """Of the packages of one box, in the order of their numbers."""
    if len({link.fingerprint for link in links}) > 1:
        yield (
            "its packages are signed by different keys, so another box made some of them; give"
            " the key that the box shows ('kiosk counts key') with --key"
        )
    first = links[0].manifest.sequence
    if len(links) > 1 and first > 1:
        yield f"{_missing(1, first)} before {links[0].place}"
    for link, following in pairwise(links):
        yield from _between(link, following)
    by_period: dict[str, _Link] = {}
    for link in links:
        other = by_period.setdefault(link.manifest.period, link)
        if other.manifest.sequence != link.manifest.sequence:
            yield (
                f"{other.place} and {link.place} are both the period {link.manifest.period};"
                " count none of them before the box's own list ('kiosk counts show') is clear"
            )


def _between(link: _Link, following: _Link) -> Iterator[str]:
    one, other = link.manifest, following.manifest
    if one.sequence == other.sequence and one.digest == other.digest:
        yield f"{link.place} and {following.place} are the same package; count it once"
    elif one.sequence == other.sequence:
        yield (
            f"{link.place} and {following.place} both have the number {one.sequence} and differ;"
            f" {_FORKED}"
        )
    elif one.sequence + 1 < other.sequence:
        yield f"{_missing(one.sequence + 1, other.sequence)} before {following.place}"
    elif other.previous != one.digest:
        yield (
            f"{following.place} does not follow {link.place}, although its number does; {_FORKED}"
        )


def _missing(first: int, end: int) -> str:
    if first + 1 == end:
        return f"package {first} is missing: fetch it from the box; it belongs"
    return f"packages {first} to {end - 1} are missing: fetch them from the box; they belong"
