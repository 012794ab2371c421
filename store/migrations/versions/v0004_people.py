"""Step 0004: people, their roles, invitations and sessions, and for which city an upload was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    _people()
    _roles()
    _visits()
    op.execute("INSERT INTO schema_version (version) VALUES (4)")


def _people() -> None:
    op.create_table(
        "persons",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "person_words",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("persons.id"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("words_sha256", sa.String(64), nullable=False),
    )
    op.create_index("person_words_by_person", "person_words", ["person_id"])
    op.create_table(
        "identities",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("persons.id"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("words_sha256", sa.String(64), nullable=False),
    )
    op.create_index("identities_by_person", "identities", ["person_id"])
    op.create_table(
        "passwords",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("persons.id"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("words_sha256", sa.String(64), nullable=False),
    )
    op.create_index("passwords_by_person", "passwords", ["person_id"])
    op.create_table(
        "person_states",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("persons.id"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("active", sa.Integer, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("why", sa.String(32), nullable=False),
    )
    op.create_index("person_states_by_person", "person_states", ["person_id"])
    op.create_table(
        "finders",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("persons.id"), nullable=False),
    )
    op.create_index("finders_by_person", "finders", ["person_id"])


def _roles() -> None:
    op.create_table(
        "grants",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("persons.id"), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("city_id", sa.String(32), nullable=False),
        sa.Column("country", sa.String(8), nullable=False),
        sa.Column("areas", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
    )
    op.create_index("grants_by_city", "grants", ["city_id"])
    op.create_index("grants_by_person", "grants", ["person_id"])
    op.create_table(
        "grant_ends",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("grant_id", sa.String(32), sa.ForeignKey("grants.id"), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("why", sa.String(32), nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("code_sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("words_sha256", sa.String(64), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("city_id", sa.String(32), nullable=False),
        sa.Column("country", sa.String(8), nullable=False),
        sa.Column("areas", sa.Text, nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("expires", sa.String(40), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
    )
    op.create_index("invitations_by_city", "invitations", ["city_id"])
    op.create_table(
        "invitation_uses",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column(
            "invitation_id", sa.String(32), sa.ForeignKey("invitations.id"), nullable=False, unique=True
        ),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("why", sa.String(32), nullable=False),
    )
    op.create_table(
        "upload_owners",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("upload_id", sa.String(32), sa.ForeignKey("uploads.id"), nullable=False),
        sa.Column("city_id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("upload_owners_by_city", "upload_owners", ["city_id"])
    op.create_index("upload_owners_by_upload", "upload_owners", ["upload_id"])


def _visits() -> None:
    op.create_table(
        "sessions",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("persons.id"), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("ends", sa.String(40), nullable=False),
    )
    op.create_index("sessions_by_person", "sessions", ["person_id"])
    op.create_table(
        "session_ends",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("session_id", sa.String(32), sa.ForeignKey("sessions.id"), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("why", sa.String(32), nullable=False),
    )
    op.create_table(
        "session_seen",
        sa.Column("session_id", sa.String(32), primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
    )
    op.create_index("sign_in_tries_by_place", "sign_in_tries", ["place"])
    op.create_index("sign_in_tries_by_who", "sign_in_tries", ["who"])
