"""What is unusual about a city's answers: against its own last workbook, and against the other cities kept here.

Questions only; nothing unusual ever blocks a score.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from actions import house
from actions.access import Actor, see, subject_of_upload, visible
from actions.standing import upload
from indicators import findings
from scoring.model import Finding, Measurement, Reading
from store.cities import uploads_of_city
from store.uploads import Upload, linked

# Uploads that are looked at; the newest ones tell enough.
MOST_COMPARED = 60
Links = tuple[tuple[str, str], ...]
RULES = Path(__file__).resolve().parents[1] / "indicators" / "unusual.toml"


@dataclass(frozen=True, slots=True)
class Limits:
    """From what size on a difference is unusual (indicators/unusual.toml)."""

    change_share: float
    beyond_share: float
    least_peers: int


@cache
def limits() -> Limits:
    """The limits, read once."""
    with RULES.open("rb") as handle:
        return Limits(**tomllib.load(handle)["limits"])


def known_cities(actor: Actor, upload_id: str, most: int = MOST_COMPARED) -> Links:
    """Which newest uploads are of which city, as people last confirmed it: what an upload is compared with.

    Where several cities share an installation, its own city's uploads alone, as far as the actor may see them: a
    limit drawn from few others would tell their answers. NotKeptError if there is no such upload.
    """
    see(actor, upload_id)
    if actor.everything:
        return linked(house.store(), most)
    city = subject_of_upload(upload_id).city
    own = visible(actor, uploads_of_city(house.store(), city)) if city else ()
    return tuple((one, city) for one in own[::-1][:most])


@lru_cache(maxsize=256)
def unusual(upload_id: str, links: Links) -> tuple[Finding, ...]:
    """Every unusual answer of one upload beside what it is compared with; NotKeptError if there is none."""
    one = upload(upload_id)
    if one.reading.refused is not None:
        return ()
    earlier, others = _to_compare(one, links)
    found = [*_changed(one.reading, earlier), *_apart(one.reading, others)]
    # One question a measurement is enough; the city's own past comes first.
    return tuple({finding.code: finding for finding in reversed(found)}.values())


def _to_compare(one: Upload, links: Links) -> tuple[Upload | None, list[Upload]]:
    """The city's last workbook before this one, and the newest of every other city, invented ones or real ones."""
    own = dict(links).get(one.id, "")
    ids = [upload_id for upload_id, _ in links]
    before = links[ids.index(one.id) + 1 :] if own else ()
    earlier = next((upload(upload_id) for upload_id, city in before if city == own), None)
    newest: dict[str, Upload] = {}
    for upload_id, city in links:
        if city != own and city not in newest and upload_id != one.id:
            newest[city] = upload(upload_id)
    return earlier, [other for other in newest.values() if other.reading.invented == one.reading.invented]


def _measured(reading: Reading) -> Iterator[tuple[str, float, Measurement]]:
    """The values that can be set beside others: numbers with goalposts, no ladder levels."""
    for code, given in reading.observations.items():
        facts = house.framework().by_code[code].measurement
        if given.value is not None and facts and facts.scored and facts.scale != "ladder":
            yield code, given.value, facts


def _span(facts: Measurement) -> float:
    return (facts.upper or 0.0) - (facts.lower or 0.0)


def _changed(reading: Reading, earlier: Upload | None) -> Iterator[Finding]:
    if earlier is None:
        return
    year = earlier.reading.profile.get("assessment_year")
    for code, value, facts in _measured(reading):
        before = earlier.reading.observations.get(code)
        if before is None or before.value is None or not isinstance(year, int | float):
            continue
        if abs(value - before.value) > limits().change_share * _span(facts):
            place = reading.observations[code].place
            facts_told = {"found": value, "other": before.value, "other_year": int(year)}
            yield findings.make("unusual_change", place, code, **facts_told)


def _apart(reading: Reading, others: Sequence[Upload]) -> Iterator[Finding]:
    for code, value, facts in _measured(reading):
        given = [one.reading.observations.get(code) for one in others]
        values = np.array([one.value for one in given if one and one.value is not None])
        if len(values) < limits().least_peers:
            continue
        room = limits().beyond_share * _span(facts)
        low, high = float(values.min()), float(values.max())
        if not low - room <= value <= high + room:
            place = reading.observations[code].place
            yield findings.make(
                "unusual_peers", place, code, found=value, low=low, high=high, count=len(values)
            )
