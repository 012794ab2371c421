"""The overview of one city: where it stands, how sure that is, and what to do next."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.figures import band_name, band_rows, bracket, names, points, share
from actions.standing import Standing, standing
from actions.uploads import city_name
from reports.charts import Spec, dot_and_bracket
from reports.palette import palette
from scoring.explain import gain
from scoring.remit import TOLERANCE

# More focus areas than this are counted in a sentence, not named.
_AREAS_NAMED = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name and what it means."""

    label: str
    value: str
    help: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """An open answer and what it could add to the city's score at most."""

    code: str
    title: str
    area: str
    adds: str
    how: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the overview page shows, in words."""

    city: str
    profile_only: bool
    summary: str
    figures: tuple[Figure, ...]
    chart: Spec
    chart_description: str
    table: tuple[Mapping[str, str], ...]
    next_steps: tuple[NextStep, ...]
    cautions: tuple[str, ...]


def overview(actor: Actor, upload_id: str, basket: str, language: str, dark: bool) -> Overview:
    """The overview of one upload in one basket; NotKeptError if there is no such upload."""
    see(actor, upload_id)
    return _overview(upload_id, basket, language, dark)


@lru_cache(maxsize=256)
def _overview(upload_id: str, basket: str, language: str, dark: bool) -> Overview:
    where = standing(upload_id, basket)
    chart, description = _chart(where, language, dark)
    return Overview(
        city=city_name(where.reading()) or where.uploads[0].name,
        profile_only=not bool(where.scores.ranked[0]),
        summary=_summary(where, language),
        figures=figures(where, language),
        chart=chart,
        chart_description=description,
        table=area_table(where, language),
        next_steps=_next_steps(where, language),
        cautions=_cautions(where, language),
    )


def _area_codes(where: Standing) -> list[str]:
    """Focus areas in the city's basket, highest assured score first, then in the framework's order."""
    areas = [node.code for node in house.framework().at_level("focus_area")]
    inside = [code for code in areas if not math.isnan(where.number("assured", code))]
    return sorted(inside, key=lambda code: -where.number("assured", code))


def _chart(where: Standing, language: str, dark: bool) -> tuple[Spec, str]:
    say = house.voice(language).say
    words = house.framework().words[language]
    rows = []
    for code in _area_codes(where):
        reported = where.number("reported", code)
        assured, upper = where.number("assured", code), where.number("upper", code)
        rows.append(
            {
                "code": code,
                "label": f"{code} {words[code].short}",
                "assured": assured,
                "reported": None if math.isnan(reported) else reported,
                "upper": upper,
                "assured_text": points(assured, language),
                "reported_text": points(reported, language),
                "bracket_text": bracket(assured, upper, language),
                "coverage_text": share(where.number("coverage", code), language),
            }
        )
    titles = {
        "axis": say("points, 0 to 100"),
        "row": say("Focus area"),
        "assured": say("Assured"),
        "reported": say("Reported"),
        "bracket": say("Bracket"),
        "coverage": say("Answered"),
    }
    description = say(
        "Focus areas sorted by assured score, from {first} to {last}; the table below holds every number.",
        first=f"{rows[0]['label']} {rows[0]['assured_text']}" if rows else "–",
        last=f"{rows[-1]['label']} {rows[-1]['assured_text']}" if rows else "–",
    )
    return dot_and_bracket(rows, band_rows(), titles, palette(dark)), description


def area_table(where: Standing, language: str, unit: int = 0) -> tuple[Mapping[str, str], ...]:
    """The focus areas as table rows in the framework's order; headers are in the reader's language."""
    say = house.voice(language).say
    words = house.framework().words[language]
    rows = []
    for node in house.framework().at_level("focus_area"):
        assured, upper = where.number("assured", node.code, unit), where.number("upper", node.code, unit)
        rows.append(
            {
                say("Focus area"): f"{node.code} {words[node.code].title}",
                say("Assured"): points(assured, language),
                say("Reported"): points(where.number("reported", node.code, unit), language),
                say("Bracket"): bracket(assured, upper, language),
                say("Level"): band_name(assured, language),
                say("Answered"): share(where.number("coverage", node.code, unit), language),
                say("Rated by the city"): share(where.number("claimed", node.code, unit), language),
                say("Without claims"): points(where.number("without_claims", node.code, unit), language),
            }
        )
    return tuple(rows)


def figures(where: Standing, language: str) -> tuple[Figure, ...]:
    """The score of the first city with its bracket and how much is answered."""
    say = house.voice(language).say
    scores = where.scores
    assured, upper = float(scores.assured[0, 0]), float(scores.upper[0, 0])
    return (
        Figure(
            say("Assured score"),
            points(assured, language),
            say("Open answers count as 0. Nothing that is left blank can raise it."),
        ),
        Figure(
            say("Reported score"),
            points(float(scores.reported[0, 0]), language),
            say("The mean of what has been answered; open answers are left out."),
        ),
        Figure(
            say("Bracket"),
            bracket(assured, upper, language),
            say("The lowest and highest score still possible: every open answer at 0, or every one at 100."),
        ),
        Figure(
            say("Answered"),
            share(float(scores.coverage[0, 0]), language),
            say("Share of the basket's weight that has a usable answer."),
        ),
    )


def _summary(where: Standing, language: str) -> str:
    say = house.voice(language).say
    words = house.framework().words[language]
    areas = _area_codes(where)
    assured = float(where.scores.assured[0, 0])
    if math.isnan(float(where.scores.reported[0, 0])):
        return say(
            "No measurement of this basket has a usable answer yet. Fill in any sheet of the workbook and upload it "
            "again: every answer shows at once."
        )
    best = names([words[code].title for code in areas[:2]], language)
    room = names([words[code].title for code in areas[-2:]], language)
    if where.scores.ranked[0]:
        first = say(
            "{level} with what is assured: {points} points.",
            level=_level(assured, language),
            points=points(assured, language),
        )
    else:
        first = _why_profile(where, language)
    return first + " " + say("Strongest: {best}. Most room for improvement: {room}.", best=best, room=room)


def _why_profile(where: Standing, language: str) -> str:
    """What is still missing for a level and a rank."""
    say, words = house.voice(language).say, house.framework().words[language]
    levels = {level.name: level.coverage or 0.0 for level in house.framework().levels}
    thin = thin_areas(where)
    if len(thin) > _AREAS_NAMED:
        return house.voice(language).plural(
            "This is a profile, without a level or rank yet: a level needs {area} of every focus area answered, "
            "and {count} area has less.",
            "This is a profile, without a level or rank yet: a level needs {area} of every focus area answered, "
            "and {count} areas have less.",
            len(thin),
            area=share(levels["focus_area"], language),
        )
    if thin:
        return say(
            "This is a profile, without a level or rank yet: a level needs {area} of every focus area answered, "
            "and less is answered in {areas}.",
            area=share(levels["focus_area"], language),
            areas=names([words[code].title for code in thin], language),
        )
    return say(
        "This is a profile, without a level or rank yet: {answered} of the basket is answered, a level needs {needed}.",
        answered=share(where.number("coverage", where.scores.nodes[0]), language),
        needed=share(levels["city"], language),
    )


def thin_areas(where: Standing, unit: int = 0) -> list[str]:
    """The focus areas of one city in which too little is answered for a level."""
    needed = {level.name: level.coverage or 0.0 for level in house.framework().levels}["focus_area"]
    areas = [node.code for node in house.framework().at_level("focus_area")]
    # NaN (outside the basket) compares false, so such an area never stands in the way.
    return [code for code in areas if where.number("coverage", code, unit) < needed - TOLERANCE]


def _level(value: float, language: str) -> str:
    return house.voice(language).say("Level {level}", level=band_name(value, language))


def _next_steps(where: Standing, language: str) -> tuple[NextStep, ...]:
    say = house.voice(language).say
    framework = house.framework()
    words = framework.words[language]
    steps = []
    for one in gain(framework, where.scores, where.uploads[0].id)[:3]:
        code = one.code
        area = _ancestor(code, "focus_area")
        steps.append(
            NextStep(
                code=code,
                title=f"{code} {words[code].title}",
                area=area,
                adds=say("Open: could add up to {points} points", points=points(one.points, language)),
                how=words[code].how,
            )
        )
    return tuple(steps)


def _ancestor(code: str, level: str) -> str:
    nodes = house.framework().by_code
    while code and nodes[code].level != level:
        code = nodes[code].parent
    return code


def _cautions(where: Standing, language: str) -> tuple[str, ...]:
    """What a reader must know before quoting the score, most important first."""
    voice = house.voice(language)
    say, scores, framework = voice.say, where.scores, house.framework()
    cautions = []
    claimed = float(scores.claimed[0, 0])
    if claimed > 0:
        cautions.append(
            say(
                "{share} of the weight rests on the city's own ratings, which nobody has verified. "
                "Without any claim the assured score is {points}.",
                share=share(claimed, language),
                points=points(float(scores.without_claims[0, 0]), language),
            )
        )
    if bool(scores.out[0].any()):
        cautions.append(
            say(
                "Some measurements are claimed to lie outside the city's remit. If all these claims were refused, "
                "the assured score would be {points}.",
                points=points(float(scores.refused_remit[0, 0]), language),
            )
        )
    loss = float(scores.balance_loss[0])
    if not math.isnan(loss):
        cautions.append(
            say(
                "Imbalance between focus areas costs {loss} points: the geometric mean is {geometric}.",
                loss=points(loss, language),
                geometric=points(float(scores.geometric[0]), language),
            )
        )
    weak_ids = {grade.id for grade in framework.rules.evidence_grades if grade.weak}
    answers = [one for one in where.reading().observations.values() if one.value is not None]
    weak = sum(one.grade in weak_ids for one in answers)
    if weak:
        cautions.append(
            voice.plural(
                "{count} answer rests on a personal estimate or an untraceable source.",
                "{count} answers rest on a personal estimate or an untraceable source.",
                weak,
            )
        )
    cautions.append(
        say(
            "The wording of all measurements is reconstructed and not yet checked against the published table. "
            "Score and levels are this tool's method, not UNESCO's."
        )
    )
    return tuple(cautions)
