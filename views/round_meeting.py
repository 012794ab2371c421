"""The jury's meeting: which city is called and who leaves for the next one, votes, decisions, minutes."""

from __future__ import annotations

import streamlit as st

from actions.round_agenda import call, keep_order, proposed_order, shifted
from actions.round_ballots import open_ballot
from actions.round_decisions import decide_rest
from actions.round_meeting import Meeting, city, city_names, meeting, shared_votes, tie_breaks
from views import address, parts, round_meeting_city, round_meeting_end
from views.round_parts import HELD, doing, faults, reads_only, round_visit


def _call(candidate: str, base: int) -> None:
    call(here.now(), found.round.id, found.viewer.seat, candidate, base)
    if candidate:
        address.keep("cand", candidate)


def _next() -> None:
    """Which city is called, who moves for the next one, and the one click that calls it."""
    with st.container(border=True, gap="small"):
        now = names.get(shown.called, "")
        st.markdown(
            f":material/record_voice_over: **{say('Now: {city}', city=parts.plain(now))}**"
            if now
            else f":material/record_voice_over: **{say('No city is called.')}**"
        )
        if shown.next:
            st.markdown(say("Next: {city}", city=parts.plain(shown.next_name)))
            for line in shown.moves:
                st.markdown(f":material/door_open: {parts.plain(line)}")
        elif shown.lines:
            st.markdown(say("All cities on the list have been called."))
        if found.viewer.recused:
            st.caption(
                say(
                    "Cities closed to you are not on this list. Leave the room when the others call one; "
                    "they lead there without you."
                )
            )
        faults("call")
        if not shown.may_lead:
            return
        with st.container(horizontal=True):
            if shown.next:
                st.button(
                    say("Call {city}", city=parts.plain(shown.next_name)),
                    type="primary",
                    icon=":material/campaign:",
                    on_click=doing("call", lambda: _call(shown.next, shown.next_version)),
                )
            if shown.called:
                st.button(
                    say("Finish this city without calling another"),
                    icon=":material/done:",
                    on_click=doing("call", lambda: _call("", 0)),
                )


def _keep(order: tuple[str, ...]) -> None:
    versions = {one.id: one.version for one in shown.lines}
    keep_order(here.now(), found.round.id, found.viewer.seat, order, versions)


def _order() -> None:
    """The agenda as a table, and how to put it in another order."""
    st.subheader(say("Order of discussion"), anchor=False)
    if shown.order_note:
        st.write(parts.plain(shown.order_note))
    parts.table(
        [
            {
                say("City"): one.name,
                say("State"): one.state,
                say("Outside"): one.leaves or "–",
                say("Open questions"): here.speaker.number(one.open_questions),
                say("Decision"): one.decision or "–",
            }
            for one in shown.lines
        ],
        say("Cities in the order of discussion, who is outside, and what was decided"),
    )
    faults("order")
    if not shown.may_lead:
        return
    for _ in parts.fold(say("Change the order"), "swap_vert", "order"):
        order = tuple(one.id for one in shown.lines)
        st.button(
            say("Take the order with fewest people leaving and coming back"),
            icon=":material/auto_awesome:",
            on_click=doing("order", lambda: _keep(proposed_order(found))),
        )
        moved = st.selectbox(say("Move one city"), order, format_func=names.__getitem__, key="moved_city")
        with st.container(horizontal=True):
            _move(say("Earlier"), "arrow_upward", order, moved, -1)
            _move(say("Later"), "arrow_downward", order, moved, 1)


def _move(label: str, icon: str, order: tuple[str, ...], moved: str, by: int) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        key=f"move_{icon}",
        on_click=doing("order", lambda: _keep(shifted(order, moved, by))),
    )


def _between() -> None:
    """Votes between several cities, with the award's list for equal ones."""
    st.subheader(say("Which of several cities goes first"), anchor=False)
    st.write(say("Where cities are equal, the award's list decides, in this order:"))
    st.markdown("\n".join(f"1. {parts.plain(one)}" for one in tie_breaks(found, here.language)))
    votes = shared_votes(found, here.language)
    for one in votes:
        round_meeting_city.vote(here, found, one, shown)
    faults("between")
    if not shown.may_open_ballots:
        return
    chosen = st.multiselect(
        say("Cities to vote between"),
        list(names),
        format_func=names.__getitem__,
        key="between_cities",
        placeholder=say("Choose two or more"),
    )
    st.button(
        say("Open the vote"),
        icon=":material/how_to_vote:",
        disabled=len(chosen) < 2,
        on_click=doing("between", lambda: open_ballot(here.now(), found.round.id, found.viewer.seat, chosen)),
    )


def _rest() -> None:
    """No award for all who are left, with one reason."""
    faults("rest")
    for _ in parts.fold(say("No award for all cities not decided yet"), "playlist_remove", "rest"):
        st.text_input(say("Reason for all of them"), key="rest_reason", max_chars=2000, **HELD)
        st.button(
            say("Keep: no award for the rest"),
            key="keep_rest",
            on_click=doing(
                "rest",
                lambda: decide_rest(
                    here.now(), found.round.id, found.viewer.seat, st.session_state["rest_reason"]
                ),
            ),
        )


def _city() -> None:
    """Everything about one city: the one called, unless its reader looks at another."""
    st.subheader(say("City by city"), anchor=False)
    first = shown.called or shown.next or next(iter(names))
    chosen = address.select("cand", say("City"), list(names), first, names.__getitem__)
    if shown.called and chosen != shown.called:
        st.button(
            say("Go to the city that is being discussed: {city}", city=parts.plain(names[shown.called])),
            icon=":material/my_location:",
            on_click=lambda: address.keep("cand", shown.called),
        )
    round_meeting_city.panel(here, found, city(here.actor, found, chosen, here.language), shown)


here, found = round_visit()
say = here.speaker.say
st.title(say("Meeting"), anchor=False)
st.write(
    say(
        "City by city: who leaves the room, what is still open, votes, decisions with reasons, dissent. "
        "What is kept here stands in the minutes."
    )
)
if reads_only(found) or not found.viewer.declared:
    st.info(say("The meeting opens to members of the jury who have declared their conflicts."))
    st.stop()
shown: Meeting = meeting(found, here.language)
names = city_names(found)
st.markdown(f"**{say('In short.')}** {parts.plain(shown.summary)}")
if not names:
    st.info(say("There is no candidate in this round yet."))
    st.stop()
parts.metrics(shown.figures)
if "discuss" in found.phase.acts:
    _next()
else:
    st.info(say("The order can be kept and cities called from the discussion on, until the round is closed."))
_city()
_order()
_between()
if shown.open_to_decide and shown.may_lead:
    _rest()
round_meeting_end.end(here, found, dict(names))
