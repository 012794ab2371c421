"""From what size on something is said about a panel of jurors (indicators/judging.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from scoring.marks.limits import Limits

NUMBERS = Path(__file__).resolve().parents[1] / "indicators" / "judging.toml"


@cache
def limits() -> Limits:
    """The limits, read once."""
    with NUMBERS.open("rb") as handle:
        read = tomllib.load(handle)
    steps = {
        name: tuple((float(least), str(code)) for least, code in section["steps"])
        for name, section in read["agreement"].items()
    }
    return Limits(readings=steps, **read["severity"], **read["disagreement"], **read["doubt"])
