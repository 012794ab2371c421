"""The rules of membership in the network: the folder read as a whole or refused with file, line and reason.

The folder's files and columns are written down in docs/membership-rules.md; indicators/membership_rules.py says what
each thing is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators.cells import day, known, optional_day, whole
from indicators.membership_facts import read_facts
from indicators.membership_read import column_in, read_rules, words_in
from indicators.membership_rules import (
    ASKED_OF,
    Call,
    Deadline,
    Membership,
    Paper,
    Rule,
    RuleSet,
    RuleSource,
)
from indicators.settings import read_settings
from indicators.tables import CatalogueError, label, read_table, unique

MEMBERSHIP = Path(__file__).parent / "membership"

SETTINGS = "membership.toml"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def load_membership(folder: Path) -> Membership:
    """The rules that a folder holds, with their words in every language that it names.

    Files are read in one fixed order (settings, sources, sets, facts, rules, calls, deadlines, papers, each with its
    words). Raises CatalogueError for the first fault.
    """
    top = read_settings(folder, SETTINGS).top.only(("languages", "looked"))
    languages, looked = top.texts("languages"), top.text("looked")
    if not _MONTH.fullmatch(looked):
        raise top.fault("looked", f'looked is "{looked}" and must be a month such as 2026-11')
    sources = _sources(folder, languages)
    sets = _sets(folder, languages, sources)
    facts = read_facts(folder, languages)
    rules = read_rules(folder, languages, sets, facts, sources)
    return Membership(
        languages=languages,
        looked=looked,
        rules=rules,
        sets=sets,
        facts=facts,
        calls=_calls(folder, sources),
        deadlines=_deadlines(folder, sources),
        papers=_papers(folder, languages, rules, sources),
        sources=sources,
        known_not=_known_not(folder, languages),
    )


@cache
def membership() -> Membership:
    """The rules of the network; read once a process and shared."""
    return load_membership(MEMBERSHIP)


def _sources(folder: Path, languages: Sequence[str]) -> Mapping[str, RuleSource]:
    rows = unique(read_table(folder, "sources.csv", ("id", "year", "url")), "id")
    words = words_in(folder, languages, "sources.csv", ("id", "short", "publisher", "title", "note"), rows)
    made: dict[str, RuleSource] = {}
    for id, row in rows.items():
        url = row.text("url")
        if not url.startswith(("https://", "http://")):
            raise row.fault(f'url is "{url}" and must start with https:// or http://')
        told = [column_in(words, id, name) for name in ("short", "publisher", "title", "note")]
        made[id] = RuleSource(id, row.optional("year"), url, *told)
    return MappingProxyType(made)


def _sets(folder: Path, languages: Sequence[str], sources: Mapping[str, RuleSource]) -> tuple[RuleSet, ...]:
    rows = unique(read_table(folder, "sets.csv", ("id", "since", "source")), "id")
    words = words_in(folder, languages, "sets.csv", ("id", "name", "note"), rows)
    made: list[RuleSet] = []
    for id, row in rows.items():
        since = day(row, "since")
        if made and since <= made[-1].since:
            raise row.fault(f"since is {since}, which is not after the set before it ({made[-1].since})")
        source = known(row, "source", sources, "sources.csv")
        made.append(RuleSet(id, since, source, column_in(words, id, "name"), column_in(words, id, "note")))
    if not made:
        raise CatalogueError(label(folder, "sets.csv"), 0, "the table holds no rule set")
    return tuple(made)


def _calls(folder: Path, sources: Mapping[str, RuleSource]) -> tuple[Call, ...]:
    made: list[Call] = []
    for row in read_table(folder, "calls.csv", ("opens", "closes", "source")):
        opens, closes = day(row, "opens"), day(row, "closes")
        if closes < opens:
            raise row.fault(f"closes is {closes}, which is before opens ({opens})")
        if made and opens <= made[-1].closes:
            raise row.fault(f"opens is {opens}, while the call before it is open until {made[-1].closes}")
        made.append(Call(opens, closes, known(row, "source", sources, "sources.csv")))
    return tuple(made)


def _deadlines(folder: Path, sources: Mapping[str, RuleSource]) -> tuple[Deadline, ...]:
    columns = ("joined_from", "joined_to", "covers_to", "due", "source")
    made: list[Deadline] = []
    for row in read_table(folder, "deadlines.csv", columns):
        first, last = whole(row, "joined_from"), whole(row, "joined_to")
        covers, due = optional_day(row, "covers_to"), day(row, "due")
        if last < first:
            raise row.fault(f"joined_to is {last}, which is before joined_from ({first})")
        if covers is not None and covers > due:
            raise row.fault(f"covers_to is {covers}, which is after due ({due})")
        if made and due <= made[-1].due:
            raise row.fault(f"due is {due}, which is not after the line before it ({made[-1].due})")
        made.append(Deadline(first, last, covers, due, known(row, "source", sources, "sources.csv")))
    return tuple(made)


def _papers(
    folder: Path, languages: Sequence[str], rules: Sequence[Rule], sources: Mapping[str, RuleSource]
) -> tuple[Paper, ...]:
    rows = unique(read_table(folder, "papers.csv", ("id", "rule", "asked_of", "source")), "id")
    words = words_in(folder, languages, "papers.csv", ("id", "title", "text"), rows)
    ids = {one.id for one in rules}
    return tuple(
        Paper(
            id,
            known(row, "rule", ids, "rules.csv") if row.optional("rule") else "",
            row.choice("asked_of", ASKED_OF),
            known(row, "source", sources, "sources.csv"),
            column_in(words, id, "title"),
            column_in(words, id, "text"),
        )
        for id, row in rows.items()
    )


def _known_not(folder: Path, languages: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    ids = unique(read_table(folder, "known_not.csv", ("id",)), "id")
    words = words_in(folder, languages, "known_not.csv", ("id", "text"), ids)
    return MappingProxyType(
        {language: tuple(row.text("text") for row in rows.values()) for language, rows in words.items()}
    )
