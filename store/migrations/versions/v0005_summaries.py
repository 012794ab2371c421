"""Step 0005: what lists say of an upload, taken from its reading once, so that no list opens readings."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_UPLOADS = sa.table(
    "uploads",
    sa.column("sequence", sa.Integer),
    sa.column("id", sa.String),
    sa.column("reading_sha256", sa.String),
)
_CONTENTS = sa.table("contents", sa.column("sha256", sa.String), sa.column("content", sa.LargeBinary))
_LATEST_YEAR = 9999


def upgrade() -> None:
    """Make the table and fill it; the log's next line then vouches for its rows."""
    summaries = op.create_table(
        "summaries",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("upload_id", sa.String(32), sa.ForeignKey("uploads.id"), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("invented", sa.Integer, nullable=False),
        sa.Column("refused", sa.Integer, nullable=False),
    )
    connection = op.get_bind()
    uploads = connection.execute(
        sa.select(_UPLOADS.c.id, _UPLOADS.c.reading_sha256).order_by(_UPLOADS.c.sequence)
    ).all()
    made = 0
    for upload in uploads:
        held = sa.select(_CONTENTS.c.content).where(
            _CONTENTS.c.sha256 == upload.reading_sha256, _CONTENTS.c.content.is_not(None)
        )
        text = connection.execute(held.limit(1)).scalar()
        # Of a reading that was taken out for good no list says anything.
        if text is not None:
            made += 1
            row = {"sequence": made, "upload_id": upload.id, **_summary(json.loads(bytes(text)))}
            connection.execute(sa.insert(summaries).values(row))
    op.execute("INSERT INTO schema_version (version) VALUES (5)")


def _summary(reading: dict[str, Any]) -> dict[str, str | int]:
    name, year = reading["profile"].get("name"), reading["profile"].get("assessment_year")
    known = isinstance(year, int | float) and 0 < year <= _LATEST_YEAR
    text = "" if name is None else str(name)
    return {
        "name": text.replace("\0", "").encode("utf-8", "replace").decode("utf-8"),
        "year": int(year) if known else 0,
        "invented": int(reading["invented"]),
        "refused": int(any(one["severity"] == "refuses" for one in reading["findings"])),
    }
