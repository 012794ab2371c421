"""Taking in workbooks: read, keep, and ask whether this city is one we know."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from actions import house
from actions.reader import READERS
from actions.standing import upload
from actions.tell import Told, tell_all
from indicators.guard import LIMIT_PACKED
from scoring.model import Reading
from store.uploads import Upload, add, link_city, recent, same_city


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file: its id where it was kept, and everything found in it.

    `same_as` lists earlier uploads that look like the same city (country and folded name): a proposal
    that a person confirms, never a decision.
    """

    name: str
    upload_id: str
    accepted: bool
    city: str
    told: tuple[Told, ...]
    same_as: tuple[Upload, ...]


def fold(name: str) -> str:
    """A city's name without case, accents, spaces and punctuation, for proposing that two are the same."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in bare if letter.isalnum())


def city_name(reading: Reading) -> str:
    """The city's name as its workbook gives it; "" where it gives none."""
    return str(reading.profile.get("name", "")).strip()


def receive(name: str, data: bytes, language: str) -> Receipt:
    """Read one file and keep it; never raises on a bad file. StoreError if it cannot be kept."""
    framework = house.framework()
    reading = READERS.read(name, data)
    told = tell_all(reading.findings, language)
    accepted = reading.refused is None
    if len(data) > LIMIT_PACKED:
        # Beyond the limit nothing is kept: the message is all there is to show.
        return Receipt(name, "", False, "", told, ())
    kept = add(
        house.store(),
        name=name,
        data=data,
        reading=reading,
        framework=framework.id,
        edition=framework.edition,
    )
    city = _city_of(reading)
    others: tuple[Upload, ...] = ()
    if accepted and city["name"] and not kept.city_id:
        others = same_city(house.store(), city["country"], city["folded_name"])
        if not others:
            link_city(house.store(), kept.id, **city)
    return Receipt(name, kept.id, accepted, city["name"], told, others)


def confirm_same(upload_id: str, earlier: str) -> None:
    """A person said: this is the same city as an earlier upload. StoreError if it cannot be kept."""
    reading = upload(upload_id).reading
    link_city(house.store(), upload_id, **_city_of(reading), same_as=earlier)


def confirm_different(upload_id: str) -> None:
    """A person said: this is another city than the earlier uploads of the same name."""
    link_city(house.store(), upload_id, **_city_of(upload(upload_id).reading))


def _city_of(reading: Reading) -> dict[str, str]:
    name = city_name(reading)
    return {"country": str(reading.profile.get("country", "")), "folded_name": fold(name), "name": name}


def receive_all(
    files: Sequence[tuple[str, Callable[[], bytes]]], language: str
) -> Iterator[tuple[float, Receipt]]:
    """Read several files one after the other: what became of each, and the share 0-1 done by then.

    Each file is a name and a function that gives its bytes; one bad file stops none. StoreError as in `receive`.
    """
    for number, (name, data) in enumerate(files, start=1):
        yield number / len(files), receive(name, data(), language)


def told_of(upload_id: str, language: str) -> tuple[Told, ...]:
    """Everything found in one kept upload, in words; NotKeptError if there is none."""
    return tell_all(upload(upload_id).reading.findings, language)


def recent_uploads(limit: int) -> tuple[Upload, ...]:
    """The newest uploads with a usable reading, newest first."""
    return tuple(one for one in map(upload, recent(house.store(), limit)) if one.reading.refused is None)
