"""Declaring conflicts: one's own, for every candidate on one page, before any dossier opens."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from actions.round_conflict_words import KINDS, MEANINGS
from actions.round_conflicts import Declaration, declare
from actions.round_declaring import Asked, Own, announced, undecided
from actions.round_facts import CONFLICTS, NO_CONFLICT
from actions.round_read import Seen
from views import parts
from views.round_parts import doing, faults

_CHOICES = (NO_CONFLICT, *CONFLICTS)
# What was chosen and typed on the page and is not declared yet; it outlives a look at another page.
_DRAFT = "round.declaring."


def declarations(here: parts.Visit, found: Seen, own: Own) -> None:
    """The viewer's own declarations: the open ones to fill in, then those that stand."""
    say = here.speaker.say
    st.subheader(say("Your declarations"), anchor=False)
    if own.open:
        _open(here, found, own)
    for one in own.closed:
        told = " · ".join(it for it in (one.kind, one.note, one.since) if it)
        st.markdown(f":material/block: **{parts.plain(one.name)}** :small[{parts.plain(told)}]")
    if own.closed:
        st.caption(
            say(
                "These cities are closed to you everywhere in the program until results are public. "
                "Only a second person can open one again: ask the secretariat."
            )
        )
    if own.free:
        names = here.speaker.listing([one.name for one in own.free])
        st.markdown(
            f":material/check: {parts.plain(say('Declared without conflict: {cities}.', cities=names))}"
        )
        if own.may_declare:
            _later(here, found, own)


def _meanings(here: parts.Visit) -> None:
    say = here.speaker.say
    for _ in parts.fold(say("What counts as a conflict"), "help", "conflict_kinds"):
        st.markdown("\n".join(f"- **{say(KINDS[kind])}** · {say(MEANINGS[kind])}" for kind in CONFLICTS))


def _open(here: parts.Visit, found: Seen, own: Own) -> None:
    say = here.speaker.say
    if not own.may_declare:
        st.info(say("Declaring is not open yet. The secretariat opens it once all candidates are in."))
        return
    st.write(
        say(
            "Say for each candidate whether anything ties you to it. Nobody is judged by a conflict; one that "
            "comes to light later can cost the round its result."
        )
    )
    _meanings(here)
    draft: dict[str, Declaration] = st.session_state.setdefault(_place(found), {})
    for one in own.open:
        _row(here, found, one, draft)
    left = undecided(own.open, draft)
    if left:
        st.button(
            here.speaker.plural(
                "No conflict with the {count} other candidate",
                "No conflict with the {count} other candidates",
                len(left),
            ),
            icon=":material/done_all:",
            on_click=_none_with,
            args=(found, left),
        )
    chosen = {one.id: draft[one.id] for one in own.open if one.id in draft}
    told = announced(own.open, chosen, here.language)
    with st.container(border=True, gap="small"):
        st.markdown(
            f"**{say('You are about to declare:')}** {parts.plain(told)}"
            if told
            else say("Choose above. Nothing is declared until you press the button here.")
        )
        st.caption(say("A conflict closes the city to you at once, and you cannot take it back alone."))
        faults("declare")
        st.button(
            say("Declare"),
            type="primary",
            icon=":material/how_to_vote:",
            disabled=not chosen,
            on_click=doing("declare", lambda: _declare(here, found, chosen)),
        )


def _place(found: Seen) -> str:
    return f"{_DRAFT}{found.round.id}.{found.viewer.seat}"


def _key(found: Seen, candidate: str, what: str) -> str:
    return f"declare_{found.viewer.seat}_{candidate}_{what}"


def _row(here: parts.Visit, found: Seen, one: Asked, draft: dict[str, Declaration]) -> None:
    """One candidate: what it is, what might tie the juror to it, the choice, and a few words where there is a tie."""
    say = here.speaker.say
    kind_key, note_key = _key(found, one.id, "kind"), _key(found, one.id, "note")
    known = draft.get(one.id)
    if kind_key not in st.session_state:
        st.session_state[kind_key] = known.conflict if known else None
    with st.container(border=True, gap="small"):
        what, choice = st.columns([1, 1], vertical_alignment="center", gap="small")
        with what:
            st.markdown(f"**{parts.plain(one.name)}**  \n:small[:gray[{parts.plain(one.place)}]]")
            for hint in one.hints:
                st.badge(parts.plain(hint), icon=":material/lightbulb:", color="orange")
        with choice:
            kind = st.selectbox(
                say("{city}: is there a conflict?", city=parts.plain(one.name)),
                _CHOICES,
                format_func=lambda it: say(KINDS[it]),
                key=kind_key,
                placeholder=say("Choose"),
                label_visibility="collapsed",
            )
            note = ""
            if kind and kind != NO_CONFLICT:
                if note_key not in st.session_state:
                    st.session_state[note_key] = known.note if known else ""
                st.caption(say(MEANINGS[kind]))
                note = st.text_input(
                    say("In a few words"), key=note_key, max_chars=500, placeholder=say("What ties you to it")
                )
    if kind:
        draft[one.id] = Declaration(kind, note)
    else:
        draft.pop(one.id, None)


def _none_with(found: Seen, candidates: tuple[str, ...]) -> None:
    """Choose "no conflict" for some; it is kept by the button below."""
    for one in candidates:
        st.session_state[_key(found, one, "kind")] = NO_CONFLICT


def _declare(here: parts.Visit, found: Seen, said: Mapping[str, Declaration]) -> None:
    declare(here.now(), found.round.id, found.viewer.seat, said)
    for one in said:
        st.session_state.get(_place(found), {}).pop(one, None)


def _later(here: parts.Visit, found: Seen, own: Own) -> None:
    """A conflict that somebody learned of after she had declared."""
    say = here.speaker.say
    for _ in parts.fold(say("A conflict has come up since"), "report", "later_conflict"):
        _later_form(here, found, {one.id: one.name for one in own.free})


def _later_form(here: parts.Visit, found: Seen, names: Mapping[str, str]) -> None:
    say = here.speaker.say
    city = st.selectbox(
        say("City"),
        list(names),
        index=None,
        format_func=lambda it: names.get(it, it),
        placeholder=say("Choose"),
        key="later_city",
    )
    kind = st.selectbox(
        say("Kind of conflict"),
        CONFLICTS,
        index=None,
        format_func=lambda it: say(KINDS[it]),
        placeholder=say("Choose"),
        key="later_kind",
    )
    note = st.text_input(say("In a few words"), key="later_note", max_chars=500)
    st.caption(say("The city closes to you at once, and marks that you gave it count no more. Others go on."))
    faults("later")
    said = {city: Declaration(kind, note)} if city and kind else {}
    st.button(
        say("Declare this conflict"),
        icon=":material/block:",
        disabled=not said,
        on_click=doing("later", lambda: _declare(here, found, said)),
    )
