"""Answers: the record of an assessment as a form, part by part, kept while it is typed."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from actions.access import NotKeptError
from actions.evidence import all_evidence
from actions.house import StoreError
from actions.queries import OPEN, all_questions, may_ask
from actions.record_copy import copy
from actions.record_form import fields_in, form, overall
from actions.rooms import room_cities, rooms_of
from views import address, parts
from views.record_row import Beside, row
from views.record_seen import Boxes
from views.record_workbook import workbook_section


def _which() -> str:
    """The assessment in the address, chosen by city and year; without one the page says what to do and stops."""
    cities = room_cities(here.actor)
    wanted = address.text("room")
    if not cities:
        st.title(say("Answers"), anchor=False)
        st.info(
            say("No assessment has been begun yet. A city's owner begins one in its room."),
            icon=":material/meeting_room:",
        )
        st.stop()
    of = next((city for city in cities if any(one.id == wanted for one in rooms_of(here.actor, city))), "")
    with st.container(horizontal=True, gap="small"):
        city = of if len(cities) == 1 and of else ""
        if not city:
            city = address.select(
                "of", say("City"), list(cities), of or next(iter(cities)), cities.__getitem__
            )
        years = {one.id: str(one.year) for one in rooms_of(here.actor, city)}
        if not years:
            st.info(say("No assessment has been begun for this city yet."), icon=":material/meeting_room:")
            st.stop()
        return address.select("room", say("Year"), list(years), next(iter(years)), years.__getitem__)


@st.fragment
def _answers(assessment: str, part: str) -> None:
    """The score and the fields of one part: what was typed is kept first, then all is shown as it stands now."""
    Boxes(here, assessment).keep_all(fields_in(part))
    try:
        asked = all_questions(here.now(), assessment, here.language)
        boxes = Boxes(here, assessment, bool(asked) or may_ask(here.now(), assessment))
        pieces = Counter(one.field for one in all_evidence(here.now(), assessment, here.language))
        shown = form(here.now(), assessment, part, here.basket, here.language)
    except NotKeptError:
        parts.unknown_city(say)
        return
    except StoreError as trouble:
        parts.store_trouble(trouble.kind, say)
        st.button(say("Try again"), icon=":material/refresh:")
        return
    parts.metrics([(one.label, one.value, one.help) for one in shown.score])
    if shown.waiting:
        st.warning(
            say(
                "Two people wrote different things in: {parts}. Somebody must choose which counts.",
                parts=here.speaker.series([parts.plain(shown.parts[one]) for one in shown.waiting]),
            ),
            icon=":material/call_split:",
        )
    if shown.limited and not any(one.open for one in shown.fields):
        st.caption(say("You may read this part. Your own parts are open to you for writing."))
    line = " · ".join(f"{one.label}: {one.value}" for one in (shown.score[0], shown.score[2]))
    beside = Beside(parts.plain(line), pieces, {one.field for one in asked if one.state == OPEN})
    late = False
    for one in shown.fields:
        seen = boxes.seen(one) if one.open else None
        typed = row(boxes, one, seen, beside)
        late |= seen is not None and boxes.infer(one, seen, typed)
    if late:
        # Typed in a visit that has ended: kept with the next run, for which these boxes are known.
        st.rerun()


def _open_copy() -> None:
    if st.button(
        say("See where the city stands"),
        icon=":material/insights:",
        help=say("The record as it is now, on all pages of an upload."),
    ):
        with st.spinner(say("Building and reading the workbook …")):
            made = copy(here.now(), assessment, here.language)
        address.keep("city", made)
        st.switch_page(
            "views/city_overview.py",
            query_params={"lang": here.language, "basket": here.basket, "city": made},
        )


here = parts.visit()
say = here.speaker.say
assessment = _which()
shown = overall(here.actor, assessment, address.text("area"), here.language)

parts.header(say("Answers"), context=(shown.city, say("Assessment {year}", year=shown.year)), here=here)
st.markdown(
    f"**{say('In short.')}** "
    + say(
        "What you type is kept when you leave its box, and read at once as it would be in the workbook. "
        "Several people may write at the same time."
    )
)
with st.container(horizontal=True, gap="small"):
    _open_copy()
parts.basket_switch(here)
workbook_section(here, assessment, shown.open)
part = address.select("area", say("Part"), list(shown.parts), shown.part, shown.parts.__getitem__)
_answers(assessment, part)
