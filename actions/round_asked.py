"""The facts that an award asks of a candidate: each question, how it is answered, and what is known elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.room_countries import country_choices
from actions.round_candidates import NONE_OF_THEM, NOT_LOOKED, fact_text
from actions.round_eligibility import AFTER_AWARD, AT_MOST_PER, MEMBER_STATE, ONE_OF, dates
from actions.round_facts import CANDIDATE, Candidate
from actions.round_known import MEMBERSHIP, ROOM, TYPED, WORKBOOK, known_facts
from actions.round_read import Seen
from actions.round_rule_words import commission_text, option_text, winner_name
from locales import mark
from scoring.award import EligibilityRule
from scoring.eligibility import Answer
from scoring.eligibility_kinds import NOBODY

# How a fact is asked: of a list, or typed.
CHOICE, TEXT = "choice", "text"
_FROM: Mapping[str, str] = {
    TYPED: mark("entered by hand"),
    WORKBOOK: mark("from the workbook"),
    ROOM: mark("from the city's room"),
    MEMBERSHIP: mark("from the membership check"),
}


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact as it is asked: the question, how, the options with their names, what is said now and where from.

    `known` is what stands elsewhere and is not what is said, "" for nothing; `known_text` tells it with its source.
    """

    fact: str
    question: str
    how: str
    options: Mapping[str, str]
    said: str
    source: str
    known: str = ""
    known_source: str = ""
    known_text: str = ""


def among(asked: AskedFact, answer: Answer, found: Seen, language: str) -> AskedFact:
    """The past winners who may be meant, and the one that was chosen."""
    chosen = (asked.said,) if asked.said not in (NOT_LOOKED, NONE_OF_THEM) else ()
    cities = dict.fromkeys((*answer.found.cities, *chosen))
    options = {
        **{name: asked.options[name] for name in (NOT_LOOKED, NONE_OF_THEM)},
        **{one: winner_name(found.award, one, language) for one in cities},
    }
    return AskedFact(asked.fact, asked.question, CHOICE, options, asked.said, asked.source)


def asked_facts(actor: Actor, found: Seen, one: Candidate, language: str) -> Mapping[str, AskedFact]:
    """Every fact that is asked of a candidate, with what the installation knows of it; the country is not asked."""
    voice, award = house.voice(language), found.award
    entry = found.now[CANDIDATE, one.id]
    on = dates(found).get("deadline", house.today())
    known = known_facts(actor, award, one.upload_id, one.city_id, on)
    made = {}
    for rule in award.eligibility:
        if rule.kind == MEMBER_STATE or rule.fact in made:
            continue
        past = rule.fact if rule.kind == AFTER_AWARD else ""
        said, options = fact_text(entry, rule.fact, past), _options(found, rule, one, language)
        other = known.get(rule.fact)
        source = one.sources.get(rule.fact, "")
        differs = other is not None and other.text != said
        made[rule.fact] = AskedFact(
            fact=rule.fact,
            question=award.questions[language][rule.fact],
            how=CHOICE if options else TEXT,
            options=options,
            said=said,
            source=voice.say(_FROM[source]) if said and source in _FROM else "",
            known=other.text if other and differs else "",
            known_source=other.source if other and differs else "",
            known_text=voice.say(
                "{answer}, {source}",
                answer=options.get(other.text, other.text),
                source=voice.say(_FROM[other.source]),
            )
            if other and differs
            else "",
        )
    return made


def _options(found: Seen, rule: EligibilityRule, one: Candidate, language: str) -> Mapping[str, str]:
    """What may be answered: "" for nothing yet, then the rule's own options; none where it is typed."""
    say = house.voice(language).say
    if rule.kind == AFTER_AWARD:
        return {NOT_LOOKED: say("nobody has looked yet"), NONE_OF_THEM: say("none of them")}
    if rule.kind == ONE_OF:
        return {"": say("not yet known")} | {
            each: option_text(found.award, each, language) for each in rule.options
        }
    if rule.kind == AT_MOST_PER:
        # The candidate's own country stands first, nothing is taken for answered.
        ordered = dict.fromkeys((one.country, NOBODY, *country_choices(language)))
        return {"": say("not yet known")} | {
            each: commission_text(each, language) for each in ordered if each
        }
    return {}
