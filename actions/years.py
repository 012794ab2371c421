"""A city's assessments over the years: what was read in each, by which rules it can be judged, what breaks where."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from actions import house
from actions.access import Actor
from actions.record import record
from actions.rooms import Room, room, rooms_of
from actions.rule_sets import present_rules, rules_of
from actions.standing import upload
from scoring.model import Framework, Observation, Reading, Scores
from scoring.panel import assemble
from scoring.score import score
from scoring.trends import EVERYTHING
from store.states import OPEN
from store.submissions import Submission, submissions_in

# By which rules the years are judged: those of now, each year's own, both beside each other, or those of one year.
PRESENT, OWN, BESIDE, OF_YEAR = "present", "own", "beside", "of-"


@dataclass(frozen=True, eq=False)
class CityYear:
    """One assessment: what was read from it, and as what it was handed in (None for what never was).

    `rules` is the hash of the rules it was asked and judged by, for a draft those that count now.
    """

    id: str
    year: int
    reading: Reading
    submission: Submission | None
    rules: str


def city_years(actor: Actor, city_id: str) -> tuple[CityYear, ...]:
    """The assessments of a city that the actor may see, the earliest year first.

    Of one that was handed in it is the workbook that was; of one that is open again for whoever works on it, or was
    never handed in, the record as it is now.
    """
    return tuple(_city_year(actor, room(actor, one.id)) for one in reversed(rooms_of(actor, city_id)))


def _city_year(actor: Actor, here: Room) -> CityYear:
    handed_in = here.handed_in
    year = here.assessment.year
    if handed_in is None or (here.sees_draft and here.state.state in OPEN):
        return CityYear(here.id, year, record(actor, here.id).reading, None, present_rules())
    with house.store().reading() as reader:
        found = {one.id: one for one in submissions_in(reader, handed_in.upload_id)}[handed_in.submission_id]
    return CityYear(here.id, year, upload(handed_in.upload_id).reading, found, found.framework_sha256)


def rule_choices(years: Sequence[CityYear]) -> Mapping[str, int]:
    """By which rules the years can be judged, the present ones first: choice -> the year whose rules they are, or 0."""
    choices = {PRESENT: 0}
    if any(one.submission for one in years):
        choices |= {OWN: 0, BESIDE: 0}
    known = {present_rules()}
    for one in reversed(years):
        if one.rules not in known and rules_of(one.rules) is not None:
            choices[f"{OF_YEAR}{one.year}"] = one.year
        known.add(one.rules)
    return choices


def framework_for(choice: str, years: Sequence[CityYear]) -> Framework:
    """The rules of a choice as a framework; for each year's own, those that count now."""
    for one in years:
        if choice == f"{OF_YEAR}{one.year}" and (found := rules_of(one.rules)):
            return found
    return house.framework()


def answers_for(framework: Framework, reading: Reading) -> Mapping[str, Observation]:
    """A year's answers by the codes of a framework; those that it did not ask, or asked otherwise, are left out."""
    rows = reading.observations
    if reading.edition == framework.edition:
        return rows
    if reading.edition in framework.editions:
        codes = {code: framework.editions[reading.edition].get(code, code) for code in rows}
    else:
        # The answers are younger than the rules: back along the younger edition's own table.
        older = house.framework().editions.get(framework.edition, {})
        back = {new: old for old, new in older.items() if new}
        codes = {code: back.get(code, "" if code in older else code) for code in rows}
    return {
        new: replace(rows[old], code=new)
        for old, new in codes.items()
        if new in framework.by_code and framework.by_code[new].measurement is not None
    }


@lru_cache(maxsize=256)
def scores_by(framework: Framework, reading: Reading, basket: str) -> Scores:
    """One year's scores by a framework's rules; KeyError for an unknown basket."""
    return score(framework, assemble(framework, {"city": answers_for(framework, reading)}), basket)


