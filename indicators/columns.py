"""What does each column of the data hold? columns.csv of a framework folder, or what the headings tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.tables import CatalogueError, Row, read_table, unique
from scoring.model import Framework

ROLES = ("id", "name", "year", "measurement", "denominator", "group", "loss", "ignored")
# Of these a table of units has one column at most.
SINGLE_ROLES = ("id", "name", "year")
COLUMNS = ("column", "role")
OPTIONAL_COLUMNS = ("code", "denominator", "factor")
# Headings, in small letters, that tell their role where no columns.csv does.
TELLING = {"id": ("id", "unit"), "name": ("name",), "year": ("year",)}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the data: its heading and role; for a measurement its code, and what it is divided by."""

    heading: str
    role: str
    code: str = ""
    denominator: str = ""  # a heading
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Roles:
    """Where in a header everything stands; positions count from 0."""

    id: int
    name: int | None
    year: int | None
    measurements: Mapping[str, int]  # by code
    headings: Mapping[str, int]  # every other column that somebody asks for, by heading
    passed_over: tuple[str, ...]  # headings that nothing is known about


def read_columns(folder: Path, framework: Framework) -> tuple[Column, ...]:
    """The columns that columns.csv declares.

    CatalogueError for an unknown role, a role that may stand once standing twice, a code that is no
    measurement or has two columns, a factor that is not above 0 and a denominator that is not declared.
    """
    rows = unique(read_table(folder, "columns.csv", COLUMNS, OPTIONAL_COLUMNS, exponents=True), "column")
    codes = {node.code for node in framework.measurements}
    taken: dict[str, str] = {}
    columns = []
    for heading, row in rows.items():
        role = row.choice("role", ROLES)
        if role in SINGLE_ROLES:
            _once(taken, f"role {role}", heading, row)
        _only_of_measurements(row, role)
        code = row.optional("code") or heading
        if role == "measurement":
            if code not in codes:
                raise row.fault(
                    f'there is no measurement "{code}" in nodes.csv; name it in the column "code"'
                )
            _once(taken, f'measurement "{code}"', heading, row)
        denominator = row.optional("denominator")
        if denominator and denominator not in rows:
            raise row.fault(f'the denominator "{denominator}" is not among the columns')
        columns.append(
            Column(heading, role, code if role == "measurement" else "", denominator, _factor(row))
        )
    return tuple(columns)


def _once(taken: dict[str, str], what: str, heading: str, row: Row) -> None:
    if what in taken:
        raise row.fault(f'{what} is given to two columns, "{taken[what]}" and "{heading}"')
    taken[what] = heading


def _only_of_measurements(row: Row, role: str) -> None:
    for column in OPTIONAL_COLUMNS:
        if role != "measurement" and row.optional(column):
            raise row.fault(
                f'{column} is "{row.optional(column)}", but only a measurement has one, not role "{role}"'
            )


def _factor(row: Row) -> float:
    factor = row.optional_number("factor")
    if factor is not None and factor <= 0:
        raise row.fault(f"factor is {factor:g} and must be above 0")
    return 1.0 if factor is None else factor


def roles(
    header: Sequence[str],
    declared: Sequence[Column],
    codes: Sequence[str],
    asked: Sequence[str],
    file: str,
    line: int,
) -> Roles:
    """Where in a header everything stands, from what is declared and otherwise from the headings themselves.

    `codes` are all measurements, `asked` headings that a node or the method names (losses, denominators, groups).
    CatalogueError for a heading that stands twice, for no column of ids and for an asked one that is not there.
    """
    at: dict[str, int] = {}
    for position, heading in enumerate(header):
        if heading in at:
            raise CatalogueError(
                file,
                line,
                f'the column "{heading}" stands twice, as column {at[heading] + 1} and {position + 1}',
            )
        if heading:
            at[heading] = position
    known = {column.heading: column for column in declared}
    single = {role: _single(role, at, known, codes) for role in SINGLE_ROLES}
    if single["id"] is None:
        raise CatalogueError(
            file,
            line,
            'no column holds the ids of the units; head one "id" or give it that role in columns.csv',
        )
    measurements = {
        column.code: at[column.heading] for column in declared if column.code and column.heading in at
    }
    for code in codes:
        if code in at and code not in measurements and code not in known:
            measurements[code] = at[code]
    for heading in asked:
        if heading not in at:
            raise CatalogueError(
                file, line, f'the column "{heading}" is missing, which the framework or method asks for'
            )
    used = {*single.values(), *measurements.values()}
    others = {
        heading: position
        for heading, position in at.items()
        if position not in used and (heading in known or heading in asked)
    }
    others |= {heading: at[heading] for heading in asked}
    told = tuple(
        heading for heading, position in at.items() if position not in used and heading not in others
    )
    return Roles(single["id"], single["name"], single["year"], measurements, others, told)


def _single(
    role: str, at: Mapping[str, int], known: Mapping[str, Column], codes: Sequence[str]
) -> int | None:
    for column in known.values():
        if column.role == role:
            return at.get(column.heading)
    free = {
        heading: position for heading, position in at.items() if heading not in known and heading not in codes
    }
    for word in TELLING[role]:
        for heading, position in free.items():
            if heading.casefold() == word:
                return position
    if role == "id":
        return next((position for position in free.values() if position == 0), None)
    return None
