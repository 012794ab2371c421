"""The tables of a city's room, as they are now: its record year by year, evidence, states, questions, cards.

Everything is versioned instead of changed: a table of versions holds the number that the next writer must have seen.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from store.columns import by, moment, number, own_id
from store.tables import CITIES, METADATA


def _of(name: str, table: str) -> Column[str]:
    return Column(name, String(32), ForeignKey(f"{table}.id"), nullable=False)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


# An id of something else that may be missing: "" then.
def _maybe(name: str) -> Column[str]:
    return Column(name, String(32), nullable=False)


def _word(name: str) -> Column[str]:
    return Column(name, String(32), nullable=False)


# One assessment of one city for one year; `from_id` is the one it goes on from.
ASSESSMENTS = Table(
    "assessments",
    METADATA,
    number(),
    own_id(),
    moment(),
    by(),
    Column("city_id", String(32), ForeignKey(CITIES.c.id), nullable=False),
    Column("year", Integer, nullable=False),
    _maybe("from_id"),
    Index("assessments_by_year", "city_id", "year", unique=True),
)

# Every version of every field of a record: `field` is a measurement's code, "declaration:theme" or "profile:entry",
# `said` its texts by column as JSON ("" for emptied), `way` how it came in; from a file with its sheet and cell.
RECORD_ENTRIES = Table(
    "record_entries",
    METADATA,
    number(),
    _of("assessment_id", "assessments"),
    Column("field", String(80), nullable=False),
    _version(),
    Column("said", Text, nullable=False),
    _word("way"),
    Column("why", Text, nullable=False),
    _maybe("upload_id"),
    Column("sheet", Text, nullable=False),
    Column("cell", String(32), nullable=False),
    by(),
    moment(),
    Index("record_entries_by_version", "assessment_id", "field", "version", unique=True),
)

# What the slower one of two people wrote: kept beside the record until somebody chooses.
RECORD_CLASHES = Table(
    "record_clashes",
    METADATA,
    number(),
    own_id(),
    _of("assessment_id", "assessments"),
    Column("field", String(80), nullable=False),
    Column("base", Integer, nullable=False),
    Column("said", Text, nullable=False),
    by(),
    moment(),
    Index("record_clashes_by_assessment", "assessment_id"),
)

# A clash that is settled: `choice` says whose entry counts.
RECORD_CLASH_ENDS = Table(
    "record_clash_ends",
    METADATA,
    number(),
    Column("clash_id", String(32), ForeignKey("record_clashes.id"), nullable=False, unique=True),
    _word("choice"),
    by(),
    moment(),
)

# A record as a workbook, made where it is looked at or handed in: an upload like any other.
RECORD_COPIES = Table(
    "record_copies",
    METADATA,
    number(),
    _of("assessment_id", "assessments"),
    Column("record_sha256", String(64), nullable=False),
    _of("upload_id", "uploads"),
    by(),
    moment(),
    Index("record_copies_by_hash", "assessment_id", "record_sha256"),
)

# Where an assessment stands; `upload_id` and `submission_id` are what was signed and handed in, `detail` is JSON.
ASSESSMENT_STATES = Table(
    "assessment_states",
    METADATA,
    number(),
    _of("assessment_id", "assessments"),
    _version(),
    _word("state"),
    _maybe("upload_id"),
    _maybe("submission_id"),
    Column("detail", Text, nullable=False),
    by(),
    moment(),
    Index("assessment_states_by_version", "assessment_id", "version", unique=True),
)

# Who may see an assessment that was handed in: private, jury, network or public.
VISIBILITIES = Table(
    "visibilities",
    METADATA,
    number(),
    _of("assessment_id", "assessments"),
    _version(),
    _word("choice"),
    by(),
    moment(),
    Index("visibilities_by_version", "assessment_id", "version", unique=True),
)

# A reviewer's question at an answer ("" for one about the whole), and what is said to it.
QUERIES = Table(
    "queries",
    METADATA,
    number(),
    own_id(),
    _of("assessment_id", "assessments"),
    Column("field", String(80), nullable=False),
    Column("text", Text, nullable=False),
    by(),
    moment(),
    Index("queries_by_assessment", "assessment_id"),
)

# `kind` is reply, settled or reopened.
QUERY_REPLIES = Table(
    "query_replies",
    METADATA,
    number(),
    _of("query_id", "queries"),
    _word("kind"),
    Column("text", Text, nullable=False),
    by(),
    moment(),
    Index("query_replies_by_query", "query_id"),
)

# What stands behind an answer: a link or a file (its bytes among the contents), and where in it to look.
EVIDENCE = Table(
    "evidence",
    METADATA,
    number(),
    own_id(),
    _of("assessment_id", "assessments"),
    Column("field", String(80), nullable=False),
    _word("kind"),
    Column("link", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media", String(80), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("pointer", Text, nullable=False),
    _maybe("from_id"),
    by(),
    moment(),
    Index("evidence_by_assessment", "assessment_id"),
)

# `state` is to_confirm, confirmed or withdrawn; without a row a piece counts as given.
EVIDENCE_STATES = Table(
    "evidence_states",
    METADATA,
    number(),
    _of("evidence_id", "evidence"),
    _version(),
    _word("state"),
    Column("why", Text, nullable=False),
    by(),
    moment(),
    Index("evidence_states_by_version", "evidence_id", "version", unique=True),
)

# What a city said for the membership check; `said` is JSON.
MEMBERSHIP_CHECKS = Table(
    "membership_checks",
    METADATA,
    number(),
    Column("city_id", String(32), ForeignKey(CITIES.c.id), nullable=False),
    _version(),
    Column("said", Text, nullable=False),
    by(),
    moment(),
    Index("membership_checks_by_version", "city_id", "version", unique=True),
)

# A city's practice card, its versions (`said` is JSON) and whether others may see it (1 or 0), by its own consent:
# what they see is the version that was consented to (0 where none was).
CARDS = Table(
    "cards",
    METADATA,
    number(),
    own_id(),
    Column("city_id", String(32), ForeignKey(CITIES.c.id), nullable=False),
    by(),
    moment(),
    Index("cards_by_city", "city_id"),
)

CARD_VERSIONS = Table(
    "card_versions",
    METADATA,
    number(),
    _of("card_id", "cards"),
    _version(),
    Column("said", Text, nullable=False),
    by(),
    moment(),
    Index("card_versions_by_version", "card_id", "version", unique=True),
)

CARD_CONSENTS = Table(
    "card_consents",
    METADATA,
    number(),
    _of("card_id", "cards"),
    _version(),
    Column("published", Integer, nullable=False),
    Column("card_version", Integer, nullable=False),
    by(),
    moment(),
    Index("card_consents_by_version", "card_id", "version", unique=True),
)

ROOM = (
    ASSESSMENTS,
    RECORD_ENTRIES,
    RECORD_CLASHES,
    RECORD_CLASH_ENDS,
    RECORD_COPIES,
    ASSESSMENT_STATES,
    VISIBILITIES,
    QUERIES,
    QUERY_REPLIES,
    EVIDENCE,
    EVIDENCE_STATES,
    MEMBERSHIP_CHECKS,
    CARDS,
    CARD_VERSIONS,
    CARD_CONSENTS,
)
