"""Round: where an award round stands, what is yours to do, whom it waits for, and how it goes on."""

from __future__ import annotations

import streamlit as st

from actions.round_home import figures, round_rows, seat_rows
from actions.round_list import round_lines
from actions.round_read import Seen
from actions.round_setup import may_make_round
from actions.round_tasks import Work, ways, work
from views import parts
from views.round_begin import begin
from views.round_feedback import city_reads
from views.round_outcome import announced
from views.round_parts import chosen_round, go, reads_only
from views.round_phases import moving_on, phases
from views.round_settings import settings


def _own(done: Work) -> None:
    """What the reader is to do, each line a link to where it is done."""
    st.subheader(say("Yours to do"), anchor=False)
    with st.container(border=True, gap="small"):
        if not done.own:
            st.write(say("Nothing at the moment. What comes to you later stands here."))
        for one in done.own:
            if not one.page:
                st.markdown(f":material/{one.icon}: {parts.plain(one.text)}")
                continue
            go(
                one.page,
                parts.plain(one.text),
                one.icon,
                **({"cand": one.candidate} if one.candidate else {}),
            )


def _ways(found: Seen) -> None:
    """Pages that are open to the reader in this phase, whether something is owed there or not."""
    offered = ways(found, here.language)
    if offered:
        st.caption(say("Also open to you in this phase:"))
        with st.container(horizontal=True, gap="small"):
            for one in offered:
                go(one.page, one.label, one.icon)


def _waiting(done: Work) -> None:
    """Whom the round waits for, and reminders that can be sent as they are."""
    if not done.waiting and not done.left_out:
        return
    st.subheader(say("The round waits for"), anchor=False)
    parts.table(
        [
            {say("Name"): one.name, say("In the round"): one.role, say("Owes"): one.owes}
            for one in done.waiting
        ],
        say("Whom the round waits for, and what for"),
    )
    if done.left_out:
        st.caption(parts.plain(done.left_out))
    if done.waiting:
        for _ in parts.fold(say("Reminders to copy"), "content_copy", "reminders"):
            st.caption(say("Send them by your own mail: nothing is sent from here."))
            for one in done.waiting:
                st.code(one.reminder, language=None, wrap_lines=True)


def _who(found: Seen) -> None:
    rows = seat_rows(found, here.language)
    if rows:
        st.subheader(say("Who sits here"), anchor=False)
        parts.table(rows, say("Who sits in this round"))


def _working(found: Seen) -> None:
    """The round for those who work in it."""
    announced(here, found)
    done = work(found, here.language)
    st.markdown(f"**{say('In short.')}** {parts.plain(done.answer)}")
    parts.metrics(figures(found, here.language))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _own(done)
        _ways(found)
        _waiting(done)
        moving_on(here, found, ready=not done.own and not done.waiting)
    with right:
        phases(here, found)
    _who(found)
    settings(here, found)


def _reading(found: Seen) -> None:
    """The round for those who read what became public."""
    st.write(say("This round is over, and its results are public."))
    announced(here, found)
    city_reads(here, found)
    phases(here, found)


def _begin_and_list() -> None:
    lines = round_lines(here.actor, here.language)
    for _ in parts.fold(say("Begin another round"), "add_circle", "begin_round"):
        begin(here)
    for _ in parts.fold(say("All rounds that are open to you"), "list", "rounds"):
        parts.table(round_rows(lines, here.language), say("All rounds that are open to you"))


def _first() -> None:
    """Before there is any round."""
    st.title(say("Award round"), anchor=False)
    st.write(
        say(
            "From the candidates to the minutes: who may be a candidate, who may judge whom, what the marks say "
            "and how sure they are, and which winners the rules allow."
        )
    )
    if may_make_round(here.actor):
        begin(here)
    else:
        st.info(
            say("You have no part in a round so far. The secretariat begins rounds and seats the jury."),
            icon=":material/hourglass_empty:",
        )


here = parts.visit()
say = here.speaker.say
shown = chosen_round(here)
if shown is None:
    _first()
else:
    st.title(parts.plain(shown.settings.name), anchor=False)
    if reads_only(shown):
        _reading(shown)
    else:
        _working(shown)
        if may_make_round(here.actor):
            _begin_and_list()
