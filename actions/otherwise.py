"""Would the order be another if it were done otherwise? Alternatives side by side, and one node left out at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from actions import house
from actions.access import Actor, see
from actions.candidates import Rows, gather, unit_labels
from actions.figures import NOTHING
from actions.standing import Standing
from locales import mark
from scoring.alternatives import compare
from scoring.model import Framework, Panel
from scoring.otherwise import Setup, usual
from scoring.remove_one import remove_one
from scoring.reversal import newcomers, reversals
from scoring.score import score

# Removals that move the order most are shown; the others are told by their number.
REMOVALS_SHOWN = 12

ALTERNATIVES: Mapping[str, str] = {
    "arithmetic_top": mark("Arithmetic mean over the focus areas"),
    "geometric_top": mark("Geometric mean at the top"),
    "arithmetic_all": mark("Arithmetic means on every level"),
    "geometric_all": mark("Geometric means on every level"),
    "harmonic_all": mark("Harmonic means on every level"),
    "equal_siblings": mark("Equal weights among siblings"),
    "equal_measurements": mark("Equal weight for every measurement"),
    "assured": mark("Open answers count as 0"),
    "reported": mark("Open answers left out"),
    "without_claims": mark("Without claims"),
}


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Tables of what other choices would do to the order of some cities."""

    alternatives: Rows
    removals: Rows
    harmless: int  # nodes without which nobody's rank changes
    newcomers: str  # what a further candidate would do to the order of the others


def otherwise(
    actor: Actor, upload_ids: tuple[str, ...], basket: str, claims: str, language: str
) -> Otherwise:
    """What other methods, and the lack of any one node, would do; NotKeptError if an upload is not kept."""
    see(actor, *upload_ids)
    return _otherwise(upload_ids, basket, claims, language)


@lru_cache(maxsize=64)
def _otherwise(upload_ids: tuple[str, ...], basket: str, claims: str, language: str) -> Otherwise:
    where = gather(upload_ids, basket, claims)
    rows, harmless = _removals(where, language)
    return Otherwise(_alternatives(where, language), rows, harmless, _newcomers(where, language))


def _alternatives(where: Standing, language: str) -> Rows:
    say = house.voice(language).say
    base = Setup(house.framework(), where.panel, where.basket)
    found = compare(base, usual(base))
    return tuple(
        {
            say("Done otherwise"): _name(name, language),
            say("Places moved, on average"): _places(float(found.mean_shift[k]), language),
            say("Moves most"): _moves(where, found.base_rank, found.rank[k], language),
        }
        for k, name in enumerate(found.names)
    )


def _newcomers(where: Standing, language: str) -> str:
    """Whether invented further candidates, the best and the worst imaginable among them, swap two of these."""
    framework, panel = house.framework(), where.panel
    nothing = np.zeros(panel.out.shape[1], dtype=bool)

    def score_of(values: NDArray[np.float64]) -> NDArray[np.float64]:
        more = len(values) - len(panel.units)
        units = (*panel.units, *(f"newcomer {k}" for k in range(more)))
        out, claimed = (np.vstack([part, np.tile(nothing, (more, 1))]) for part in (panel.out, panel.claimed))
        return score(framework, Panel(units, panel.codes, values, out, claimed), where.basket).assured[:, 0]

    directions = np.array([_direction(framework, code) for code in panel.codes], dtype=float)
    added = newcomers(panel.values, where.scores.assured[:, 0], directions, panel.codes)
    found = reversals(panel.units, panel.values, score_of, added)
    voice = house.voice(language)
    if not any(found.reversed):
        return voice.plural(
            "Tried with {count} invented further candidate: nobody else's score or order changes.",
            "Tried with {count} invented further candidates: nobody else's score or order changes.",
            len(found.added),
        )
    return voice.plural(
        "A further candidate can swap {count} pair of the others.",
        "A further candidate can swap {count} pairs of the others.",
        max(found.reversed),
    )


def _direction(framework: Framework, code: str) -> int:
    facts = framework.by_code[code].measurement
    return facts.direction if facts is not None else 1


def _name(name: str, language: str) -> str:
    if name.startswith("basket:"):
        return house.terms(language)[f"basket.{name.removeprefix('basket:')}"]
    return house.voice(language).say(ALTERNATIVES[name])


def _removals(where: Standing, language: str) -> tuple[Rows, int]:
    say, words = house.voice(language).say, house.framework().words[language]
    found = remove_one(house.framework(), where.panel, where.basket)
    moved = [k for k in np.argsort(-found.mean_shift, kind="stable") if found.mean_shift[k] > 0]
    rows = tuple(
        {
            say("Without"): f"{found.codes[k]} {words[found.codes[k]].short}",
            say("Places moved, on average"): _places(float(found.mean_shift[k]), language),
            say("Moves most"): _moves(where, found.base_rank, found.rank[k], language),
        }
        for k in moved[:REMOVALS_SHOWN]
    )
    return rows, len(found.codes) - len(moved)


def _places(shift: float, language: str) -> str:
    return house.voice(language).number(shift, 1)


def _moves(where: Standing, before: NDArray[np.int64], after: NDArray[np.int64], language: str) -> str:
    """The city whose rank moves most, from where to where; the first of several in the order of the set."""
    both = (before > 0) & (after > 0)
    shift = np.where(both, np.abs(after - before), 0)
    if not shift.any():
        return NOTHING
    unit = int(np.argmax(shift))
    called = unit_labels(tuple(one.id for one in where.uploads), language)
    return house.voice(language).say(
        "{city}: {before} → {after}",
        city=called[where.uploads[unit].id],
        before=house.voice(language).number(int(before[unit])),
        after=house.voice(language).number(int(after[unit])),
    )
