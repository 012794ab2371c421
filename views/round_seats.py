"""Seats of a round: giving one to somebody, changing what is said of it, and giving it up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from actions.room_countries import country_choices
from actions.round_facts import JUROR, MARKING, SEAT_ROLES, Seat
from actions.round_read import Seen
from actions.round_seats import Member, languages_offered, people_to_seat, seat_somebody
from actions.round_setup import NewSeat, change_seat
from actions.round_words import ROLES
from actions.round_write import MeanwhileError
from views import parts
from views.round_parts import doing, faults

# How many cities a new seat takes at most, unless somebody says otherwise.
MOST = 20
# How often the form for a new seat was sent off: its boxes begin empty each time.
_SENT = "round.seats.sent"
# The version of a seat on top of which its form is kept.
_BASE = "round.seats.base."


def new_seat(here: parts.Visit, found: Seen) -> None:
    """Give somebody a seat: by name on one's own computer, else one of those with a jury role here."""
    for _ in parts.fold(here.speaker.say("Seat somebody"), "person_add", "new_seat"):
        if here.actor.everything:
            _by_name(here, found)
        else:
            _from_list(here, found)


def _prefix(what: str) -> str:
    return f"{what}_{st.session_state.get(_SENT, 0)}"


def _new(role: str) -> Seat:
    return Seat("", "", role, "", "", "", ("en",), MOST, active=True, version=0)


def _by_name(here: parts.Visit, found: Seen) -> None:
    prefix = _prefix("seat")
    name = st.text_input(here.speaker.say("Name"), key=f"{prefix}_name", max_chars=200)
    _boxes(here, found, prefix, _new(JUROR))
    _give_button(here, lambda: _give(here, found, "", name, prefix))


def _from_list(here: parts.Visit, found: Seen) -> None:
    say = here.speaker.say
    offered = people_to_seat(here.actor, found)
    if not offered:
        st.info(say("Everybody with a jury role sits here already. Invite more people first."))
        parts.go("city_people", say("People"), "manage_accounts")
        return
    person = st.selectbox(
        say("Who"),
        list(offered),
        index=None,
        format_func=lambda it: offered[it].label if it in offered else it,
        placeholder=say("Choose somebody"),
        key=f"{_prefix('seat')}_person",
    )
    if person in offered:
        prefix = f"{_prefix('seat')}_{person}"
        _boxes(here, found, prefix, _new(offered[person].role))
        _give_button(here, lambda: _give(here, found, person, "", prefix))


def _give_button(here: parts.Visit, act: Callable[[], None]) -> None:
    faults("new_seat")
    st.button(
        here.speaker.say("Give this seat"),
        type="primary",
        icon=":material/event_seat:",
        on_click=doing("new_seat", act),
    )


def _boxes(here: parts.Visit, found: Seen, prefix: str, known: Seat) -> None:
    """What is said of a seat, beginning with what is known."""
    say = here.speaker.say
    countries, languages = country_choices(here.language), languages_offered(found, here.language)
    left, right = st.columns(2)
    with left:
        role = st.selectbox(
            say("Seat"),
            SEAT_ROLES,
            SEAT_ROLES.index(known.role) if known.role in SEAT_ROLES else 0,
            format_func=lambda it: say(ROLES[it]),
            key=f"{prefix}_role",
        )
        st.text_input(
            say("Employer"),
            known.employer,
            key=f"{prefix}_employer",
            max_chars=200,
            help=say("Where it names a candidate, a conflict is suggested."),
        )
    with right:
        codes = ["", *countries]
        st.selectbox(
            say("Country"),
            codes,
            codes.index(known.country) if known.country in codes else 0,
            format_func=lambda it: countries.get(it, "–"),
            key=f"{prefix}_country",
            help=say("Where a candidate is from the same country, a conflict is suggested."),
        )
        st.multiselect(
            say("Reads dossiers in"),
            list(languages),
            [it for it in known.languages if it in languages],
            format_func=languages.__getitem__,
            key=f"{prefix}_languages",
            placeholder=say("Choose"),
        )
    if role in MARKING:
        st.number_input(
            say("Cities at most"), 0, 100, known.most, key=f"{prefix}_most", help=say("0: marks no city.")
        )


