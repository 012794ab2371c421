"""An explanation as a workbook: every node of the tree with its contribution in full."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from actions import house
from actions.access import Actor, see
from actions.standing import WITHOUT_CLAIMS, ids_of
from actions.why_beside import FIGURE_NAMES
from actions.why_steps import Told, told
from actions.why_words import label
from reports.sheet import MEDIA_TYPE, Column, Sheet, workbook

__all__ = ["MEDIA_TYPE", "why_file", "why_file_name"]


def why_file_name(basket: str, language: str) -> str:
    """What the file is called: subject, basket and day."""
    subject = house.voice(language).say("Why").casefold()
    return re.sub(r"\s+", "-", f"{subject}-{basket}-{house.today().isoformat()}.xlsx")


def why_file(
    actor: Actor, upload_id: str, beside: str, figure: str, basket: str, claims: str, language: str
) -> bytes:
    """The bytes of the .xlsx; raises as actions.why.why does, ValueError where there is nothing to explain."""
    see(actor, *ids_of(upload_id, beside))
    return _why_file(upload_id, beside, figure, basket, claims, language)


@lru_cache(maxsize=4)
def _why_file(upload_id: str, beside: str, figure: str, basket: str, claims: str, language: str) -> bytes:
    got = told(upload_id, beside, figure, basket, claims, language)
    if isinstance(got, str):
        raise ValueError(got)
    return workbook([_nodes(got, language), _notes(got, basket, claims, language)], language)


def _nodes(got: Told, language: str) -> Sheet:
    say, framework, terms = house.voice(language).say, house.framework(), house.terms(language)
    found, alone = got.found, got.brings
    total = found.total
    columns = [
        Column(say("Code"), 8),
        Column(say("Level of the framework"), 14),
        Column(say("Part"), 50),
        Column(say("Points here"), 12, "points"),
        Column(say("Share of its parent here"), 12, "share"),
    ]
    more: list[tuple[Column, Callable[[int], float]]] = (
        [
            (Column(say("Points there"), 12, "points"), lambda j: float(found.second[j])),
            (Column(say("Share of its parent there"), 12, "share"), lambda j: float(found.second_share[j])),
            (Column(say("By its points"), 14, "number"), lambda j: float(found.points[j])),
            (Column(say("By its weight"), 14, "number"), lambda j: float(found.weight[j])),
            (Column(say("By weights above it"), 14, "number"), lambda j: float(found.carried[j])),
        ]
        if alone is None
        else [(Column(say("Brings"), 14, "number"), lambda j: float(alone.total[j]))]
    )
    columns += [column for column, _ in more]
    columns.append(Column(say("In the whole"), 14, "number"))
    rows = tuple(
        (
            node.code,
            terms[f"level.{node.level}"],
            label(node.code, language),
            float(found.first[j]),
            float(found.first_share[j]),
            *(cell(j) for _, cell in more),
            float(total[j]),
        )
        for node in framework.nodes
        if node.code in found.nodes
        for j in (found.nodes.index(node.code),)
        if not np.isnan([found.first[j], found.second[j]]).all()
    )
    return Sheet(say("Why"), tuple(columns), rows, 3)


def _notes(got: Told, basket: str, claims: str, language: str) -> Sheet:
    voice, both = house.voice(language), got.pair
    say = voice.say
    notes = [
        (say("City"), both.name),
        (say("Beside"), both.other or say("Full points")),
        (say("Measurements counted"), house.terms(language)[f"basket.{basket}"]),
        (say("Score"), say(FIGURE_NAMES[both.figure])),
        (say("Without claims"), say("yes") if claims == WITHOUT_CLAIMS else say("no")),
        (
            say("In the whole"),
            say(
                "Every part's share of the difference, in points of the whole. The parts of a part add up to it, and "
                "those of every level to the difference. Under other means than the arithmetic one they are told by "
                "the logarithmic mean and its like (Ang 2005), under a rule for a family as a whole by Shapley values."
            ),
        ),
        (say("Made on"), voice.date(house.today())),
    ]
    if both.common is not None:
        notes.insert(2, (say("Measurements in common"), voice.number(both.common)))
    columns = (Column(say("Subject"), 34), Column(say("Note"), 110))
    return Sheet(say("Notes"), columns, tuple(notes), 1, wrapped=True)
