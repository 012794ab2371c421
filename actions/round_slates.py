"""The winners as they are read: who they would be, who comes next, what each rule costs, and what to give up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from actions.figures import NOTHING
from actions.room_countries import country_name
from actions.round_facts import Candidate, candidates
from actions.round_figures import Figures
from actions.round_read import Seen
from actions.round_result_table import under_minimum
from actions.round_result_words import Names, Rows, change, names, points
from actions.round_slate_rules import winners
from actions.round_winners import Winners
from scoring.slate_problem import Rule


@dataclass(frozen=True, slots=True)
class ShownWinners:
    """Everything about the choice of winners, in words."""

    summary: str
    trouble: str
    best: Rows
    further: Rows
    costs: Rows
    cheap: str
    loosened: Rows
    ties: Rows
    tied: tuple[str, ...]
    notes: tuple[str, ...]


def shown_winners(found: Seen, of: Figures, won: Winners, language: str) -> ShownWinners:
    """The slates in words."""
    called = names(found, language)
    costs, cheap = _costs(won, called)
    return ShownWinners(
        summary=_summary(found, won, called),
        trouble=_trouble(found, won, called),
        best=_best(found, of, won, called),
        further=_further(won, called),
        costs=costs,
        cheap=cheap,
        loosened=_loosened(won, called),
        ties=_ties(found, called),
        tied=_tied(of, called),
        notes=_notes(found, of, won, called),
    )


def _of(won: Winners, members: Sequence[int], called: Names) -> list[str]:
    return [called.cities[won.choice.candidates.cities[i]] for i in members]


def _summary(found: Seen, won: Winners, called: Names) -> str:
    say, voice = called.voice.say, called.voice
    if won.best is None:
        return say("No {count} winners keep all rules.", count=voice.number(winners(found)))
    told = say(
        "By the marks so far the best {count} winners are {cities}: {points} points together.",
        count=voice.number(len(won.best.members)),
        cities=voice.series(_of(won, won.best.members, called)),
        points=points(won.best.points, called.language),
    )
    further = won.slates.slates
    if len(further) > 1:
        behind = further[0].points - further[1].points
        told += " " + (
            say("The next slate has as many points: the tie-breaks decide.")
            if round(behind, 2) == 0
            else say("The next slate is {points} points behind.", points=points(behind, called.language))
        )
    return told


def _trouble(found: Seen, won: Winners, called: Names) -> str:
    say = called.voice.say
    if won.best is None:
        return say(
            "No slate of {count} keeps all rules. Below stands which rules to give up, and by how many places.",
            count=called.voice.number(winners(found)),
        )
    if not won.given_up:
        return ""
    return say(
        "The wishes cannot all be kept together with the rules. Shown are slates without these wishes: {wishes}.",
        wishes=called.voice.series([called.slate_rule(one) for one in won.given_up]),
    )


def _best(found: Seen, of: Figures, won: Winners, called: Names) -> Rows:
    if won.best is None:
        return ()
    say, language = called.voice.say, called.language
    known = {one.id: one for one in candidates(found.now)}
    among = of.bands.sure.top(max(winners(found), 1))
    rows = []
    for i in won.best.members:
        at = won.choice.who[i]
        city = won.choice.candidates.cities[i]
        one: Candidate = known[city]
        remarks = [say("eligibility still open")] if city in of.unsettled else []
        if low := under_minimum(found, of, at):
            remarks.append(
                say(
                    "under the least mark: {criteria}",
                    criteria=called.voice.series([called.criteria[name] for name in low]),
                )
            )
        rank = int(of.standing.rank[at])
        rows.append(
            {
                say("City"): one.name,
                say("Country"): country_name(one.country, language),
                say("Region"): called.regions.get(one.region, one.region),
                say("Points"): points(won.choice.candidates.points[i], language),
                say("Rank"): called.voice.number(rank) if rank else NOTHING,
                say("Among the first by marks alone"): called.voice.percent(round(float(among[at]), 4)),
                say("To be known"): called.voice.series(remarks) if remarks else "",
            }
        )
    return tuple(rows)


def _further(won: Winners, called: Names) -> Rows:
    say = called.voice.say
    if not won.slates.slates:
        return ()
    first = won.slates.slates[0]
    rows = []
    for n, one in enumerate(won.slates.slates):
        into = [i for i in one.members if i not in first.members]
        out = [i for i in first.members if i not in one.members]
        rows.append(
            {
                say("Slate"): called.voice.number(n + 1),
                say("Points together"): points(one.points, called.language),
                say("Behind the best"): change(one.points - first.points, called.language),
                say("Comes in"): called.voice.series(_of(won, into, called)) or NOTHING,
                say("Goes out"): called.voice.series(_of(won, out, called)) or NOTHING,
            }
        )
    return tuple(rows)


def _costs(won: Winners, called: Names) -> tuple[Rows, str]:
    """A row for each rule that displaces somebody; how many others displace nobody."""
    say = called.voice.say
    rows, idle = [], 0
    for one in won.slates.costs:
        if not one.displaced and not one.instead:
            idle += 1
            continue
        rows.append(
            {
                say("Rule"): _rule(won, one.rule, called),
                say("Keeps out"): called.voice.series(_of(won, one.displaced, called)) or NOTHING,
                say("Lets in instead"): called.voice.series(_of(won, one.instead, called)) or NOTHING,
                say("Costs in points"): points(one.points, called.language),
            }
        )
    if not won.slates.slates:
        return (), ""
    told = called.voice.plural("{count} rule displaces nobody.", "{count} rules displace nobody.", idle)
    return tuple(rows), told if idle else ""


def _rule(won: Winners, rule: Rule, called: Names) -> str:
    """What a rule is called, and whether it is but a wish."""
    named = called.slate_rule(rule)
    return called.voice.say("{rule} (wish)", rule=named) if rule in won.wishes else named


def _loosened(won: Winners, called: Names) -> Rows:
    say = called.voice.say
    return tuple(
        {
            say("Give up"): called.voice.series([_rule(won, rule, called) for rule in one.rules]),
            say("Places broken by"): called.voice.number(sum(one.seats)),
            say("Best slate then"): called.voice.series(_of(won, one.slate.members, called)) or NOTHING,
            say("Points together"): points(one.slate.points, called.language),
        }
        for one in won.loosened
    )


def _ties(found: Seen, called: Names) -> Rows:
    """The award's tie-breaks in their order."""
    say, words = called.voice.say, found.award.rule_words[called.language]
    return tuple(
        {
            say("Step"): called.voice.number(n),
            say("Tie-break"): words[one.id].title,
            say("What it says"): words[one.id].text,
        }
        for n, one in enumerate(found.award.tie_breaks, start=1)
    )


