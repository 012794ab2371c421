"""A juror's own ladder: her cities on one criterion from the highest mark down, and pairs that she may look at again.

A pair is asked about, never corrected: the award counts progress, the indicators also count where a city began.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.figures import bracket
from actions.judging_limits import number
from actions.round_dossier import opened
from actions.round_facts import Candidate, candidates, marks
from actions.round_own import NOT_ENOUGH_WORDS, choice_text
from actions.round_read import Seen
from scoring.award import Criterion


@dataclass(frozen=True, slots=True)
class Rung:
    """One of the juror's cities on a criterion: `value` None where she found too little evidence.

    `low` and `high` are the bracket of the indicators that speak to the criterion, None where none do.
    """

    candidate: Candidate
    value: float | None
    mark: str
    low: float | None
    high: float | None
    bracket: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The juror's own cities on a criterion, the highest mark first, and what she may look at again."""

    rungs: tuple[Rung, ...]
    odd: tuple[str, ...]


def ladder(actor: Actor, found: Seen, criterion: str, basket: str, language: str) -> Ladder:
    """The viewer's own ladder on a criterion."""
    voice, names = house.voice(language), {one.id: one for one in candidates(found.now)}
    asked = next(one for one in found.award.criteria if one.id == criterion)
    rungs = []
    for one in marks(found.now):
        if one.seat != found.viewer.seat or one.criterion != criterion or one.candidate not in names:
            continue
        low, high = _indicators(actor, found, names[one.candidate], asked, basket)
        rungs.append(
            Rung(
                candidate=names[one.candidate],
                value=one.value,
                mark=voice.say(NOT_ENOUGH_WORDS)
                if one.value is None
                else choice_text(f"{one.value:g}", voice),
                low=low,
                high=high,
                bracket="–" if low is None or high is None else bracket(low, high, language),
                reason=one.reason,
            )
        )
    rungs.sort(key=lambda one: (-(one.value if one.value is not None else -math.inf), one.candidate.name))
    return Ladder(tuple(rungs), tuple(_odd(rungs, language)))


def _indicators(
    actor: Actor, found: Seen, one: Candidate, asked: Criterion, basket: str
) -> tuple[float | None, float | None]:
    """Mean assured and upper points of what speaks to a criterion: its nodes, or its themes where it has none."""
    where = opened(actor, found, one, basket)
    if where is None:
        return None, None
    pairs = [(where.number("assured", code), where.number("upper", code)) for code in asked.nodes] or [
        (where.theme("assured", code), where.theme("upper", code)) for code in asked.themes
    ]
    known = [pair for pair in pairs if not math.isnan(pair[0])]
    if not known:
        return None, None
    return sum(low for low, _ in known) / len(known), sum(high for _, high in known) / len(known)


def _odd(rungs: list[Rung], language: str) -> list[str]:
    """Pairs whose marks are a level or more apart while the indicators surely stand the other way round."""
    say, told, apart = house.voice(language).say, [], number("ladder", "apart")
    for first in rungs:
        for second in rungs:
            if first.value is None or second.value is None or first.high is None or second.low is None:
                continue
            if first.value - second.value >= apart and first.high < second.low:
                told.append(
                    say(
                        "You put {first} ({first_mark}) above {second} ({second_mark}); the indicators say the "
                        "reverse: {first_bracket} against {second_bracket}. That may be right, as the award counts "
                        "progress: look once more.",
                        first=first.candidate.name,
                        first_mark=first.mark,
                        second=second.candidate.name,
                        second_mark=second.mark,
                        first_bracket=first.bracket,
                        second_bracket=second.bracket,
                    )
                )
    return told
