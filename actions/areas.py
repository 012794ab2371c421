"""One focus area of one city, from the area down to the cell of the workbook."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.area_answers import Answer, answer
from actions.figures import band_name, band_rows, bracket, points, share
from actions.score_steps import step_rows
from actions.standing import Standing, standing
from reports.charts import Spec, dot_and_bracket
from reports.palette import palette
from scoring.remit import TOLERANCE


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


def _commitment(code: str, language: str) -> Commitment:
    found = next(one for one in house.commitments().commitments if one.focus_area == code)
    words = found.words[language]
    return Commitment(
        words.title, words.definition, tuple(one.words[language].title for one in found.sub_actions)
    )
