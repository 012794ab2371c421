"""By what a finding is known again, in a later file as well."""

from __future__ import annotations

import hashlib

from scoring.model import Finding, Place

_ID_DIGITS = 10


def note_id(finding: Finding) -> str:
    """By what a finding is known again in a later file: what it is, where, and what it concerns."""
    place = finding.place or Place("", "")
    told = "\0".join((finding.kind, place.sheet, place.cell, finding.code))
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    # A letter in front, so that no spreadsheet takes it for a number.
    return f"f{digest[:_ID_DIGITS]}"
