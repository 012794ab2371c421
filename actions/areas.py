"""One focus area of one city, from the area down to the cell of the workbook."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.figures import NOTHING, band_name, band_rows, bracket, points, share, value
from actions.ledger import reading_words
from actions.standing import Standing, standing
from locales import mark
from reports.charts import Spec, dot_and_bracket
from reports.palette import palette
from scoring.explain import steps
from scoring.model import Node, Observation, Step
from scoring.remit import TOLERANCE

_STATUS: Mapping[str, str] = {
    "answered": mark("answered"),
    "blank": mark("open: counts 0 in the assured score"),
    "out": mark("claimed outside the city's remit: left out, its weight shared among the others"),
    "over_cap": mark("claimed outside the city's remit beyond the cap: counts as open"),
    "outside_basket": mark("not in this basket"),
}
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


@dataclass(frozen=True, slots=True)
class FeatureCard:
    """One feature with its score, the steps that lead to it and its measurements."""

    code: str
    title: str
    definition: str
    assured: str
    bracket: str
    steps: tuple[Mapping[str, str], ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """The Beijing commitment of the same subject, with sub-actions that the Key Features lack."""

    title: str
    definition: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaCard:
    """Everything the focus-area page shows, in words."""

    code: str
    title: str
    definition: str
    assured: str
    reported: str
    bracket: str
    coverage: str
    level: str
    claims: str
    chart: Spec
    chart_description: str
    table: tuple[Mapping[str, str], ...]
    steps: tuple[Mapping[str, str], ...]
    features: tuple[FeatureCard, ...]
    commitment: Commitment
    sdg: str


def area_titles(language: str) -> dict[str, str]:
    """The focus areas on offer: code -> number and title."""
    words = house.framework().words[language]
    return {
        node.code: f"{node.code} {words[node.code].title}"
        for node in house.framework().at_level("focus_area")
    }


def area(actor: Actor, upload_id: str, code: str, basket: str, language: str, dark: bool) -> AreaCard:
    """One focus area of one upload; NotKeptError if there is no such upload, KeyError for an unknown area."""
    see(actor, upload_id)
    return _area(upload_id, code, basket, language, dark)


@lru_cache(maxsize=512)
def _area(upload_id: str, code: str, basket: str, language: str, dark: bool) -> AreaCard:
    where = standing(upload_id, basket)
    framework = house.framework()
    node, words = framework.by_code[code], framework.words[language]
    features = tuple(_feature(where, child, language) for child in framework.children[code])
    chart, table = _picture(where, code, language, dark)
    assured, upper = where.number("assured", code), where.number("upper", code)
    return AreaCard(
        code=code,
        title=words[code].title,
        definition=words[code].definition,
        assured=points(assured, language),
        reported=points(where.number("reported", code), language),
        bracket=bracket(assured, upper, language),
        coverage=share(where.number("coverage", code), language),
        level=band_name(assured, language),
        claims=_claims(where, code, language),
        chart=chart,
        chart_description=house.voice(language).say(
            "Features of this focus area with assured score, reported score and bracket; the table holds every number."
        ),
        table=table,
        steps=step_rows(where, code, language),
        features=features,
        commitment=_commitment(code, language),
        sdg=", ".join(node.sdg),
    )


def _claims(where: Standing, code: str, language: str) -> str:
    """How much of a score rests on claims, and what stands without them; "" where nothing is claimed."""
    say = house.voice(language).say
    claimed = where.number("claimed", code)
    parts = []
    if claimed > 0:
        parts.append(
            say(
                "{share} of the weight is rated by the city itself; without any claim the assured score is {points}.",
                share=share(claimed, language),
                points=points(where.number("without_claims", code), language),
            )
        )
    refused, assured = where.number("refused_remit", code), where.number("assured", code)
    if abs(refused - assured) > TOLERANCE:
        parts.append(
            say(
                "If the claims of being outside the remit were refused, it would be {points}.",
                points=points(refused, language),
            )
        )
    return " ".join(parts)


def step_rows(where: Standing, code: str, language: str, unit: int = 0) -> tuple[Mapping[str, str], ...]:
    """How a score comes about: one row a child, and the sum. Points times share of weight is the contribution."""
    say = house.voice(language).say
    words = house.framework().words[language]
    rows = []
    made = _steps(where, code, unit)
    for step in made:
        inside = step.status in ("answered", "blank", "over_cap")
        rows.append(
            {
                say("Part"): f"{_number(step.code)}{words[step.code].title}",
                say("State"): say(_STATUS[step.status]),
                say("Points"): points(math.nan if step.points is None else step.points, language),
                say("Share of weight"): share(step.share, language) if inside else NOTHING,
                say("Contribution"): points(step.contribution, language) if inside else NOTHING,
            }
        )
    if made:
        rows.append(
            {
                say("Part"): say("Together"),
                say("State"): "",
                say("Points"): "",
                say("Share of weight"): share(sum(step.share for step in made), language),
                say("Contribution"): points(where.number("assured", code, unit), language),
            }
        )
    return tuple(rows)


def _steps(where: Standing, code: str, unit: int) -> tuple[Step, ...]:
    """The steps to a node's score; none where the node is outside the basket."""
    if code not in where.scores.nodes:
        return ()
    return steps(house.framework(), where.scores, where.uploads[unit].id, code)


