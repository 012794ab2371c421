"""What a juror learns of her marks on a reference dossier: beside the expert's, at once, as soon as all hers are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.judging_limits import number
from actions.round_facts import EXPERT, marks
from actions.round_own import choice_text
from actions.round_read import Seen


@dataclass(frozen=True, slots=True)
class Beside:
    """One criterion: one's own mark beside the expert's; `again` says that the anchors should be read again."""

    criterion: str
    title: str
    own: str
    expert: str
    apart: str
    again: bool
    own_anchor: str
    expert_anchor: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reference dossier beside the expert's marks, and one sentence on how one marks."""

    rows: tuple[Beside, ...]
    sentence: str


def feedback(found: Seen, candidate: str, language: str) -> Feedback | None:
    """One's own marks of a reference dossier beside the expert's; None until all of one's own are in."""
    entry = found.now.get((EXPERT, candidate))
    expert: Mapping[str, str] = entry.said.get("marks", {}) if entry else {}
    own = {
        one.criterion: one.value
        for one in marks(found.now)
        if one.seat == found.viewer.seat and one.candidate == candidate
    }
    if not expert or set(own) != {one.id for one in found.award.criteria}:
        return None
    voice, words = house.voice(language), found.award.criterion_words[language]
    rows, steps = [], []
    for name, given in own.items():
        if name not in expert:
            continue
        right = float(expert[name])
        step = None if given is None else given - right
        if step is not None:
            steps.append(step)
        anchors = words[name].anchors
        rows.append(
            Beside(
                criterion=name,
                title=words[name].title,
                own=choice_text("not_enough" if given is None else f"{given:g}", voice),
                expert=choice_text(f"{right:g}", voice),
                apart="–" if step is None else f"{step:+g}".replace("-", "−"),
                again=step is None or abs(step) >= number("calibration", "apart"),
                own_anchor="" if given is None else anchors.get(int(given), ""),
                expert_anchor=anchors.get(int(right), ""),
            )
        )
    order = [one.id for one in found.award.criteria]
    rows.sort(key=lambda one: order.index(one.criterion))
    return Feedback(tuple(rows), _sentence(steps, language))


def _sentence(steps: list[float], language: str) -> str:
    voice = house.voice(language)
    if not steps:
        return voice.say("You found too little evidence on every criterion; the expert gave marks.")
    mean = sum(steps) / len(steps)
    size = voice.number(abs(mean), 2, fixed=False)
    if abs(mean) < 0.25:
        return voice.say("On average you mark as the expert did.")
    if mean > 0:
        return voice.say("On average you mark {size} levels higher than the expert.", size=size)
    return voice.say("On average you mark {size} levels lower than the expert.", size=size)
