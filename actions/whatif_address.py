"""What a page's address says of a what-if: the changes themselves, or a saved one, always of one city.

A text such as `Ab3dEf5h!a:3.3.1=4` belongs to the city whose upload begins so: taken to another city it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, see
from actions.saved import Kept, kept
from actions.scenario_text import decode, decode_efforts, encode, encode_efforts
from scoring.scenario import UNCHANGED, Scenario

_SIGN = "!"
_LETTERS = 8


@dataclass(frozen=True, slots=True)
class InAddress:
    """The what-if in view, the saved one that it is (None: not saved), and how many changes could not be read."""

    scenario: Scenario
    saved: Kept | None
    lost: int


def in_address(actor: Actor, upload_id: str, what: str, scenario_id: str, language: str) -> InAddress:
    """The what-if of a city by its address; changes come before a saved one, nothing at all before another city's."""
    see(actor, upload_id)
    own = _own(upload_id, what)
    if own:
        scenario, lost = decode(house.framework(), own)
        return InAddress(scenario, None, lost)
    saved = kept(actor, scenario_id, language) if scenario_id else None
    if saved is None or saved.upload_id != upload_id:
        return InAddress(UNCHANGED, None, 0)
    return InAddress(saved.scenario, saved, saved.lost)


def what_text(upload_id: str, scenario: Scenario) -> str:
    """What the address says of these changes to a city; "" for none."""
    return _of(upload_id, encode(scenario))


def effort_text(upload_id: str, efforts: Mapping[str, str]) -> str:
    """What the address says of a city's own efforts; "" for none."""
    return _of(upload_id, encode_efforts(efforts))


def efforts_in(upload_id: str, text: str, codes: Iterable[str]) -> dict[str, str]:
    """The city's own efforts by the address."""
    return decode_efforts(codes, _own(upload_id, text))


def _of(upload_id: str, text: str) -> str:
    return f"{upload_id[:_LETTERS]}{_SIGN}{text}" if text else ""


def _own(upload_id: str, text: str) -> str:
    city, _, rest = text.partition(_SIGN)
    return rest if city == upload_id[:_LETTERS] else ""
