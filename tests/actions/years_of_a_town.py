"""A town's room with assessments of several years, typed as people type, and handed in under rules of one's choice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from actions import house
from actions.access import COMPUTER
from actions.record import record
from actions.record_copy import copy
from actions.rooms import begin_assessment, new_room_city
from actions.rule_sets import files_of
from actions.standing import upload
from indicators import KEY_FEATURES
from indicators.catalogue import load_framework
from scoring.model import Framework
from scoring.panel import assemble
from scoring.score import score
from store.acts import OWN_COMPUTER, Act
from store.record import put
from store.rule_sets import keep_rule_set
from store.states import SUBMITTED, move
from store.submissions import Judged, submit_in

Typed = Mapping[str, str]


def figure(value: str, year: int, **more: str) -> Typed:
    """An answer with a value of a year."""
    return {"value": value, "year": str(year), "source": "Office of figures", "grade": "measured", **more}


def profile(year: int, joined: int | None = 2019) -> Mapping[str, Typed]:
    """What a town says of itself in a year."""
    entries = {
        "name": "Demoville",
        "country": "KOR",
        "population": "391000",
        "population_year": str(year - 1),
    }
    entries |= {"assessment_year": str(year), **({"member_since": str(joined)} if joined else {})}
    return {f"profile:{name}": {"entry": entry} for name, entry in entries.items()}


def town() -> str:
    """A new town; returns its id."""
    return new_room_city(COMPUTER, "Demoville", "KOR")


def fill(assessment: str, said: Mapping[str, Typed]) -> None:
    """Write into an assessment on top of what stands there."""
    seen = record(COMPUTER, assessment)
    with house.store().writing(Act(OWN_COMPUTER, "say", "record", assessment)) as writing:
        for field, texts in said.items():
            put(writing, assessment, field, texts, base=seen.version(field))


def year_of(city: str, year: int, said: Mapping[str, Typed], joined: int | None = 2019) -> str:
    """An assessment of a year with its profile and these answers; returns its id."""
    made = begin_assessment(COMPUTER, city, year)
    fill(made, {**profile(year, joined), **said})
    return made


def rules_with(folder: Path, **changed: tuple[str, str]) -> Path:
    """The framework's files in a folder of one's own, with a text replaced in some: toml, nodes, words."""
    shutil.copytree(KEY_FEATURES, folder)
    for name, (old, new) in changed.items():
        path = folder / {"toml": "framework.toml", "nodes": "nodes.csv", "words": "words/en/nodes.csv"}[name]
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def handed_in_under(assessment: str, folder: Path, *, kept: bool = True) -> Framework:
    """Hand an assessment in as it stands, judged by the rules of a folder, which are kept with it or not."""
    rules = load_framework(folder)
    made = copy(COMPUTER, assessment, "en")
    scores = score(rules, assemble(rules, {"city": upload(made).reading.observations}), "core")
    nodes = {
        code: {"assured": float(scores.assured[0, i]), "upper": float(scores.upper[0, i]), "coverage": 1.0}
        for i, code in enumerate(scores.nodes)
    }
    files = files_of(folder)
    with house.store().writing(Act(OWN_COMPUTER, "hand_in", "assessment", assessment)) as writing:
        digest = keep_rule_set(writing, files) if kept else "f" * 64
        frozen = json.dumps({"core": {"nodes": nodes}})
        judged = Judged(rules.id, rules.edition, digest, "1", frozen)
        submission = submit_in(writing, made, judged)
        move(writing, assessment, SUBMITTED, base=0, upload_id=made, submission_id=submission.id)
    return rules
