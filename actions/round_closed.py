"""Which cities are closed to a person because of an award round: outside the round's own pages, too.

Whoever sits in a round sees nothing of a city that she has a conflict with, anywhere in the program, until the round's
results are public; and nothing of any candidate before she has declared for all of them.
"""

from __future__ import annotations

from actions.round_facts import CANDIDATE, conflicted, latest, phase_id, seats, undeclared
from actions.round_journal import journal
from actions.round_rules import award_of
from store.rounds import all_rounds
from store.words import Reader


def closed_cities(reader: Reader, person_id: str) -> frozenset[str]:
    """The ids of cities that are closed to a person now."""
    found: set[str] = set()
    for one in all_rounds(reader):
        now = latest(journal(reader, one.id))
        own = [seat.id for seat in seats(now) if seat.person == person_id and seat.active]
        if not own:
            continue
        award = award_of(one)
        if award.phase(phase_id(now, award.phases[0].id)).open:
            continue
        cities = {
            entry.key: str(entry.said.get("city_id", ""))
            for (kind, _), entry in now.items()
            if kind == CANDIDATE
        }
        for seat in own:
            waiting = bool(undeclared(now, seat))
            found |= {city for key, city in cities.items() if waiting or conflicted(now, seat, key)}
    return frozenset(found - {""})
