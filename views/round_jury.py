"""Jury: who sits in the round, what everybody declared, and who is closed out of which city."""

from __future__ import annotations

import streamlit as st

from actions.round_declaring import own_declarations
from actions.round_reviewing import sees_conflicts
from actions.round_seats import jury_answer, lacking, may_seat, members, still_to_declare
from views import parts
from views.round_declare import declarations
from views.round_parts import go, reads_only, round_visit
from views.round_review import conflicts, reviewing
from views.round_seats import change_seats, new_seat


def _seats() -> None:
    st.subheader(say("Who sits here"), anchor=False)
    seated = members(found, here.language)
    if seated:
        parts.table(
            [one.cells for one in seated], say("The jury, the secretariat and the auditors of this round")
        )
    else:
        st.write(say("Nobody has a seat yet."))
    if may_seat(found):
        new_seat(here, found)
        if seated:
            change_seats(here, found, seated)
    elif found.viewer.office:
        st.caption(say("Seats are given by the secretariat, until calibration begins."))


def _for_others() -> None:
    """On one's own computer: whose declarations are still to be entered, each a click away."""
    waiting = still_to_declare(found)
    if waiting and here.actor.everything and not found.viewer.seat:
        st.markdown(f"**{say('Enter the declarations of:')}**")
        with st.container(horizontal=True):
            for seat, name in waiting.items():
                go("round_jury", name, "how_to_vote", seat=seat)


here, found = round_visit()
say = here.speaker.say
st.title(say("Jury"), anchor=False)
if reads_only(found):
    st.write(say("Who sits in the jury and what was declared is for the round's own people."))
    st.stop()
st.write(
    say(
        "Everybody declares for every candidate before any dossier opens. Whoever has a conflict sees nothing of "
        "that city until results are public."
    )
)
st.markdown(f"**{say('In short.')}** {parts.plain(jury_answer(found, here.language))}")
own = own_declarations(found, here.language)
lacks = lacking(found, here.language)
if lacks:
    st.markdown("\n".join(f"- {parts.plain(one)}" for one in lacks))
_for_others()
if own is not None and own.open:
    declarations(here, found, own)
_seats()
if sees_conflicts(found):
    conflicts(here, found)
    reviewing(here, found)
if own is not None and not own.open:
    declarations(here, found, own)
