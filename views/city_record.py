"""Answers: the record of an assessment as a form, part by part, kept while it is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from actions.access import NotKeptError
from actions.evidence import all_evidence
from actions.house import StoreError
from actions.queries import SETTLED, Thread, all_questions, may_ask
from actions.record_copy import copy
from actions.record_form import Form, form
from actions.rooms import room, room_cities, rooms_of
from views import address, parts
from views.record_row import Beside, row
from views.record_seen import Boxes
from views.record_workbook import workbook_section

# The form as it was drawn last in this visit.
_LAST = "record.last"


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
    of = _city_of(wanted)
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


def _city_of(assessment: str) -> str:
    """The city of an assessment that the actor may see, "" for any other."""
    try:
        return room(here.actor, assessment).city.id
    except NotKeptError:
        return ""


@dataclass(frozen=True)
class _Shown:
    """Everything that the form is drawn from, read in one go."""

    form: Form
    asked: tuple[Thread, ...]
    may_ask: bool
    pieces: Mapping[str, int]
    trouble: str = ""


def _look(assessment: str, part: str) -> _Shown:
    """The form as it is now; while the store cannot be read as it was, so that what stands in its boxes stays there."""
    try:
        asked = all_questions(here.actor, assessment, here.language)
        found = _Shown(
            form(here.actor, assessment, part, here.basket, here.language),
            asked,
            bool(asked) or may_ask(here.actor, assessment),
            Counter(one.field for one in all_evidence(here.actor, assessment, here.language)),
        )
    except StoreError as trouble:
        last: tuple[str, _Shown] | None = st.session_state.get(_LAST)
        if last is None or last[0] != assessment or part != last[1].form.part:
            raise
        return replace(last[1], trouble=trouble.kind)
    st.session_state[_LAST] = (assessment, found)
    return found


def _answers(assessment: str, shown: Form) -> None:
    """The score and the fields of one part, as all stands now; what was typed is kept already."""
    boxes = Boxes(here, assessment, seen_all.may_ask)
    parts.metrics([(one.label, one.value, one.help) for one in shown.score])
    # Their place is always there: a row that moves is drawn anew, and what stands unsent in its boxes would be gone.
    told = st.empty()
    if seen_all.trouble:
        with told.container():
            parts.store_trouble(seen_all.trouble, say)
    elif shown.waiting:
        told.warning(
            say(
                "Two people wrote different things in: {parts}. Somebody must choose which counts.",
                parts=here.speaker.series([parts.plain(shown.parts[one]) for one in shown.waiting]),
            ),
            icon=":material/call_split:",
        )
    elif shown.open and shown.limited and not any(one.open for one in shown.fields):
        told.caption(say("You may read this part. Your own parts are open to you for writing."))
    line = " · ".join(f"{one.label}: {one.value}" for one in (shown.score[0], shown.score[2]))
    asked = {one.field for one in seen_all.asked if one.state != SETTLED}
    beside = Beside(parts.plain(line), seen_all.pieces, asked)
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
top = st.container()
try:
    assessment = _which()
except StoreError:
    if _LAST not in st.session_state:
        raise
    assessment = st.session_state[_LAST][0]
seen_all = _look(assessment, address.text("area"))
shown = seen_all.form

with top:
    parts.header(say("Answers"), context=(shown.city, say("Assessment {year}", year=shown.year)), here=here)
    short = shown.closed or say(
        "What you type is kept when you leave its box, and read at once as it would be in the workbook. "
        "Several people may write at the same time."
    )
    st.markdown(f"**{say('In short.')}** {short}")
with st.container(horizontal=True, gap="small"):
    _open_copy()
parts.basket_switch(here)
with st.container():
    workbook_section(here, assessment, shown.open)
address.select("area", say("Part"), list(shown.parts), shown.part, shown.parts.__getitem__)
_answers(assessment, shown)
