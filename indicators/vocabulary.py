"""What can the engine do? The names that a framework of an index may use; `actions` takes them from `scoring`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indicators.tables import YES_NO, CatalogueError, one_of
from scoring.model import Measurement, Parameter, Rules

# "name=value name=value"; a value may hold blanks, as names of units do.
_WORD_STARTS = re.compile(r"\s+(?=[a-z_]+=)")
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
# A kind of parameter -> whether its text is a number, a list of numbers or yes or no; others are texts.
NUMBER_KINDS, LIST_KINDS, FLAG_KINDS = ("number", "positive"), ("numbers",), ("flag",)

Fault = Callable[[str], CatalogueError]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Normalisation -> its parameters with their kinds; rules of joining, for blanks and of finding weights.

    `check(code, measurement, rules)` raises ValueError where a normalisation does not get what it asks for.
    `top_aggregations` may stand on the highest level alone. The first rule for blanks is the usual one;
    `outliers` are the usual skewness, kurtosis, number of points,
    transforms and shift by which outliers are treated.
    """

    normalisations: Mapping[str, Mapping[str, str]]
    aggregations: tuple[str, ...]
    top_aggregations: tuple[str, ...]
    missing: tuple[str, ...]
    weights: tuple[str, ...]
    transforms: tuple[str, ...]
    outliers: tuple[float, float, int, tuple[str, ...], float]
    weights_from_files: tuple[str, ...]
    check: Callable[[str, Measurement, Rules], None]


def read_parameters(text: str, scale: str, vocabulary: Vocabulary, fault: Fault) -> Mapping[str, Parameter]:
    """The words "name=value" of a cell, each as the scale's parameter of that name is written.

    A number, a list of numbers separated by ";", yes or no, or a text. The error of `fault` for a word of
    another form, a parameter that the scale does not take and a value that cannot be read.
    """
    known = vocabulary.normalisations.get(scale, {})
    found: dict[str, Parameter] = {}
    for word in _WORD_STARTS.split(text) if text else ():
        name, sign, value = (part.strip() for part in word.partition("="))
        if not sign or not name or not value:
            raise fault(f'parameters holds "{word}"; write name=value, as in target=40')
        if not scale:
            raise fault(f'parameters holds "{word}", but there is no scale that takes it')
        if name not in known:
            takes = f"it takes {one_of(known)}" if known else "it takes none"
            raise fault(f'parameters holds "{name}", which scale "{scale}" does not take; {takes}')
        if name in found:
            raise fault(f'parameters names "{name}" twice')
        found[name] = _read(name, value, known[name], fault)
    return found


def _read(name: str, text: str, kind: str, fault: Fault) -> Parameter:
    if kind in FLAG_KINDS:
        if text not in YES_NO:
            raise fault(f'parameters: {name} is "{text}" and must be one of {one_of(YES_NO)}')
        return YES_NO[text]
    if kind not in NUMBER_KINDS + LIST_KINDS:
        return text
    parts = [part.strip() for part in text.split(";")]
    if not all(_NUMBER.fullmatch(part) for part in parts) or (kind in NUMBER_KINDS and len(parts) > 1):
        example = (
            "numbers separated by semicolons, as in 10;20" if kind in LIST_KINDS else "a number, as in 4.5"
        )
        raise fault(f'parameters: {name} is "{text}"; write {example}')
    return tuple(map(float, parts)) if kind in LIST_KINDS else float(text)


def written(parameters: Mapping[str, Parameter]) -> str:
    """Parameters as `read_parameters` reads them back, to the last digit."""
    return " ".join(f"{name}={_written(value)}" for name, value in parameters.items())


def _written(value: Parameter) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(map(repr, value))
    return value if isinstance(value, str) else repr(value)
