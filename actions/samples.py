"""Invented cities to try the tool with: offered by name and character, opened like any upload."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from actions.access import Actor
from actions.uploads import Receipt, receive_sample
from sample_data.make import build, city, city_ids, file_name


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented city on offer."""

    id: str
    name: str
    about: str


def samples(language: str) -> tuple[Sample, ...]:
    """The invented cities in the order in which they are offered."""
    return tuple(Sample(one, city(one).names[language], city(one).about[language]) for one in city_ids())


def open_all(actor: Actor, language: str) -> Iterator[tuple[float, Receipt]]:
    """Open every invented city, one after the other: what became of each, and the share 0-1 done by then."""
    for number, sample in enumerate(offered := samples(language), start=1):
        yield number / len(offered), open_sample(actor, sample.id, language)


def open_sample(actor: Actor, sample_id: str, language: str) -> Receipt:
    """Build an invented city's workbook in the reader's language and take it in; KeyError for an unknown id."""
    return receive_sample(actor, file_name(sample_id, language), build(sample_id, language), language)
