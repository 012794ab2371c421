"""The tables as they are now. Rows are only ever added: triggers refuse to change or drop one.

How an older database gets here stands in store/migrations/versions, one file a step.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from store.columns import number

# The newest step of store/migrations/versions; `schema_version` holds its number for programs older than the steps.
REVISION = "0007"
SCHEMA_VERSION = 7

METADATA = MetaData()


SCHEMA = Table("schema_version", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))

ALEMBIC = Table(
    "alembic_version",
    METADATA,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

# Bytes by their hash: workbooks and readings. Bytes may be taken out for good, their hash and size stay.
CONTENTS = Table(
    "contents",
    METADATA,
    number(),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=True),
    Column("erased_at", String(40), nullable=False),
    Index("contents_by_hash", "sha256"),
)

# `decided_from` is the upload whose bytes were read once more with other decisions, "" for a file as it came.
UPLOADS = Table(
    "uploads",
    METADATA,
    number(),
    Column("id", String(32), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("framework", String(80), nullable=False),
    Column("edition", String(40), nullable=False),
    Column("reading_sha256", String(64), nullable=False, server_default=""),
    Column("decided_from", String(32), nullable=False, server_default=""),
    Index("uploads_by_hash", "sha256"),
)

# What a list says of an upload without opening its reading: the city's name and the year as the workbook gives them
# ("" and 0 for none), and whether (0 or 1) the city is invented and the file was refused.
SUMMARIES = Table(
    "summaries",
    METADATA,
    number(),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("invented", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
)

CITIES = Table(
    "cities",
    METADATA,
    number(),
    Column("id", String(32), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("country", Text, nullable=False),
    Column("folded_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index("cities_by_name", "country", "folded_name"),
)

# Which city an upload is of, as a person confirmed it; the newest row of an upload counts.
CITY_LINKS = Table(
    "city_links",
    METADATA,
    number(),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
    Column("city_id", String(32), ForeignKey("cities.id"), nullable=False),
    Column("at", String(40), nullable=False),
    Index("city_links_by_upload", "upload_id"),
)

SETS = Table(
    "upload_sets",
    METADATA,
    number(),
    Column("id", String(32), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
)

SET_MEMBERS = Table(
    "upload_set_members",
    METADATA,
    Column("set_id", String(32), ForeignKey("upload_sets.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
)

# A what-if of the upload at position 0, seen beside the others.
SCENARIOS = Table(
    "scenarios",
    METADATA,
    number(),
    Column("id", String(32), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("basket", Text, nullable=False),
    Column("content", Text, nullable=False),
)

SCENARIO_UPLOADS = Table(
    "scenario_uploads",
    METADATA,
    Column("scenario_id", String(32), ForeignKey("scenarios.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
    Index("scenarios_by_upload", "upload_id"),
)

# Every version of every answer. `subject` is a city, or an upload that is of no known city; `old` and `new` are
# answers as JSON, "" where there is none; `sheet` and `cell` are where the new one stands in the upload.
ANSWERS = Table(
    "answers",
    METADATA,
    number(),
    Column("subject", String(32), nullable=False),
    Column("code", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cell", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("answers_by_version", "subject", "code", "version", unique=True),
)

# Assessments as they were handed in: what was judged, by what, and what came out, to the last digit.
SUBMISSIONS = Table(
    "submissions",
    METADATA,
    number(),
    Column("id", String(32), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
    Column("city_id", String(32), nullable=False),
    Column("framework", String(80), nullable=False),
    Column("edition", String(40), nullable=False),
    Column("framework_sha256", String(64), nullable=False),
    Column("engine", String(40), nullable=False),
    Column("file_sha256", String(64), nullable=False),
    Column("reading_sha256", String(64), nullable=False),
    Column("scores", Text, nullable=False),
    Column("scores_sha256", String(64), nullable=False),
    Index("submissions_by_upload", "upload_id"),
)

# The log: one line for each act that changed something, each bound to the line before by a keyed hash (store/log.py).
LOG = Table(
    "log",
    METADATA,
    number("number"),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("rows", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("after", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("mac", String(64), nullable=False),
    Index("log_by_object", "kind", "object_id"),
)

# Those of them whose rows the log vouches for, parents before children; store/schema.py adds those of people.
LOGGED = (
    CONTENTS,
    UPLOADS,
    SUMMARIES,
    CITIES,
    CITY_LINKS,
    SETS,
    SET_MEMBERS,
    SCENARIOS,
    SCENARIO_UPLOADS,
    ANSWERS,
    SUBMISSIONS,
)
