"""Assignment: who judges whom, proposed, changed by hand, and what a change would come to before it is kept."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from actions.round_assign import (
    Assigning,
    CityRow,
    Stale,
    Wishes,
    as_changes,
    assigning,
    held,
    may_assign,
    own_cities,
    sees_plan,
    unseated,
    why_not,
    wish,
    wish_proposal,
)
from actions.round_assign_file import MEDIA_TYPE, assignment_file, assignment_file_name
from actions.round_pairs import keep_pairs
from actions.round_write import MeanwhileError
from views import address, parts
from views.downloads import download
from views.round_parts import doing, faults, go, reads_only, round_visit

ALL, SHORT, CHANGED = "all", "short", "changed"
# What was ticked and is not kept yet; it outlives a look at another page.
_WISHES = "round.assign."


def _place() -> str:
    return f"{_WISHES}{found.round.id}.{found.viewer.seat}"


def _hold(wanted: Wishes) -> None:
    st.session_state[_place()] = dict(wanted)


def _propose(*, keep_present: bool) -> None:
    _hold(wish_proposal(found, keep_present=keep_present))
    _forget_pills()


def _drop() -> None:
    _hold({})
    _forget_pills()


def _forget_pills() -> None:
    for key in [one for one in st.session_state if str(one).startswith("judges_")]:
        del st.session_state[key]


def _keep(wanted: Wishes) -> None:
    try:
        keep_pairs(here.now(), found.round.id, found.viewer.seat, as_changes(wanted))
    except MeanwhileError:
        # The next run shows what counts now beside each wish that was overtaken.
        return
    _drop()


def _settle(one: Stale, *, mine: bool) -> None:
    """Go on with a wish on top of what counts now, or let it go."""
    wanted = dict(wishes)
    want, _ = wanted.pop((one.seat, one.candidate))
    if mine:
        wanted[one.seat, one.candidate] = (want, one.version)
    _hold(wanted)
    _forget_pills()


def _proposals() -> None:
    with st.container(horizontal=True):
        st.button(
            say("Propose everything anew"),
            icon=":material/auto_awesome:",
            on_click=doing("propose", lambda: _propose(keep_present=False)),
            help=say(
                "Enough jurors for each city, then languages, then even loads, then a well connected plan."
            ),
        )
        st.button(
            say("Propose what is missing"),
            icon=":material/playlist_add:",
            on_click=doing("propose", lambda: _propose(keep_present=True)),
            help=say("Who judges whom already stays as it is."),
        )
    faults("propose")


def _quality() -> None:
    """How good the plan is; with changes in hand, before and after."""
    st.subheader(say("Quality of the plan"), anchor=False)
    told = shown.quality
    icon = ":material/check_circle:" if told.told_apart else ":material/warning:"
    st.markdown(f"{icon} {parts.plain(told.severity)}")
    for one in told.missing:
        st.markdown(f":material/warning: {parts.plain(one)}")
    if wishes:
        parts.table(
            [
                {
                    say("Figure"): one.title,
                    say("Kept"): one.kept,
                    say("With your changes"): one.wished,
                    say("Change"): one.word or "–",
                }
                for one in told.figures
            ],
            say("The plan as it is kept and with your changes"),
        )
    else:
        parts.metrics([(one.title, one.kept, one.help) for one in told.figures])


def _changes() -> None:
    """What is ticked and not kept yet, what it would come to, and the choice."""
    with st.container(border=True, gap="small"):
        st.markdown(
            "**"
            + here.speaker.plural(
                "{count} change is not kept yet.", "{count} changes are not kept yet.", len(shown.changes)
            )
            + "**"
        )
        if len(shown.changes) <= 6:
            st.markdown("\n".join(f"- {parts.plain(one)}" for one in shown.changes))
        else:
            for _ in parts.fold(say("All changes"), "list", "assign_changes"):
                st.markdown("\n".join(f"- {parts.plain(one)}" for one in shown.changes))
        for one in shown.stale:
            st.warning(parts.plain(one.told), icon=":material/sync_problem:")
            with st.container(horizontal=True):
                key = f"{one.seat}_{one.candidate}"
                st.button(
                    say("My change counts"),
                    key=f"mine_{key}",
                    on_click=_settle,
                    args=(one,),
                    kwargs={"mine": True},
                )
                st.button(
                    say("Leave it as it is now"),
                    key=f"leave_{key}",
                    on_click=_settle,
                    args=(one,),
                    kwargs={"mine": False},
                )
        faults("keep")
        with st.container(horizontal=True):
            st.button(
                say("Keep these changes"),
                type="primary",
                icon=":material/check:",
                disabled=bool(shown.stale),
                on_click=doing("keep", lambda: _keep(wishes)),
            )
            st.button(say("Drop all changes"), icon=":material/undo:", on_click=_drop)


def _cities() -> None:
    st.subheader(say("Who judges which city"), anchor=False)
    st.caption(
        say(
            "Click a name to give that juror the city or to take it away; the figure is the load. "
            "Whoever has a conflict or has not declared cannot be chosen."
        )
    )
    named: Mapping[str, str] = {
        ALL: say("All cities"),
        SHORT: say("With too few jurors"),
        CHANGED: say("Changed here"),
    }
    part = address.switch("cities", say("Show"), list(named), ALL, named.__getitem__, show_label=False)
    rows = [
        one
        for one in shown.rows
        if part == ALL or (part == SHORT and (one.short or one.changed)) or (part == CHANGED and one.changed)
    ]
    if not rows:
        st.write(say("None."))
    for one in rows:
        _city(one)


def _city(one: CityRow) -> None:
    """One city with everybody who may judge it."""
    key = f"judges_{found.round.id}_{one.id}"
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"**{parts.plain(one.name)}** :small[:gray[{parts.plain(one.place)}]]", width="content"
            )
            st.badge(
                one.state,
                icon=":material/warning:" if one.short else ":material/check:",
                color="orange" if one.short else "green",
            )
            if one.changed:
                st.badge(say("not kept yet"), icon=":material/edit:", color="blue")
        st.session_state[key] = list(one.chosen)
        st.pills(
            say("Jurors of {city}", city=parts.plain(one.name)),
            list(one.options),
            selection_mode="multi",
            format_func=lambda it: parts.plain(one.options[it]),
            key=key,
            disabled=not may_assign(found),
            on_change=_tick,
            args=(one.id, key),
            label_visibility="collapsed",
        )
        if one.closed:
            st.caption(parts.plain(here.speaker.listing(one.closed)))


def _tick(candidate: str, key: str) -> None:
    _hold(wish(found, wishes, candidate, tuple(st.session_state[key])))


def _tables() -> None:
    st.subheader(say("Juror by juror"), anchor=False)
    parts.table(shown.loads, say("Loads, languages and shared cities of the jurors"))
    for _ in parts.fold(say("The same as a table"), "table", "twin_assign"):
        parts.table(shown.matrix, say("Who judges whom"))
        st.caption(say("● judges · ✕ may not: conflict, or not declared"))
    download(
        say("The kept plan as a workbook (.xlsx)"),
        lambda: assignment_file(here.now(), found.round.id, found.viewer.seat, here.language),
        assignment_file_name(here.language),
        MEDIA_TYPE,
        key="assignment_file",
    )


def _whole() -> None:
    """The page of those who run the round."""
    if not shown.rows or unseated(found):
        st.info(say("Before anybody is assigned, candidates come in and jurors are seated."))
        go("round_jury", say("Jury"), "groups")
        return
    st.markdown(f"**{say('In short.')}** {parts.plain(shown.answer)}")
    why = why_not(found, here.language)
    if why:
        st.info(parts.plain(why), icon=":material/info:")
        go("round_home", say("Go to the round"), "gavel")
    else:
        _proposals()
    if wishes:
        _changes()
    _quality()
    _cities()
    _tables()
    if shown.references:
        names = here.speaker.listing(shown.references)
        st.caption(parts.plain(say("To practise on, marked by everybody: {cities}.", cities=names)))
    if found.viewer.recused:
        st.caption(
            say(
                "Cities that you have a conflict with are left out, loads too; somebody else assigns their jurors."
            )
        )


here, found = round_visit()
say = here.speaker.say
st.title(say("Assignment"), anchor=False)
if reads_only(found):
    st.write(say("Who judges whom is for the round's own people."))
    st.stop()
st.write(
    say(
        "At least so many jurors for each city as the round asks, nobody overloaded, no conflicts, and enough shared "
        "cities to tell strict jurors from weak cities."
    )
)
if sees_plan(found):
    wishes = held(found, st.session_state.get(_place(), {}))
    shown: Assigning = assigning(found, wishes, here.language)
    _whole()
elif found.viewer.declared:
    mine = own_cities(found, here.language)
    st.markdown(
        f"**{say('In short.')}** {say('You judge:') if mine else say('No city is given to you yet.')}"
    )
    st.markdown("\n".join(f"- {parts.plain(one)}" for one in mine))
