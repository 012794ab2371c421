"""A what-if as a short text for an address or for keeping, and back; what cannot be is left out, not believed.

`a:3.3.1=4` is an answer (nothing behind the sign: left open), `w:5=2` a weight, `g:1.1.1=40_100` goalposts,
`j:focus_area=geometric` a rule of joining; parts are joined by commas, codes quoted as in addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from indicators.moves import EFFORTS
from scoring.model import Framework
from scoring.scenario import (
    Scenario,
    check_aggregation,
    check_answer,
    check_goalposts,
    check_weight,
    framework_of,
)

# No framework of this size has more to change; longer addresses come from elsewhere.
MOST = 400
_PART = re.compile(r"([agjw]):([^=,:]+)=([^=,]*)")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?(e-?\d{1,2})?")


@dataclass(eq=False)
class _Taken:
    answers: dict[str, float | None] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    goalposts: dict[str, tuple[float, float]] = field(default_factory=dict)
    aggregations: dict[str, str] = field(default_factory=dict)

    def scenario(self) -> Scenario:
        return Scenario.of(self.answers, self.weights, self.goalposts, self.aggregations)


def encode(scenario: Scenario) -> str:
    """The text of a scenario; "" for an empty one."""
    parts = [f"a:{_code(code)}={'' if value is None else _number(value)}" for code, value in scenario.answers]
    parts += [f"w:{_code(code)}={_number(weight)}" for code, weight in scenario.weights]
    parts += [
        f"g:{_code(code)}={_number(lower)}_{_number(upper)}" for code, (lower, upper) in scenario.goalposts
    ]
    parts += [f"j:{_code(level)}={name}" for level, name in scenario.aggregations]
    return ",".join(parts)


def decode(framework: Framework, text: str) -> tuple[Scenario, int]:
    """The scenario of a text, and how many of its parts are not possible and were left out."""
    taken, lost = _Taken(), 0
    parts = text.split(",")[:MOST] if text else []
    for part in parts:
        match = _PART.fullmatch(part)
        try:
            if match is None:
                raise ValueError(part)
            _TAKERS[match[1]](framework, unquote(match[2]), match[3], taken)
        except ValueError:
            lost += 1
    try:
        framework_of(framework, taken.scenario())
    except ValueError:  # each weight is possible, but together they leave a family without any
        lost += len(taken.weights)
        taken.weights = {}
    return taken.scenario(), lost


def encode_efforts(efforts: Mapping[str, str]) -> str:
    """What a city says of its own effort, code -> low, medium, high or none, as a text."""
    return ",".join(f"{_code(code)}={effort}" for code, effort in sorted(efforts.items()))


def decode_efforts(codes: Iterable[str], text: str) -> dict[str, str]:
    """The efforts of a text for measurements among `codes`; anything else is left out."""
    known = set(codes)
    found = {}
    for part in text.split(",")[:MOST]:
        code, _, effort = part.partition("=")
        if unquote(code) in known and effort in EFFORTS:
            found[unquote(code)] = effort
    return found


def _code(code: str) -> str:
    return quote(code, safe="")


def _number(value: float) -> str:
    return f"{value:.12g}".replace("+", "")


def _value(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is no number")
    return float(text)


def _answer(framework: Framework, code: str, text: str, taken: _Taken) -> None:
    value = _value(text) if text else None
    check_answer(framework, code, value)
    taken.answers[code] = value


def _weight(framework: Framework, code: str, text: str, taken: _Taken) -> None:
    check_weight(framework, code, _value(text))
    taken.weights[code] = _value(text)


def _goalposts(framework: Framework, code: str, text: str, taken: _Taken) -> None:
    lower, _, upper = text.partition("_")
    check_goalposts(framework, code, _value(lower), _value(upper))
    taken.goalposts[code] = (_value(lower), _value(upper))


def _aggregation(framework: Framework, level: str, name: str, taken: _Taken) -> None:
    check_aggregation(framework, level, name)
    taken.aggregations[level] = name


_TAKERS: Mapping[str, Callable[[Framework, str, str, _Taken], None]] = {
    "a": _answer,
    "w": _weight,
    "g": _goalposts,
    "j": _aggregation,
}
