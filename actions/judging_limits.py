"""From what size on something is said about a panel of jurors (indicators/judging.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scoring.marks.limits import Limits

NUMBERS = Path(__file__).resolve().parents[1] / "indicators" / "judging.toml"


@cache
def _read() -> Mapping[str, Any]:
    with NUMBERS.open("rb") as handle:
        return tomllib.load(handle)


def number(section: str, name: str) -> float:
    """One of the numbers, which stand in the file with what each means; KeyError for none of them."""
    return float(_read()[section][name])


@cache
def limits() -> Limits:
    """The limits, read once."""
    read = _read()
    steps = {
        name: tuple((float(least), str(code)) for least, code in section["steps"])
        for name, section in read["agreement"].items()
    }
    return Limits(readings=steps, **read["severity"], **read["disagreement"], **read["doubt"])
