"""An award's rules as data: a folder, read as a whole or refused with file, line and reason.

The folder's files, columns and types are written down in docs/award-format.md. Another award is another folder.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators import key_features
from indicators.award_criteria import read_criteria, read_criterion_words
from indicators.award_phases import read_phases
from indicators.award_rules import read_eligibility, read_selection, read_tie_breaks
from indicators.catalogue import read_sources, sources_in
from indicators.countries import REGIONS
from indicators.declarations import yeonsu
from indicators.past_awards import AWARDS, load_past, load_states
from indicators.settings import Section, Settings, read_settings
from indicators.tables import CatalogueError
from indicators.titles import section_of
from indicators.wording import word_rows
from scoring.award import Award, EligibilityRule, Marks, PastAward, RuleWords
from scoring.model import Declaration, Framework

__all__ = ["AWARDS", "CatalogueError", "load_award", "unesco_2024"]

TOP_KEYS = (
    *("id", "series", "edition", "languages", "confirmed", "counts", "regions"),
    *("framework", "declaration", "names", "notes", "rubric_by", "marks", "dates"),
)
MARK_KEYS = ("lowest", "highest", "step")
COUNTS = ("progress_since_joining", "level")
RULE_COLUMNS = ("id", "title", "text")
QUESTION_COLUMNS = ("fact", "question")
TERM_COLUMNS = ("key", "text")
# The day on which rules are asked unless they say otherwise, and the one on which the award is conferred.
REQUIRED_DATES = ("deadline", "conferred")


def load_award(
    folder: Path, framework: Framework | None = None, declaration: Declaration | None = None
) -> Award:
    """The award that a folder holds, with the past awards of its series from the folder above.

    `framework` and `declaration` are those that award.toml names, None where it names none. Files are read in one
    fixed order (award.toml, the shelf's sources.csv, winners.csv and absences.csv, criteria.csv, eligibility.csv,
    selection.csv, tie_breaks.csv, phases.csv, then the words of each language). CatalogueError for the first fault.
    """
    settings = read_settings(folder, "award.toml")
    top = settings.top.only(TOP_KEYS)
    languages, series = top.texts("languages"), top.text("series")
    _check_linked(top, "framework", framework.id if framework else "")
    _check_linked(top, "declaration", declaration.id if declaration else "")
    marks, dates, regions = _marks(settings), _dates(settings), top.texts("regions")
    names, notes, rubric_by = (_told(settings, name, languages) for name in ("names", "notes", "rubric_by"))
    shelf = folder.parent
    sources = read_sources(shelf)
    past = _of_regions(top, load_past(shelf, series, languages, sources), regions)
    states = load_states(shelf, series, sources)
    criteria = read_criteria(folder, framework, declaration, sources)
    ids = tuple(criterion.id for criterion in criteria)
    eligibility = read_eligibility(folder, dates, sources)
    rules = tuple(rule.id for rule in eligibility)
    selection = read_selection(folder, rules, ids, regions, marks, sources)
    rules = (*rules, *(rule.id for rule in selection))
    tie_breaks = read_tie_breaks(folder, rules, ids, sources)
    rules = (*rules, *(rule.id for rule in tie_breaks))
    phases = read_phases(folder)
    phase_ids = tuple(phase.id for phase in phases)
    return Award(
        id=top.text("id"),
        series=series,
        edition=top.text("edition"),
        confirmed=top.flag("confirmed", False),
        counts=top.choice("counts", COUNTS),
        languages=languages,
        names=names,
        notes=notes,
        rubric_by=rubric_by,
        dates=dates,
        marks=marks,
        regions=regions,
        criteria=criteria,
        eligibility=eligibility,
        selection=selection,
        tie_breaks=tie_breaks,
        phases=phases,
        past=past,
        states=states,
        sources=sources,
        sources_in=MappingProxyType(
            {
                language: sources if language == languages[0] else sources_in(shelf, language, sources)
                for language in languages
            }
        ),
        criterion_words=MappingProxyType(
            {language: read_criterion_words(folder, language, criteria, marks) for language in languages}
        ),
        rule_words=MappingProxyType(
            {language: _rule_words(folder, language, "rules.csv", rules) for language in languages}
        ),
        phase_words=MappingProxyType(
            {language: _rule_words(folder, language, "phases.csv", phase_ids) for language in languages}
        ),
        questions=MappingProxyType(
            {language: _questions(folder, language, eligibility) for language in languages}
        ),
        terms=MappingProxyType(
            {language: _terms(folder, language, marks, regions, eligibility) for language in languages}
        ),
    )


@cache
def unesco_2024() -> Award:
    """The UNESCO Learning City Award by the rules of 2024; read once a process and shared."""
    return load_award(AWARDS / "unesco_2024", key_features(), yeonsu())


def _check_linked(top: Section, key: str, given: str) -> None:
    """CatalogueError unless the award names what was handed in: the links of its criteria are checked against it."""
    named = top.text(key) if key in top.values else ""
    if named != given:
        raise top.fault(key, f'{key} is "{named}", not "{given}"')


def _told(settings: Settings, name: str, languages: tuple[str, ...]) -> Mapping[str, str]:
    section = section_of(settings, name).only(languages)
    return MappingProxyType({language: section.text(language) for language in languages})


def _marks(settings: Settings) -> Marks:
    section = section_of(settings, "marks").only(MARK_KEYS)
    lowest = section.whole("lowest", 0, 99)
    highest = section.whole("highest", lowest + 1, 100)
    step = section.number("step", 0, highest - lowest)
    if step == 0 or not (1 / step).is_integer():
        raise section.fault("step", f"step is {step:g}; whole steps must make up a level, as 1 or 0.5 does")
    return Marks(lowest, highest, step)


def _dates(settings: Settings) -> Mapping[str, datetime.date]:
    section = section_of(settings, "dates")
    dates: dict[str, datetime.date] = {}
    for key in (*REQUIRED_DATES, *section.values):
        if key not in section.values:
            raise section.fault("", f'the key "{key}" is missing in [dates]')
        value = section.values[key]
        # A moment is a day to Python, but no day to a reader.
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            raise section.fault(
                key, f"{key} is {value!r} and must be a day, written 2024-05-31 without marks"
            )
        dates[key] = value
    if dates["conferred"] < dates["deadline"]:
        raise section.fault("conferred", "conferred lies before the deadline")
    return MappingProxyType(dates)


def _of_regions(top: Section, past: tuple[PastAward, ...], regions: tuple[str, ...]) -> tuple[PastAward, ...]:
    for award in past:
        if award.region not in regions:
            reason = f'regions lacks "{award.region}", where {award.city} of {award.round} lies'
            raise top.fault("regions", reason)
    if set(regions) & set(REGIONS) and set(regions) != set(REGIONS):
        raise top.fault("regions", "regions holds some of UNESCO's regions; it must hold all five or none")
    return past


def _rule_words(folder: Path, language: str, table: str, ids: tuple[str, ...]) -> Mapping[str, RuleWords]:
    rows = word_rows(folder, language, table, RULE_COLUMNS, ids)
    return MappingProxyType({id: RuleWords(row.text("title"), row.text("text")) for id, row in rows.items()})


def _questions(folder: Path, language: str, rules: tuple[EligibilityRule, ...]) -> Mapping[str, str]:
    facts = dict.fromkeys(rule.fact for rule in rules)
    rows = word_rows(folder, language, "questions.csv", QUESTION_COLUMNS, facts)
    return MappingProxyType({fact: row.text("question") for fact, row in rows.items()})


def _terms(
    folder: Path,
    language: str,
    marks: Marks,
    regions: tuple[str, ...],
    eligibility: tuple[EligibilityRule, ...],
) -> Mapping[str, str]:
    options = dict.fromkeys(value for rule in eligibility for value in rule.options)
    wanted = (
        *(f"level.{level}" for level in range(marks.lowest, marks.highest + 1)),
        *(f"region.{region}" for region in regions),
        *(f"option.{value}" for value in options),
    )
    rows = word_rows(folder, language, "terms.csv", TERM_COLUMNS, wanted)
    return MappingProxyType({key: row.text("text") for key, row in rows.items()})
