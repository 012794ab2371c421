"""A piece of the pages of a room: what was carried over from last year and nobody has confirmed yet."""

from __future__ import annotations

import streamlit as st

from actions.next_year import WHOLE, CarriedPart, CarriedRow, carried, confirm
from views import parts
from views.room_parts import doing, told


def carried_over(assessment_id: str, here: parts.Visit) -> None:
    """Focus area by focus area, with a way to confirm one row or all of an area; nothing where nothing is left."""
    say = here.speaker.say
    found = carried(here.actor, assessment_id, here.language)
    if not found.count:
        return
    st.subheader(say("Carried over, not yet confirmed"), anchor=False)
    st.write(
        here.speaker.plural(
            "{count} entry stands as it was last year, with its own year of reference. Change or confirm it.",
            "{count} entries stand as they were last year, with their own years of reference. Change or confirm them.",
            found.count,
        )
    )
    told(assessment_id)
    for part in found.parts:
        label = f"{part.title} ({here.speaker.number(part.count)})"
        for _ in parts.fold(parts.plain(label), "history", f"carried_{assessment_id}_{part.area}"):
            _part(assessment_id, part, here)


def _part(assessment_id: str, part: CarriedPart, here: parts.Visit) -> None:
    say = here.speaker.say
    seen = {row.field: row.version for row in part.rows if row.may_confirm}
    with st.container(horizontal=True, gap="small"):
        if len(seen) > 1:
            st.button(
                say("Confirm all of these"),
                icon=":material/done_all:",
                key=f"confirm_{assessment_id}_{part.area}",
                on_click=doing(assessment_id, lambda: _confirm(assessment_id, seen, here)),
            )
        if part.area != WHOLE:
            parts.go("city_record", say("Change them"), "edit_note", room=assessment_id, area=part.area)
    for row in part.rows:
        _row(assessment_id, row, here)


def _row(assessment_id: str, row: CarriedRow, here: parts.Visit) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"**{parts.plain(row.title)}**  \n{parts.plain(row.said)}")
        if row.may_confirm:
            st.button(
                here.speaker.say("Still right"),
                icon=":material/check:",
                key=f"confirm_{assessment_id}_{row.field}_{row.version}",
                on_click=doing(
                    assessment_id, lambda: _confirm(assessment_id, {row.field: row.version}, here)
                ),
            )


def _confirm(assessment_id: str, seen: dict[str, int], here: parts.Visit) -> None:
    confirm(here.now(), assessment_id, seen)
