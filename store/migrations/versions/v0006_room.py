"""Step 0006: a city's room: its record year by year, evidence, states, questions, cards, membership."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    _record()
    _states()
    _evidence()
    _cards()
    op.execute("INSERT INTO schema_version (version) VALUES (6)")


def _record() -> None:
    op.create_table(
        "assessments",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("city_id", sa.String(32), sa.ForeignKey("cities.id"), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("from_id", sa.String(32), nullable=False),
    )
    op.create_index("assessments_by_year", "assessments", ["city_id", "year"], unique=True)
    op.create_table(
        "record_entries",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("assessment_id", sa.String(32), sa.ForeignKey("assessments.id"), nullable=False),
        sa.Column("field", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("way", sa.String(32), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("upload_id", sa.String(32), nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("cell", sa.String(32), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index(
        "record_entries_by_version", "record_entries", ["assessment_id", "field", "version"], unique=True
    )
    op.create_table(
        "record_clashes",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("assessment_id", sa.String(32), sa.ForeignKey("assessments.id"), nullable=False),
        sa.Column("field", sa.String(80), nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("record_clashes_by_assessment", "record_clashes", ["assessment_id"])
    op.create_table(
        "record_clash_ends",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("clash_id", sa.String(32), sa.ForeignKey("record_clashes.id"), nullable=False, unique=True),
        sa.Column("choice", sa.String(32), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "record_copies",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("assessment_id", sa.String(32), sa.ForeignKey("assessments.id"), nullable=False),
        sa.Column("record_sha256", sa.String(64), nullable=False),
        sa.Column("upload_id", sa.String(32), sa.ForeignKey("uploads.id"), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("record_copies_by_hash", "record_copies", ["assessment_id", "record_sha256"])


def _states() -> None:
    op.create_table(
        "assessment_states",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("assessment_id", sa.String(32), sa.ForeignKey("assessments.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("upload_id", sa.String(32), nullable=False),
        sa.Column("submission_id", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index(
        "assessment_states_by_version", "assessment_states", ["assessment_id", "version"], unique=True
    )
    op.create_table(
        "visibilities",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("assessment_id", sa.String(32), sa.ForeignKey("assessments.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("choice", sa.String(32), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("visibilities_by_version", "visibilities", ["assessment_id", "version"], unique=True)
    op.create_table(
        "queries",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("assessment_id", sa.String(32), sa.ForeignKey("assessments.id"), nullable=False),
        sa.Column("field", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("queries_by_assessment", "queries", ["assessment_id"])
    op.create_table(
        "query_replies",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("query_id", sa.String(32), sa.ForeignKey("queries.id"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("query_replies_by_query", "query_replies", ["query_id"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("assessment_id", sa.String(32), sa.ForeignKey("assessments.id"), nullable=False),
        sa.Column("field", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("pointer", sa.Text, nullable=False),
        sa.Column("from_id", sa.String(32), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("evidence_by_assessment", "evidence", ["assessment_id"])
    op.create_table(
        "evidence_states",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("evidence_id", sa.String(32), sa.ForeignKey("evidence.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("evidence_states_by_version", "evidence_states", ["evidence_id", "version"], unique=True)
    op.create_table(
        "membership_checks",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("city_id", sa.String(32), sa.ForeignKey("cities.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("membership_checks_by_version", "membership_checks", ["city_id", "version"], unique=True)


def _cards() -> None:
    op.create_table(
        "cards",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("city_id", sa.String(32), sa.ForeignKey("cities.id"), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("cards_by_city", "cards", ["city_id"])
    op.create_table(
        "card_versions",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("card_id", sa.String(32), sa.ForeignKey("cards.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("card_versions_by_version", "card_versions", ["card_id", "version"], unique=True)
    op.create_table(
        "card_consents",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("card_id", sa.String(32), sa.ForeignKey("cards.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("published", sa.Integer, nullable=False),
        sa.Column("card_version", sa.Integer, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("card_consents_by_version", "card_consents", ["card_id", "version"], unique=True)
