"""The tables. Rows are only ever added: triggers refuse to change or drop one."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA_VERSION = 1

METADATA = MetaData()

SCHEMA = Table("schema_version", METADATA, Column("version", Integer, primary_key=True))

# `sequence` gives the order; clocks may run back.
UPLOADS = Table(
    "uploads",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("framework", String(80), nullable=False),
    Column("edition", String(40), nullable=False),
    Column("reading", Text, nullable=False),
    Index("uploads_by_hash", "sha256"),
)

CITIES = Table(
    "cities",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("country", String(8), nullable=False),
    Column("folded_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index("cities_by_name", "country", "folded_name"),
)

# Which city an upload is of, as a person confirmed it; the newest row of an upload counts.
CITY_LINKS = Table(
    "city_links",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
    Column("city_id", String(32), ForeignKey("cities.id"), nullable=False),
    Column("at", String(40), nullable=False),
    Index("city_links_by_upload", "upload_id"),
)

SETS = Table(
    "upload_sets",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
)

SET_MEMBERS = Table(
    "upload_set_members",
    METADATA,
    Column("set_id", String(32), ForeignKey("upload_sets.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
)

# A what-if of the upload at position 0, seen beside the others.
SCENARIOS = Table(
    "scenarios",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("basket", String(80), nullable=False),
    Column("content", Text, nullable=False),
)

SCENARIO_UPLOADS = Table(
    "scenario_uploads",
    METADATA,
    Column("scenario_id", String(32), ForeignKey("scenarios.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
    Index("scenarios_by_upload", "upload_id"),
)

APPEND_ONLY = (UPLOADS, CITIES, CITY_LINKS, SETS, SET_MEMBERS, SCENARIOS, SCENARIO_UPLOADS)
