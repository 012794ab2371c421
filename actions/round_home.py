"""A round at a glance: how far it is in figures, who sits in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions import house
from actions.round_debts import answered, sees_whether_in
from actions.round_facts import MARKING, Seat, candidates, pairs, seats, undeclared
from actions.round_list import RoundLine
from actions.round_read import Seen
from actions.round_rules import OFFERED
from actions.round_words import ROLES
from indicators.awards import unesco_2024
from indicators.countries import countries
from locales import LANGUAGES, Speaker


def figures(found: Seen, language: str) -> tuple[tuple[str, str, str], ...]:
    """Label, value and explanation of a round's figures, of what the viewer sees."""
    voice = house.voice(language)
    say, number = voice.say, voice.number
    judges = [one for one in seats(found.now) if one.active and one.role in MARKING]
    told = [
        (
            say("Candidates"),
            number(len(candidates(found.now))),
            say("Cities in the round that are open to you."),
        ),
    ]
    if judges:
        told.append(
            (say("Who marks"), number(len(judges)), say("Jurors, chairs and substitutes with a seat."))
        )
    due = [one for one in pairs(found.now) if sees_whether_in(found, *one)]
    if due:
        done = sum(answered(found, *one) for one in due)
        whole = len(due) * len(found.award.criteria)
        told.append(
            (
                say("Marks in"),
                # Rounded down: all is in only where nothing is missing.
                f"{number(100 * done // whole)}%",
                say(
                    "{done} answers of {due}: one for each criterion, city and juror, as far as you see them.",
                    done=number(done),
                    due=number(whole),
                ),
            )
        )
    return tuple(told)


def seat_rows(found: Seen, language: str) -> list[dict[str, str]]:
    """Who sits in the round, as rows of a table; what else is known of each as far as the viewer sees it."""
    voice = house.voice(language)
    say = voice.say
    judged = pairs(found.now)
    rows = []
    for one in seats(found.now):
        if not one.active:
            continue
        row = {
            say("Name"): one.name + (f" ({say('you')})" if one.id == found.viewer.seat else ""),
            say("In the round"): say(ROLES[one.role]),
            say("From, and reads"): " · ".join(_place_and_languages(one, voice)),
        }
        if found.viewer.office:
            left = len(undeclared(found.now, one.id))
            row[say("Declared")] = (
                say("for all") if not left else voice.plural("one is open", "{count} are open", left)
            )
        if found.viewer.office and judged:
            row[say("Cities to mark")] = voice.number(sum(1 for seat, _ in judged if seat == one.id))
        rows.append(row)
    return rows


def _place_and_languages(one: Seat, voice: Speaker) -> list[str]:
    known = countries().get(one.country)
    languages = voice.listing([LANGUAGES[code] for code in one.languages if code in LANGUAGES])
    return [part for part in (known.names[voice.language] if known else "", languages) if part]


def round_rows(lines: Sequence[RoundLine], language: str) -> list[dict[str, str]]:
    """The rounds as rows of a table."""
    say = house.voice(language).say
    return [
        {
            say("Round"): one.name,
            say("Award"): one.award,
            say("Phase"): one.phase,
            say("Begun"): one.made,
        }
        for one in lines
    ]


def awards_offered(language: str) -> Mapping[str, str]:
    """The awards that a round can be begun of: id -> name."""
    return {one: unesco_2024().names[language] for one in OFFERED}
