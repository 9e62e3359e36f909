"""Tables of the fleet's database, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

VERSION: Final = "1"
"""Of these tables; a change needs a way from the one before in `database.py`."""

metadata = MetaData()


def storable(text: str, most: int | None = None) -> str:
    """A foreign text as both databases take it: names of files may be no UTF-8."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")[:most]


facts = Table(
    "facts", metadata, Column("name", String(64), primary_key=True), Column("value", Text)
)
"""Version of the tables, and the digest of the page's password."""

boxes = Table(
    "boxes",
    metadata,
    Column("device", String(64), primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("token_digest", String(64), unique=True),
    Column("replaces", String(64)),
    Column("retired_on", Date),
)
"""Boxes added by hand; `name` is the office's own, whatever a box calls itself.

A retired box has its old name with its id behind: the name itself may have gone to another one.
"""

box_keys = Table(
    "box_keys",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("device", String(64), ForeignKey("boxes.device"), nullable=False, index=True),
    Column("pem", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
)

awaited_boxes = Table(
    "awaited_boxes",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("token_digest", String(64), nullable=False, unique=True),
    Column("replaces", String(64)),
    Column("prepared_at", DateTime(timezone=True), nullable=False),
)
"""Boxes that have a device file with a token and have not been heard of; the first status that
comes with the token says which box it is, and by which key."""

update_offers = Table(
    "update_offers",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("version", String(100), nullable=False),
    Column("compatible", String(100), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("share", Integer, nullable=False),
    Column("offered_at", DateTime(timezone=True), nullable=False),
)
"""Bundles that boxes of that kind may fetch: those that are named, and of all others a share in
percent. The files lie in the folder of the server, each called by its digest."""

update_offer_boxes = Table(
    "update_offer_boxes",
    metadata,
    Column("sha256", String(64), ForeignKey("update_offers.sha256"), primary_key=True),
    Column("device", String(64), ForeignKey("boxes.device"), primary_key=True),
)

box_statuses = Table(
    "box_statuses",
    metadata,
    Column("device", String(64), ForeignKey("boxes.device"), primary_key=True),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("document", Text, nullable=False),
)
"""What each box has told of itself last. It can be lost: each tells it again within a day."""

packages = Table(
    "packages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("device", String(64), ForeignKey("boxes.device"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("previous", String(64)),
    Column("period", String(20), nullable=False),
    Column("unit", String(10), nullable=False),
    Column("part", Integer, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False, index=True),
    Column("joined", Text, nullable=False),
    Column("days_held", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("device_name", String(120), nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("place", Text, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    UniqueConstraint("device", "sequence"),
    UniqueConstraint("device", "period"),
)
"""What was taken in. `entry` and `manifest` are compressed by zlib, the signature is over the
manifest; together with the box's key they prove the numbers without the files."""

quarter_sums = Table(
    "quarter_sums",
    metadata,
    Column("quarter", String(10), primary_key=True),
    Column("packages", Integer, nullable=False),
    Column("made_by", String(20), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""Sums of so many packages whose last day lies in a quarter, as a version of this program made
them. They can be lost: the packages have all that is in them.
"""

topics = Table(
    "topics",
    metadata,
    Column("topic", String(64), primary_key=True),
    Column("label", String(200), primary_key=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
)
"""What topics were called, and in which packages first and last."""

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("device", String(64), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("times", Integer, nullable=False),
    UniqueConstraint("kind", "device", "subject"),
)
"""What was refused, each once however often it came."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("place", Text, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
)
"""Folders and sticks that were read, and uploads that brought something."""
