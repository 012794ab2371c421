"""A round as a package that anybody can check: data, rules, versions, seed and marks, and the table they lead to.

A zip file with the award's files as they were (`rules/`), what was said in the round (`round.json`) and the table
(`table.csv`). Jurors stand in it by their seats' signs; reasons, names and notes are left out. `check_package` works
the table out anew from nothing but the file, and says what differs.
"""

from __future__ import annotations

import csv
import io
import json
import platform
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from actions import house
from actions.access import Actor, NotAllowedError
from actions.judging_limits import NUMBERS
from actions.round_facts import (
    BALLOT,
    CANDIDATE,
    DECISION,
    EXCEPTION,
    MARK,
    PHASE,
    REVIEWED,
    SEAT,
    SETTINGS,
    VOTE,
    conflicted,
    dossiers,
    joined,
    seats,
)
from actions.round_minutes import may_read_minutes
from actions.round_read import COMPUTER, Seen, Viewer, seen
from actions.round_rules import RulesLostError, award_in
from actions.round_table import as_csv, table_of
from actions.round_widths import Widths, widths
from indicators.archives import DAMAGED
from scoring.version import ENGINE
from store.rounds import Entry, Round
from store.rows import sha256
from store.rule_sets import listed, rule_set

MEDIA_TYPE = "application/zip"
ROUND_FILE, TABLE_FILE, README_FILE, RULES_FOLDER = "round.json", "table.csv", "README.txt", "rules/"
FORMAT = 2
# What is read of a package at most: in all, and of parts.
_BYTES, _PARTS = 30_000_000, 500
_NO_DAY = (1980, 1, 1, 0, 0, 0)
# Kind -> what is kept of it; () for all. Conflicts are kept as what they come to, without their kind.
_KEPT: Mapping[str, tuple[str, ...]] = {
    SETTINGS: (),
    PHASE: (),
    CANDIDATE: ("kind", "name", "country", "region", "facts", "awarded_as", "withdrawn"),
    EXCEPTION: (),
    SEAT: ("role", "most", "active"),
    MARK: ("answer", "value", "phase"),
    BALLOT: (),
    VOTE: (),
    DECISION: (),
}
_BLANK: Mapping[str, Mapping[str, str]] = {CANDIDATE: {"city_id": "", "upload_id": ""}}
_README = """A round of an award, to be worked out anew.

  python -m actions verify FILE.zip

reads this file alone, makes the table again and says what differs.

{round}  what was said: settings, candidates, recusals, marks, votes, decisions; jurors by their signs
{table}   the table that it leads to
{rules}      the award's rules as they were, whose hash stands in {round}

一轮评奖的资料包，可由任何人重新计算。用上面的命令核对。
{round} 是评审记录（评委以代号表示；half_widths 是指标使各项评分保留的不确定幅度），
{table} 是由此得出的结果表，{rules} 是当时的评奖规则。
"""


