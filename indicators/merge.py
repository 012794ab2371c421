"""Several departments' parts become one city's answers; where they say different things, a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from scoring.model import Framework, Observation, Place, Reading

PROFILE = "profile:"


@dataclass(frozen=True, slots=True)
class Said:
    """What one part says: its number among the parts, the entry as text, and where it stands (None for the profile)."""

    part: int
    entry: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field of which parts say different things; `field` is a code, a rating's key or "profile:" and a field id."""

    field: str
    said: tuple[Said, ...]


def conflicts(parts: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Every field that two or more parts fill in differently; the same entry twice is none."""
    found = []
    for field in _fields(parts):
        said = [Said(number, _entry(part, field), place_in(part, field)) for number, part in enumerate(parts)]
        filled = tuple(one for one in said if one.entry)
        if len({one.entry for one in filled}) > 1:
            found.append(Conflict(field, filled))
    return tuple(found)


def merge(framework: Framework, parts: Sequence[Reading], decided: Mapping[str, int]) -> Reading:
    """One reading from all parts; `decided` names for every conflict the part that counts.

    An undecided conflict stays blank: nothing is chosen silently. Findings are left out, for the merged answers
    are read anew. Raises ValueError for no parts, IndexError for a decision on a part there is not.
    """
    if not parts:
        raise ValueError("there is nothing to merge")
    profile: dict[str, str | float | int] = {}
    observations: dict[str, Observation] = {}
    ratings: dict[str, Observation] = {}
    for field, number in holders(parts, decided).items():
        holder = parts[number]
        if field.startswith(PROFILE):
            profile[field.removeprefix(PROFILE)] = holder.profile[field.removeprefix(PROFILE)]
        elif field in holder.observations:
            observations[field] = holder.observations[field]
        else:
            ratings[field] = holder.ratings[field]
    order = [node.code for node in framework.measurements]
    return Reading(
        framework=parts[0].framework,
        edition=parts[0].edition,
        language=parts[0].language,
        invented=any(part.invented for part in parts),
        profile=MappingProxyType(profile),
        observations=MappingProxyType({code: observations[code] for code in order if code in observations}),
        ratings=MappingProxyType(ratings),
        findings=(),
    )


def holders(parts: Sequence[Reading], decided: Mapping[str, int]) -> Mapping[str, int]:
    """Which part every field is taken from, by its number; undecided conflicts are left out."""
    undecided = {one.field for one in conflicts(parts)} - set(decided)
    return {
        field: decided[field]
        if field in decided
        else next(number for number, part in enumerate(parts) if _entry(part, field))
        for field in _fields(parts)
        if field not in undecided
    }


def place_in(part: Reading, field: str) -> Place | None:
    """Where a part says something about a field; None for the profile."""
    given = _observation(part, field)
    return given.place if given else None


def _fields(parts: Sequence[Reading]) -> Iterator[str]:
    """Every field that any part fills in, each once: profile, measurements, ratings."""
    seen: dict[str, None] = {}
    for part in parts:
        seen |= {PROFILE + field: None for field in part.profile if field != "invented"}
    for part in parts:
        seen |= {code: None for code in part.observations if _entry(part, code)}
    for part in parts:
        seen |= {code: None for code in part.ratings if _entry(part, code)}
    return iter(seen)


def _observation(part: Reading, field: str) -> Observation | None:
    return part.observations.get(field) or part.ratings.get(field)


def _entry(part: Reading, field: str) -> str:
    """What a part says about a field, as text to compare; "" where it says nothing."""
    if field.startswith(PROFILE):
        return str(part.profile.get(field.removeprefix(PROFILE), ""))
    given = _observation(part, field)
    if given is None:
        return ""
    value = given.raw if given.value is None else f"{given.value:g}"
    state = given.state if given.state != "answered" else ""
    parts = (value, state, str(given.year or ""), given.source, given.series_break)
    return " · ".join(text for text in parts if text)
