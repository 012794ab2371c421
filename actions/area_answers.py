"""One answer of one city in words: value, goalposts, working and what to beware of, down to the cell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.figures import NOTHING, points, value
from actions.ledger import reading_words
from actions.score_steps import STATUS_WORDS, steps_to
from actions.standing import Standing
from locales import mark
from scoring.model import Node, Observation

_ROLES: Mapping[str, str] = {
    "shown": mark("Shown, not scored"),
    "doubtful": mark("Wording doubtful: asked, never scored"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One measurement: what was asked, answered and made of it, in words."""

    code: str
    title: str
    definition: str
    how: str
    value: str
    year: str
    badges: tuple[str, ...]
    status: str
    goalposts: str
    goalpost_origin: str
    working: str
    points: str
    source: str
    link: str
    remark: str
    where: str
    read_as: str


def answer(where: Standing, node: Node, language: str, unit: int = 0) -> Answer:
    """One measurement of one city in words, down to sheet and cell."""
    framework = house.framework()
    say, words = house.voice(language).say, framework.words[language][node.code]
    measurement = node.measurement
    assert measurement is not None
    given = where.observation(node.code, unit)
    has_value = given is not None and given.value is not None
    score_text, status = NOTHING, say(_ROLES[measurement.role]) if measurement.role in _ROLES else ""
    if measurement.scored:
        made = [step for step in steps_to(where, node.parent, unit) if step.code == node.code]
        if made:
            status = say(STATUS_WORDS[made[0].status])
            score_text = points(math.nan if made[0].points is None else made[0].points, language)
    return Answer(
        code=node.code,
        title=words.title,
        definition=words.definition,
        how=words.how,
        value=value(given.value, measurement.unit, language) if given else NOTHING,
        year=str(given.year) if given and given.year else NOTHING,
        badges=_badges(where, node, given, language, unit),
        status=status,
        goalposts=goalpost_text(node, language),
        goalpost_origin=_goalpost_origin(node, language),
        working=_working(node, given, score_text, language) if has_value else "",
        points=score_text,
        source=given.source if given else "",
        link=given.link if given else "",
        remark=given.remark if given else "",
        where=f"{given.place.sheet}!{given.place.cell}" if given else "",
        read_as=reading_words(given, language) if given else "",
    )


def goalpost_text(node: Node, language: str) -> str:
    """Which values give 0 and 100 points, or why there are none."""
    measurement = node.measurement
    assert measurement is not None
    say = house.voice(language).say
    if measurement.lower is None or measurement.upper is None:
        return say("No goalposts: shown, not scored")
    if measurement.scale == "ladder":
        return say(
            "Ladder: each of the {levels} levels gives {points} points",
            levels=house.framework().rules.ladder_levels,
            points=house.voice(language).number(house.framework().rules.ladder_step),
        )
    none, full = measurement.lower, measurement.upper
    if measurement.direction < 0:
        none, full = full, none
    text = say(
        "{none} gives 0 points, {full} gives 100",
        none=value(none, measurement.unit, language),
        full=value(full, measurement.unit, language),
    )
    return text + say(" (on a logarithmic scale)") if measurement.scale == "log" else text


def _goalpost_origin(node: Node, language: str) -> str:
    measurement = node.measurement
    assert measurement is not None
    framework, say = house.framework(), house.voice(language).say
    if not measurement.goalpost_source:
        return ""
    terms = house.terms(language)
    titles = house.voice(language).listing(
        tuple(framework.sources_in[language][one].title for one in measurement.goalpost_source)
    )
    return say(
        "{kind}; scope: {scope}; source: {sources}; {checked}",
        kind=terms[f"kind.{measurement.goalpost_kind}"],
        scope=terms[f"scope.{measurement.goalpost_scope}"],
        sources=titles,
        checked=say("checked") if measurement.goalpost_verified else say("not yet checked"),
    )


def _working(node: Node, given: Observation | None, points_text: str, language: str) -> str:
    """The step from value to points in one line."""
    measurement = node.measurement
    assert measurement is not None
    assert given is not None
    return house.voice(language).say(
        "{value} → {goalposts} → {points} points",
        value=value(given.value, measurement.unit, language),
        goalposts=goalpost_text(node, language),
        points=points_text,
    )


def _badges(
    where: Standing, node: Node, given: Observation | None, language: str, unit: int
) -> tuple[str, ...]:
    """What a reader must know at once about an answer."""
    say, framework = house.voice(language).say, house.framework()
    measurement = node.measurement
    assert measurement is not None
    badges = []
    if measurement.role in _ROLES:
        badges.append(say(_ROLES[measurement.role]))
    if given is None:
        return tuple(badges)
    if measurement.method == "expert" and given.value is not None:
        badges.append(say("rated by the city, not verified"))
    assessed = where.reading(unit).profile.get("assessment_year")
    if given.year and isinstance(assessed, int | float) and assessed - given.year > framework.rules.badge_age:
        badges.append(say("older than {years} years", years=framework.rules.badge_age))
    weak = {grade.id for grade in framework.rules.evidence_grades if grade.weak}
    if given.grade:
        grade = house.terms(language)[f"grade.{given.grade}"]
        badges.append(say("weak evidence: {grade}", grade=grade) if given.grade in weak else grade)
    if given.state and given.state != "answered":
        badges.append(house.terms(language)[f"state.{given.state}"])
    return tuple(badges)