def _number(code: str) -> str:
    """The code before a title where it is a number that readers know from the workbook."""
    return f"{code} " if code[:1].isdigit() else ""


def _feature(where: Standing, code: str, language: str) -> FeatureCard:
    framework = house.framework()
    words = framework.words[language]
    assured, upper = where.number("assured", code), where.number("upper", code)
    return FeatureCard(
        code=code,
        title=words[code].title,
        definition=words[code].definition,
        assured=points(assured, language),
        bracket=bracket(assured, upper, language),
        steps=step_rows(where, code, language),
        answers=tuple(
            answer(where, framework.by_code[child], language) for child in framework.children[code]
        ),
    )


def _picture(
    where: Standing, code: str, language: str, dark: bool
) -> tuple[Spec, tuple[Mapping[str, str], ...]]:
    say = house.voice(language).say
    framework = house.framework()
    words = framework.words[language]
    rows, table = [], []
    for child in framework.children[code]:
        assured, upper = where.number("assured", child), where.number("upper", child)
        reported = where.number("reported", child)
        texts = {
            "assured_text": points(assured, language),
            "reported_text": points(reported, language),
            "bracket_text": bracket(assured, upper, language),
            "coverage_text": share(where.number("coverage", child), language),
        }
        table.append(
            {
                say("Feature"): f"{child} {words[child].title}",
                say("Assured"): texts["assured_text"],
                say("Reported"): texts["reported_text"],
                say("Bracket"): texts["bracket_text"],
                say("Answered"): texts["coverage_text"],
            }
        )
        if not math.isnan(assured):
            rows.append(
                {
                    "code": child,
                    "label": f"{child} {words[child].short}",
                    "assured": assured,
                    "reported": None if math.isnan(reported) else reported,
                    "upper": upper,
                    **texts,
                }
            )
    titles = {
        "axis": say("points, 0 to 100"),
        "row": say("Feature"),
        "assured": say("Assured"),
        "reported": say("Reported"),
        "bracket": say("Bracket"),
        "coverage": say("Answered"),
    }
    return dot_and_bracket(rows, band_rows(), titles, palette(dark)), tuple(table)


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
        made = [step for step in _steps(where, node.parent, unit) if step.code == node.code]
        if made:
            status = say(_STATUS[made[0].status])
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


def _commitment(code: str, language: str) -> Commitment:
    found = next(one for one in house.commitments().commitments if one.focus_area == code)
    words = found.words[language]
    return Commitment(
        words.title, words.definition, tuple(one.words[language].title for one in found.sub_actions)
    )
