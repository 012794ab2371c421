"""Departments: hand out parts of the workbook, merge what comes back, see what is still out."""

from __future__ import annotations

import streamlit as st

from actions.area_titles import area_titles
from actions.city import card
from actions.departments import (
    choices,
    gather_parts,
    merge_parts,
    part_rows,
    parts_of,
    still_out,
    work_list,
    work_list_name,
)
from actions.standing import is_kept
from actions.template import MEDIA_TYPE
from actions.uploads import told_in
from views import address, parts
from views.downloads import download
from views.intake import for_whom, take_in

UNDECIDED = -1


def _hand_out() -> None:
    st.subheader(say("1 · Hand out the parts"), anchor=False)
    st.write(say("Choose the focus areas of one department and send it only those sheets."))
    titles = area_titles(here.language)
    chosen = st.multiselect(
        say("Focus areas"),
        list(titles),
        format_func=titles.__getitem__,
        placeholder=say("Choose focus areas"),
        key="part_areas",
    )
    left, right = st.columns(2)
    department = left.text_input(say("Department"), key="part_department")
    due = right.text_input(
        say("To be returned by"), key="part_due", placeholder=say("a day, as you write it")
    )
    ratings = st.checkbox(say("With the ratings on the Yeonsu Declaration"), key="part_ratings")
    download(
        say("Download this part"),
        lambda: work_list(chosen, ratings, department, due, here.language),
        work_list_name(chosen, here.language),
        MEDIA_TYPE,
        disabled=not chosen and not ratings,
    )


def _take_in() -> tuple[str, ...]:
    """The parts in the address, with those just dropped in."""
    kept = parts_of(here.actor, address.text("parts"))
    new, shown = take_in(say("Filled parts"), "part_files", here)
    accepted = [receipt.upload_id for receipt in new if receipt.accepted]
    if accepted:
        kept = (*kept, *accepted)
        address.keep("parts", gather_parts(here.actor, kept))
    for receipt in shown:
        if not receipt.accepted:
            parts.refused_file(told_in(receipt, here.language)[0], receipt.name)
    return tuple(dict.fromkeys(kept))


def _merge(ids: tuple[str, ...]) -> None:
    parts.table(part_rows(here.actor, ids, here.language), say("What each part brings"))
    decided: dict[str, int] = {}
    found = choices(here.actor, ids, here.language)
    if found:
        st.markdown(f"**{say('These fields are filled in differently. Which entry counts?')}**")
    for choice in found:
        options = [UNDECIDED, *choice.options]
        picked = st.selectbox(
            choice.title,
            options,
            format_func=lambda number, choice=choice: choice.options.get(number, say("Leave open")),
            key=f"decided_{address.text('parts')}_{choice.field}",
        )
        if picked != UNDECIDED:
            decided[choice.field] = picked
    owner = for_whom("merged", here)
    if owner is not None and st.button(
        say("Merge into one workbook"), icon=":material/merge:", type="primary"
    ):
        with st.spinner(say("Building and reading the workbook …")):
            receipt = merge_parts(here.actor, ids, decided, here.language, owner)
        address.keep("city", receipt.upload_id)
        st.switch_page(
            "views/city_upload.py",
            query_params={"lang": here.language, "basket": here.basket, "city": receipt.upload_id},
        )


here = parts.visit()
say = here.speaker.say
st.title(say("Departments"), anchor=False)
st.write(
    say(
        "Several departments fill one assessment: each gets its own sheets, and the parts merge into one workbook."
    )
)
_hand_out()

st.subheader(say("2 · Merge what comes back"), anchor=False)
st.write(say("Where two parts say different things, you decide; nothing is chosen silently."))
together = _take_in()
if together:
    _merge(together)

st.subheader(say("3 · What is still out"), anchor=False)
city = address.text("city")
if city and is_kept(here.actor, city):
    st.caption(parts.plain(card(here.actor, city, here.language).name))
    parts.basket_switch(here)
    sentence, rows = still_out(here.actor, city, here.basket, here.language)
    st.markdown(parts.plain(sentence))
    if rows:
        parts.table(rows, say("Open measurements by focus area"))
    else:
        st.write(say("Every measurement of this basket is answered."))
else:
    st.info(say("Open a city, or merge its parts, to see what is still out."), icon=":material/info:")
