"""Reading the rules of membership: every rule is checked for itself, and against the days on which rules changed."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from indicators.cells import day, optional_day
from indicators.membership_rules import (
    ABOUT,
    ASKED_OF,
    CONFIRMED,
    KINDS,
    Fact,
    Rule,
    RuleSet,
    RuleSource,
    RuleWords,
)
from indicators.tables import Row, read_table, unique
from indicators.wording import word_rows

RULE_COLUMNS = (
    "id",
    "since",
    "until",
    "replaced_by",
    "about",
    "asked_of",
    "test",
    "facts",
    "threshold",
    "meets",
    "to_ask",
    "sources",
    "confirmed",
)
_MONTHS = tuple(str(number) for number in range(1, 13))


def words_in(
    folder: Path, languages: Sequence[str], table: str, columns: Sequence[str], wanted: Iterable[str]
) -> Mapping[str, Mapping[str, Row]]:
    """Language -> id -> the row of words."""
    ids = tuple(wanted)
    return {one: word_rows(folder, one, table, columns, ids) for one in languages}


def column_in(words: Mapping[str, Mapping[str, Row]], id: str, column: str) -> Mapping[str, str]:
    """Language -> the text of one column of an id."""
    return MappingProxyType({language: rows[id].text(column) for language, rows in words.items()})


def read_rules(
    folder: Path,
    languages: Sequence[str],
    sets: Sequence[RuleSet],
    facts: Mapping[str, Fact],
    sources: Mapping[str, RuleSource],
) -> tuple[Rule, ...]:
    """The rules of rules.csv in the order of the file, with their words; CatalogueError for the first fault."""
    rows = unique(read_table(folder, "rules.csv", RULE_COLUMNS), "id")
    for row in rows.values():
        _check(row, rows, sets, facts, sources)
    words = words_in(folder, languages, "rules.csv", ("id", "title", "rule"), rows)
    open_ones = [id for id, row in rows.items() if row.text("confirmed") != CONFIRMED[0]]
    caveats = words_in(folder, languages, "caveats.csv", ("id", "text"), open_ones)
    missing = dict.fromkeys(
        one for row in rows.values() if row.text("test") == "all_yes" for one in row.parts("facts")
    )
    things = words_in(folder, languages, "things.csv", ("id", "text"), missing)
    cases = {f"{id}.{case}": (row, case) for id, row in rows.items() for case in _cases(row)}
    steps = words_in(folder, languages, "steps.csv", ("id", "text"), cases)
    for told in steps.values():
        for key, (row, case) in cases.items():
            _check_names(told[key], KINDS[row.text("test")].cases[case])
    return tuple(
        _rule(
            row,
            {
                language: RuleWords(
                    title=words[language][id].text("title"),
                    rule=words[language][id].text("rule"),
                    caveat=caveats[language][id].text("text") if id in open_ones else "",
                    advice=MappingProxyType(
                        {case: steps[language][f"{id}.{case}"].text("text") for case in _cases(row)}
                    ),
                    things=MappingProxyType(
                        {
                            one: things[language][one].text("text")
                            for one in row.parts("facts")
                            if one in missing
                        }
                    ),
                )
                for language in languages
            },
        )
        for id, row in rows.items()
    )


def _cases(row: Row) -> tuple[str, ...]:
    """The findings of a rule that need advice: nobody is asked where the rule names no such choice."""
    return tuple(one for one in KINDS[row.text("test")].cases if one != "ask" or row.parts("to_ask"))


def _check(
    row: Row,
    rows: Mapping[str, Row],
    sets: Sequence[RuleSet],
    facts: Mapping[str, Fact],
    sources: Mapping[str, RuleSource],
) -> None:
    kind = KINDS[row.choice("test", KINDS)]
    row.choice("about", ABOUT)
    row.choice("asked_of", ASKED_OF)
    row.choice("confirmed", CONFIRMED)
    row.text("sources")
    for column, ids, file in (("facts", facts, "facts.csv"), ("sources", sources, "sources.csv")):
        for one in row.parts(column):
            if one not in ids:
                raise row.fault(f'{column} names "{one}", which is not in {file}')
    count = len(row.parts("facts"))
    if count < kind.facts or (kind.most is not None and count > kind.most):
        wanted = (
            str(kind.facts) if kind.most == kind.facts else f"{kind.facts} to {kind.most or 'any number'}"
        )
        raise row.fault(f'facts names {count}, and the test "{row.text("test")}" looks at {wanted}')
    for column in ("threshold", "meets", "to_ask"):
        if (
            row.optional(column)
            and column not in kind.needs
            and (column, kind) != ("to_ask", KINDS["one_of"])
        ):
            raise row.fault(f'{column} must be empty for the test "{row.text("test")}"')
    if "threshold" in kind.needs and row.number("threshold") <= 0:
        raise row.fault(f'threshold is "{row.text("threshold")}" and must be above 0')
    if "meets" in kind.needs:
        row.text("meets")
        allowed = _MONTHS if row.text("test") == "months" else facts[row.parts("facts")[0]].choices
        for column in ("meets", "to_ask"):
            for one in row.parts(column):
                if one not in allowed:
                    raise row.fault(f'{column} names "{one}", which is no choice here')
        if both := set(row.parts("meets")) & set(row.parts("to_ask")):
            raise row.fault(f'"{min(both)}" stands in meets and in to_ask')
    _check_days(row, rows, sets)


def _check_days(row: Row, rows: Mapping[str, Row], sets: Sequence[RuleSet]) -> None:
    since, until = day(row, "since"), optional_day(row, "until")
    days = {one.since for one in sets}
    for column, found in (("since", since), ("until", until)):
        if found is not None and found not in days:
            raise row.fault(f"{column} is {found}, which is the first day of no set in sets.csv")
    if until is not None and until <= since:
        raise row.fault(f"until is {until}, which is not after since ({since})")
    followers = row.parts("replaced_by")
    if (until is None) != (not followers):
        raise row.fault("until and replaced_by go together: give both or neither")
    for one in followers:
        if one not in rows:
            raise row.fault(f'replaced_by names "{one}", which is no rule')
        if day(rows[one], "since") != until:
            raise row.fault(f'replaced_by names "{one}", which does not begin on {until}')


def _check_names(row: Row, allowed: frozenset[str]) -> None:
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(row.text("text")) if name is not None}
    except ValueError as error:
        raise row.fault(f"text has braces that do not match ({error})") from None
    for name in sorted(names - allowed):
        raise row.fault(f"text names {{{name}}}, which is not known here")


def _rule(row: Row, words: Mapping[str, RuleWords]) -> Rule:
    return Rule(
        id=row.text("id"),
        since=day(row, "since"),
        until=optional_day(row, "until"),
        replaced_by=row.parts("replaced_by"),
        about=row.text("about"),
        asked_of=row.text("asked_of"),
        test=row.text("test"),
        facts=row.parts("facts"),
        threshold=row.optional_number("threshold") or 0.0,
        meets=row.parts("meets"),
        to_ask=row.parts("to_ask"),
        sources=row.parts("sources"),
        confirmed=row.text("confirmed"),
        words=MappingProxyType(dict(words)),
    )
