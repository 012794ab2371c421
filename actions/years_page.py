"""A city's years, ready to be shown: level and progress as two figures that are never blended, and lines with cuts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.figures import NOTHING, band_name, share
from actions.overview import Figure
from actions.rooms import room_cities
from actions.rule_sets import rules_of
from actions.years import BESIDE, CityYear, city_years, framework_for, rule_choices, score_handed_in
from actions.years_changes import Changes, changes, same_figures
from actions.years_drawn import LANE, WHOLE_LANE, Drawn, Rows, axes, lines
from actions.years_seen import Seen, change_text, number_text
from actions.years_words import (
    break_reason,
    code_name,
    judged_by,
    rule_differences,
    rules_name,
    signed_points,
)
from locales import mark
from scoring.progress import AFTER_JOINING, AT_JOINING, JOINING_UNKNOWN, ONLY_EARLIER

_AREA = "focus_area"

_BASELINES: Mapping[str, str] = {
    AT_JOINING: mark("Counted from {year}, the year in which the city joined the network."),
    AFTER_JOINING: mark(
        "Counted from {year}, the first assessment since the city joined the network in {joined}; "
        "what happened before it is not known."
    ),
    ONLY_EARLIER: mark(
        "Counted from {year}, the first assessment there is: all are older than {joined}, the year of joining."
    ),
    JOINING_UNKNOWN: mark(
        "Counted from {year}, the first assessment there is: the profile does not say when the city joined."
    ),
}


@dataclass(frozen=True, eq=False)
class YearsPage:
    """Everything that is said of a city's years by one choice of rules.

    `choices` are the rules on offer (choice -> name), `since` the years that the latest one can be held beside.
    `differences` are what differs between other years' rules and those of now, by a name for each set of rules.
    """

    city: str
    years: tuple[int, ...]
    summary: str
    figures: tuple[Figure, ...]
    counted_from: str
    axes: Drawn
    whole: Drawn
    areas: Drawn
    choices: Mapping[str, str]
    judged: tuple[str, ...]
    beside: Rows
    differences: Mapping[str, Rows]
    breaks: Rows
    since: tuple[int, ...]
    since_year: int
    changes: Changes | None


def years_page(
    actor: Actor, city_id: str, choice: str, since: int, basket: str, language: str, dark: bool
) -> YearsPage | None:
    """A city's years judged by a choice of rules, the latest beside the year `since` (0: from where progress counts).

    None for a city without an assessment that the actor may see; an unknown choice counts as the present rules.
    """
    years = city_years(actor, city_id)
    if not years:
        return None
    offered = rule_choices(years)
    choice = choice if choice in offered else next(iter(offered))
    seen = Seen(years, choice, framework_for(choice, years), basket, language)
    start = seen.baseline
    earlier = {one.year: one for one in years[:-1]}
    since = next((one for one in (since, start.year, *reversed(earlier)) if one in earlier), 0)
    name = room_cities(actor).get(city_id, "")
    return YearsPage(
        city=name,
        years=tuple(one.year for one in years),
        summary=_summary(seen),
        figures=_figures(seen),
        counted_from=house.voice(language).say(_BASELINES[start.kind], year=start.year, joined=seen.joined),
        axes=axes(seen, dark),
        whole=lines(seen, (seen.framework.root,), dark, WHOLE_LANE),
        areas=lines(seen, tuple(one.code for one in seen.framework.at_level(_AREA)), dark, LANE),
        choices={one: rules_name(one, year, language) for one, year in offered.items()},
        judged=tuple(judged_by(one, language) for one in years),
        beside=_beside(seen),
        differences=_differences(seen),
        breaks=_breaks(seen),
        since=tuple(earlier),
        since_year=since,
        changes=_changes(seen, earlier[since]) if since and seen.comparable else None,
    )


def _summary(seen: Seen) -> str:
    say = house.voice(seen.language).say
    level = seen.score(seen.latest, seen.framework.root).assured
    facts = {
        "year": seen.latest.year,
        "level": number_text(level, seen.language),
        "start": seen.baseline.year,
    }
    if seen.latest.year <= seen.baseline.year:
        return say(
            "The level in {year} is {level} points. There is no later assessment to tell progress by yet.",
            **facts,
        )
    if not seen.comparable:
        return say(
            "The level in {year} is {level} points by that year's own rules. The years were judged by different "
            "rules, so no progress is worked out here: choose one set of rules for all years.",
            **facts,
        )
    found = seen.since_joining(seen.latest)
    change, compared = change_text(found, seen.language)
    if change == NOTHING:
        return say(
            "The level in {year} is {level} points. Nothing can be compared with {start}: see below why.",
            **facts,
        )
    return say(
        "The level in {year} is {level} points. Since {start}, what can be compared ({share} of the weight) changed by "
        "{points} points.",
        points=change,
        share=compared,
        **facts,
    )


def _figures(seen: Seen) -> tuple[Figure, ...]:
    say = house.voice(seen.language).say
    now = seen.score(seen.latest, seen.framework.root)
    start, latest = seen.baseline.year, seen.latest.year
    found = seen.since_joining(seen.latest) if latest > start else None
    change, compared = change_text(found, seen.language)
    level = float("nan") if now.assured is None else now.assured
    made = [
        Figure(
            say("Level in {year}", year=latest),
            number_text(now.assured, seen.language),
            say(
                "{band}. Open answers could still bring it to {upper}; {coverage} of the weight is answered.",
                band=band_name(level, seen.language),
                upper=number_text(now.upper, seen.language),
                coverage=NOTHING if now.coverage is None else share(now.coverage, seen.language),
            ),
        ),
        Figure(
            say("Progress since {year}", year=start),
            change,
            say("The change of what can be compared alone. It is no part of the level, nor the level of it."),
        ),
        Figure(
            say("Can be compared"),
            compared,
            say("The share of the weight that is answered in both years and that no break in series parts."),
        ),
    ]
    if found is not None and found.compared:
        first = next(one for one in seen.years if one.year == start)
        made.append(
            Figure(
                say("Same old figures"),
                say(
                    "{same} of {all}",
                    same=same_figures(seen.framework, found, first, seen.latest),
                    all=len(found.compared),
                ),
                say(
                    "Compared figures that are the same, of the same year of reference, in both assessments: "
                    "they cannot show progress."
                ),
            )
        )
    return tuple(made)


def _beside(seen: Seen) -> Rows:
    """Each year by the present rules and as it was handed in, with the difference."""
    if seen.choice != BESIDE:
        return ()
    language, root = seen.language, seen.framework.root
    say = house.voice(language).say
    rows = []
    for one in seen.years:
        now, then = seen.score(one, root).assured, score_handed_in(one, seen.basket, root).assured
        both = one.submission is not None and now is not None and then is not None
        rows.append(
            {
                say("Year"): str(one.year),
                say("By the present rules"): number_text(now, language),
                say("As handed in"): number_text(then, language) if one.submission else say("not handed in"),
                say("Difference"): signed_points((now or 0.0) - (then or 0.0), language) if both else NOTHING,
            }
        )
    return tuple(rows)


def _differences(seen: Seen) -> Mapping[str, Rows]:
    found = {}
    for one in seen.years:
        then = rules_of(one.rules)
        rows = rule_differences(then, seen.language) if then is not None else ()
        if rows:
            name = house.voice(seen.language).say(
                "What differs between the rules of {year} and those of now", year=one.year
            )
            found[name] = rows
    return found


def _breaks(seen: Seen) -> Rows:
    say = house.voice(seen.language).say
    return tuple(
        {
            say("Year"): str(one.year),
            say("Measurement"): code_name(one.code, seen.language),
            say("Why it cannot be compared with earlier years"): break_reason(one, seen.language),
        }
        for one in seen.breaks
    )


def _changes(seen: Seen, first: CityYear) -> Changes:
    found = seen.progress(first, seen.latest)
    return changes(seen.framework, found, first, seen.latest, seen.breaks, seen.language)
