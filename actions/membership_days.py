"""The days on which the rules of membership may be looked at: today, those of earlier rule sets, and any other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise

from actions import house
from indicators.membership import membership

# A day that somebody chooses, beside those of the rule sets.
TODAY, OTHER_DAY = "today", "day"


def rule_days(language: str) -> Mapping[str, str]:
    """The days to choose from: today, the last day of each earlier rule set, and any other; id -> what it is called."""
    voice, rules, today = house.voice(language), membership(), house.today()
    here = rules.set_on(today)
    made = {TODAY: voice.say("Today: {rules}", rules=here.names[language] if here else "")}
    for i in range(len(rules.sets) - 2, -1, -1):
        one, last = rules.sets[i], rules.sets[i + 1].since - dt.timedelta(days=1)
        made[one.id] = voice.say(
            "{rules}, {first} to {last}",
            rules=one.names[language],
            first=voice.date(one.since),
            last=voice.date(last),
        )
    return {**made, OTHER_DAY: voice.say("Another day")}


def day_of(choice: str, written: str) -> dt.date:
    """The day of a choice: today, the last day of a rule set, or the day that is written in an address."""
    sets = membership().sets
    for one, following in pairwise(sets):
        if one.id == choice:
            return following.since - dt.timedelta(days=1)
    if choice == OTHER_DAY:
        try:
            return dt.date.fromisoformat(written)
        except ValueError:
            pass
    return house.today()
