"""Real workbooks for tests: one filled in without a fault, and the same with one thing damaged."""

from __future__ import annotations

import datetime
import io
import pickle
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from openpyxl import Workbook, load_workbook

from indicators import key_features
from indicators.declarations import yeonsu
from indicators.template import build
from indicators.workbook import read
from scoring.model import Node, Observation, Place, Reading

TODAY = datetime.date(2026, 7, 1)
NOWHERE = Place("", "")
PROFILE: Mapping[str, str | float | int] = MappingProxyType(
    {
        "name": "Ålesund-on-Test",
        "country": "NOR",
        "region": "europe_north_america",
        "population": 68_000,
        "population_year": 2025,
        "area_km2": 371.5,
        "member_since": 2019,
        "governing_body": "elected_council",
        "adopted_beijing_declaration": "yes",
        "adopted_key_features": "in_preparation",
        "assessment_year": 2026,
        "contact_name": "=Kari, office",
        "contact_email": "office@example.org",
        "invented": "no",
    }
)


def answer(node: Node) -> Observation:
    """An answer to a measurement that gives no reason for any finding: the middle of what is plausible."""
    asked = node.measurement
    assert asked is not None
    value = 3.0 if asked.unit == "level" else (asked.plausible_low + asked.plausible_high) / 2
    return Observation(
        node.code,
        value,
        "answered",
        2025,
        "measured",
        "City office",
        "https://example.org, p. 4",
        "+1",
        NOWHERE,
        "",
    )


@cache
def filled_reading() -> Reading:
    """A reading in which everything is answered."""
    framework, declaration = key_features(), yeonsu()
    rated = [theme.code for theme in declaration.themes if theme.role in ("scored", "duty")]
    level = Observation("", 4.0, "answered", None, "personal", "Plan", "", "", NOWHERE, "")
    return Reading(
        framework.id,
        framework.edition,
        "en",
        False,
        PROFILE,
        {node.code: answer(node) for node in framework.measurements},
        {f"{declaration.id}:{code}": replace(level, code=code) for code in rated},
        (),
    )


@cache
def filled(language: str = "en") -> bytes:
    """The template in a language with everything answered."""
    return build(key_features(), (yeonsu(),), language, prefill=filled_reading())


@cache
def blank(language: str = "en") -> bytes:
    """The template in a language as a city downloads it."""
    return build(key_features(), (yeonsu(),), language)


def read_bytes(data: bytes, name: str = "city.xlsx") -> Reading:
    """What the reader makes of the bytes on TODAY."""
    return read(name, data, key_features(), (yeonsu(),), TODAY)


def changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """The workbook after `change`, saved anew."""
    workbook: Workbook = pickle.loads(_opened(data))  # noqa: S301 - our own copy
    change(workbook)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


@cache
def _opened(data: bytes) -> bytes:
    """The opened workbook, kept so that a copy takes a tenth of the time."""
    return pickle.dumps(load_workbook(io.BytesIO(data)))


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The workbook's zip after `change` of its parts (name -> content)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


@dataclass(frozen=True)
class Content:
    """What a reading says apart from where it stood."""

    profile: Mapping[str, str | float | int]
    observations: Mapping[str, Observation]
    ratings: Mapping[str, Observation]

    @classmethod
    def of(cls, reading: Reading) -> Content:
        """The content of a reading, without places, raw texts and how they were read."""
        return cls(dict(reading.profile), _bare(reading.observations), _bare(reading.ratings))


def _bare(answers: Mapping[str, Observation]) -> dict[str, Observation]:
    return {
        code: replace(one, place=NOWHERE, raw="", rule="", confidence="") for code, one in answers.items()
    }
