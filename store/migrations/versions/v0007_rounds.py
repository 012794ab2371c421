"""Step 0007: award rounds, and the journal of what is said in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rounds",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("award", sa.String(80), nullable=False),
        sa.Column("rules_sha256", sa.String(64), nullable=False),
        sa.Column("invented", sa.Integer, nullable=False),
    )
    op.create_table(
        "round_entries",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("round_id", sa.String(32), sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("seat", sa.String(32), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("words_sha256", sa.String(64), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index(
        "round_entries_by_version", "round_entries", ["round_id", "kind", "key", "version"], unique=True
    )
    op.execute("INSERT INTO schema_version (version) VALUES (7)")
