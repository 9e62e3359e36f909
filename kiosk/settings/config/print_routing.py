"""Routing of paper: which of several printers a slip or a sheet comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from kiosk.settings.config.devices import PaperKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiosk.settings.config.devices import PrinterSettings


def printers_for(
    paper: PaperKind, group: str | None, printers: Mapping[str, PrinterSettings]
) -> tuple[str, ...]:
    """The printers that are named most closely for this paper of this topic group.

    More than one of them is a fault of the configuration; without any there is no paper.
    """
    ranks = {name: _rank(paper, group, one) for name, one in printers.items() if one.is_there}
    best = max((rank for rank in ranks.values() if rank is not None), default=None)
    return tuple(name for name, rank in ranks.items() if rank is not None and rank == best)


def routing_faults(printers: Mapping[str, PrinterSettings]) -> Iterator[str]:
    """Every paper that two printers are named for alike, without a full stop."""
    groups = dict.fromkeys(group for printer in printers.values() for group in printer.groups)
    reported: set[tuple[str, ...]] = set()
    for paper in get_args(PaperKind):
        for group in (*groups, None) if paper == "slips" else (None,):
            alike = printers_for(paper, group, printers)
            if len(alike) > 1 and alike not in reported:
                reported.add(alike)
                first, *others = alike
                of = f" of the topic group {group}" if group else ""
                yield (
                    f"devices.{others[0]}.prints: {paper}{of} come from devices.{first} too;"
                    " name prints or groups in one of them"
                )


def _rank(paper: PaperKind, group: str | None, printer: PrinterSettings) -> int | None:
    """How closely a printer is named for this; None where it is not for it."""
    prints = printer.prints or (["slips"] if printer.groups else list(get_args(PaperKind)))
    if paper not in prints or (printer.groups and paper == "slips" and group not in printer.groups):
        return None
    return 2 * bool(printer.groups and paper == "slips") + bool(printer.prints)
