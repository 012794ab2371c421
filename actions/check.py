"""What the check of one upload found, how far each focus area is filled, and what to fill next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from actions import house
from actions.figures import names, points
from actions.standing import Standing, standing
from actions.tell import Told
from actions.uploads import told_of
from locales import mark
from scoring.explain import gain
from scoring.model import SEVERITIES

# What is asked first: as many rows as fit on a screen.
_NEXT_SHOWN = 10
_ALL = "all"
_SEVERITY_HEADS: Mapping[str, str] = {
    "refuses": mark("The file was not accepted"),
    "blocks": mark("To repair: these answers do not count yet"),
    "question": mark("To check: these answers count as they stand"),
    "note": mark("For your information"),
}


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """How far one focus area is filled: answered of asked in the basket, as a share and in words."""

    code: str
    title: str
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity."""

    severity: str
    head: str
    rows: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything the check shows about one upload, in words."""

    verdict: str  # fine | questions | blocked | refused
    sentence: str
    groups: tuple[Group, ...]
    progress: tuple[AreaProgress, ...]
    next_rows: tuple[Mapping[str, str], ...]


def severities(language: str) -> dict[str, str]:
    """The choices of the filter by severity."""
    say = house.voice(language).say
    return {_ALL: say("All findings"), **{one: say(_SEVERITY_HEADS[one]) for one in SEVERITIES[1:]}}


def area_choices(language: str) -> dict[str, str]:
    """The choices of the filter by focus area."""
    words = house.framework().words[language]
    areas = house.framework().at_level("focus_area")
    return {
        _ALL: house.voice(language).say("All focus areas"),
        **{node.code: f"{node.code} {words[node.code].title}" for node in areas},
    }


@lru_cache(maxsize=256)
def check(upload_id: str, basket: str, severity: str, area: str, language: str) -> CheckPage:
    """The check of one upload, filtered; NotKeptError if there is no such upload."""
    told = told_of(upload_id, language)
    where = standing(upload_id, basket)
    shown = [
        one for one in told if severity in (_ALL, one.severity) and area in (_ALL, one.code.split(".")[0])
    ]
    groups = tuple(
        Group(kind, house.voice(language).say(_SEVERITY_HEADS[kind]), rows)
        for kind in SEVERITIES
        if (rows := tuple(one for one in shown if one.severity == kind))
    )
    return CheckPage(
        verdict=_verdict(told),
        sentence=_sentence(told, language),
        groups=groups,
        progress=_progress(where, language),
        next_rows=_next(where, language),
    )


def _verdict(told: tuple[Told, ...]) -> str:
    found = {one.severity for one in told}
    for severity, verdict in (("refuses", "refused"), ("blocks", "blocked"), ("question", "questions")):
        if severity in found:
            return verdict
    return "fine"


def _sentence(told: tuple[Told, ...], language: str) -> str:
    voice = house.voice(language)
    count = {severity: sum(one.severity == severity for one in told) for severity in SEVERITIES}
    if count["refuses"]:
        return voice.say("This file was not accepted. The reason and the way out stand below.")
    parts = [
        voice.plural("{count} answer to repair", "{count} answers to repair", count["blocks"])
        if count["blocks"]
        else "",
        voice.plural("{count} to check", "{count} to check", count["question"]) if count["question"] else "",
        voice.plural("{count} note", "{count} notes", count["note"]) if count["note"] else "",
    ]
    found = names([part for part in parts if part], language)
    if not found:
        return voice.say("Read in full: nothing to repair and nothing to check.")
    return voice.say("Read in full. {found}.", found=found)


def _progress(where: Standing, language: str) -> tuple[AreaProgress, ...]:
    framework, voice = house.framework(), house.voice(language)
    words, panel = framework.words[language], where.panel
    settled = ~np.isnan(panel.values[0]) | panel.out[0]
    rows = []
    for node in framework.at_level("focus_area"):
        inside = [
            i
            for i, code in enumerate(panel.codes)
            if code in where.scores.nodes and code.split(".")[0] == node.code
        ]
        done, asked = int(settled[inside].sum()), len(inside)
        title = f"{node.code} {words[node.code].short}"
        text = voice.say("{title}: {done} of {asked}", title=title, done=done, asked=asked)
        rows.append(AreaProgress(node.code, title, done / asked if asked else 1.0, text))
    return tuple(rows)


def _next(where: Standing, language: str) -> tuple[Mapping[str, str], ...]:
    framework, say = house.framework(), house.voice(language).say
    words = framework.words[language]
    return tuple(
        {
            say("Measurement"): f"{one.code} {words[one.code].title} "
            + say("(up to {points} points)", points=points(one.points, language)),
            say("Where it is usually found"): words[one.code].how,
        }
        for one in gain(framework, where.scores, where.uploads[0].id)[:_NEXT_SHOWN]
    )
