"""The membership check in a few sentences: how much is met, what stands in the way, what a member does next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions import house
from actions.membership_check import MET, NOT_ASKED, NOT_MET, UNKNOWN, Check, Outcome
from actions.membership_words import ASK
from indicators.membership_rules import CITY, STAYING, Membership


def summary(rules: Membership, check: Check, name: str, language: str, *, quick: bool) -> tuple[str, ...]:
    """The answer in a few sentences: how much is met, what stands in the way, and what a member does next.

    A quick check knows nothing of an application, so it speaks of the city itself alone.
    """
    voice = house.voice(language)
    if check.rule_set is None:
        first = voice.date(rules.sets[0].since)
        return (voice.say("The network took in no members yet on that day; it opened on {day}.", day=first),)
    sentences = [_count(check, name, language, quick=quick)]
    if check.member_since is not None:
        sentences += _member(check, language)
    sentences += _in_the_way(check, language)
    still = [one for one in check.of(NOT_MET) if one.rule.about not in (CITY, STAYING)]
    if still:
        titles = voice.series([one.rule.words[language].title for one in still])
        sentences.append(voice.say("Not met yet in the application: {titles}.", titles=titles))
    return tuple(sentences)


def _count(check: Check, name: str, language: str, *, quick: bool) -> str:
    voice = house.voice(language)
    asked = [one for one in check.asked if one.rule.about == CITY or not quick]
    met = sum(one.state == MET for one in asked)
    assert check.rule_set is not None
    facts = {
        "name": name,
        "met": voice.number(met),
        "asked": voice.number(len(asked)),
        "rules": check.rule_set.names[language],
    }
    still_open = len(asked) - met
    if quick:
        return voice.say(
            "{name} meets {met} of the {asked} requirements about the city itself in the {rules}.", **facts
        )
    if not still_open:
        return voice.say("{name} meets all {asked} requirements of the {rules}.", **_but(facts, "met"))
    return voice.plural(
        "{name} meets {met} of {asked} requirements of the {rules}; {count} is still open.",
        "{name} meets {met} of {asked} requirements of the {rules}; {count} are still open.",
        still_open,
        **facts,
    )


def _but(facts: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in facts.items() if key != name}


def _member(check: Check, language: str) -> list[str]:
    voice = house.voice(language)
    since = voice.say("A member of the network since {year}.", year=str(check.member_since))
    reports = [
        one for one in check.outcomes if one.rule.about == STAYING and one.day and one.state != NOT_ASKED
    ]
    if not reports:
        return [since]
    (one,) = reports
    day = voice.date(one.day or check.on)
    if one.state == MET:
        return [since, voice.say("Its next progress report is due by {day}.", day=day)]
    if one.state == UNKNOWN:
        return [since, voice.say("Its last progress report is not entered; one was due by {day}.", day=day)]
    return [since, voice.say("A progress report would have been due by {day}.", day=day)]


def _in_the_way(check: Check, language: str) -> list[str]:
    """What of the city itself is in the way, or must be asked about, or is not known."""
    voice = house.voice(language)

    def titles(found: Sequence[Outcome]) -> str:
        return voice.series([one.rule.words[language].title for one in found])

    of_city = [one for one in check.asked if one.rule.about == CITY]
    no = [one for one in of_city if one.state == NOT_MET]
    ask = [one for one in of_city if one.case == ASK]
    unknown = [one for one in of_city if one.state == UNKNOWN and one.case != ASK]
    made = []
    if no and check.member_since is None:
        made.append(voice.say("In the way as it stands: {titles}.", titles=titles(no)))
    elif no:
        made.append(voice.say("Not as the rules describe a city: {titles}.", titles=titles(no)))
    if ask:
        made.append(voice.say("To be asked of the National Commission first: {titles}.", titles=titles(ask)))
    if unknown:
        made.append(voice.say("Not yet known about the city itself: {titles}.", titles=titles(unknown)))
    if not made and check.member_since is None:
        made.append(voice.say("Nothing known about the city itself stands in the way."))
    return made
