"""By which rules a round goes: the award's files as they were when it was made, by one hash for all of them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath

from actions import house
from actions.rule_sets import files_of
from indicators import key_features
from indicators.awards import AWARDS, load_award, unesco_2024
from indicators.declarations import yeonsu
from scoring.award import Award
from store.rounds import Round
from store.rows import sha256
from store.rule_sets import keep_rule_set, listed, rule_set
from store.writing import Writing

# The awards on offer, the one that a new round takes first.
OFFERED = ("unesco_2024",)


class RulesLostError(LookupError):
    """The rules of a round are kept no more, or can be read no more by this version."""


def keep_award(writing: Writing, award: str) -> str:
    """Keep the rules of an award as they are now; returns their hash."""
    return keep_rule_set(writing, award_files(award))


@cache
def award_files(award: str) -> Mapping[str, bytes]:
    """The files that an award is read from: its folder and the shelf that it stands on."""
    return {
        name: data
        for name, data in files_of(AWARDS).items()
        if "/" not in name or name.split("/")[0] in ("words", award)
    }


@cache
def _present(award: str) -> str:
    return sha256(listed(award_files(award)))


def award_of(found: Round) -> Award:
    """The award of a round by the rules that it was made with; RulesLostError."""
    if found.award == "unesco_2024" and found.rules_sha256 == _present(found.award):
        return unesco_2024()
    return _kept(house.store().place, found.award, found.rules_sha256)


@lru_cache(maxsize=8)
def _kept(_place: str, award: str, digest: str) -> Award:
    with house.store().reading() as reader:
        files = rule_set(reader, digest)
    if files is None:
        raise RulesLostError(digest)
    return award_in(award, files)


def award_in(award: str, files: Mapping[str, bytes]) -> Award:
    """The award that some files make up; RulesLostError for names that lead out of their folder."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            if not PurePosixPath(name).is_relative_to(".") or ".." in PurePosixPath(name).parts:
                raise RulesLostError(award)
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return load_award(Path(folder) / award, key_features(), yeonsu())
