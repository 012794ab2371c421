"""One candidate with every rule as a page shows it: what was found, what is asked, and its exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.record_words import moment, names_of
from actions.round_asked import AskedFact, among, asked_facts
from actions.round_candidates_page import Line, line_of, told_for
from actions.round_eligibility import AFTER_AWARD, sees_facts, standings
from actions.round_facts import CANDIDATE, EXCEPTION, REFERENCE_KIND, Candidate, dossier_of, joined
from actions.round_read import Seen
from actions.round_rights import ENTER, WITHDRAW, may_do
from actions.round_rule_words import Look, Told, found_and_next, look_of, needs_no_exception
from scoring.award import EligibilityRule
from scoring.eligibility import Answer, Standing


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of one candidate; `exception` tells of the one that holds, `version` is that of what was said of one."""

    rule: str
    look: Look
    passes: bool
    title: str
    text: str
    found: str
    then: str
    source: str
    url: str
    asked: AskedFact | None
    exception: str
    version: int
    may_except: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One candidate with every rule; `history` are exceptions granted and taken back, the latest first."""

    line: Line
    rows: tuple[RuleRow, ...]
    history: tuple[Mapping[str, str], ...]
    version: int
    kept: str
    withdrawn_why: str
    may_enter: bool
    may_withdraw: bool


def candidate_sheet(
    actor: Actor,
    found: Seen,
    candidate: str,
    language: str,
    answered: Mapping[str, Standing] | None = None,
    *,
    asking: bool = True,
) -> Sheet | None:
    """One candidate with every rule; None for one that the viewer does not see.

    `answered` are the standings of this round where somebody has them already; without `asking` the rows
    bear no questions, as for a file.
    """
    one = dossier_of(found.now, candidate)
    if one is None or one.kind == REFERENCE_KIND or not sees_facts(found):
        return None
    standing = (standings(found) if answered is None else answered).get(candidate)
    told = told_for(found, language)
    people = _people(found, candidate, language)
    asked = (
        asked_facts(actor, found, one, language)
        if asking and may_do(found, ENTER) and not one.withdrawn
        else {}
    )
    rows = (
        [
            _row(found, told, rule, standing.answer(rule.id), one, asked, people)
            for rule in found.award.eligibility
        ]
        if standing
        else []
    )
    # What keeps the city open or out comes first, then exceptions, then what is met, in the order of the rules.
    rows.sort(key=lambda row: (row.passes, row.exception == ""))
    entry = found.now[CANDIDATE, candidate]
    return Sheet(
        line=line_of(found, told, one, standing),
        rows=tuple(rows),
        history=_history(found, candidate, people, language),
        version=entry.version,
        kept=told.voice.say("Last kept {when}", when=moment(entry.at, language)),
        withdrawn_why=str(entry.said.get("withdrawn_why", "")) if one.withdrawn else "",
        may_enter=may_do(found, ENTER, candidate),
        may_withdraw=may_do(found, WITHDRAW, candidate),
    )


def _row(
    found: Seen,
    told: Told,
    rule: EligibilityRule,
    answer: Answer,
    one: Candidate,
    asked: Mapping[str, AskedFact],
    people: Mapping[str, str],
) -> RuleRow:
    words = found.award.rule_words[told.language][rule.id]
    text, then = found_and_next(told, rule, answer)
    source = found.award.sources_in[told.language][rule.sources[0]] if rule.sources else None
    entry = found.now.get((EXCEPTION, joined(one.id, rule.id)))
    granted = answer.exception
    # Who may be meant is asked only where somebody may be, or where it was answered.
    wanted = asked.get(rule.fact)
    if rule.kind == AFTER_AWARD and not answer.found.cities and one.awarded_as is None:
        wanted = None
    elif rule.kind == AFTER_AWARD and wanted is not None:
        wanted = among(wanted, answer, found, told.language)
    return RuleRow(
        rule=rule.id,
        look=look_of(answer),
        passes=answer.passes,
        title=words.title,
        text=words.text,
        found=text,
        then=then,
        source=source.title if source else "",
        url=source.url if source else "",
        asked=wanted,
        exception=told.voice.say(
            "Exception granted {when}, {who}: {reason}",
            when=told.voice.moment(granted.at),
            who=people[granted.by],
            reason=granted.reason,
        )
        if granted
        else "",
        version=entry.version if entry else 0,
        may_except=granted is None and not needs_no_exception(found, rule, answer),
    )


def _people(found: Seen, candidate: str, language: str) -> Mapping[str, str]:
    by = [one.by for one in found.entries if one.kind == EXCEPTION and one.about == (candidate,)]
    with house.store().reading() as reader:
        return names_of(reader, by, language)


def _history(
    found: Seen, candidate: str, people: Mapping[str, str], language: str
) -> tuple[Mapping[str, str], ...]:
    say, titles = house.voice(language).say, found.award.rule_words[language]
    made = [
        {
            say("When"): moment(one.at, language),
            say("Rule"): titles[one.said["rule"]].title,
            say("What happened"): say("granted") if one.said["granted"] else say("taken back"),
            say("Reason"): str(one.said["reason"]),
            say("Who"): people[one.by],
        }
        for one in found.entries
        if one.kind == EXCEPTION and one.about == (candidate,) and one.said["rule"] in titles
    ]
    return tuple(reversed(made))
