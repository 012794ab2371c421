"""Handing in an assessment: frozen with its framework, engine, inputs and scores, and proved right later."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from actions import house
from actions.access import Actor, allowed, see, subject_of_upload
from actions.standing import NotKeptError, stand
from indicators import KEY_FEATURES
from scoring.model import Scores
from scoring.version import ENGINE
from store.contents import bytes_of, erased_among
from store.engine import Store
from store.rows import canonical, sha256
from store.submissions import Judged, Receipt, Submission, submissions_in, submissions_of
from store.submissions import submit as freeze
from store.uploads import Upload, get

_FIGURES = ("assured", "reported", "upper", "coverage")

# What a check of one submission may find.
SCORE_CHANGED = "score_changed"
INPUT_CHANGED = "input_changed"
INPUT_ERASED = "input_erased"
FRAMEWORK_CHANGED = "framework_changed"
NEWER_FRAMEWORK = "newer_framework"
NEWER_ENGINE = "newer_engine"
# Those that come with time and are no damage: the frozen scores stand, this version cannot make them again.
NO_DAMAGE = (INPUT_ERASED, NEWER_FRAMEWORK, NEWER_ENGINE)


@dataclass(frozen=True, slots=True)
class Checked:
    """One submission and what was found about it, "" where it came out the same to the last digit."""

    submission_id: str
    upload_id: str
    found: str

    @property
    def damaged(self) -> bool:
        """Whether something is not as it was handed in."""
        return self.found not in ("", *NO_DAMAGE)


def submit(actor: Actor, upload_id: str) -> Receipt:
    """Hand in the assessment of one upload as it is now; NotKeptError, StoreError if it cannot be kept.

    The receipt's head proves later that nothing was changed or cut off.
    """
    see(actor, upload_id, right="submit")
    one = get(house.store(), upload_id)
    if one is None:
        raise NotKeptError(upload_id)
    return freeze(house.store(), upload_id, judged(one), actor=actor.person)


@dataclass(frozen=True, slots=True)
class HandIn:
    """Handing in as a page tells of it: whether the actor may, when it was done before, and of which city it is."""

    may: bool
    before: tuple[str, ...]
    city: str


def hand_in(actor: Actor, upload_id: str, language: str) -> HandIn:
    """Whether an assessment may be handed in here, and when it was; NotKeptError if there is none.

    It is signed and handed in in the city's room, which on one's own computer nobody need be led to.
    """
    see(actor, upload_id)
    voice = house.voice(language)
    before = tuple(
        voice.say("Handed in {moment}.", moment=voice.moment(dt.datetime.fromisoformat(one.at)))
        for one in submissions_of(house.store(), upload_id)
    )
    may = not actor.everything and allowed(actor, "submit", upload_id)
    return HandIn(may, before, subject_of_upload(upload_id).city if may else "")


def judged(one: Upload) -> Judged:
    """The scores of one upload in all baskets, and what they were made by."""
    framework = house.framework()
    return Judged(framework.id, framework.edition, framework_hash(KEY_FEATURES), ENGINE, scores_of(one))


def scores_of(one: Upload) -> str:
    """All scores of one upload as canonical JSON: every node and theme of every basket, every digit, null for none."""
    found: dict[str, object] = {}
    for basket in house.framework().baskets:
        where = stand((one,), basket.id)
        themes = dict(zip(where.themes.themes, _numbers(where.themes.assured[0]), strict=True))
        found[basket.id] = {**_scores(where.scores), "themes": themes}
    return canonical(found)


def _scores(scores: Scores) -> Mapping[str, object]:
    figures = {name: _numbers(getattr(scores, name)[0]) for name in _FIGURES}
    nodes = {code: {name: figures[name][i] for name in _FIGURES} for i, code in enumerate(scores.nodes)}
    return {"nodes": nodes, "ranked": bool(scores.ranked[0])}


def _numbers(row: np.ndarray) -> list[float | None]:
    # JSON writes the shortest digits that give back the very same number.
    return [float(one) if np.isfinite(one) else None for one in row]


@cache
def framework_hash(folder: Path) -> str:
    """One hash for all files of a framework: names and bytes, in the order of their names."""
    told = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.suffix in (".csv", ".toml", ".md", ".txt")):
        told.update(f"{path.relative_to(folder).as_posix()}\0{sha256(path.read_bytes())}\n".encode())
    return told.hexdigest()


def check_all(store: Store, folder: Path = KEY_FEATURES) -> tuple[Checked, ...]:
    """Make every submission's scores again and compare; StoreError if the store cannot be read."""
    with store.reading() as connection:
        kept = submissions_in(connection)
    return tuple(Checked(one.id, one.upload_id, _found(store, one, folder)) for one in kept)


def _found(store: Store, one: Submission, folder: Path) -> str:
    if sha256(one.scores) != one.scores_sha256:
        return SCORE_CHANGED
    try:
        upload = get(store, one.upload_id)
    except LookupError:
        return INPUT_ERASED
    except (ValueError, KeyError, TypeError):
        # What was read can no longer be understood.
        return INPUT_CHANGED
    erased = _erased(store, one)
    if upload is None or upload.sha256 != one.file_sha256 or not _bytes_fit(store, one, erased):
        return INPUT_CHANGED
    # Where a name was taken out of a reading, its figures must lead to the same scores.
    if upload.reading_sha256 != one.reading_sha256 and one.reading_sha256 not in erased:
        return INPUT_CHANGED
    framework = house.framework()
    if (one.framework, one.edition) != (framework.id, framework.edition):
        return NEWER_FRAMEWORK
    if one.framework_sha256 != framework_hash(folder):
        return FRAMEWORK_CHANGED
    if one.engine != ENGINE:
        return NEWER_ENGINE
    again = json.loads(scores_of(upload))
    if again != json.loads(one.scores):
        return SCORE_CHANGED
    return INPUT_ERASED if erased else ""


def _erased(store: Store, one: Submission) -> frozenset[str]:
    """Which of the file and the reading were taken out for good."""
    with store.reading() as connection:
        return erased_among(connection, (one.file_sha256, one.reading_sha256))


def _bytes_fit(store: Store, one: Submission, erased: frozenset[str]) -> bool:
    hashes = [digest for digest in (one.file_sha256, one.reading_sha256) if digest not in erased]
    with store.reading() as connection:
        held = [bytes_of(connection, digest) for digest in hashes]
    return all(data is not None and sha256(data) == digest for data, digest in zip(held, hashes, strict=True))
