"""Rules between fields, read from a table that a non-programmer can extend, and what they find: questions only.

A row of checks.csv names a relation and two fields (a measurement's code, or "profile:" and a field's id):
`part_of`, the left is a part of the right and cannot be larger; `not_after`, the left year is not later than the
right one; `ratio`, left over right lies between `low` and `high`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from indicators import findings
from indicators.profile import profile_fields
from indicators.tables import read_table
from scoring.model import FieldCheck, Finding, Node, Observation, Place

FILE = "checks.csv"
COLUMNS = ("relation", "left", "right", "low", "high")
PROFILE = "profile:"


def read_checks(folder: Path, nodes: Sequence[Node]) -> tuple[FieldCheck, ...]:
    """The rules of a framework folder; none where it has no checks.csv. CatalogueError for a wrong row."""
    if not (folder / FILE).exists():
        return ()
    known = {node.code for node in nodes if node.measurement} | {
        PROFILE + field for field in profile_fields()
    }
    found = []
    for row in read_table(folder, FILE, COLUMNS):
        relation = row.choice("relation", RELATIONS)
        fields = [row.choice(column, known) for column in ("left", "right")]
        low, high = row.optional_number("low"), row.optional_number("high")
        if relation == "ratio" and (low is None or high is None or low >= high):
            raise row.fault("a ratio needs low and high, the lower one first")
        found.append(FieldCheck(relation, fields[0], fields[1], low, high))
    return tuple(found)


def check_fields(
    checks: Sequence[FieldCheck],
    profile: Mapping[str, str | float | int],
    observations: Mapping[str, Observation],
    places: Mapping[str, Place],
) -> Iterator[Finding]:
    """A question for every rule that the answers break; `places` says where profile entries stand."""
    for check in checks:
        left, right = (_number(field, profile, observations) for field in (check.left, check.right))
        if left is None or right is None or RELATIONS[check.relation](check, left, right):
            continue
        kind = f"fields_{check.relation}"
        facts: Mapping[str, str | float | int] = {
            "found": left,
            "other_found": right,
            "found_year": int(left),
            "other_year": int(right),
            "other": check.right,
        }
        named = {fact: facts[fact] for fact in findings.kinds()[kind].facts}
        place = _place(check.left, observations, places)
        yield findings.make(kind, place, check.left.removeprefix(PROFILE), **named)


def _number(
    field: str, profile: Mapping[str, str | float | int], observations: Mapping[str, Observation]
) -> float | None:
    if field.startswith(PROFILE):
        entry = profile.get(field.removeprefix(PROFILE))
        return float(entry) if isinstance(entry, int | float) else None
    given = observations.get(field)
    return given.value if given else None


def _place(field: str, observations: Mapping[str, Observation], places: Mapping[str, Place]) -> Place | None:
    if field.startswith(PROFILE):
        return places.get(field.removeprefix(PROFILE))
    return observations[field].place


def _part_of(_check: FieldCheck, left: float, right: float) -> bool:
    return left <= right


def _ratio(check: FieldCheck, left: float, right: float) -> bool:
    return right == 0 or (check.low or 0) <= left / right <= (check.high or 0)


RELATIONS: Mapping[str, Callable[[FieldCheck, float, float], bool]] = {
    "part_of": _part_of,
    "not_after": _part_of,
    "ratio": _ratio,
}
