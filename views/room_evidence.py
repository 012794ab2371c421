"""The evidence behind an answer: looking at it, giving a link or a file, confirming what was taken over."""

from __future__ import annotations

import streamlit as st

from actions import evidence
from actions.evidence import TO_CONFIRM, Piece
from actions.evidence_troubles import EvidenceError, limits
from locales import mark
from views import parts
from views.downloads import download
from views.room_parts import doing, told, typed
from views.room_parts import field as field_key

_LINK, _FILE = KINDS = (mark("A link"), mark("A file"))
# A download is never shown by a browser as what its name says.
_MEDIA = "application/octet-stream"


def evidence_at(here: parts.Visit, room_id: str, field: str) -> None:
    """The evidence behind one answer, and a place to give more for whoever may."""
    where = f"pieces_{room_id}_{field}"
    told(where)
    for one in evidence.evidence_at(here.actor, room_id, field, here.language):
        piece(here, one, where)
    if evidence.may_give(here.actor, room_id, field):
        _give(here, room_id, field)


def piece(here: parts.Visit, one: Piece, where: str, title: str = "") -> None:
    """One piece of evidence with its pointer, and what the reader may do with it; `where` tells what went wrong."""
    say = here.speaker.say
    with st.container(border=True, gap="small"):
        if title:
            st.markdown(f"**{parts.plain(title)}**")
        if one.link:
            st.markdown(f":material/link: {parts.link(one.link, one.link)}")
        elif one.gone:
            gone = say("The file was taken out for good because a person's data were erased.")
            st.markdown(f":material/delete_forever: {parts.plain(one.label)}  \n{gone}")
        else:
            download(
                parts.plain(one.label),
                lambda: evidence.evidence_file(here.now(), one.id),
                one.file_name,
                _MEDIA,
                key=f"evidence_file_{one.id}",
            )
        st.caption(
            f"{say('Where to look: {place}', place=parts.plain(one.pointer))}  \n{parts.plain(one.about)}"
        )
        if one.may_decide:
            _decide(here, one, where)


def _decide(here: parts.Visit, one: Piece, where: str) -> None:
    """Confirm what was taken over, or withdraw a piece with a reason."""
    say = here.speaker.say
    why = f"evidence_why_{one.id}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if one.state == TO_CONFIRM:
            act = doing(one.id, lambda: evidence.confirm_evidence(here.now(), one.id, one.version), where)
            st.button(say("It still holds"), icon=":material/check:", key=f"confirm_{one.id}", on_click=act)
        with st.popover(say("Withdraw"), icon=":material/remove_circle:"):
            st.text_input(say("Why is it withdrawn?"), key=why)
            act = doing(
                one.id, lambda: evidence.withdraw_evidence(here.now(), one.id, typed(why), one.version), where
            )
            st.button(say("Withdraw it"), key=f"withdraw_{one.id}", on_click=act)


def _give(here: parts.Visit, room_id: str, field: str) -> None:
    say = here.speaker.say
    where = f"give_{room_id}_{field}"
    for _ in parts.fold(say("Add evidence"), "attach_file_add", where):
        kind = st.radio(
            say("What is it?"),
            KINDS,
            format_func=say,
            horizontal=True,
            key=field_key(where, "kind"),
            label_visibility="collapsed",
        )
        if kind == _LINK:
            st.text_input(say("Web address"), key=field_key(where, "link"), placeholder="https://")
        else:
            st.file_uploader(say("File"), key=field_key(where, "file"))
            st.caption(
                say(
                    "PDF, PNG, JPG, .docx or .xlsx, up to {size} MB. It is kept as it is and given out only as a "
                    "download.",
                    size=limits().file_megabytes,
                )
            )
        st.text_input(
            say("Where in it to look"),
            key=field_key(where, "pointer"),
            placeholder=say("page 12, table 3, paragraph 4 …"),
        )
        act = doing(where, lambda: _keep(here, room_id, field, where))
        st.button(say("Add it"), icon=":material/add:", key=f"add_{where}", on_click=act)
        told(where)


def _keep(here: parts.Visit, room_id: str, field: str, where: str) -> None:
    pointer = typed(field_key(where, "pointer"))
    if typed(field_key(where, "kind")) == _LINK:
        evidence.give_evidence_link(here.now(), room_id, field, typed(field_key(where, "link")), pointer)
    else:
        file = st.session_state.get(field_key(where, "file"))
        if file is None:
            raise EvidenceError("file_missing")
        if not parts.allowance().take(file.size):
            raise EvidenceError("visit_limit")
        evidence.give_evidence_file(here.now(), room_id, field, file.name, file.getvalue(), pointer)
