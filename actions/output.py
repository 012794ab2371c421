"""Scores of workbooks as plain data and tables (docs/framework-format.md, "Outputs")."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from actions import house
from actions.standing import rating_levels
from actions.uploads import city_name
from indicators.panel_sheet import PanelSheet
from scoring.levels import levels
from scoring.model import Reading, Scores, ThemeScores
from scoring.panel import assemble
from scoring.score import score
from scoring.themes import score_themes

NODE_NUMBERS = (
    "assured",
    "reported",
    "upper",
    "coverage",
    "claimed",
    "without_claims",
    "refused_remit",
    "weight",
)
NODE_FLAGS = ("out", "out_over_cap")
ROOT_COLUMNS = ("geometric", "balance_loss", "ranked", "band")
THEME_NUMBERS = ("assured", "reported", "upper", "coverage", "rating", "feature_share")
COLUMNS = (
    *("file", "city", "country", "framework", "edition", "basket", "code", "level"),
    *NODE_NUMBERS,
    *NODE_FLAGS,
    *ROOT_COLUMNS,
)


@dataclass(frozen=True, eq=False)
class Judged:
    """One workbook with its scores in every basket; none where the file was refused."""

    file: str
    reading: Reading
    scores: Mapping[str, Scores]
    themes: Mapping[str, ThemeScores]


def judge(file: str, reading: Reading) -> Judged:
    """Score one reading in every basket of the framework."""
    if reading.refused is not None:
        return Judged(file, reading, {}, {})
    framework, declaration = house.framework(), house.declaration()
    panel = assemble(framework, {file: reading.observations})
    ratings = {file: rating_levels(reading, declaration.id)}
    scores = {one.id: score(framework, panel, one.id) for one in framework.baskets}
    themes = {basket: score_themes(declaration, framework, made, ratings) for basket, made in scores.items()}
    return Judged(file, reading, scores, themes)


def as_data(judged: Sequence[Judged]) -> dict[str, object]:
    """All workbooks as one object fit for JSON; NaN becomes null."""
    framework = house.framework()
    return {
        "framework": framework.id,
        "edition": framework.edition,
        "cities": [_city(one) for one in judged],
    }


def _city(judged: Judged) -> dict[str, object]:
    reading = judged.reading
    findings = [
        {
            "kind": one.kind,
            "severity": one.severity,
            "sheet": one.place.sheet if one.place else None,
            "cell": one.place.cell if one.place else None,
            "code": one.code or None,
        }
        for one in reading.findings
    ]
    if reading.refused is not None:
        return {"file": judged.file, "findings": findings}
    return {
        "file": judged.file,
        "city": city_name(reading),
        "country": reading.profile.get("country"),
        "invented": reading.invented,
        "findings": findings,
        "baskets": {
            basket: _basket(scores, judged.themes[basket]) for basket, scores in judged.scores.items()
        },
    }


def _basket(scores: Scores, themes: ThemeScores) -> dict[str, object]:
    return {
        **_root(scores, levels(house.framework(), scores), 0),
        "nodes": {code: _node(scores, at) for at, code in enumerate(scores.nodes)},
        "themes": {
            code: {name: _number(getattr(themes, name)[0, at]) for name in THEME_NUMBERS}
            for at, code in enumerate(themes.themes)
        },
    }


def _root(scores: Scores, bands: Sequence[str], unit: int) -> dict[str, object]:
    return {
        "ranked": bool(scores.ranked[unit]),
        "band": bands[unit] or None,
        "geometric": _number(scores.geometric[unit]),
        "balance_loss": _number(scores.balance_loss[unit]),
    }


def _node(scores: Scores, at: int, unit: int = 0) -> dict[str, object]:
    numbers: dict[str, object] = {name: _number(getattr(scores, name)[unit, at]) for name in NODE_NUMBERS}
    return numbers | {name: bool(getattr(scores, name)[unit, at]) for name in NODE_FLAGS}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def as_table(judged: Sequence[Judged]) -> str:
    """All workbooks as one table, a line for each city, basket and node; text cells are inert in a spreadsheet."""
    return _table(
        line
        for one in judged
        for scores in one.scores.values()
        for line in _lines(
            scores, [one.file], [city_name(one.reading)], [str(one.reading.profile.get("country", ""))]
        )
    )


def as_panel_table(file: str, sheet: PanelSheet, baskets: Sequence[str]) -> str:
    """The cities of one sheet scored in some baskets, as the same table in the order of baskets and rows."""
    framework = house.framework()
    files = [file] * len(sheet.cities)
    scored = (score(framework, sheet.panel, basket) for basket in baskets)
    return _table(line for one in scored for line in _lines(one, files, sheet.cities, sheet.countries))


def _table(lines: Iterable[Mapping[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def _lines(
    scores: Scores, files: Sequence[str], cities: Sequence[str], countries: Sequence[str]
) -> Iterator[dict[str, object]]:
    """The lines of every unit of the scores, of which these are the files, cities and countries."""
    framework = house.framework()
    order = {node.code: at for at, node in enumerate(framework.nodes)}
    codes = sorted(scores.nodes, key=order.__getitem__)
    place = {code: at for at, code in enumerate(scores.nodes)}
    bands = levels(framework, scores)
    for unit, (file, city, country) in enumerate(zip(files, cities, countries, strict=True)):
        for code in codes:
            node = _node(scores, place[code], unit)
            line: dict[str, object] = {
                "file": inert(file),
                "city": inert(city),
                "country": inert(country),
                "framework": framework.id,
                "edition": framework.edition,
                "basket": scores.basket,
                "code": code,
                "level": framework.by_code[code].level,
                **{name: "" if node[name] is None else node[name] for name in NODE_NUMBERS},
                **{name: "yes" if node[name] else "no" for name in NODE_FLAGS},
            }
            if code == framework.root:
                root = _root(scores, bands, unit)
                line |= {name: "" if root[name] is None else root[name] for name in ROOT_COLUMNS}
                line["ranked"] = "yes" if root["ranked"] else "no"
            yield line


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a quote before the signs that begin one."""
    return f"'{text}" if text.lstrip()[:1] in tuple("=+-@|%\t\r\n") and text.strip() else text
