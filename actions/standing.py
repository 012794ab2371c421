"""Where one or several uploaded cities stand: readings turned into scores, computed once an upload and basket."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.access import NotKeptError as NotKeptError
from scoring.claims import without_claims
from scoring.model import Observation, Panel, Reading, Scores, ThemeScores
from scoring.panel import assemble
from scoring.score import score
from scoring.themes import score_themes
from store.uploads import Upload, get

# Whether what cities say of themselves counts, or counts as blank.
WITH_CLAIMS, WITHOUT_CLAIMS = CLAIMS = ("with", "without")
# How a choice of whom to stand beside names another upload.
UPLOADED = "upload-"


@dataclass(frozen=True, eq=False)
class Standing:
    """Several cities' readings and scores in one basket; arrays have one row a city, in the order of `uploads`."""

    basket: str
    uploads: tuple[Upload, ...]
    panel: Panel
    scores: Scores
    themes: ThemeScores

    def reading(self, unit: int = 0) -> Reading:
        """What was read from the workbook of one city."""
        return self.uploads[unit].reading

    def number(self, what: str, code: str, unit: int = 0) -> float:
        """One score by the name of its array ("assured", "coverage", ...); NaN for a node outside the basket."""
        if code not in self.scores.nodes:
            return math.nan
        return float(getattr(self.scores, what)[unit, self.scores.column(code)])

    def theme(self, what: str, code: str, unit: int = 0) -> float:
        """One score of a theme by the name of its array; NaN where the theme has none."""
        if code not in self.themes.themes:
            return math.nan
        return float(getattr(self.themes, what)[unit, self.themes.themes.index(code)])

    def observation(self, code: str, unit: int = 0) -> Observation | None:
        """The answer of one city to one measurement, None where the row is empty."""
        return self.uploads[unit].reading.observations.get(code)


@lru_cache(maxsize=512)
def upload(upload_id: str) -> Upload:
    """One kept upload; NotKeptError if there is none. Uploads never change, so one reading from the store is enough."""
    found = get(house.store(), upload_id)
    if found is None:
        raise NotKeptError(upload_id)
    return found


def is_kept(actor: Actor, upload_id: str) -> bool:
    """Whether the store holds an upload of this id that the actor may see."""
    try:
        see(actor, upload_id)
        upload(upload_id)
    except NotKeptError:
        return False
    return True


def ids_of(upload_id: str, beside: str) -> tuple[str, ...]:
    """The uploads that a comparison reads: the city's own, and the one that the choice beside it names."""
    return (upload_id, beside.removeprefix(UPLOADED)) if beside.startswith(UPLOADED) else (upload_id,)


def rating_levels(reading: Reading, declaration_id: str) -> dict[str, float | None]:
    """A city's own ratings on a declaration: theme code -> ladder level, None where blank."""
    start = f"{declaration_id}:"
    return {
        code.removeprefix(start): row.value for code, row in reading.ratings.items() if code.startswith(start)
    }


def stand(uploads: Sequence[Upload], basket: str, claims: str = WITH_CLAIMS) -> Standing:
    """Score some uploads side by side, with what cities claim or without; KeyError for an unknown basket."""
    framework, declaration = house.framework(), house.declaration()
    panel = assemble(framework, {one.id: one.reading.observations for one in uploads})
    if claims == WITHOUT_CLAIMS:
        panel = without_claims(panel)
    scores = score(framework, panel, basket)
    ratings = {one.id: rating_levels(one.reading, declaration.id) for one in uploads}
    themes = score_themes(declaration, framework, scores, ratings)
    return Standing(basket, tuple(uploads), panel, scores, themes)


@lru_cache(maxsize=512)
def standing(upload_id: str, basket: str, claims: str = WITH_CLAIMS) -> Standing:
    """The standing of one uploaded city; NotKeptError if there is no such upload."""
    return stand((upload(upload_id),), basket, claims)


@lru_cache(maxsize=64)
def standings(upload_ids: tuple[str, ...], basket: str, claims: str = WITH_CLAIMS) -> Standing:
    """The standing of several uploaded cities; NotKeptError names the first id that is not kept."""
    return stand(tuple(upload(one) for one in upload_ids), basket, claims)