def _tied(of: Figures, called: Names) -> tuple[str, ...]:
    """Which cities have equal points, and what decided between them."""
    say, cities = called.voice.say, of.moment.marks.cities
    told = []
    for place in sorted(set(of.standing.rank[of.standing.rank > 0].tolist())):
        group = [i for i in of.order.cities if of.standing.rank[i] == place]
        if len(group) < 2:
            continue
        open_ones = {i for part in of.order.undecided for i in part} & set(group)
        named = called.voice.series([called.cities[cities[i]] for i in group])
        told.append(
            say(
                "Equal at {points} points: {cities}. A vote of the jury is due.",
                points=points(of.standing.points[group[0]], called.language),
                cities=named,
            )
            if open_ones
            else say(
                "Equal at {points} points, in this order by the tie-breaks: {cities}.",
                points=points(of.standing.points[group[0]], called.language),
                cities=named,
            )
        )
    return tuple(told)


def _notes(found: Seen, of: Figures, won: Winners, called: Names) -> tuple[str, ...]:
    say, cities = called.voice.say, of.moment.marks.cities
    told = []
    if won.choice.beyond:
        told.append(
            say(
                "No candidate with marks comes from {regions}: the wish for a winner there cannot apply.",
                regions=called.voice.series([called.regions[one] for one in won.choice.beyond]),
            )
        )
    unseen = [called.cities[city] for city, p in zip(cities, of.raw.points, strict=True) if np.isnan(p)]
    if unseen:
        told.append(
            say(
                "Left out, because you see no marks of them: {cities}. The jury's slate may be another.",
                cities=called.voice.series(unseen),
            )
        )
    if found.viewer.recused:
        told.append(say("Cities that are closed to you take no part here; the jury's slate may be another."))
    told.append(say("A slate is a proposal by the marks. The jury decides in the meeting, and says why."))
    return tuple(told)