def _said(prefix: str, person: str, name: str) -> NewSeat:
    """What stands in the boxes."""
    typed = st.session_state
    role = str(typed[f"{prefix}_role"])
    return NewSeat(
        role=role,
        name=name,
        person=person,
        employer=str(typed[f"{prefix}_employer"]),
        country=str(typed[f"{prefix}_country"]),
        languages=tuple(typed[f"{prefix}_languages"]),
        most=int(typed.get(f"{prefix}_most") or 0) if role in MARKING else 0,
    )


def _give(here: parts.Visit, found: Seen, person: str, name: str, prefix: str) -> None:
    seat_somebody(here.now(), found.round.id, found.viewer.seat, _said(prefix, person, name))
    st.session_state[_SENT] = f"{found.round.id}{len(found.entries)}"


def change_seats(here: parts.Visit, found: Seen, seated: tuple[Member, ...]) -> None:
    """Change a seat, or give it up."""
    for _ in parts.fold(here.speaker.say("Change a seat"), "edit", "change_seat"):
        _change_one(here, found, {one.id: one for one in seated})


def _change_one(here: parts.Visit, found: Seen, named: Mapping[str, Member]) -> None:
    say = here.speaker.say
    chosen = st.selectbox(
        say("Whose seat"),
        list(named),
        index=None,
        format_func=lambda it: f"{named[it].name} · {named[it].role}" if it in named else it,
        placeholder=say("Choose somebody"),
        key="changed_seat",
    )
    if chosen not in named:
        return
    known, base = named[chosen].known, _BASE + chosen
    # What counted when the form was drawn first: whoever is slower is told, and nothing typed is lost.
    st.session_state.setdefault(base, known.version)
    prefix = _prefix(f"change_{chosen}")
    name = known.name
    if here.actor.everything:
        name = st.text_input(say("Name"), known.name, key=f"{prefix}_name", max_chars=200)
    _boxes(here, found, prefix, known)
    faults("change_seat")
    if st.session_state[base] != known.version:
        _overtaken(here, named[chosen], base)
        return

    def kept(*, active: bool) -> None:
        _change(here, found, known, _said(prefix, known.person, name), active=active)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            say("Keep these changes"),
            type="primary",
            icon=":material/check:",
            on_click=doing("change_seat", lambda: kept(active=True)),
        )
        sure = st.checkbox(say("Yes, this person leaves the jury"), key=f"{prefix}_sure")
        st.button(
            say("Give the seat up"),
            icon=":material/person_remove:",
            disabled=not sure,
            on_click=doing("change_seat", lambda: kept(active=False)),
        )
    st.caption(
        say(
            "Marks that were given from a seat go on counting when it is given up; "
            "to take them out, close the city to the seat first."
        )
    )


def _overtaken(here: parts.Visit, now: Member, base: str) -> None:
    """Somebody else changed the seat since: what counts now, and going on with what was typed."""
    say = here.speaker.say
    st.warning(say("Somebody else changed this seat since. This counts now:"), icon=":material/sync_problem:")
    parts.table([now.cells], say("The seat as it counts now"))
    st.button(
        say("I have seen it: go on with what I typed"),
        on_click=lambda: st.session_state.update({base: now.known.version}),
    )


def _change(here: parts.Visit, found: Seen, known: Seat, new: NewSeat, *, active: bool) -> None:
    base = _BASE + known.id
    try:
        change_seat(
            here.now(),
            found.round.id,
            found.viewer.seat,
            known.id,
            st.session_state[base],
            new,
            active=active,
        )
    except MeanwhileError:
        # The next run sees the newer version, shows it and asks.
        return
    st.session_state.pop(base, None)
    st.session_state[_SENT] = f"{found.round.id}{len(found.entries)}"
