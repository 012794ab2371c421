"""What is wrong with the store, in one sentence each; pages and the command line say it in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from locales import mark

STORE_TROUBLES: Mapping[str, str] = {
    "read_only": mark("The folder in which uploads are kept cannot be written to."),
    "full": mark("There is no room left where uploads are kept."),
    "damaged": mark("The file in which uploads are kept is damaged or is no file of this tool."),
    "newer_schema": mark("The kept data were written by a newer version of this tool."),
    "unreachable": mark("The file in which uploads are kept cannot be opened at the moment."),
    "old_database": mark("The database program is too old: PostgreSQL 15 or SQLite 3.35 is the least."),
    "wrong_settings": mark("The database does not keep safely: a setting of its own is not as it must be."),
    "wrong_address": mark(
        "DATABASE_URL names no database that this tool knows: it begins with postgresql://, names a server, and its "
        "only option is sslmode (disable, prefer, require or verify-full)."
    ),
    "key_missing": mark(
        "The key of the log is missing: set SCORECARD_AUDIT_KEY, or bring audit.key back beside the data."
    ),
    "key_short": mark("The key of the log is too short: SCORECARD_AUDIT_KEY needs 32 signs or more."),
    "key_wrong": mark("The key of the log is another one than that with which the kept data were written."),
    "not_empty": mark("Something is kept here already; a backup is restored into an empty place only."),
    "no_backup": mark("The file is no backup of this tool, or it is damaged."),
}
