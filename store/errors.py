"""Why something could not be kept or read, in a form that a page can tell."""

from __future__ import annotations

# What went wrong with the store itself; a page has one sentence for each.
KINDS = (
    "read_only",
    "full",
    "damaged",
    "newer_schema",
    "unreachable",
    "old_database",
    "wrong_settings",
    "wrong_address",
    "key_missing",
    "key_short",
    "key_wrong",
    "not_empty",
    "no_backup",
)


class StoreError(Exception):
    """The store could not do its work; `kind` is one of KINDS, `detail` is for the log, never for a page."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        self.detail = detail
