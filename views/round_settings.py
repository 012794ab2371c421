"""What is set for a round: a form for whoever may change it, a table for all others."""

from __future__ import annotations

import secrets

import streamlit as st

from actions.round_read import Seen
from actions.round_settings import (
    Form,
    Typed,
    differences,
    keep_settings,
    settings_form,
    settings_rows,
)
from actions.round_write import MeanwhileError
from views import parts
from views.round_parts import doing, faults

_WHERE = "settings"


def settings(here: parts.Visit, found: Seen) -> None:
    """The settings in a fold: changeable while candidates are entered, to be read afterwards."""
    say = here.speaker.say
    for _ in parts.fold(say("What is set for this round"), "tune", "round_settings"):
        form = settings_form(found, here.language)
        if form.changeable:
            _inputs(here, found, form)
        else:
            rows = settings_rows(form, form.now, here.speaker)
            parts.table(
                [{say("What"): name, say("Counts now"): value} for name, value in rows.items()],
                say("What is set for this round"),
            )
            if found.viewer.office:
                st.caption(say("Set before practising on the reference dossier begins; then it stands."))


def _base(found: Seen, form: Form) -> tuple[str, int]:
    """The beginning of the fields' keys, and the version that they were drawn from first."""
    kept = f"round.settings.{found.round.id}"
    turn, base = st.session_state.setdefault(kept, (secrets.token_hex(4), form.version))
    return f"set_{turn}", base


def _renew(found: Seen) -> None:
    st.session_state.pop(f"round.settings.{found.round.id}", None)


def _inputs(here: parts.Visit, found: Seen, form: Form) -> None:
    say = here.speaker.say
    key, base = _base(found, form)
    st.text_input(say("Name of the round"), value=form.now.name, max_chars=200, key=f"{key}_name")
    _numbers(here, form, key)
    with st.container(horizontal=True, gap="medium"):
        for name, label in form.dates.items():
            st.date_input(
                label, value=form.now.dates[name], format="YYYY-MM-DD", key=f"{key}_on_{name}", width=220
            )
    _weights(here, form, key)
    typed = _typed(form, key)
    faults(_WHERE)
    if base != form.version:
        _meanwhile(here, found, typed, form)
    st.button(
        say("Keep these settings"),
        type="primary",
        icon=":material/save:",
        key=f"{key}_keep",
        on_click=lambda: _keep(here, found, _typed(form, key), base),
    )


def _numbers(here: parts.Visit, form: Form, key: str) -> None:
    say = here.speaker.say
    lowest, highest, step = form.marks
    with st.container(horizontal=True, gap="medium"):
        st.number_input(
            say("Winners sought"),
            min_value=0,
            max_value=100,
            value=form.now.winners,
            help=say(
                "0 is the award's own number: {number}.", number=here.speaker.number(form.award_winners)
            ),
            key=f"{key}_winners",
            width=220,
        )
        st.number_input(
            say("Least number of jurors for a city"),
            min_value=1,
            max_value=20,
            value=form.now.least,
            help=say("With fewer than three, one juror's strictness cannot be told from a city's quality."),
            key=f"{key}_least",
            width=220,
        )
        st.number_input(
            say("Least mark of a winner on each criterion"),
            min_value=float(lowest),
            max_value=float(highest),
            step=float(step),
            value=form.now.minimum,
            placeholder=_own_minimum(here, form),
            help=say("Empty is the award's own. The lowest mark of the rubric asks for nothing."),
            key=f"{key}_minimum",
            width=220,
        )
        st.number_input(
            say("Evidence looked at by a second person (%)"),
            min_value=0,
            max_value=100,
            step=5,
            value=form.now.second_percent,
            help=say("Drawn at random; the second person does not see what the first one found."),
            key=f"{key}_second",
            width=220,
        )
    st.toggle(
        say("Marks corrected for strict and mild jurors"),
        value=form.now.adjust,
        help=say("Marks as they were given are always shown beside."),
        key=f"{key}_adjust",
    )


def _own_minimum(here: parts.Visit, form: Form) -> str:
    if form.award_minimum is None:
        return here.speaker.say("none")
    own = here.speaker.number(form.award_minimum, 1, fixed=False)
    return here.speaker.say("{value} (the award's own)", value=own)


def _weights(here: parts.Visit, form: Form, key: str) -> None:
    say = here.speaker.say
    explained = say("Any numbers; what counts is how they compare. Equal numbers weigh all criteria alike.")
    st.markdown(f"**{say('Weights of the criteria')}**  \n:small[{explained}]")
    with st.container(horizontal=True, gap="small"):
        for criterion, title in form.criteria.items():
            st.number_input(
                title,
                min_value=0.0,
                max_value=100.0,
                step=0.5,
                value=form.now.weights[criterion],
                key=f"{key}_weight_{criterion}",
                width=220,
            )


def _typed(form: Form, key: str) -> Typed:
    """What stands in the fields now."""
    state = st.session_state
    return Typed(
        name=str(state[f"{key}_name"]),
        weights={one: state[f"{key}_weight_{one}"] for one in form.criteria},
        winners=state[f"{key}_winners"],
        least=state[f"{key}_least"],
        minimum=state[f"{key}_minimum"],
        adjust=state[f"{key}_adjust"],
        second_percent=state[f"{key}_second"],
        dates={name: state[f"{key}_on_{name}"] for name in form.dates},
    )


def _keep(here: parts.Visit, found: Seen, typed: Typed, base: int) -> None:
    def act() -> None:
        try:
            keep_settings(here.now(), found, base, typed)
        except MeanwhileError:
            # What was typed stays; the form shows it beside what counts now.
            return
        _renew(found)

    doing(_WHERE, act)()


def _meanwhile(here: parts.Visit, found: Seen, typed: Typed, form: Form) -> None:
    """Somebody else kept other settings since the form was drawn: both beside each other, and the choice."""
    say = here.speaker.say
    with st.container(border=True, gap="small"):
        st.warning(
            say("Somebody else has kept other settings meanwhile. Nothing that you typed is lost: choose."),
            icon=":material/call_split:",
        )
        parts.table(differences(found, typed, here.language), say("What counts now and what is typed here"))
        with st.container(horizontal=True, gap="small"):
            st.button(say("Take what counts now"), key="settings_theirs", on_click=lambda: _renew(found))
            st.button(
                say("Let what is typed here count"),
                key="settings_mine",
                on_click=lambda: _keep(here, found, typed, form.version),
            )
