"""A candidate's dossier, how it leaves the round, and how it comes back."""

from __future__ import annotations

import streamlit as st

from actions.round_candidates import bring_back, withdraw
from actions.round_enter import change_dossier, offers
from views import parts
from views.round_desk import Desk
from views.round_parts import Reasoned, doing, with_reason


def ends(desk: Desk) -> None:
    """Another dossier, leaving the round, and the exceptions that were granted and taken back."""
    say = desk.here.speaker.say
    st.caption(parts.plain(desk.sheet.kept))
    with st.container(horizontal=True):
        if desk.sheet.may_enter:
            _dossier(desk)
        if desk.sheet.may_withdraw:
            _leave(desk)
    if desk.sheet.history:
        for _ in parts.fold(say("Exceptions granted and taken back"), "history", f"exceptions_{desk.id}"):
            parts.table(desk.sheet.history, say("Exceptions granted and taken back"))


def _dossier(desk: Desk) -> None:
    say = desk.here.speaker.say
    offered = {one.upload_id: one.label for one in offers(desk.here.actor, desk.found, desk.here.language)}
    if not offered:
        return
    key = desk.key("dossier", desk.sheet.version)
    with st.popover(say("Choose another dossier"), icon=":material/folder_open:"):
        st.selectbox(say("Kept assessment"), tuple(offered), format_func=offered.__getitem__, key=key)
        st.button(
            say("Use this dossier"),
            key=desk.key("use", desk.sheet.version),
            on_click=doing(
                "candidate",
                lambda: change_dossier(
                    desk.here.now(),
                    desk.found.round.id,
                    desk.found.viewer.seat,
                    desk.id,
                    desk.sheet.version,
                    st.session_state[key],
                ),
            ),
        )


def _leave(desk: Desk) -> None:
    say = desk.here.speaker.say
    what = Reasoned(
        opens=say("Withdraw the city"),
        icon="logout",
        asks=say("Why is it withdrawn?"),
        does=say("Withdraw it"),
        why_key=desk.key("leave_why", desk.sheet.version),
        do_key=desk.key("leave", desk.sheet.version),
        before=say(
            "It leaves the round: nobody marks it any more and no rule counts it. What was said stays kept."
        ),
    )
    with_reason(
        "candidate",
        what,
        lambda why: withdraw(
            desk.here.now(), desk.found.round.id, desk.found.viewer.seat, desk.id, desk.sheet.version, why
        ),
    )


def withdrawn(desk: Desk) -> None:
    """A city that left, and the way back."""
    say = desk.here.speaker.say
    st.info(
        parts.plain(say("Withdrawn: {reason}", reason=desk.sheet.withdrawn_why)), icon=":material/logout:"
    )
    st.caption(parts.plain(desk.sheet.kept))
    if desk.sheet.may_enter:
        st.button(
            say("Take it into the round again"),
            key=desk.key("back", desk.sheet.version),
            on_click=doing(
                "candidate",
                lambda: bring_back(
                    desk.here.now(),
                    desk.found.round.id,
                    desk.found.viewer.seat,
                    desk.id,
                    desk.sheet.version,
                ),
            ),
        )
