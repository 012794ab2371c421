"""Step 0001: the tables of the first release. Uploads with their bytes, cities, links between them, sets of uploads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.bulk_insert(
        op.create_table(
            "schema_version", sa.Column("version", sa.Integer, primary_key=True, autoincrement=False)
        ),
        [{"version": 1}],
    )
    op.create_table(
        "uploads",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("framework", sa.String(80), nullable=False),
        sa.Column("edition", sa.String(40), nullable=False),
        sa.Column("reading", sa.Text, nullable=False),
    )
    op.create_index("uploads_by_hash", "uploads", ["sha256"])
    op.create_table(
        "cities",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("folded_name", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_index("cities_by_name", "cities", ["country", "folded_name"])
    op.create_table(
        "city_links",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("upload_id", sa.String(32), sa.ForeignKey("uploads.id"), nullable=False),
        sa.Column("city_id", sa.String(32), sa.ForeignKey("cities.id"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("city_links_by_upload", "city_links", ["upload_id"])
    op.create_table(
        "upload_sets",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "upload_set_members",
        sa.Column("set_id", sa.String(32), sa.ForeignKey("upload_sets.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("upload_id", sa.String(32), sa.ForeignKey("uploads.id"), nullable=False),
    )
