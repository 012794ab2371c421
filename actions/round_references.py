"""Reference dossiers of a round: which cities they may be, and what an expert gave them, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping

from actions import house
from actions.round_eligibility import past_winners
from actions.round_read import Seen


def reference_winners(found: Seen, language: str) -> Mapping[str, str]:
    """Past winners that are no reference here yet: id -> name and the day from which they may be candidates again."""
    voice = house.voice(language)
    return {
        one.award.city: voice.say(
            "{city} (blocked until {day})", city=one.award.names[language], day=voice.date(one.ends)
        )
        if one.blocked
        else one.award.names[language]
        for one in past_winners(found)
        if not one.entered
    }


def mark_choices(found: Seen, language: str) -> Mapping[str, str]:
    """Every mark of the rubric as text, in steps; "" for none given."""
    marks, voice = found.award.marks, house.voice(language)
    steps = int((marks.highest - marks.lowest) / marks.step)
    values = [marks.lowest + marks.step * step for step in range(steps + 1)]
    return {"": voice.say("no mark")} | {
        f"{value:g}": voice.number(value, 1, fixed=False) for value in values
    }


def criterion_titles(found: Seen, language: str) -> Mapping[str, str]:
    """What the criteria are called in short."""
    words = found.award.criterion_words[language]
    return {one.id: words[one.id].short for one in found.award.criteria}


def typed_marks(texts: Mapping[str, str]) -> Mapping[str, float]:
    """The marks that were chosen."""
    return {name: float(text) for name, text in texts.items() if text}


def marks_as_texts(marks: Mapping[str, float]) -> Mapping[str, str]:
    """The marks as they are chosen from a list."""
    return {name: f"{value:g}" for name, value in marks.items()}
