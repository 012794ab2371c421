"""A reading as text and back again, exactly."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from scoring.model import Entry, Finding, Observation, Place, Reading

_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in (Observation, Entry, Place)}


def dump(reading: Reading) -> str:
    """The reading as JSON text; lone surrogates and NUL, which databases refuse, are escaped by JSON itself.

    A pair of surrogates comes back as the one character that it stands for.
    """
    return json.dumps(
        {
            "framework": reading.framework,
            "edition": reading.edition,
            "language": reading.language,
            "invented": reading.invented,
            "profile": dict(reading.profile),
            "observations": [_plain(one) for one in reading.observations.values()],
            "ratings": {code: _plain(one) for code, one in reading.ratings.items()},
            "findings": [
                {
                    "kind": one.kind,
                    "severity": one.severity,
                    "place": _where(one.place),
                    "code": one.code,
                    "facts": dict(one.facts),
                    "proposal": one.proposal,
                }
                for one in reading.findings
            ],
            "entries": {field: _plain(one) for field, one in reading.entries.items()},
            "answers": dict(reading.answers),
            # Only where there is something to say, so that other readings keep their hash.
            **({"made_from": reading.made_from} if reading.made_from else {}),
        }
    )


def _plain(one: Observation | Entry) -> dict[str, Any]:
    # What dataclasses.asdict makes, without its copies of every text: a tenth of the time.
    made = {name: getattr(one, name) for name in _NAMES[type(one)]}
    return {**made, "place": _where(one.place)}


def _where(place: Place | None) -> dict[str, str] | None:
    return {name: getattr(place, name) for name in _NAMES[Place]} if place else None


def load(text: str) -> Reading:
    """The reading that `dump` wrote, now or before readings knew rules, entries and answers."""
    kept = json.loads(text)
    observations = [_observation(one) for one in kept["observations"]]
    return Reading(
        framework=kept["framework"],
        edition=kept["edition"],
        language=kept["language"],
        invented=kept["invented"],
        profile=kept["profile"],
        observations={one.code: one for one in observations},
        ratings={code: _observation(one) for code, one in kept["ratings"].items()},
        findings=tuple(Finding(**{**one, "place": _place(one["place"])}) for one in kept["findings"]),
        entries={field: _entry(one) for field, one in kept.get("entries", {}).items()},
        answers=kept.get("answers", {}),
        made_from=kept.get("made_from", ""),
    )


def _observation(kept: dict[str, Any]) -> Observation:
    return Observation(**{**kept, **_read_from(kept)})


def _entry(kept: dict[str, Any]) -> Entry:
    return Entry(**{**kept, **_read_from(kept)})


def _read_from(kept: dict[str, Any]) -> dict[str, Any]:
    return {"place": Place(**kept["place"]), "candidates": tuple(kept.get("candidates", ()))}


def _place(kept: dict[str, str] | None) -> Place | None:
    return None if kept is None else Place(**kept)
