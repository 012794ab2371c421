"""Bands: in which of several ranges does a value lie, and what is that range worth?

`edges` rise and divide the scale into one range more than there are edges; `points` are those of each
range from the worst to the best and never fall. With "less is better" the same points are read from the
highest range down. A value on an edge has reached it and belongs to the better range, either way.

Missing stays missing; ties get equal points; equal values are nothing special; zero and negative values
are values like any other. No other unit matters.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (categorical scales).
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_values
from scoring.normalisations.method import Normalisation, Parameter, Settings


def bands(values: FloatArray, settings: Settings) -> FloatArray:
    """Points of the range that a value lies in."""
    here: FloatArray = settings["points"][np.searchsorted(settings["edges"], values, side="right")]
    return np.where(np.isnan(values), np.nan, here)


def falling(points: FloatArray) -> str:
    """Points that fall would work against the direction."""
    if (np.diff(points) < 0).any():
        return "points must run from the worst to the best and never fall; direction -1 turns them round"
    return ""


def misfit(settings: Settings) -> str:
    """Edges must rise, and there must be one figure of points more than edges."""
    edges, points = settings["edges"], settings["points"]
    if (np.diff(edges) <= 0).any():
        return "edges must rise from each to the next"
    if len(points) != len(edges) + 1:
        return f"{len(edges)} edges make {len(edges) + 1} bands, but there are {len(points)} points"
    return falling(points)


def listed_ends(settings: Settings) -> tuple[float, float]:
    """The lowest and the highest of the points given."""
    return float(settings["points"].min()), float(settings["points"].max())


METHOD = Normalisation(
    kernel=bands,
    turn=by_values("edges"),
    parameters=(
        Parameter("edges", "numbers", None, True, "where each band but the lowest begins, rising"),
        Parameter("points", "numbers", None, True, "points of each band, from the worst to the best"),
    ),
    relative=False,
    range=listed_ends,
    settings_fault=misfit,
)
