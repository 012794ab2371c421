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


def ladder_apart() -> float:
    """From how many levels on a juror's own order of two cities is asked about."""
    return float(_read()["ladder"]["apart"])


def calibration_apart() -> float:
    """From how many levels beside an expert's mark on the anchors are to be read again."""
    return float(_read()["calibration"]["apart"])


def indicator_share() -> float:
    """Which share of a mark rests on the indicators of a city's dossier."""
    return float(_read()["indicators"]["share"])


@cache
def limits() -> Limits:
    """The limits, read once."""
    read = _read()
    steps = {
        name: tuple((float(least), str(code)) for least, code in section["steps"])
        for name, section in read["agreement"].items()
    }
    return Limits(readings=steps, **read["severity"], **read["disagreement"], **read["doubt"])
