"""Step 0003: the log, versions of answers, submissions; bytes and readings move to a table of their own by hash.

Bytes that came twice are kept once. The hash and size of every upload stay where they were.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_CONTENTS = sa.table(
    "contents",
    sa.column("sequence", sa.Integer),
    sa.column("sha256", sa.String),
    sa.column("size", sa.Integer),
    sa.column("content", sa.LargeBinary),
    sa.column("erased_at", sa.String),
)
_UPLOADS = sa.table(
    "uploads",
    sa.column("sequence", sa.Integer),
    sa.column("content", sa.LargeBinary),
    sa.column("reading", sa.Text),
    sa.column("reading_sha256", sa.String),
)


def upgrade() -> None:
    """Make the tables, move the bytes."""
    op.create_table(
        "contents",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=True),
        sa.Column("erased_at", sa.String(40), nullable=False),
    )
    op.create_index("contents_by_hash", "contents", ["sha256"])
    op.add_column("uploads", sa.Column("reading_sha256", sa.String(64), nullable=False, server_default=""))
    op.add_column("uploads", sa.Column("decided_from", sa.String(32), nullable=False, server_default=""))
    _move_bytes()
    op.drop_column("uploads", "content")
    op.drop_column("uploads", "reading")
    _new_tables()
    op.execute("INSERT INTO schema_version (version) VALUES (3)")


def _move_bytes() -> None:
    connection, known = op.get_bind(), set[str]()
    for sequence in (
        connection.execute(sa.select(_UPLOADS.c.sequence).order_by(_UPLOADS.c.sequence)).scalars().all()
    ):
        row = connection.execute(
            sa.select(_UPLOADS.c.content, _UPLOADS.c.reading).where(_UPLOADS.c.sequence == sequence)
        ).one()
        hashes = []
        for data in (bytes(row.content), row.reading.encode()):
            hashes.append(hashlib.sha256(data).hexdigest())
            if hashes[-1] not in known:
                known.add(hashes[-1])
                connection.execute(
                    sa.insert(_CONTENTS).values(
                        sequence=len(known), sha256=hashes[-1], size=len(data), content=data, erased_at=""
                    )
                )
        connection.execute(
            sa.update(_UPLOADS).where(_UPLOADS.c.sequence == sequence).values(reading_sha256=hashes[1])
        )


def _new_tables() -> None:
    op.create_table(
        "answers",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("upload_id", sa.String(32), sa.ForeignKey("uploads.id"), nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("cell", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("answers_by_version", "answers", ["subject", "code", "version"], unique=True)
    op.create_table(
        "submissions",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("upload_id", sa.String(32), sa.ForeignKey("uploads.id"), nullable=False),
        sa.Column("city_id", sa.String(32), nullable=False),
        sa.Column("framework", sa.String(80), nullable=False),
        sa.Column("edition", sa.String(40), nullable=False),
        sa.Column("framework_sha256", sa.String(64), nullable=False),
        sa.Column("engine", sa.String(40), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("reading_sha256", sa.String(64), nullable=False),
        sa.Column("scores", sa.Text, nullable=False),
        sa.Column("scores_sha256", sa.String(64), nullable=False),
    )
    op.create_index("submissions_by_upload", "submissions", ["upload_id"])
    op.create_table(
        "log",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("object_id", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("rows", sa.Text, nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("after", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )
    op.create_index("log_by_object", "log", ["kind", "object_id"])
