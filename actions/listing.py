"""Lists of uploads: the newest that the actor may see, by name, without opening a single reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotKeptError, reach, seen_of
from indicators.text import quoted
from store.summaries import Summary, summaries, usable


@dataclass(frozen=True, slots=True)
class Listed:
    """One upload in a list, in words: what it is called, when it was saved, and whether the city is invented."""

    id: str
    name: str
    saved: str
    invented: bool


def recent_uploads(actor: Actor, limit: int) -> tuple[Summary, ...]:
    """The newest uploads with a usable reading that the actor may see, newest first."""
    found: list[Summary] = []
    for some in usable(house.store(), reach(actor)):
        may_see = set(seen_of(actor, [one.id for one in some]))
        found += [one for one in some if one.id in may_see]
        if len(found) >= limit:
            break
    return tuple(found[:limit])


def listed(actor: Actor, limit: int, language: str) -> tuple[Listed, ...]:
    """The same in words."""
    voice = house.voice(language)
    return tuple(
        Listed(
            one.id,
            called(one) or quoted(one.file),
            voice.say("saved {moment}", moment=voice.moment(one.at)),
            one.invented,
        )
        for one in recent_uploads(actor, limit)
    )


def called(one: Summary) -> str:
    """The city's name as its workbook gives it, in one line and cut where it fills a page; "" where it gives none."""
    return quoted(one.name)


def in_short(upload_ids: Sequence[str]) -> tuple[Summary, ...]:
    """Some uploads in short, in their order; NotKeptError names the first that is not kept."""
    found = summaries(house.store(), upload_ids)
    for one in upload_ids:
        if one not in found:
            raise NotKeptError(one)
    return tuple(found[one] for one in upload_ids)
