"""The tables of award rounds, as they are now: the round itself, and everything that was ever said in it.

A round is a journal: who is a candidate, who sits in the jury, a conflict, a mark, a vote, the phase are entries,
each a version of the thing that its kind and key name. One table, so that one way leads to all of it.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from store.columns import by, moment, number, own_id
from store.tables import METADATA

# Of which award, by which rules (their hash), and whether all in it is invented (1 or 0).
ROUNDS = Table(
    "rounds",
    METADATA,
    number(),
    own_id(),
    moment(),
    by(),
    Column("award", String(80), nullable=False),
    Column("rules_sha256", String(64), nullable=False),
    Column("invented", Integer, nullable=False),
)

# `about` are the ids of the candidates that an entry says something of, with blanks between; `seat` is whose it is (""
# for the round's own), `said` JSON, `words_sha256` words about a person that can be taken out ("" for none).
ROUND_ENTRIES = Table(
    "round_entries",
    METADATA,
    number(),
    Column("round_id", String(32), ForeignKey("rounds.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("key", String(160), nullable=False),
    Column("version", Integer, nullable=False),
    Column("about", Text, nullable=False),
    Column("seat", String(32), nullable=False),
    Column("said", Text, nullable=False),
    Column("words_sha256", String(64), nullable=False),
    by(),
    moment(),
    Index("round_entries_by_version", "round_id", "kind", "key", "version", unique=True),
)

ROUND = (ROUNDS, ROUND_ENTRIES)
