"""A city's years as pictures with their tables: level beside progress, and lines that are cut at breaks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from actions import house
from actions.figures import NOTHING
from actions.years_seen import Seen, change_text, number_text
from actions.years_words import CUT, code_name, signed_points
from reports.palette import palette
from reports.trend import level_and_progress, trends
from scoring.trends import Trend

Rows = tuple[Mapping[str, object], ...]
# How tall a line is drawn.
LANE, WHOLE_LANE = 110, 210


@dataclass(frozen=True, eq=False)
class Drawn:
    """A chart with its description and the same as a table; no chart where there is nothing to draw."""

    chart: Mapping[str, Any] | None
    description: str
    table: Rows


def axes(seen: Seen, dark: bool) -> Drawn:
    language = seen.language
    say = house.voice(language).say
    words = {
        "level": say("Level, points"),
        "progress": say("Progress since {year}, points", year=seen.baseline.year),
        "year": say("Year"),
        "share": say("Can be compared"),
    }
    drawn, table = [], []
    for one in seen.years:
        level, found = seen.score(one, seen.framework.root).assured, seen.since_joining(one)
        change, compared = change_text(found, language)
        texts = {"label": str(one.year), "level_text": number_text(level, language)}
        texts |= {"progress_text": change, "share_text": compared}
        row = dict(zip(("year", "level", "progress", "share"), texts.values(), strict=True))
        table.append({words[name]: text for name, text in row.items()})
        if level is not None and found is not None and not np.isnan(found.change[0]):
            shape = "diamond" if one is seen.latest else "circle"
            progress_made = float(found.change[0])
            drawn.append(
                {**texts, "year": one.year, "level": level, "progress": progress_made, "shape": shape}
            )
    description = say(
        "Level from the bottom up, progress from left to right, one point a year; the latest year is a diamond. "
        "{years} of {all} years can be placed.",
        years=len(drawn),
        all=len(seen.years),
    )
    chart = _level_and_progress(_as_text(drawn, words), dark) if drawn else None
    return Drawn(chart, description, tuple(table))


def lines(seen: Seen, codes: Sequence[str], dark: bool, lane_height: int) -> Drawn:
    """The lines of some nodes, one below the other."""
    say = house.voice(seen.language).say
    told = [_Line(seen.trend(code), _label(seen, code), seen.language) for code in codes]
    dots = [dot for one in told for dot in one.dots()]
    cuts = [cut for one in told for cut in one.cuts()]
    titles = {
        "year": say("Year"),
        "row": say("Part"),
        "value": say("Assured, points"),
        "note": say("Change"),
        "cut": say("Cut"),
        "why": say("Why"),
    }
    description = say(
        "Assured scores over the years, 0 to 100 points. Where a line is cut, marked {sign}, the years on both sides "
        "cannot be compared: {count} cuts.",
        sign=CUT,
        count=len(cuts),
    )
    lanes = [{"code": one.line.code, "label": one.label} for one in told]
    chart = _trends(_as_text(lanes, dots, cuts, titles), dark, lane_height) if dots else None
    return Drawn(chart, description, tuple(one.row() for one in told))


def _as_text(*told: object) -> str:
    """What a chart is made of as one text, by which it is remembered: a chart costs more than all that it tells."""
    return json.dumps(told, sort_keys=True)


@lru_cache(maxsize=128)
def _trends(told: str, dark: bool, lane_height: int) -> Mapping[str, Any]:
    lanes, dots, cuts, titles = json.loads(told)
    return trends(lanes, dots, cuts, titles, palette(dark), lane_height)


@lru_cache(maxsize=128)
def _level_and_progress(told: str, dark: bool) -> Mapping[str, Any]:
    rows, words = json.loads(told)
    return level_and_progress(rows, words, palette(dark))


def _label(seen: Seen, code: str) -> str:
    words = seen.framework.words
    used = words[seen.language if seen.language in words else seen.framework.languages[0]][code]
    title = used.short or used.title
    return f"{code} {title}" if code[:1].isdigit() else title


@dataclass(frozen=True, slots=True)
class _Line:
    """One line in words: its dots and cuts for a chart, and the same as a row of a table."""

    line: Trend
    label: str
    language: str

    def _why(self) -> Mapping[int, str]:
        """Year of a cut -> what cuts it and why."""
        return {
            cut.year: " · ".join(f"{code_name(code, self.language)}: {why}" for code, why in cut.by)
            for cut in self.line.cuts
        }

    def dots(self) -> list[Mapping[str, object]]:
        say, why = house.voice(self.language).say, self._why()
        made: list[Mapping[str, object]] = []
        for dot in self.line.dots:
            if dot.value is None:
                continue
            if dot.change is not None:
                points = signed_points(dot.change, self.language)
                note = say("{points} since the assessment before", points=points)
            else:
                note = why.get(dot.year, say("nothing before it to compare with"))
            made.append(
                {
                    "code": self.line.code,
                    "label": self.label,
                    "year": dot.year,
                    "value": dot.value,
                    "stretch": dot.stretch,
                    "text": number_text(dot.value, self.language),
                    "note": note,
                }
            )
        return made

    def cuts(self) -> list[Mapping[str, object]]:
        years = [dot.year for dot in self.line.dots]
        word = house.voice(self.language).say("{sign} break", sign=CUT)
        return [
            {
                "code": self.line.code,
                "label": self.label,
                # Half way from the year before.
                "at": (years[years.index(year) - 1] + year) / 2,
                "sign": word,
                "reason": why,
            }
            for year, why in self._why().items()
        ]

    def row(self) -> Mapping[str, object]:
        say, why = house.voice(self.language).say, self._why()
        last = self.line.dots[-1].change
        return {
            say("Part"): self.label,
            **{
                str(dot.year): f"{CUT} {text}" if dot.year in why else text
                for dot in self.line.dots
                for text in (number_text(dot.value, self.language),)
            },
            say("Last change"): NOTHING if last is None else signed_points(last, self.language),
        }
