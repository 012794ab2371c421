"""How the score is made and what it rests on: goalposts, levels, sources, and what is not verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.area_answers import goalpost_text
from actions.figures import NOTHING, share
from scoring.model import Measurement

Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class MethodPage:
    """The tables of the method page, in words; headers are in the reader's language."""

    rules: tuple[str, ...]
    levels: Rows
    ladder: Rows
    grades: Rows
    goalposts: Rows
    doubtful: Rows
    sources: Rows
    reference_sources: Rows
    counts: str


@lru_cache(maxsize=8)
def method(language: str) -> MethodPage:
    """The method of the current framework edition."""
    framework, voice = house.framework(), house.voice(language)
    say, words, terms = voice.say, framework.words[language], house.terms(language)
    asked = [node for node in framework.measurements if node.measurement is not None]
    checked = sum(node.wording_verified for node in asked)
    return MethodPage(
        rules=_rules(language),
        levels=tuple(
            {
                say("Level"): band.id,
                say("Name"): terms[f"band.{band.id}"],
                say("From"): voice.number(band.start),
            }
            for band in reversed(framework.rules.bands)
        ),
        ladder=tuple(
            {
                say("Level"): str(step.level),
                say("Points"): voice.number(step.level * framework.rules.ladder_step),
                say("Name"): step.title,
                say("What must be there"): step.description,
            }
            for step in framework.ladder[language]
        ),
        grades=tuple(
            {
                say("Evidence grade"): terms[f"grade.{grade.id}"],
                say("Weak"): say("yes") if grade.weak else say("no"),
                say("May be off by"): f"± {share(grade.half_width, language)}",
            }
            for grade in framework.rules.evidence_grades
        ),
        goalposts=tuple(
            {
                say("Measurement"): f"{node.code} {words[node.code].title}",
                say("Goalposts"): goalpost_text(node, language),
                say("Kind"): _kinds(node.measurement, terms),
                say("Scope"): terms[f"scope.{node.measurement.goalpost_scope}"],
                say("Source"): voice.listing(
                    tuple(
                        framework.sources_in[language][one].title for one in node.measurement.goalpost_source
                    )
                )
                or NOTHING,
                say("Goalpost checked"): say("yes") if node.measurement.goalpost_verified else say("no"),
            }
            for node in asked
            if node.measurement is not None and node.measurement.scored and node.measurement.scale != "ladder"
        ),
        doubtful=tuple(
            {
                say("Measurement"): f"{node.code} {words[node.code].title}",
                say("Why"): terms[f"role.{node.measurement.role}"],
            }
            for node in asked
            if node.measurement is not None and not node.measurement.scored
        ),
        sources=tuple(
            {
                say("Publisher"): source.publisher,
                say("Title"): source.title,
                say("Year"): source.year or NOTHING,
                say("Link"): source.url or NOTHING,
                say("Note"): source.note or NOTHING,
            }
            for source in framework.sources_in[language].values()
        ),
        reference_sources=tuple(
            {
                say("Title"): source.title,
                say("Licence or terms"): house.references().licences[language][source.licence],
                say("Link"): source.url or NOTHING,
            }
            for source in house.references().sources.values()
        ),
        counts=say(
            "{measurements} measurements in {features} features and {areas} focus areas; the wording of {checked} of "
            "them has been checked against the published table.",
            measurements=voice.number(len(asked)),
            features=voice.number(len(framework.at_level("feature"))),
            areas=voice.number(len(framework.at_level("focus_area"))),
            checked=voice.number(checked),
        ),
    )


def _kinds(measurement: Measurement, terms: Mapping[str, str]) -> str:
    full = terms[f"kind.{measurement.goalpost_kind}"]
    floor = terms[f"kind.{measurement.floor_kind}"]
    return full if full == floor else f"{full} / {floor}"


def _rules(language: str) -> tuple[str, ...]:
    """The rules that make a score, one sentence each, with their numbers from the data."""
    framework, say = house.framework(), house.voice(language).say
    rules, levels = framework.rules, {level.name: level for level in framework.levels}
    return (
        say(
            "Every answer is placed between two fixed goalposts and becomes 0 to 100 points; beyond a goalpost "
            "nothing is gained or lost. Goalposts never depend on other cities."
        ),
        say(
            "Measurements make features, features make focus areas, and each of the twelve focus areas counts "
            "equally for the city. Every step is a weighted arithmetic mean."
        ),
        say(
            "Missing answers never help: the assured score counts them 0, the reported score leaves them out, and the "
            "bracket shows the lowest and highest result still possible. The three always stand together."
        ),
        say(
            "The core basket holds official figures and rated practice. The full basket adds measurements that need a "
            "city survey. Level and rank use the core basket unless you switch."
        ),
        say(
            "Level and rank need {overall} of the basket answered, and {area} in each focus area. Below that the city "
            "has a profile, which is a normal state.",
            overall=share(levels["city"].coverage or 0, language),
            area=share(levels["focus_area"].coverage or 0, language),
        ),
        say(
            "What a city says is outside its remit leaves the basket, up to {area} of a focus area and {overall} of "
            "the whole. What exceeds this counts as open. It stays a claim until somebody reviews it.",
            area=share(rules.remit_cap_level, language),
            overall=share(rules.remit_cap_overall, language),
        ),
        say(
            "Ratings on the ladder that a city gives itself are claims. Every score says how much of its weight rests "
            "on claims, and what remains without them."
        ),
        say(
            "Figures older than {badge} years carry a badge; figures more than {refused} years older than the "
            "assessment count as open.",
            badge=rules.badge_age,
            refused=rules.refused_age,
        ),
        say(
            "Scores are kept in full and rounded once, half up, to {digits} decimal; ranks and levels use the rounded "
            "score, and equal scores share the best rank.",
            digits=rules.published_decimals,
        ),
        say(
            "How sure that is comes from {draws} draws: weights differ by up to {weights}, goalposts by up to "
            "{goalposts} of their distance, answers by what their evidence grade allows; open answers lie anywhere, "
            "and in part of the draws the focus areas are joined by the geometric mean.",
            draws=house.voice(language).number(rules.uncertainty.draws),
            weights=share(rules.uncertainty.weights, language),
            goalposts=share(rules.uncertainty.goalposts, language),
        ),
        say(
            "Pages show rank bands, not places: the best city and all whose rank interval overlaps its own, then the "
            "best of the rest."
        ),
        say(
            "A score, and a difference between two, is taken apart into parts that add up on every level, and a route "
            "to the next level is the least effort among realistic moves. Half-widths, efforts and steps are "
            "conventions of this tool."
        ),
    )
