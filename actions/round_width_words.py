"""What the rank bands of a round hold, in words: jurors, weights and indicators, and for whom nothing was added."""

from __future__ import annotations

from actions import house
from actions.judging_limits import number
from actions.round_facts import candidates
from actions.round_read import Seen
from actions.round_widths import Widths, unlinked


def bands_hold(found: Seen, widths: Widths, language: str) -> tuple[str, ...]:
    """What the bands hold, a sentence each: first the doubts in them, then where the one of indicators is missing."""
    voice = house.voice(language)
    say = voice.say
    rows = dict(widths.rows)
    if not rows:
        return (
            say(
                "The rank bands hold two doubts: which jurors marked, and how much each criterion weighs. There is no "
                "dossier that may be opened, so nothing is added for what indicators leave open."
            ),
        )
    each = [width for row in rows.values() for width in row]
    told = [
        say(
            "The rank bands hold three doubts: which jurors marked, how much each criterion weighs, and what the "
            "dossiers' indicators leave open. {share} of a mark is taken to rest on indicators, which leaves means "
            "open by {least} to {most} marks either way.",
            share=voice.percent(number("indicators", "share")),
            least=voice.number(min(each), 2),
            most=voice.number(max(each), 2),
        )
    ]
    bare = [one.name for one in candidates(found.now) if one.id not in rows]
    if bare:
        told.append(
            say(
                "Without a dossier that may be opened, so nothing is added for indicators: {cities}.",
                cities=voice.series(bare),
            )
        )
    if free := unlinked(found.award):
        words = found.award.criterion_words[language]
        told.append(
            say(
                "No indicator is linked to these criteria, so nothing is added to them: {criteria}.",
                criteria=voice.series([words[one].short for one in free]),
            )
        )
    return tuple(told)
