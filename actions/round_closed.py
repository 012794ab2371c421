"""Which cities are closed to a person because of an award round: outside the round's own pages, too.

Whoever sits in a round sees nothing of a city that she has a conflict with, anywhere in the program, until the round's
results are public; and nothing of any candidate before she has declared for all of them.
"""

from __future__ import annotations

from functools import lru_cache

from actions.round_facts import conflicted, dossiers, phase_id, seats, undeclared
from actions.round_journal import Whole, all_journals
from actions.round_rules import award_of
from store.rounds import Round, all_rounds
from store.words import Reader


def closed_cities(reader: Reader, person_id: str) -> frozenset[str]:
    """The ids of cities that are closed to a person now."""
    journals = all_journals(reader)
    every = all_rounds(reader) if journals else ()
    return frozenset().union(
        *(_closed(one, journals[one.id], person_id) for one in every if one.id in journals)
    )


@lru_cache(maxsize=1024)
def _closed(of: Round, whole: Whole, person_id: str) -> frozenset[str]:
    """Those that one round closes to her."""
    now = whole.now
    own = [seat.id for seat in seats(now) if seat.person == person_id and seat.active]
    award = award_of(of)
    if not own or award.phase(phase_id(now, award.phases[0].id)).open:
        return frozenset()
    cities = {one.id: one.city_id for one in dossiers(now)}
    waiting = any(undeclared(now, seat) for seat in own)
    closed = {
        city for key, city in cities.items() if waiting or any(conflicted(now, seat, key) for seat in own)
    }
    return frozenset(closed - {""})
