"""How cities come into a round: from kept assessments, by hand, or as a reference dossier with an expert's marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from actions.room_countries import country_choices
from actions.round_enter import Entered, city_choices, enter_by_hand, enter_reference, enter_uploads, offers
from actions.round_read import Seen
from actions.round_references import reference_winners, typed_marks
from actions.round_rights import ENTER, may_do
from actions.round_words import sentence
from locales import mark
from views import address, parts
from views.round_parts import doing, faults
from views.round_references import mark_fields

_WAYS: Mapping[str, str] = {
    "kept": mark("From kept assessments"),
    "hand": mark("By hand"),
    "reference": mark("A reference dossier"),
}
_NAME_LETTERS = 200
# What came in with the last click, and what was refused and why.
_TOLD = "round.entered"
# Fields that are empty again once their city is in.
_FIELDS = ("enter_uploads", "enter_city", "enter_name", "enter_country", "enter_dossier")
_REFERENCE_FIELDS = ("reference_dossier", "reference_winner", "reference_name", "reference_country")
_NOTHING = ""


def entering(here: parts.Visit, found: Seen) -> None:
    """The three ways in, for whoever enters candidates."""
    if not may_do(found, ENTER):
        return
    say = here.speaker.say
    st.subheader(say("Enter cities"), anchor=False)
    way = address.switch(
        "way", say("How does the city come in?"), tuple(_WAYS), "kept", lambda one: say(_WAYS[one])
    )
    faults("entering")
    for text, refused in st.session_state.pop(_TOLD, ()):
        (st.warning if refused else st.success)(parts.plain(text))
    _BY[way](here, found)


def _dossiers(here: parts.Visit, found: Seen) -> Mapping[str, str]:
    return {one.upload_id: one.label for one in offers(here.actor, found, here.language)}


def _kept(here: parts.Visit, found: Seen) -> None:
    say = here.speaker.say
    offered = _dossiers(here, found)
    if not offered:
        st.info(
            say(
                "No kept assessment is left that you may see and that is not in the round. Enter the city by hand."
            ),
            icon=":material/folder_off:",
        )
        return
    st.multiselect(
        say("Kept assessments"), tuple(offered), format_func=offered.__getitem__, key="enter_uploads"
    )
    st.caption(
        say("Name, country, languages and what is known of membership are taken over, each with its source.")
    )
    st.button(
        say("Enter as candidates"),
        key="enter_kept",
        type="primary",
        disabled=not st.session_state["enter_uploads"],
        on_click=doing("entering", lambda: _enter_kept(here, found)),
    )


def _enter_kept(here: parts.Visit, found: Seen) -> None:
    wanted = tuple(st.session_state["enter_uploads"])
    entered = enter_uploads(here.now(), found.round.id, found.viewer.seat, wanted)
    _done(_FIELDS, here, entered)


def _done(fields: tuple[str, ...], here: parts.Visit, entered: Entered) -> None:
    """Empty the fields whose city is in, and say what came in and what did not."""
    for name in fields:
        st.session_state.pop(name, None)
    say = here.speaker.say
    told = [(f"{name}: {sentence(trouble, say)}", True) for name, trouble in entered.refused]
    if entered.ids:
        count = len(entered.ids)
        told.insert(
            0,
            (here.speaker.plural("{count} city came in.", "{count} cities came in.", count), False),
        )
        address.keep("cand", entered.ids[0])
    st.session_state[_TOLD] = told


def _hand(here: parts.Visit, found: Seen) -> None:
    say = here.speaker.say
    cities, dossiers = city_choices(here.actor, found), _dossiers(here, found)
    if cities:
        _select(say("City of this installation"), cities, "enter_city", say("none of them"))
    name, country = st.columns(2, gap="small")
    with name:
        st.text_input(say("Name of the city"), max_chars=_NAME_LETTERS, key="enter_name")
    with country:
        _select(say("Country"), country_choices(here.language), "enter_country", say("not yet chosen"))
    if dossiers:
        _select(say("Its dossier"), dossiers, "enter_dossier", say("none yet"))
    st.button(
        say("Enter the candidate"),
        key="enter_hand",
        type="primary",
        on_click=doing("entering", lambda: _enter_hand(here, found)),
    )


def _enter_hand(here: parts.Visit, found: Seen) -> None:
    made = enter_by_hand(
        here.now(),
        found.round.id,
        found.viewer.seat,
        _typed("enter_name"),
        _typed("enter_country"),
        _typed("enter_dossier"),
        _typed("enter_city"),
    )
    _done(_FIELDS, here, Entered((made,)))


def _reference(here: parts.Visit, found: Seen) -> None:
    say = here.speaker.say
    st.caption(
        say(
            "Everybody marks it before the real dossiers and then sees what an expert gave. "
            "A past winner whose block still runs can come in here, and not as a candidate."
        )
    )
    dossiers, winners = _dossiers(here, found), reference_winners(found, here.language)
    if dossiers:
        _select(say("Its dossier"), dossiers, "reference_dossier", say("none yet"))
    if winners:
        _select(say("A past winner"), winners, "reference_winner", say("no, another city"))
    if not _typed("reference_winner"):
        name, country = st.columns(2, gap="small")
        with name:
            st.text_input(
                say("Name of the city"),
                max_chars=_NAME_LETTERS,
                key="reference_name",
                help=say("Leave it empty for the name that stands in the dossier."),
            )
        with country:
            _select(
                say("Country"), country_choices(here.language), "reference_country", say("not yet chosen")
            )
    st.markdown(f"**{say('Marks that the expert gave')}**")
    keys = mark_fields(here, found, "reference_mark", {})
    st.button(
        say("Enter the reference"),
        key="enter_reference",
        type="primary",
        on_click=doing("entering", lambda: _enter_reference(here, found, keys)),
    )


def _enter_reference(here: parts.Visit, found: Seen, keys: Mapping[str, str]) -> None:
    enter_reference(
        here.now(),
        found.round.id,
        found.viewer.seat,
        _typed("reference_dossier"),
        typed_marks({criterion: _typed(key) for criterion, key in keys.items()}),
        winner=_typed("reference_winner"),
        name=_typed("reference_name"),
        country=_typed("reference_country"),
        language=here.language,
    )
    for name in (*_REFERENCE_FIELDS, *keys.values()):
        st.session_state.pop(name, None)
    st.session_state[_TOLD] = [(here.speaker.say("The reference came in."), False)]


def _select(label: str, choices: Mapping[str, str], key: str, nothing: str) -> None:
    """A list with a first line for none of it."""
    words = {_NOTHING: nothing, **choices}
    st.selectbox(label, tuple(words), format_func=words.__getitem__, key=key)


def _typed(key: str) -> str:
    return str(st.session_state.get(key) or "")


_BY: Mapping[str, Callable[[parts.Visit, Seen], None]] = {
    "kept": _kept,
    "hand": _hand,
    "reference": _reference,
}
