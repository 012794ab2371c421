"""The way ahead and the what-if as a workbook: routes, open answers, changes, figures before and after, saved ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from actions import house
from actions.access import Actor
from actions.outcome import Asked
from actions.route import Question, ahead
from actions.saved import comparison, kept_of
from actions.ways import moves
from actions.whatif import whatif
from indicators.moves import FIGURE, LADDER
from reports.sheet import MEDIA_TYPE, Column, Sheet, workbook
from scoring.scenario import Scenario

__all__ = ["MEDIA_TYPE", "next_sheet", "next_sheet_name"]

_WIDTHS = (44, 30, 24, 18, 40, 18, 60)


def next_sheet_name(language: str) -> str:
    """What the file is called: subject and day."""
    subject = house.voice(language).say("What next?").casefold().strip("?？")
    return re.sub(r"\s+", "-", f"{subject}-{house.today().isoformat()}.xlsx")


def next_sheet(actor: Actor, question: Question, asked: Asked, scenario: Scenario, language: str) -> bytes:
    """The bytes of the .xlsx; NotKeptError for an unknown upload."""
    say = house.voice(language).say
    shown, changed = ahead(actor, question, language), whatif(actor, asked, scenario, language, dark=False)
    titles = (say("Route"), say("Another route"))
    saved = tuple(one for one in kept_of(actor, asked.upload_id, language) if one.basket == asked.basket)
    tables: list[tuple[str, Sequence[Mapping[str, str]]]] = [
        *((title, route.table) for title, route in zip(titles, shown.routes, strict=False)),
        (say("Open answers"), shown.open_table),
        (say("What is changed"), changed.changes),
        (say("Before and after"), (*changed.table, *_renamed(changed.areas, language))),
        (say("Saved what-ifs"), comparison(actor, asked, saved, language)),
    ]
    notes = [
        shown.summary,
        *shown.notes,
        *(f"{title}: {route.ends}" for title, route in zip(titles, shown.routes, strict=False)),
        *(line for route in shown.routes for line in route.rests),
        changed.rank_note,
        conventions(language),
    ]
    sheets = [_sheet(title, rows) for title, rows in tables if rows]
    sheets.append(_sheet(say("Notes"), [{say("Notes"): line} for line in notes], wide=100))
    return workbook(sheets, language)


def conventions(language: str) -> str:
    """What the routes rest on that no authority has set."""
    voice, found = house.voice(language), moves()
    ladder, figure = found.rules[LADDER], found.rules[FIGURE]
    return voice.say(
        "Realistic steps, efforts and what comes first are conventions of this tool of {month}: a rating moves up by "
        "at most {levels} levels, a figure by at most {steps} steps of {share} of the way between its goalposts, and "
        "an open answer is expected at the mean of what the city reports in that focus area.",
        month=found.agreed,
        levels=voice.number(ladder.step * ladder.most),
        steps=voice.number(figure.most),
        share=voice.percent(figure.step),
    )


def _renamed(rows: Sequence[Mapping[str, str]], language: str) -> list[Mapping[str, str]]:
    """Rows of focus areas under the headings of the figures."""
    say = house.voice(language).say
    return [
        {(say("Figure") if name == say("Focus area") else name): text for name, text in row.items()}
        for row in rows
    ]


def _sheet(title: str, rows: Sequence[Mapping[str, str]], wide: float = 0) -> Sheet:
    names = list(rows[0])
    columns = tuple(Column(name, wide or _WIDTHS[min(i, len(_WIDTHS) - 1)]) for i, name in enumerate(names))
    return Sheet(title, columns, tuple(tuple(row[name] for name in names) for row in rows), wrapped=True)
