"""Evidence looked at together: does it show what the answer claims? A part is looked at twice, without knowing."""

from __future__ import annotations

import streamlit as st

from actions.record_words import clock
from actions.round_dossier import linked
from actions.round_facts import candidates, pairs, seats
from actions.round_read import Seen
from actions.round_rights import VERIFY, may_do
from actions.round_verdicts import (
    DIFFERING,
    VERDICT_WORDS,
    VERDICTS,
    Check,
    Verdict,
    checks,
    give_verdict,
    looked_twice,
    strength,
)
from locales import mark
from views import address, parts
from views.round_dossier import answer_of
from views.round_parts import doing, faults

OPEN, ALL = WHICH = ("open", "all")
_WHICH = {OPEN: mark("Still to look at"), ALL: mark("All answers")}
_EVERY = "every"
# So many answers stand on a page.
_AT_ONCE = 12


def checks_section(here: parts.Visit, found: Seen) -> None:
    """A city's answers with what was found of their evidence, and a place to say what one finds."""
    say = here.speaker.say
    own = {candidate for seat, candidate in pairs(found.now) if seat == found.viewer.seat}
    names = {one.id: one.name for one in candidates(found.now) if found.viewer.office or one.id in own}
    _agreement(here, found)
    if not names:
        st.write(say("You have no city whose evidence you could look at yet."))
        return
    words = found.award.criterion_words[here.language]
    by_criterion = {one.id: linked(one) for one in found.award.criteria}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        candidate = address.select("cand", say("City"), list(names), next(iter(names)), names.__getitem__)
        of = address.select(
            "speaks",
            say("For which criterion"),
            [_EVERY, *by_criterion],
            _EVERY,
            lambda one: say("All of them") if one == _EVERY else words[one].title,
        )
        which = address.select("which", say("Which answers"), WHICH, OPEN, lambda one: say(_WHICH[one]))
    every = checks(here.actor, found, candidate, here.language)
    some = [one for one in every if of == _EVERY or one.answer.field in by_criterion[of]]
    _strength(here, found, candidate, [one.answer.field for one in some])
    chosen = [one for one in some if which == ALL or one.open]
    if not chosen:
        st.write(say("Nothing is left to look at here."))
    for one in chosen[:_AT_ONCE]:
        with st.container(border=True, gap="small"):
            _check(here, found, candidate, one)
    later = len(chosen[_AT_ONCE:])
    if later:
        st.caption(
            here.speaker.plural(
                "{count} more answer comes when these are done, or by choosing a criterion.",
                "{count} more answers come when these are done, or by choosing a criterion.",
                later,
            )
        )


def _agreement(here: parts.Visit, found: Seen) -> None:
    say = here.speaker.say
    st.write(
        say(
            "Does the evidence show what the answer claims? Say what you find; it never changes a mark by itself."
        )
    )
    twice = looked_twice(found)
    if twice is None:
        st.caption(say("Too few answers were looked at twice so far to tell how far two people agree."))
        return
    told = say(
        "Of {count} answers that two people looked at without knowing of each other, they found {same} alike.",
        count=twice.answers,
        same=twice.same,
    )
    if twice.alpha is not None:
        told += " " + say(
            "Krippendorff's alpha: {alpha} (1: always alike, 0: as by chance).",
            alpha=here.speaker.number(twice.alpha, 2),
        )
    st.caption(parts.plain(told))


def _strength(here: parts.Visit, found: Seen, candidate: str, fields: list[str]) -> None:
    """How strong the evidence is, apart from what the city is worth."""
    say, counted = here.speaker.say, strength(found, candidate, fields)
    told = [f"{say(VERDICT_WORDS[one])} {counted.found[one]}" for one in VERDICTS if counted.found[one]]
    if counted.found[DIFFERING]:
        told.append(f"{say('Found differently')} {counted.found[DIFFERING]}")
    first = say("{checked} of {all} answers looked at", checked=counted.checked, all=counted.of)
    st.markdown(f"**{say('Strength of the evidence')}**: {parts.plain(' · '.join((first, *told)))}")


def _check(here: parts.Visit, found: Seen, candidate: str, one: Check) -> None:
    say = here.speaker.say
    names = {each.id: each.name for each in seats(found.now)}
    answer_of(here, one.answer)
    field = one.answer.field
    for each in one.others:
        who = names.get(each.seat) or say("somebody of the office")
        st.markdown(f":small[{parts.plain(_told(here, each, who))}]")
    if one.own is not None:
        st.markdown(f":small[:material/check: {parts.plain(_told(here, one.own, say('you')))}]")
    if one.twice and one.own is None:
        st.caption(
            say(
                "Drawn to be looked at by two people; you see what the other found once you have said it yourself."
            )
        )
    if not may_do(found, VERIFY, candidate):
        return
    where = f"verdict.{found.round.id}.{found.viewer.seat}.{candidate}.{field}.{one.own.version if one.own else 0}"
    keys = {name: f"{name}.{where}" for name in ("verdict", "where", "note")}

    def act() -> None:
        said = {name: str(st.session_state.get(key) or "") for name, key in keys.items()}
        base = one.own.version if one.own else 0
        give_verdict(here.now(), found.round.id, found.viewer.seat, candidate, field, base, said)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            say("What you find"),
            VERDICTS,
            index=VERDICTS.index(one.own.verdict) if one.own else None,
            format_func=lambda each: say(VERDICT_WORDS[each]),
            key=keys["verdict"],
            placeholder=say("Choose"),
        )
        st.text_input(
            say("On which page"),
            one.own.where if one.own else "",
            key=keys["where"],
            placeholder=say("page 12"),
        )
        st.text_input(say("A few words"), one.own.note if one.own else "", key=keys["note"])
        st.button(say("Keep"), key=f"keep.{where}", on_click=doing(where, act))
    faults(where)


def _told(here: parts.Visit, one: Verdict, who: str) -> str:
    say = here.speaker.say
    told = [say("{who}: {verdict}", who=who, verdict=say(VERDICT_WORDS[one.verdict])), one.where, one.note]
    told.append(clock(one.at, st.context.timezone or "", here.language))
    return " · ".join(part for part in told if part)
