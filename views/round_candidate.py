"""One candidate: every rule with what was found, its question answered at once, and exceptions."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from actions.round_asked import CHOICE, AskedFact
from actions.round_candidate_sheet import RuleRow, candidate_sheet
from actions.round_candidates import (
    FactMeanwhileError,
    grant_exception,
    say_fact,
    take_back_exception,
)
from actions.round_candidates_page import Page
from actions.round_known import TYPED
from actions.round_read import Seen
from locales import mark
from views import address, parts
from views.round_candidate_ends import ends, withdrawn
from views.round_desk import Desk
from views.round_parts import Reasoned, doing, faults, with_reason

# Where somebody else answered the same question meanwhile: what was typed here, and what counts.
_MEANWHILE = "round.fact_meanwhile"
_UNWANTED = mark("not yet known")


def candidate(here: parts.Visit, found: Seen, page: Page) -> None:
    """The candidate that is chosen, the first of those still open to begin with."""
    say = here.speaker.say
    lines = {one.id: one for one in page.lines}
    if not lines:
        return
    st.subheader(say("One candidate, rule by rule"), anchor=False)
    chosen = address.select(
        "cand",
        say("Candidate"),
        tuple(lines),
        next(iter(lines)),
        lambda id: f"{lines[id].look.sign} {lines[id].name} · {say(lines[id].look.word)}",
    )
    sheet = candidate_sheet(here.actor, found, chosen, here.language)
    if sheet is None:
        return
    desk = Desk(here, found, sheet)
    faults("candidate")
    _settle(desk)
    if sheet.withdrawn_why or not sheet.rows:
        withdrawn(desk)
        return
    _rows(desk)
    ends(desk)


def _rows(desk: Desk) -> None:
    """What is open or in the way first; what is met stands in a fold, where it can be changed as well."""
    say = desk.here.speaker.say
    waiting = [one for one in desk.sheet.rows if not one.passes]
    passed = [one for one in desk.sheet.rows if one.passes]
    if waiting:
        with st.container(border=True, gap="small"):
            for one in waiting:
                _row(desk, one)
    else:
        st.success(say("No rule keeps this city out."), icon=":material/check_circle:")
    if passed:
        label = desk.here.speaker.plural("{count} rule is met", "{count} rules are met", len(passed))
        for _ in parts.fold(label, "task_alt", f"met_{desk.id}"):
            for one in passed:
                _row(desk, one)


def _row(desk: Desk, one: RuleRow) -> None:
    """A rule: how it stands, what was found and what to do next, and its question."""
    say = desk.here.speaker.say
    state, what, then = st.columns([2, 5, 6], gap="small")
    with state:
        st.badge(say(one.look.word), icon=f":material/{one.look.picture}:", color=one.look.colour)  # type: ignore[arg-type]
    with what:
        source = say("Written in: {source}", source=parts.link(one.source, one.url)) if one.source else ""
        st.markdown(
            f"**{parts.plain(one.title)}**  \n{parts.plain(one.found)}"
            f"  \n:small[:gray[{parts.plain(one.text)} {source}]]"
        )
        if one.exception:
            st.caption(parts.plain(one.exception))
    with then:
        # A question that waits for its answer says by itself what to do next.
        if one.then and (one.asked is None or one.asked.said):
            st.markdown(f"**{say('Next:')}** {parts.plain(one.then)}")
        if one.asked is not None:
            _question(desk, one, one.asked)
        if desk.sheet.may_enter:
            _exception(desk, one)


# --- answers


def _question(desk: Desk, row: RuleRow, asked: AskedFact) -> None:
    """The question of a rule, kept on leaving it; what is known elsewhere is taken over with one click."""
    say = desk.here.speaker.say
    # A new answer makes a new field; one that another question got leaves this one as it is.
    key = desk.key("fact", row.rule, asked.said)
    if asked.how == CHOICE:
        options = tuple(asked.options)
        st.selectbox(
            asked.question,
            options,
            index=options.index(asked.said) if asked.said in options else 0,
            format_func=lambda one: asked.options[one],
            key=key,
            on_change=_keep(desk, asked, key),
        )
    else:
        st.text_input(
            asked.question,
            value=asked.said,
            placeholder="2021-10-27 · 2021-10 · 2021",
            key=key,
            on_change=_keep(desk, asked, key),
        )
    if asked.source:
        st.caption(parts.plain(asked.source))
    if asked.known_text:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(parts.plain(say("Known here: {answer}", answer=asked.known_text)), width="content")
            st.button(
                say("Take it over"),
                key=desk.key("take", row.rule),
                on_click=_said(desk, asked.fact, asked.known, asked.said, asked.known_source),
            )


def _keep(desk: Desk, asked: AskedFact, key: str) -> Callable[[], None]:
    return lambda: _said(desk, asked.fact, str(st.session_state.get(key) or ""), asked.said)()


def _said(desk: Desk, fact: str, text: str, before: str, source: str = TYPED) -> Callable[[], None]:
    """Say a fact; where somebody else said another one meanwhile, both are shown and one is chosen."""

    def said() -> None:
        try:
            say_fact(
                desk.here.now(),
                desk.found.round.id,
                desk.found.viewer.seat,
                desk.id,
                fact,
                text,
                before,
                source,
            )
        except FactMeanwhileError as trouble:
            st.session_state[_MEANWHILE] = (desk.id, fact, text, trouble.counts)

    return doing("candidate", said)


def _settle(desk: Desk) -> None:
    """Two answers to one question at once: what counts, what was typed here, and the choice."""
    say = desk.here.speaker.say
    found: tuple[str, str, str, str] | None = st.session_state.get(_MEANWHILE)
    if found is None or found[0] != desk.id:
        return
    _, fact, mine, counts = found
    asked = next((one.asked for one in desk.sheet.rows if one.asked and one.asked.fact == fact), None)

    def called(text: str) -> str:
        return (asked.options.get(text, text) if asked else text) or say(_UNWANTED)

    st.warning(
        parts.plain(
            say(
                "Somebody else answered this question while you were looking. "
                "It counts: {counts}. You answered: {mine}.",
                counts=called(counts),
                mine=called(mine),
            )
        ),
        icon=":material/call_split:",
    )
    with st.container(horizontal=True):
        st.button(say("Let mine count"), key=desk.key("mine"), on_click=_settled(desk, fact, mine, counts))
        st.button(say("Leave it"), key=desk.key("theirs"), on_click=_settled(desk, "", "", ""))


def _settled(desk: Desk, fact: str, mine: str, counts: str) -> Callable[[], None]:
    def settled() -> None:
        st.session_state.pop(_MEANWHILE, None)
        if fact:
            _said(desk, fact, mine, counts)()

    return settled


# --- exceptions


def _exception(desk: Desk, one: RuleRow) -> None:
    say = desk.here.speaker.say
    if one.exception:
        label, act = say("Take the exception back"), take_back_exception
    elif one.may_except:
        label, act = say("Grant an exception"), grant_exception
    else:
        return
    what = Reasoned(
        opens=label,
        icon="approval",
        asks=say("The reason, as it will stand in the round's log"),
        does=label,
        why_key=desk.key("why", one.rule, one.version),
        do_key=desk.key("except", one.rule, one.version),
    )
    with_reason(
        "candidate",
        what,
        lambda why: act(
            desk.here.now(),
            desk.found.round.id,
            desk.found.viewer.seat,
            desk.id,
            one.rule,
            one.version,
            why,
        ),
    )
