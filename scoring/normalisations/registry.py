"""Which ways of normalising are there? One file each."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.normalisations import (
    bands,
    borda,
    categories,
    distance_to_maximum,
    distance_to_reference,
    distance_to_target,
    ladder,
    linear,
    log,
    minmax,
    percentile,
    rank,
    share_of_maximum,
    share_of_reference,
    yes_no,
    zscore,
)
from scoring.normalisations.method import Normalisation

NORMALISATIONS: Mapping[str, Normalisation] = {
    "linear": linear.METHOD,
    "log": log.METHOD,
    "ladder": ladder.METHOD,
    "bands": bands.METHOD,
    "categories": categories.METHOD,
    "yes_no": yes_no.METHOD,
    "minmax": minmax.METHOD,
    "zscore": zscore.METHOD,
    "percentile": percentile.METHOD,
    "rank": rank.METHOD,
    "borda": borda.METHOD,
    "distance_to_maximum": distance_to_maximum.METHOD,
    "distance_to_target": distance_to_target.METHOD,
    "distance_to_reference": distance_to_reference.METHOD,
    "share_of_maximum": share_of_maximum.METHOD,
    "share_of_reference": share_of_reference.METHOD,
}
