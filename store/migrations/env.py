"""Runs the steps on the connection of whoever asks, within the transaction that it has open."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
