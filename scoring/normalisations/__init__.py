"""How many points is a value worth? Every way of normalising, under one roof and one direction."""

from __future__ import annotations

from scoring.normalisations.apply import normalise, points_range
from scoring.normalisations.method import Normalisation, Parameter
from scoring.normalisations.parameters import settled
from scoring.normalisations.registry import NORMALISATIONS

__all__ = ["NORMALISATIONS", "Normalisation", "Parameter", "normalise", "points_range", "settled"]
