"""Room: where a city's assessment stands, what comes next, who did what, what is open, and its receipt."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from actions import house
from actions.access import NotKeptError
from actions.evidence import TO_CONFIRM, to_confirm
from actions.needs import ANSWERS
from actions.queries import SETTLED, all_questions
from actions.receipts import receipt_file, receipt_name
from actions.record_progress import progress
from actions.record_words import title
from actions.review_list import handed_in_rooms
from actions.room_countries import country_choices
from actions.room_page import (
    Offer,
    RoomPage,
    begin_years,
    guiding_names,
    room_page,
)
from actions.rooms import begin_assessment, may_lead, new_room_city, room_cities, rooms_of
from actions.states import Spoken, act
from actions.transitions import REASON, SIGNATURE
from views import address, parts
from views.downloads import download
from views.room_evidence import piece
from views.room_parts import doing, field, told, typed
from views.room_queries import ask, thread

_BEGIN, _CITY = "begin", "new_city"


def _open() -> str:
    """The assessment in the address, as far as the reader may see it; "" for none."""
    wanted = address.text("room")
    if wanted:
        try:
            shown = room_page(here.actor, wanted, here.language)
        except NotKeptError:
            address.forget("room")
            parts.unknown_city(say)
            return ""
        address.keep("of", shown.city_id)
    return wanted


def _choose(room: str) -> str:
    """City and year; returns the assessment that is shown, "" for none."""
    cities = room_cities(here.actor)
    if not cities:
        return room
    left, right = st.columns(2)
    with left:
        before = address.text("of")
        of = address.select(
            "of", say("City"), list(cities), next(iter(cities)), lambda one: parts.plain(cities[one])
        )
    years = {one.id: str(one.year) for one in rooms_of(here.actor, of)}
    if room not in years or of != before:
        room = next(iter(years), "")
    if years:
        with right:
            room = address.select("room", say("Year"), list(years), room, years.__getitem__)
    else:
        address.forget("room")
    return room


def _begin(of: str) -> None:
    """Beginning an assessment for a year, for whoever leads the city."""
    if not of or not may_lead(here.actor, of):
        return
    years = begin_years(here.actor, of)
    for _ in parts.fold(say("Begin an assessment"), "add_circle", f"begin_{of}"):
        st.selectbox(say("For which year?"), years, key=field(_BEGIN, "year"))
        st.button(say("Begin it"), key="begin_it", on_click=doing(_BEGIN, lambda: _begun(of)))
        told(_BEGIN)


def _begun(of: str) -> None:
    year = int(st.session_state[field(_BEGIN, "year")])
    address.keep("room", begin_assessment(here.now(), of, year))


def _new_city() -> None:
    """On one's own computer a city is made by its name and country; one with workbooks is in the list already."""
    if not here.actor.everything:
        return
    names = country_choices(here.language)
    for _ in parts.fold(say("Make a room for a city"), "add_home", "new_room_city"):
        st.text_input(say("Name of the city"), key=field(_CITY, "name"))
        st.selectbox(
            say("Country"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=say("Choose a country"),
            key=field(_CITY, "country"),
        )
        st.button(say("Make the room"), key="make_room", on_click=doing(_CITY, _made))
        told(_CITY)


def _made() -> None:
    made = new_room_city(here.now(), typed(field(_CITY, "name")), typed(field(_CITY, "country")))
    address.keep("of", made)
    address.forget("room")


def _to_review(room: str) -> None:
    """The assessments that were handed in, for those who look through them."""
    found = handed_in_rooms(here.actor, here.language)
    if here.actor.everything or not found:
        return
    st.subheader(say("Handed in to be looked through"), anchor=False)
    parts.table([one.row for one in found], say("Assessments that were handed in"))
    labels = {one.id: one.label for one in found}
    st.selectbox(
        say("Open an assessment"),
        list(labels),
        index=list(labels).index(room) if room in labels else None,
        format_func=labels.__getitem__,
        placeholder=say("Choose an assessment"),
        key="open_handed_in",
        on_change=_opened,
    )


def _opened() -> None:
    if chosen := st.session_state["open_handed_in"]:
        address.keep("room", chosen)


def _line(shown: RoomPage) -> None:
    """The states in one line that wraps; sign, weight and word tell which one it is."""
    names = [f"{one.sign} {parts.plain(one.name)}" for one in shown.stages]
    line = [
        f"**{name} ({one.meaning})**" if one.present else name
        for name, one in zip(names, shown.stages, strict=True)
    ]
    st.markdown(" → ".join(line))
    st.caption(say("✓ done   ● now   ○ to come"))


def _offer(shown: RoomPage, room: str, one: Offer, first: bool) -> None:
    """One act: what it does, what must come before it, what is said with it, and its button."""
    where = f"{room}_{one.act}"
    with st.container(border=True, gap="small"):
        st.markdown(parts.plain(one.about))
        if one.lacks:
            st.markdown(f":material/checklist: **{say('Before that')}**")
        for lack in one.lacks:
            if lack.page == ANSWERS:
                parts.go(lack.page, parts.plain(lack.text), "arrow_forward", **lack.address)
            else:
                st.markdown(f":material/arrow_downward: {parts.plain(lack.text)}")
        if not one.lacks and one.says == SIGNATURE:
            _signature(shown, where)
        if not one.lacks and one.says == REASON:
            st.text_input(say("Why?"), key=field(where, "reason"))
        sure = True
        if not one.lacks and one.final:
            sure = st.checkbox(say("Yes, I am sure"), key=field(where, "sure"))
        st.button(
            one.label,
            key=f"do_{where}",
            type="primary" if first else "secondary",
            disabled=bool(one.lacks) or not sure,
            on_click=doing(where, lambda: _act(shown, room, one, where), room),
        )


def _signature(shown: RoomPage, where: str) -> None:
    """Who signs, and since when the two guiding documents are adopted."""
    if here.actor.everything:
        st.text_input(say("Name of the mayor"), key=field(where, "signer"))
    st.text_input(say("Title, such as Mayor"), key=field(where, "title"))
    for document, name in guiding_names(here.language).items():
        st.date_input(
            say("{document}: adopted by the mayor on", document=parts.plain(name)),
            value=None,
            min_value=shown.adopted_from,
            max_value=house.today(),
            format="YYYY-MM-DD",
            key=field(where, document),
        )
    st.caption(
        say(
            "What is signed are the answers as they stand now, with the sign {fingerprint}.",
            fingerprint=shown.fingerprint,
        )
    )


def _act(shown: RoomPage, room: str, one: Offer, where: str) -> None:
    days = {name: st.session_state.get(field(where, name)) for name in guiding_names(here.language)}
    spoken = Spoken(
        typed(field(where, "reason")),
        typed(field(where, "signer")),
        typed(field(where, "title")),
        {name: day.isoformat() if day else "" for name, day in days.items()},
        shown.record_sha256,
    )
    act(here.now(), room, one.act, shown.version, here.language, spoken)


def _who_did_what(room: str) -> None:
    """How far the answers are, by focus area and by person, and what is still out does to the bracket."""
    found = progress(here.actor, room, here.language, here.basket)
    st.subheader(say("Who has done what, and what is still out"), anchor=False)
    st.write(parts.plain(found.sentence))
    parts.go("city_record", say("Open the answers"), "edit_note", room=room)
    parts.table(found.rows, say("Focus areas: what is answered, what is open and what it could add"))
    for _ in parts.fold(say("Who wrote what"), "group", f"people_{room}"):
        parts.table(found.people, say("People and what they wrote"))


def _questions(room: str) -> None:
    found = all_questions(here.actor, room, here.language)
    if found:
        st.subheader(say("Questions"), anchor=False)
    for one in found:
        if one.state != SETTLED:
            thread(here, one, titled=True)
    settled = [one for one in found if one.state == SETTLED]
    if settled:
        label = here.speaker.plural("{count} settled question", "{count} settled questions", len(settled))
        for _ in parts.fold(label, "check_circle", f"settled_{room}"):
            for one in settled:
                thread(here, one, titled=True)
    ask(here, room, "")


def _evidence(room: str) -> None:
    waiting = to_confirm(here.actor, room, here.language)
    told(f"{TO_CONFIRM}{room}")
    if not waiting:
        return
    st.subheader(say("Evidence to confirm"), anchor=False)
    st.write(say("It was taken over from the last assessment. Say of each piece whether it still holds."))
    for one in waiting:
        piece(here, one, f"{TO_CONFIRM}{room}", title(one.field, here.language))


def _receipt(shown: RoomPage, room: str) -> None:
    if shown.receipt is None:
        return
    st.subheader(say("Receipt"), anchor=False)
    st.markdown(
        say(
            "Your receipt: {head}. Keep it: it proves later that nothing was changed.",
            head=shown.receipt.head,
        )
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        download(
            say("Download the receipt"),
            lambda: receipt_file(here.now(), room, here.language),
            receipt_name(here.actor, room),
            "text/plain",
            key="receipt",
        )
        parts.go("city_overview", say("See what was handed in"), "insights", city=shown.upload_id)


def _shown(room: str, head: DeltaGenerator) -> None:
    shown = room_page(here.actor, room, here.language)
    with head:
        parts.header(f"{shown.city} · {shown.year}", context=(say("Room"), shown.state), here=here)
        st.markdown(f"**{say('In short.')}** {parts.plain(shown.next)}")
    _line(shown)
    told(room)
    ready = next((one for one in shown.offers if not one.lacks), None)
    for one in shown.offers:
        _offer(shown, room, one, one is ready)
    if not shown.sees_draft:
        parts.go("city_record", say("Look through the answers"), "fact_check", room=room)
    # What waits for somebody stands before what merely tells.
    _questions(room)
    _evidence(room)
    if shown.sees_draft:
        _who_did_what(room)
    _receipt(shown, room)
    if shown.rows:
        st.subheader(say("The way so far"), anchor=False)
        parts.table(shown.rows, say("Every step with who took it and when"))


here = parts.visit()
say = here.speaker.say
opened = _open()
top = st.container()
chosen = _choose(opened)
_to_review(chosen)
if chosen:
    _shown(chosen, top)
else:
    with top:
        parts.header(say("Room"), here=here)
    st.info(
        say(
            "A room holds a city's assessments, one a year: the answers of all departments, the evidence, the mayor's "
            "signature, and what reviewers ask."
        ),
        icon=":material/meeting_room:",
    )
_begin(address.text("of"))
_new_city()
