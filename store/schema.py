"""All tables together: what the log vouches for, what only grows, and what passes.

A new table is added to one of these and to a step of store/migrations/versions.
"""

from __future__ import annotations

from store.people_tables import PASSING, PEOPLE
from store.room_tables import ROOM
from store.round_tables import ROUND
from store.tables import ALEMBIC, LOG, METADATA, SCHEMA
from store.tables import LOGGED as KEPT

__all__ = ["ALEMBIC", "APPEND_ONLY", "LOG", "LOGGED", "METADATA", "PASSING", "SCHEMA"]

# Whose rows the log's lines vouch for and a backup holds, parents before children.
LOGGED = (*KEPT, *PEOPLE, *ROOM, *ROUND)
APPEND_ONLY = (*LOGGED, LOG)
