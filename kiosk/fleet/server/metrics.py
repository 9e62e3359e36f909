"""Metrics of the fleet in the text format of Prometheus, for who has the token of `/metrics`."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from litestar import MediaType, Response, get
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

import kiosk
from kiosk.fleet.gaps import GapKind
from kiosk.fleet.password import METRICS_TOKEN, is_password
from kiosk.fleet.server.box_requests import AnyRequest
from kiosk.fleet.server.context import FleetContext
from kiosk.fleet.status import BoxStatus, FleetStatus

_LEVELS: Final = {"ok": 0, "warning": 1, "failure": 2}
_PREFIX: Final = "radhaus_office"


@get("/metrics", media_type=MediaType.TEXT)
async def metrics(request: AnyRequest, context: FleetContext) -> Response[Any]:
    """Gauges of each box in service: no counts of people."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = scheme.lower() == "bearer"
    if not bearer or not await asyncio.to_thread(_is_token, context, token.strip()):
        asks = {"WWW-Authenticate": "Bearer"}
        detail = "Send the token that 'kiosk office metrics-token' has made.\n"
        return Response(detail, status_code=401, headers=asks, media_type=MediaType.TEXT)
    text = metrics_text(await context.status())
    return Response(text, headers={"Cache-Control": "no-store"}, media_type=MediaType.TEXT)


def _is_token(context: FleetContext, given: str) -> bool:
    with context.database.read() as connection:
        return is_password(connection, given, METRICS_TOKEN)


def metrics_text(status: FleetStatus) -> bytes:
    """All gauges; names that people typed are escaped by the library."""
    registry = CollectorRegistry()
    registry.register(_Fleet(status))
    return generate_latest(registry)


class _Fleet(Collector):
    def __init__(self, status: FleetStatus) -> None:
        self._status = status
        self._boxes = [box for box in status.boxes if box.box.retired_on is None]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        info = _gauge("info", "The version of the office.", ["version"])
        info.add_metric([kiosk.__version__], 1)
        findings = _gauge("findings", "Refused packages that nobody has looked into.", [])
        findings.add_metric([], len(self._status.findings))
        yield from (info, findings, *self._of_boxes(), self._gaps(), self._checks())

    def _of_boxes(self) -> Iterator[GaugeMetricFamily]:
        told = _gauge("box_info", "A box and the version that it runs.", ["device", "version"])
        seen = _gauge("box_seen_timestamp_seconds", "When anything came from it last.")
        delivered = _gauge("box_delivery_timestamp_seconds", "When a package came last.")
        packages = _gauge("box_packages", "Packages taken in.")
        for box in self._boxes:
            name = box.box.name
            version = box.told.status.version if box.told else ""
            told.add_metric([name, box.box.device, version], 1)
            packages.add_metric([name], box.packages)
            # A box from which nothing has come counts from the day it was added.
            seen.add_metric([name], (box.seen_at or box.added_at).timestamp())
            delivered.add_metric([name], (box.delivered_at or box.added_at).timestamp())
        return iter((told, seen, delivered, packages))

    def _gaps(self) -> GaugeMetricFamily:
        gaps = _gauge("box_gaps", "Gaps between its packages, by kind.", ["kind"])
        for box in self._boxes:
            found = Counter(gap.kind for gap in box.gaps)
            for kind in GapKind:
                gaps.add_metric([box.box.name, kind], found[kind])
        return gaps

    def _checks(self) -> GaugeMetricFamily:
        checks = _gauge("box_check", "0 well, 1 warning, 2 failure, by its doctor.", ["check"])
        for box in self._boxes:
            for check in _unique(box):
                checks.add_metric([box.box.name, check], _unique(box)[check])
        return checks


def _unique(box: BoxStatus) -> dict[str, int]:
    """Level by the name of the check; of two of one name, which no box has, the last."""
    checks = box.told.status.checks if box.told else []
    return {check.name: _LEVELS[check.result] for check in checks}


def _gauge(name: str, text: str, labels: list[str] | None = None) -> GaugeMetricFamily:
    """Of a box, unless it begins otherwise."""
    own = ["box"] if name.startswith("box_") else []
    return GaugeMetricFamily(f"{_PREFIX}_{name}", text, labels=[*own, *(labels or [])])