class PackageError(ValueError):
    """The file is no package of a round: `kind` says why ("not_a_package", "too_large", "newer")."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell of the table that comes out otherwise: of which city and column, in the package and worked out."""

    name: str
    column: str
    kept: str
    made: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a package found: the name of its round, its cities, what differs, and versions that differ.

    `rules` says whether the rules are those whose hash it names; `versions` are (name, in the package, here).
    """

    name: str
    cities: int
    rules: bool
    differences: tuple[Difference, ...]
    versions: tuple[tuple[str, str, str], ...]

    @property
    def same(self) -> bool:
        """Whether everything comes out as the package says."""
        return self.rules and not self.differences


def package(actor: Actor, round_id: str, seat: str) -> bytes:
    """The package of what the actor sees of a round; the same bytes every time.

    NotKeptError, NotAllowedError, RulesLostError, StoreError.
    """
    found = seen(actor, round_id, seat)
    if not may_read_minutes(found):
        raise NotAllowedError
    with house.store().reading() as reader:
        rules = rule_set(reader, found.round.rules_sha256)
    if rules is None:
        raise RulesLostError(found.round.rules_sha256)
    open_by = widths(actor, found)
    said = {
        "format": FORMAT,
        "round": {"award": found.round.award, "rules_sha256": found.round.rules_sha256, "id": round_id},
        "invented": found.round.invented,
        "made_at": found.round.at,
        "log_head": "" if found.viewer.recused else str(house.store().head()),
        "versions": versions(),
        "half_widths": open_by.said(),
        "entries": [asdict(one) for one in _entries(found)],
    }
    names = {"round": ROUND_FILE, "table": TABLE_FILE, "rules": RULES_FOLDER}
    parts = {
        README_FILE: _README.format(**names).encode(),
        ROUND_FILE: json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1).encode(),
        TABLE_FILE: as_csv(table_of(_bare(found), open_by), _criteria(found)),
        **{RULES_FOLDER + name: data for name, data in sorted(rules.items())},
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, data in parts.items():
            part = zipfile.ZipInfo(name, _NO_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, data)
    return kept.getvalue()


def versions() -> dict[str, str]:
    """By what figures are worked out here: another of these may lead to another digit."""
    return {
        "engine": ENGINE,
        "limits": sha256(NUMBERS.read_bytes())[:16],
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


def _bare(found: Seen) -> Seen:
    """The round as its package has it."""
    return Seen(found.round, found.award, Viewer("", COMPUTER, declared=True), tuple(_entries(found)))


def _criteria(found: Seen) -> tuple[str, ...]:
    return tuple(one.id for one in found.award.criteria)


def _entries(found: Seen) -> Iterator[Entry]:
    """What counts now, without names, reasons and whoever said it; numbered from 1."""
    number = 0
    for (kind, key), one in found.now.items():
        fields = _KEPT.get(kind)
        if fields is None:
            continue
        number += 1
        said = {name: one.said[name] for name in fields or one.said if name in one.said}
        said |= _BLANK.get(kind, {})
        yield Entry(number, kind, key, one.version, one.about, one.seat, said, {}, "", one.at)
    for seat in seats(found.now):
        for city in dossiers(found.now):
            if conflicted(found.now, seat.id, city.id):
                number += 1
                key = joined(seat.id, city.id)
                yield Entry(number, REVIEWED, key, 1, (city.id,), "", {"conflict": True}, {}, "", "")


def check_package(data: bytes) -> Checked:
    """Work the table of a package out anew; reads nothing but the file. PackageError for what is none."""
    parts = _parts(data)
    try:
        said: Mapping[str, Any] = json.loads(parts[ROUND_FILE])
        if said["format"] > FORMAT:
            raise PackageError("newer")
        table = parts[TABLE_FILE]
        rules = {
            name.removeprefix(RULES_FOLDER): its
            for name, its in parts.items()
            if name.startswith(RULES_FOLDER)
        }
        of = said["round"]
        award = award_in(str(of["award"]), rules)
        entries = tuple(Entry(**{**one, "about": tuple(one["about"])}) for one in said["entries"])
        digest = str(of["rules_sha256"])
        made = Round(
            str(of["id"]), str(of["award"]), digest, bool(said["invented"]), "", str(said["made_at"])
        )
        found = Seen(made, award, Viewer("", COMPUTER, declared=True), entries)
        # The first packages knew no doubt of indicators.
        open_by = Widths.read(said.get("half_widths", {}), _criteria(found))
        again = as_csv(table_of(found, open_by), _criteria(found))
        here = versions()
        other = tuple((name, str(its), here.get(name, "")) for name, its in said["versions"].items())
    except PackageError:
        raise
    except (KeyError, ValueError, TypeError, AttributeError, LookupError, OSError):
        raise PackageError("not_a_package") from None
    return Checked(
        name=found.settings.name,
        cities=len(again.splitlines()) - 1,
        rules=sha256(listed(rules)) == digest,
        differences=tuple(_differences(table, again)),
        versions=tuple(one for one in other if one[1] != one[2]),
    )


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed_parts = archive.infolist()
            if len(listed_parts) > _PARTS or sum(one.file_size for one in listed_parts) > _BYTES:
                raise PackageError("too_large")
            return {one.filename: archive.read(one) for one in listed_parts}
    except DAMAGED:
        raise PackageError("not_a_package") from None


def _differences(kept: bytes, made: bytes) -> Iterator[Difference]:
    """Cell by cell; a city that stands in one of the two alone, or elsewhere, is a difference of its own."""
    before, after = (
        list(csv.DictReader(io.StringIO(one.decode("utf-8", "replace")))) for one in (kept, made)
    )
    of = {row.get("city", ""): row for row in before}
    for row in after:
        known = of.pop(row["city"], None)
        if known is None:
            yield Difference(row["name"], "city", "", row["city"])
            continue
        for column, text in row.items():
            if known.get(column) != text:
                yield Difference(row["name"], column, str(known.get(column, "")), text)
    for one in of.values():
        yield Difference(str(one.get("name", "")), "city", str(one.get("city", "")), "")
    orders = [[row.get("city", "") for row in rows] for rows in (before, after)]
    if orders[0] != orders[1] and sorted(orders[0]) == sorted(orders[1]):
        yield Difference("", "order", ", ".join(orders[0]), ", ".join(orders[1]))