@dataclass(frozen=True, slots=True)
class YearScore:
    """One node's score in one year: assured and upper in points, coverage 0-1; None where it has none."""

    assured: float | None
    upper: float | None
    coverage: float | None


NO_SCORE = YearScore(None, None, None)


def score_by_rules(framework: Framework, one: CityYear, basket: str, code: str) -> YearScore:
    """A node's score in a year by a framework's rules."""
    scores = scores_by(framework, one.reading, basket)
    if code not in scores.nodes:
        return NO_SCORE
    at = scores.column(code)
    if not scores.in_basket[0, at]:
        return NO_SCORE
    return YearScore(float(scores.assured[0, at]), float(scores.upper[0, at]), float(scores.coverage[0, at]))


def score_handed_in(one: CityYear, basket: str, code: str) -> YearScore:
    """A node's score as it was frozen when the year was handed in; of a draft, by the rules that count now."""
    if one.submission is None:
        return score_by_rules(house.framework(), one, basket, code)
    found = _frozen(one.submission.scores).get(basket, {}).get("nodes", {}).get(code, {})
    return YearScore(found.get("assured"), found.get("upper"), found.get("coverage"))


@lru_cache(maxsize=64)
def _frozen(scores: str) -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, float | None]]]]:
    found: Mapping[str, Mapping[str, Mapping[str, Mapping[str, float | None]]]] = json.loads(scores)
    return found


# Kinds of breaks that no city said: other questions, rules that are no longer kept, and other rules of judging.
OTHER_EDITION, UNKNOWN_RULES, OTHER_DEFINITION, OTHER_RULES = (
    "other_edition",
    "unknown_rules",
    "other_definition",
    "other_rules",
)


@dataclass(frozen=True, slots=True)
class Break:
    """Why a year cannot be compared with earlier ones: the city's own words, or a kind of change of the rules.

    `code` is a measurement, or EVERYTHING; `edition` the one that was changed to, for a change of the rules.
    """

    year: int
    code: str
    said: str = ""
    kind: str = ""
    edition: str = ""


def breaks(years: Sequence[CityYear], choice: str, framework: Framework) -> tuple[Break, ...]:
    """Every break of some years in their order: what cities said, what was asked otherwise, what was judged otherwise.

    Each year is held beside the one before it; what the first one says is of years that are not there, and is told
    all the same.
    """
    found: list[Break] = []
    for before, one in zip((None, *years), years, strict=False):
        found += [
            Break(one.year, code, said=row.series_break)
            for code, row in answers_for(framework, one.reading).items()
            if row.series_break
        ]
        if before is not None:
            found += asked_otherwise(before, one)
            if choice == OWN and before.rules != one.rules:
                found.append(Break(one.year, EVERYTHING, kind=OTHER_RULES, edition=_edition(one)))
    return tuple(found)


def asked_otherwise(before: CityYear, after: CityYear) -> list[Break]:
    """What was asked otherwise in a year than in the one before: everything, or the measurements defined anew."""
    edition = _edition(after)
    if before.rules == after.rules:
        return []
    one, other = rules_of(before.rules), rules_of(after.rules)
    if _edition(before) != edition:
        return [Break(after.year, EVERYTHING, kind=OTHER_EDITION, edition=edition)]
    if one is None or other is None:
        return [Break(after.year, EVERYTHING, kind=UNKNOWN_RULES, edition=edition)]
    return [
        Break(after.year, node.code, kind=OTHER_DEFINITION, edition=edition)
        for node in other.measurements
        if node.code in one.by_code and _definition(one, node.code) != _definition(other, node.code)
    ]


def _definition(framework: Framework, code: str) -> tuple[str, str]:
    """What was asked: the unit, and the definition in the framework's first language."""
    node = framework.by_code[code]
    unit = node.measurement.unit if node.measurement is not None else ""
    return unit, framework.words[framework.languages[0]][code].definition


def _edition(one: CityYear) -> str:
    return one.submission.edition if one.submission is not None else house.framework().edition
