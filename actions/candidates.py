"""Several cities side by side for a jury: the set, its order, and who is not in it and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from actions import house
from actions.access import Actor, see, seen_of
from actions.figures import names, share
from actions.listing import called, in_short, recent_uploads
from actions.overview import thin_areas
from actions.standing import WITH_CLAIMS, Standing, standings, upload
from actions.uploads import city_name, fold
from scoring.ranks import ranks
from scoring.rounding import published
from store.sets import get_set, make_set
from store.uploads import Upload

# Kept workbooks offered for a comparison.
_OFFERED = 200

Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Double:
    """Uploads of one set that look like the same city, newest first; a person says what becomes of them."""

    name: str
    upload_ids: tuple[str, ...]


def gather(upload_ids: Sequence[str], basket: str, claims: str = WITH_CLAIMS) -> Standing:
    """Read and score several cities: the one way to several cities' answers. NotKeptError if one is not kept."""
    return standings(tuple(upload_ids), basket, claims)


def members(actor: Actor, set_id: str) -> tuple[str, ...]:
    """The uploads of a set that the actor may see, in their order; empty if no such set is kept."""
    return seen_of(actor, get_set(house.store(), set_id)) if set_id else ()


def extended(actor: Actor, upload_ids: Sequence[str], more: Sequence[str]) -> str:
    """Keep a new set of some uploads and more; returns its id. StoreError if it cannot be kept."""
    see(actor, *upload_ids, *more, right="keep_set")
    return make_set(house.store(), (*upload_ids, *more), actor=actor.person)


def reduced(actor: Actor, upload_ids: Sequence[str], less: Sequence[str]) -> str:
    """Keep a new set without some uploads; returns its id. StoreError if it cannot be kept."""
    return extended(actor, [one for one in upload_ids if one not in less], ())


def addable(actor: Actor, upload_ids: Sequence[str], language: str) -> Mapping[str, str]:
    """Kept workbooks that the actor may see and that do not stand here yet: id -> name, the newest first.

    None on one's own computer, where workbooks are brought as files.
    """
    if actor.everything:
        return {}
    kept = recent_uploads(actor, _OFFERED)
    return unit_labels(tuple(one.id for one in kept if one.id not in upload_ids), language)


def doubles(actor: Actor, upload_ids: Sequence[str], settled: Sequence[str] = ()) -> tuple[Double, ...]:
    """Uploads of the same country and folded name that nobody has decided about yet.

    A group whose uploads are all among `settled` was decided: all of them stay.
    """
    see(actor, *upload_ids)
    groups: dict[tuple[str, str], list[Upload]] = {}
    for one in (upload(each) for each in upload_ids):
        name = fold(city_name(one.reading))
        if name:
            groups.setdefault((str(one.reading.profile.get("country", "")), name), []).append(one)
    return tuple(
        Double(
            city_name(group[0].reading),
            tuple(one.id for one in sorted(group, key=lambda one: one.at, reverse=True)),
        )
        for group in groups.values()
        if len(group) > 1 and not all(one.id in settled for one in group)
    )


def labels(actor: Actor, upload_ids: tuple[str, ...], language: str) -> Mapping[str, str]:
    """What each upload is called on a page; NotKeptError if one is not kept."""
    see(actor, *upload_ids)
    return unit_labels(upload_ids, language)


@lru_cache(maxsize=64)
def unit_labels(upload_ids: tuple[str, ...], language: str) -> Mapping[str, str]:
    """What each upload is called in tables: the city's name, with more only where two would be the same."""
    voice = house.voice(language)
    kept = in_short(upload_ids)
    texts = {one.id: called(one) or one.file for one in kept}
    for more in (lambda one: voice.moment(one.at), lambda one: one.file, lambda one: one.sha256[:8]):
        taken = Counter(texts.values())
        texts = {
            one.id: f"{texts[one.id]} · {more(one)}" if taken[texts[one.id]] > 1 else texts[one.id]
            for one in kept
        }
    return {
        one.id: voice.say("{city} (invented)", city=texts[one.id]) if one.invented else texts[one.id]
        for one in kept
    }


def city_ranks(where: Standing) -> list[int]:
    """Each city's rank by its published assured score, ties sharing the best; 0 for profile only."""
    decimals = house.framework().rules.published_decimals
    return [int(rank) for rank in ranks(where.scores.assured[:, 0], where.scores.ranked, decimals)]


def ordered(where: Standing, language: str) -> list[int]:
    """The positions of all cities: by rank, then by name; those without a rank last, by name alone."""
    called, order = unit_labels(tuple(one.id for one in where.uploads), language), city_ranks(where)

    def key(i: int) -> tuple[bool, int, str]:
        return order[i] == 0, order[i], fold(called[where.uploads[i].id])

    return sorted(range(len(where.uploads)), key=key)


def unsettled_pairs(where: Standing, language: str) -> list[tuple[int, int]]:
    """Neighbours in rank whose published brackets overlap, so that open answers could turn their order round."""
    places = city_ranks(where)
    low, high = _published_bracket(where)
    line = [i for i in ordered(where, language) if places[i]]
    return [
        (first, second)
        for first, second in pairwise(line)
        # Two certain and equal scores are a tie, and settled.
        if high[second] >= low[first] and not low[first] == high[first] == low[second] == high[second]
    ]


def possible_ranks(where: Standing) -> list[tuple[int, int] | None]:
    """The best and the worst rank that a city's bracket allows among the ranked ones; None for profile only."""
    low, high = _published_bracket(where)
    ranked = where.scores.ranked
    found: list[tuple[int, int] | None] = []
    for i, takes_part in enumerate(ranked):
        others = ranked & (np.arange(len(ranked)) != i)
        best = 1 + int(np.sum(others & (low > high[i])))
        worst = 1 + int(np.sum(others & (high > low[i])))
        found.append((best, worst) if takes_part else None)
    return found


def _published_bracket(where: Standing) -> tuple[np.ndarray, np.ndarray]:
    decimals = house.framework().rules.published_decimals
    return published(where.scores.assured[:, 0], decimals), published(where.scores.upper[:, 0], decimals)


def why_no_rank(where: Standing, unit: int, language: str) -> str:
    """What one city still lacks for a level and a rank; "" for a ranked city."""
    if where.scores.ranked[unit]:
        return ""
    say, words = house.voice(language).say, house.framework().words[language]
    needed = {level.name: level.coverage or 0.0 for level in house.framework().levels}
    thin = thin_areas(where, unit)
    answered = where.number("coverage", where.scores.nodes[0], unit)
    if thin:
        return say(
            "Less than {area} answered in: {areas}",
            area=share(needed["focus_area"], language),
            areas=names([words[code].short for code in thin], language),
        )
    return say(
        "{answered} of the basket answered, {needed} needed",
        answered=share(answered, language),
        needed=share(needed["city"], language),
    )
