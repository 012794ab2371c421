"""What the check of one upload found, how far each focus area is filled, and what to fill next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from actions import house
from actions.access import Actor, see
from actions.area_titles import area_titles
from actions.figures import names, points
from actions.repair import answered
from actions.standing import Standing, standing, upload
from actions.tell import Told, tell, tell_all
from actions.unusual import Links, known_cities
from actions.uploads import findings_of
from indicators.note_ids import note_id
from locales import mark
from scoring.explain import gain
from scoring.model import SEVERITIES, Finding, Reading

# What is asked first: as many rows as fit on a screen.
_NEXT_SHOWN = 10
_ALL = "all"
# Findings that belong to no focus area.
_ELSEWHERE = "elsewhere"
_SEVERITY_HEADS: Mapping[str, str] = {
    "refuses": mark("The file was not accepted"),
    "blocks": mark("To repair: these answers do not count yet"),
    "question": mark("To check: please confirm or correct these"),
    "note": mark("For your information"),
    "answered": mark("Answered by the city"),
}
_ANSWERED = "answered"
# How an answer of the repair workbook is told.
_REPLIES: Mapping[str, str] = {
    "keep": mark("Kept by the city. Reason: {reason}"),
    "later": mark("Will be supplied: {reason}"),
}


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """How far one focus area is filled: answered of asked in the basket and what is to repair, in words."""

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
    areas: Mapping[str, str]  # the choices of the filter by focus area, with what was found in each
    groups: tuple[Group, ...]
    progress: tuple[AreaProgress, ...]
    next_rows: tuple[Mapping[str, str], ...]


def severities(language: str) -> dict[str, str]:
    """The choices of the filter by severity."""
    say = house.voice(language).say
    return {_ALL: say("All findings"), **{one: say(_SEVERITY_HEADS[one]) for one in SEVERITIES[1:]}}


def area_choices() -> tuple[str, ...]:
    """The ids of the filter by focus area: all, each area, and what belongs to none."""
    return (_ALL, *(node.code for node in house.framework().at_level("focus_area")), _ELSEWHERE)


def refusal(actor: Actor, upload_id: str, language: str) -> Told | None:
    """Why nothing could be read from a kept upload, None if something was; NotKeptError if there is none."""
    see(actor, upload_id)
    if upload(upload_id).reading.refused is None:
        return None
    return tell_all(upload(upload_id).reading.findings, language)[0]


def check(actor: Actor, upload_id: str, basket: str, severity: str, area: str, language: str) -> CheckPage:
    """The check of one upload, filtered; NotKeptError if there is no such upload."""
    return _check(upload_id, basket, severity, area, language, known_cities(actor, upload_id))


@lru_cache(maxsize=256)
def _check(upload_id: str, basket: str, severity: str, area: str, language: str, links: Links) -> CheckPage:
    """The same, made anew only where other cities became known, with which answers are compared."""
    told = _with_answers(upload_id, findings_of(upload_id, links), language)
    placed = _placed(upload(upload_id).reading, told)
    where = standing(upload_id, basket)
    shown = [one for one in told if severity in (_ALL, one.severity) and area in (_ALL, placed[one])]
    groups = tuple(
        Group(kind, house.voice(language).say(_SEVERITY_HEADS[kind]), rows)
        for kind in (*SEVERITIES, _ANSWERED)
        if (rows := tuple(one for one in shown if one.severity == kind))
    )
    return CheckPage(
        verdict=_verdict(told),
        sentence=_sentence(told, language),
        areas=_area_labels(placed, language),
        groups=groups,
        progress=_progress(where, placed, language),
        next_rows=_next(where, language),
    )


def _with_answers(upload_id: str, findings: tuple[Finding, ...], language: str) -> tuple[Told, ...]:
    """The findings with what the city answered to them in its repair workbook.

    What only asks is settled by an answer and goes to a group of its own; what blocks a score stays where it is.
    """
    told = tell_all(findings, language)
    given = answered(upload_id) if told else {}
    if not given:
        return told
    say = house.voice(language).say
    ids = {tell(one, language): note_id(one) for one in findings}
    found = []
    for one in told:
        reply = given.get(ids.get(one, ""))
        if reply is None or reply.choice not in _REPLIES:
            found.append(one)
            continue
        text = say(_REPLIES[reply.choice], reason=reply.text or "–")
        severity = _ANSWERED if one.severity in ("question", "note") else one.severity
        found.append(replace(one, severity=severity, answer=text))
    return tuple(found)


def _placed(reading: Reading, told: tuple[Told, ...]) -> dict[Told, str]:
    """The focus area of each finding: by its code, else by the only area answered on its sheet."""
    areas = {node.code for node in house.framework().at_level("focus_area")}
    on_sheet: dict[str, set[str]] = {}
    for code, answer in reading.observations.items():
        on_sheet.setdefault(answer.place.sheet, set()).add(_area(code))
    placed = {}
    for one in told:
        beside = on_sheet.get(one.sheet, set())
        found = _area(one.code) if one.code else min(beside) if len(beside) == 1 else ""
        placed[one] = found if found in areas else _ELSEWHERE
    return placed


def _area(code: str) -> str:
    return code.split(".")[0]


def _area_labels(placed: Mapping[Told, str], language: str) -> Mapping[str, str]:
    say = house.voice(language).say
    names = {
        _ALL: say("All focus areas"),
        _ELSEWHERE: say("Profile, declaration and file"),
        **area_titles(language),
    }
    count = Counter(placed.values()) + Counter({_ALL: len(placed)})
    return {one: f"{names[one]} · {count[one]}" if count[one] else names[one] for one in area_choices()}


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


def _progress(where: Standing, placed: Mapping[Told, str], language: str) -> tuple[AreaProgress, ...]:
    framework, voice = house.framework(), house.voice(language)
    words, panel = framework.words[language], where.panel
    settled = ~np.isnan(panel.values[0]) | panel.out[0]
    blocked = Counter(area for one, area in placed.items() if one.severity == "blocks")
    rows = []
    for node in framework.at_level("focus_area"):
        inside = [
            i for i, code in enumerate(panel.codes) if code in where.scores.nodes and _area(code) == node.code
        ]
        done, asked = int(settled[inside].sum()), len(inside)
        title = f"{node.code} {words[node.code].short}"
        text = voice.say("{title}: {done} of {asked}", title=title, done=done, asked=asked)
        repair = blocked[node.code]
        if repair:
            text = f"{text} · {voice.plural('{count} to repair', '{count} to repair', repair)}"
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
