"""What the membership check says: each finding in words, the sentence that sums them up, and what is to be signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.membership_check import (
    FOR_APPLICANTS,
    FOR_MEMBERS,
    LATER,
    MET,
    NOT_ASKED,
    NOT_MET,
    REPLACED,
    TOLD,
    UNKNOWN,
    Check,
    Facts,
    Outcome,
    Value,
)
from indicators.membership_rules import (
    APPLICANT,
    CITY,
    KNOWING,
    MEMBER,
    NO_REPORT,
    REPORT,
    STAYING,
    Fact,
    Membership,
    Rule,
)
from locales import mark

# State -> its word, its sign where there are no pictures, the name of its picture, its colour on a page.
ASK = "ask"
LOOKS: Mapping[str, tuple[str, str, str, str]] = {
    MET: (mark("Met"), "●", "check_circle", "green"),
    NOT_MET: (mark("Not met yet"), "▲", "change_history", "orange"),
    UNKNOWN: (mark("Not yet known"), "○", "radio_button_unchecked", "gray"),
    ASK: (mark("To be asked"), "◇", "contact_support", "blue"),
    NOT_ASKED: (mark("Not asked"), "–", "remove", "gray"),
    TOLD: (mark("To know"), "·", "info", "gray"),
}
CONFIRMATIONS: Mapping[str, str] = {
    "yes": mark("Seen in the publisher's own words."),
    "partly": mark("Partly confirmed."),
    "no": mark("Not confirmed."),
}
NOT_YET_KNOWN, NONE_YET = mark("not yet known"), mark("none yet")
_DONE, _OPEN = "☑", "☐"


@dataclass(frozen=True, slots=True)
class Row:
    """One rule as a page shows it; `found` and `advice` are "" where there is nothing to say.

    `worth_knowing` says that nothing is asked of this city, and that it should know the rule all the same;
    `sources` are short names with their addresses, the main one first; `asks` names the facts that it looks at.
    """

    id: str
    about: str
    state: str
    word: str
    sign: str
    picture: str
    colour: str
    title: str
    rule: str
    found: str
    advice: str
    caveat: str
    confirmed: str
    sources: tuple[tuple[str, str], ...]
    asks: tuple[str, ...]
    worth_knowing: bool

    @property
    def hindering(self) -> bool:
        """Whether it is not met as it stands, or must be asked about."""
        return self.state == NOT_MET or self.picture == LOOKS[ASK][2]

    @property
    def unanswered(self) -> bool:
        """Whether nothing that it looks at is known, so that there is nothing to say of the city yet."""
        return self.state == UNKNOWN and not self.found and self.asks != () and self.about != CITY


@dataclass(frozen=True, slots=True)
class PaperRow:
    """Something to be signed or attached: whether it is done, what it is, and where that is written."""

    done: bool
    sign: str
    title: str
    text: str
    source: str


def value_text(fact: Fact, value: Value | None, language: str) -> str:
    """What is known of a fact, as its reader calls it."""
    voice = house.voice(language)
    if value is None:
        return voice.say(NOT_YET_KNOWN)
    if isinstance(value, dt.date):
        return voice.date(value)
    if fact.kind == REPORT and value == NO_REPORT:
        return voice.say(NONE_YET)
    if isinstance(value, str):
        return fact.choice_names.get(language, {}).get(value, value)
    # A year is no amount.
    return f"{value:.0f}" if "year" in fact.id or fact.id == "member_since" else voice.number(value)


def row(rules: Membership, one: Outcome, facts: Facts, language: str) -> Row:
    """One finding in words."""
    say, words = house.voice(language).say, one.rule.words[language]
    word, sign, picture, colour = LOOKS[ASK if one.case == ASK else one.state]
    return Row(
        id=one.rule.id,
        about=one.rule.about,
        state=one.state,
        word=say(word),
        sign=sign,
        picture=picture,
        colour=colour,
        title=words.title,
        rule=words.rule,
        found=_found(rules, one, facts, language),
        advice=_advice(rules, one, facts, language),
        caveat=words.caveat,
        confirmed=say(CONFIRMATIONS[one.rule.confirmed]),
        sources=tuple((rules.sources[id].shorts[language], rules.sources[id].url) for id in one.rule.sources),
        # What was asked of a member when it applied is behind it.
        worth_knowing=one.state == TOLD or (one.state == NOT_ASKED and one.case != FOR_APPLICANTS),
        asks=() if one.state in (TOLD, NOT_ASKED) else one.rule.facts,
    )


def source_text(rules: Membership, id: str, language: str) -> str:
    """A source as it is named beside a rule: publisher, title, year."""
    source = rules.sources[id]
    year = source.year or house.voice(language).say("undated")
    title = house.voice(language).say("“{title}”", title=source.titles[language])
    return house.voice(language).listing((source.publishers[language], title, year))


def _found(rules: Membership, one: Outcome, facts: Facts, language: str) -> str:
    """What is known, in one line; "" for a rule that looks at nothing."""
    rule, voice = one.rule, house.voice(language)
    if one.state in (TOLD, NOT_ASKED) or not any(name in facts for name in rule.facts):
        return ""
    if rule.test == "at_least":
        first, second = (rules.facts[name] for name in rule.facts)
        text = value_text(first, facts.get(first.id), language)
        if second.id in facts:
            text = voice.say(
                "{value} ({year})", value=text, year=value_text(second, facts[second.id], language)
            )
        return voice.say("{name}: {value}", name=first.names[language], value=text)
    return voice.series(
        [
            voice.say(
                "{name}: {value}",
                name=rules.facts[name].names[language],
                value=value_text(rules.facts[name], facts.get(name), language),
            )
            for name in rule.facts
        ]
    )


def _advice(rules: Membership, one: Outcome, facts: Facts, language: str) -> str:
    """What to do next, or why nothing is asked."""
    voice, rule = house.voice(language), one.rule
    if one.state == NOT_ASKED:
        return _not_asked(rules, one, language)
    sentence = rule.words[language].advice.get(one.case, "")
    if not sentence:
        return ""
    value = facts.get(rule.facts[0]) if rule.facts else None
    told = sentence.format(
        found=voice.number(value) if isinstance(value, int | float) else "",
        threshold=voice.number(rule.threshold),
        short=voice.number(one.short),
        missing=voice.listing([rule.words[language].things.get(name, "") for name in one.missing]),
        year=str(one.day.year - 1) if one.day else "",
        day=voice.date(one.day) if one.day else "",
    )
    if rule.about == STAYING and one.day is not None:
        how = voice.say("As announced.") if one.announced else voice.say("Reckoned here as two years on.")
        return told + how if language == "zh" else f"{told} {how}"
    return told


def _not_asked(rules: Membership, one: Outcome, language: str) -> str:
    voice, rule = house.voice(language), one.rule
    if one.case == LATER:
        return voice.say("Not asked on that day: it begins on {day}.", day=voice.date(rule.since))
    if one.case == FOR_MEMBERS:
        return voice.say("Asked of members alone.")
    if one.case == FOR_APPLICANTS:
        return voice.say("Asked of cities that apply, not of members.")
    assert one.case == REPLACED
    return voice.say("Superseded on {day}.", day=voice.date(rule.until or rule.since))


def superseded(rules: Membership, on: dt.date, language: str) -> tuple[Mapping[str, str], ...]:
    """The rules that hold no more, each with its days and what took its place."""
    voice, gone = house.voice(language), []
    for rule in rules.rules:
        if rule.until is not None and rule.until <= on:
            gone.append(
                {
                    voice.say("Superseded rule"): voice.say(
                        "{name}: {value}", name=rule.words[language].title, value=rule.words[language].rule
                    ),
                    voice.say("From"): voice.date(rule.since),
                    voice.say("Until"): voice.date(rule.until - dt.timedelta(days=1)),
                    voice.say("Replaced by"): voice.series(_titles(rules, rule, language)),
                    voice.say("Source"): source_text(rules, rule.sources[0], language),
                    voice.say("Link"): rules.sources[rule.sources[0]].url,
                }
            )
    return tuple(gone)


def _titles(rules: Membership, rule: Rule, language: str) -> list[str]:
    return [rules.rule(one).words[language].title for one in rule.replaced_by]


def papers(rules: Membership, check: Check, language: str) -> tuple[PaperRow, ...]:
    """What is to be signed or attached by a city that applies, or by a member."""
    here = {one.rule.id: one for one in check.outcomes}
    mine = MEMBER if check.member_since is not None else APPLICANT
    made = []
    for one in rules.papers:
        outcome = here.get(one.rule)
        if (one.asked_of == MEMBER) != (mine == MEMBER) and one.asked_of in (MEMBER, APPLICANT):
            continue
        # A report is due again and again, so it is never done for good.
        done = outcome is not None and outcome.state == MET and outcome.rule.about != STAYING
        made.append(
            PaperRow(
                done,
                _DONE if done else _OPEN,
                one.titles[language],
                one.texts[language],
                source_text(rules, one.source, language),
            )
        )
    return tuple(made)


def caveats(rules: Membership, check: Check, language: str) -> tuple[str, ...]:
    """What is not confirmed of each rule in force."""
    voice = house.voice(language)
    return tuple(
        voice.say(
            "{name}: {value}", name=one.rule.words[language].title, value=one.rule.words[language].caveat
        )
        for one in check.outcomes
        if one.rule.holds(check.on) and one.rule.words[language].caveat
    )


def shown_rows(rules: Membership, check: Check, facts: Facts, language: str) -> tuple[Row, ...]:
    """The rules in force on that day, what is asked first and what is to know last."""
    found = [row(rules, one, facts, language) for one in check.outcomes if one.rule.holds(check.on)]
    return (*(one for one in found if one.about != KNOWING), *(one for one in found if one.about == KNOWING))
