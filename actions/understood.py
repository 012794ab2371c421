"""What was understood from one file, as plain data (docs/framework-format.md, "Outputs")."""

from __future__ import annotations

from collections.abc import Mapping

from actions import house
from actions.tell import tell
from indicators.profile import profile_fields
from scoring.model import Entry, Finding, Observation, Reading

ACCEPTED, QUESTIONS, REFUSED = "accepted", "questions", "refused"
_OPEN = ("blocks", "question")
_LEVEL = "level"


def understood(file: str, reading: Reading, language: str) -> dict[str, object]:
    """One file as an object fit for JSON: its status, every value with its cell, and every finding in words."""
    refused = reading.refused
    return {
        "file": file,
        "status": _status(reading),
        "refusal": {"kind": refused.kind, "message": _message(refused, language)} if refused else None,
        "edition": None if refused else reading.edition,
        "language": None if refused else reading.language,
        "values": _values(reading),
        "findings": [_finding(one, language) for one in reading.findings],
    }


def unopened(file: str, message: str) -> dict[str, object]:
    """The same for a file that could not be opened at all."""
    return {
        "file": file,
        "status": REFUSED,
        "refusal": {"kind": "cannot_be_opened", "message": message},
        "edition": None,
        "language": None,
        "values": {},
        "findings": [],
    }


def _status(reading: Reading) -> str:
    if reading.refused is not None:
        return REFUSED
    return QUESTIONS if any(one.severity in _OPEN for one in reading.findings) else ACCEPTED


def _values(reading: Reading) -> dict[str, Mapping[str, object]]:
    """Measurements by code, ratings by "declaration:theme", profile entries by field; each only if filled in."""
    framework = house.framework()
    values: dict[str, Mapping[str, object]] = {}
    for code, answer in reading.observations.items():
        measurement = framework.by_code[code].measurement
        values[code] = _value(answer, measurement.unit if measurement else None)
    for key, rating in reading.ratings.items():
        values[key] = _value(rating, _LEVEL)
    for id, entry in reading.entries.items():
        values[id] = _value(entry, profile_fields()[id].unit or None)
    return values


def _value(read: Observation | Entry, unit: str | None) -> Mapping[str, object]:
    return {
        "value": read.value,
        "candidates": list(read.candidates) if read.value is None else [],
        "unit": unit,
        "raw": read.raw,
        "sheet": read.place.sheet,
        "cell": read.place.cell,
        "rule": read.rule,
        "confidence": read.confidence,
    }


def _finding(finding: Finding, language: str) -> Mapping[str, object]:
    told = tell(finding, language)
    found = finding.facts.get("found")
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "sheet": finding.place.sheet if finding.place else None,
        "cell": finding.place.cell if finding.place else None,
        "code": finding.code or None,
        "found": None if found is None else str(found),
        "expected": told.rule,
        "message": _message(finding, language),
        "proposal": finding.proposal or None,
    }


def _message(finding: Finding, language: str) -> str:
    told = tell(finding, language)
    return f"{told.title}: {told.sentence} {told.advice}"
