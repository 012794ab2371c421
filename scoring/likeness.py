"""How alike are two cities? A rule that anybody can work out by hand (docs/decisions/0018).

Each aspect gives a difference from 0 (the same) to 1 (entirely different); the whole is their plain mean:

    size    min(1, |ln(a / b)| / ln(size_factor)) of the inhabitants
    region  0 in the same region, 1 in another one
    income  min(1, |ln(a / b)| / ln(income_factor)) of the product per inhabitant where both cities have given theirs,
            else of their countries' national income per head

An aspect that is not known of both is left out and named. A mean of differences aspect by aspect that leaves out what
is missing is that of J. C. Gower, A general coefficient of similarity and some of its properties, Biometrics 27 (1971).
Sizes and incomes are compared as ratios, as the Human Development Index takes income by its logarithm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

SIZE, REGION, INCOME = ASPECTS = ("size", "region", "income")
# What an income was told by.
PRODUCT, NATIONAL = "product", "national"


@dataclass(frozen=True, slots=True)
class Town:
    """What of a city is compared, None and "" for what is not known.

    `population` in inhabitants, `product` per inhabitant and the country's `income` per head in international dollars.
    """

    population: float | None = None
    region: str = ""
    income: float | None = None
    product: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """From which ratio on two cities are entirely different in size and in income; both above 1."""

    size_factor: float
    income_factor: float

    def __post_init__(self) -> None:
        for name in ("size_factor", "income_factor"):
            if not getattr(self, name) > 1:
                raise ValueError(f"{name} is {getattr(self, name)} and must be above 1: it is a ratio")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The difference of two cities, 0 to 1 (NaN where nothing is known of both), and how it came about.

    `aspects` holds the differences that count, `missing` those left out, `income_by` PRODUCT, NATIONAL or "".
    """

    difference: float
    aspects: Mapping[str, float]
    missing: tuple[str, ...]
    income_by: str


def likeness(first: Town, second: Town, rule: Rule) -> Likeness:
    """How alike two cities are; the same whichever comes first. ValueError for a figure that is not above 0."""
    for town in (first, second):
        _check(town)
    by = next((by for by in (PRODUCT, NATIONAL) if _both(_income(by), first, second)), "")
    found = {name: _DIFFERENCES[name](first, second, rule) for name in ASPECTS}
    known = {name: value for name, value in found.items() if value is not None}
    difference = math.fsum(known.values()) / len(known) if known else math.nan
    return Likeness(difference, known, tuple(name for name in ASPECTS if name not in known), by)


def _check(town: Town) -> None:
    for name in ("population", "income", "product"):
        figure = getattr(town, name)
        if figure is not None and not (figure > 0 and math.isfinite(figure)):
            raise ValueError(f"{name} is {figure} and must be above 0; leave it out where it is not known")


def _income(by: str) -> Callable[[Town], float | None]:
    return (lambda town: town.product) if by == PRODUCT else (lambda town: town.income)


def _both(figure: Callable[[Town], float | None], first: Town, second: Town) -> bool:
    return figure(first) is not None and figure(second) is not None


def _apart(first: float | None, second: float | None, factor: float) -> float | None:
    """How far apart two figures are on a log scale, 1 from `factor` on; None where one is missing."""
    if first is None or second is None:
        return None
    return min(1.0, abs(math.log(first) - math.log(second)) / math.log(factor))


def _size(first: Town, second: Town, rule: Rule) -> float | None:
    return _apart(first.population, second.population, rule.size_factor)


def _region(first: Town, second: Town, _rule: Rule) -> float | None:
    if not (first.region and second.region):
        return None
    return 0.0 if first.region == second.region else 1.0


def _income_apart(first: Town, second: Town, rule: Rule) -> float | None:
    by_product = _apart(first.product, second.product, rule.income_factor)
    return by_product if by_product is not None else _apart(first.income, second.income, rule.income_factor)


_DIFFERENCES: Mapping[str, Callable[[Town, Town, Rule], float | None]] = {
    SIZE: _size,
    REGION: _region,
    INCOME: _income_apart,
}
