"""One uploaded city beside another: every measurement that both have answered."""

from __future__ import annotations

from collections.abc import Mapping

from actions import house
from actions.compare_basis import basis_sentence
from actions.compare_words import (
    ComparePage,
    Partner,
    chart_titles,
    measurement_of,
    scope_flag,
    short_label,
    value_text,
)
from actions.figures import NOTHING, value
from actions.standing import Standing, stand, upload
from actions.uploads import city_name
from reports.charts import beside
from reports.palette import palette
from scoring.compare import common_basis
from scoring.explain import working


def beside_upload(where: Standing, other_id: str, language: str, dark: bool) -> ComparePage:
    """One uploaded city beside another: every measurement that both have answered."""
    say = house.voice(language).say
    both = stand((where.uploads[0], upload(other_id)), where.basket)
    own, other = (one.id for one in both.uploads)
    other_name = city_name(both.reading(1)) or both.uploads[1].name
    framework = house.framework()
    words = framework.words[language]
    rows: list[dict[str, object]] = []
    marks: list[dict[str, object]] = []
    table: list[Mapping[str, str]] = []
    for code in both.panel.codes:
        ours = working(framework, both.panel, own, code).points
        theirs = working(framework, both.panel, other, code).points
        if code not in both.scores.nodes or ours is None or theirs is None:
            continue
        given = both.observation(code, 1)
        text = value(given.value if given else None, measurement_of(code).unit, language)
        year = str(given.year) if given and given.year else NOTHING
        rows.append(
            {
                "code": code,
                "label": short_label(code, language),
                "city": ours,
                "city_text": value_text(where, code, language),
                "pair_text": f"{value_text(where, code, language)} | {text}",
                "remark_text": scope_flag(code, language),
            }
        )
        marks.append(
            {
                "code": code,
                "name": other_name,
                "points": theirs,
                "text": f"{words[code].short}: {text}",
                "note": year,
            }
        )
        table.append(
            {
                say("Measurement"): f"{code} {words[code].title}",
                say("This city"): value_text(where, code, language),
                say("Reference"): f"{other_name}: {text}",
                say("Year"): year,
            }
        )
    found = common_basis(framework, both.panel, where.basket, own, other)[0]
    caveats = (say("Invented city (sample)"),) if both.reading(1).invented else ()
    return ComparePage(
        partner=Partner(other_name, say("Another uploaded city, by its own answers."), "", caveats),
        practices=(),
        more=0,
        basis=basis_sentence(found.count, found.first, found.second, other_name, where, language),
        chart=beside(rows, marks, chart_titles(language), palette(dark)) if rows else None,
        chart_description=say("Both cities on every measurement that both have answered, in points."),
        table=tuple(table),
        notes=(),
        older=(),
        different=(),
        context=(),
    )
