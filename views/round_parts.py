"""What the pages of an award round share: which round, for whose seat, where it stands, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from actions import house
from actions.access import NotAllowedError, NotKeptError
from actions.house import StoreError
from actions.round_list import lines_of, place_in_round, seat_choices
from actions.round_read import CITY, PUBLIC, Seen, every_seen, seen
from actions.round_words import INVENTED, role_of, sentence
from actions.round_write import RoundError
from actions.store_words import STORE_TROUBLES
from views import address, parts
from views.held import undisturbed

# Of what a button keeps: leaving the box draws nothing anew, and looking at something else loses nothing.
HELD: Mapping[str, Any] = {"on_change": "ignore", "persist_state": "session"}
# The longest reason that is kept.
_REASON_LETTERS = 500
# Why the last click at a place of a page could not be done.
_FAULT = "round.fault."


def round_visit() -> tuple[parts.Visit, Seen]:
    """Who reads, and the round in the address as she may see it; draws the head of the page.

    Where she may see no round the page says what to do, and stops.
    """
    here = parts.visit()
    found = chosen_round(here)
    if found is None:
        _no_round(here)
        st.stop()
    return here, found


def chosen_round(here: parts.Visit) -> Seen | None:
    """The round in the address, else the newest, with the head of a page above it; None where there is none."""
    say = here.speaker.say
    every = {one.round.id: one for one in every_seen(here.actor)}
    lines = {one.id: one for one in lines_of(tuple(every.values()), here.language)}
    wanted = address.text("round")
    if wanted and wanted not in lines:
        address.forget("round")
        st.warning(
            say("This round is not here, or you have no part in it. Choose one from the list."),
            icon=":material/link_off:",
        )
    if not lines:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        names = {one.id: one.name for one in lines.values()}
        chosen = address.select("round", say("Round"), list(names), next(iter(names)), names.__getitem__)
        seat = _choose_seat(here, every[chosen])
    found = seen(here.actor, chosen, seat) if seat else every[chosen]
    _head(here, found)
    return found


def _choose_seat(here: parts.Visit, found: Seen) -> str:
    """On one's own computer: for whom the page is drawn and its clicks are done."""
    offered = seat_choices(here.actor, found, here.language)
    if not offered:
        return ""
    key, wanted = "select_seat", address.text("seat")
    if wanted not in offered:
        address.forget("seat")
        wanted = ""
    st.session_state[key] = wanted
    st.selectbox(
        here.speaker.say("Working as"),
        list(offered),
        format_func=offered.__getitem__,
        key=key,
        on_change=lambda: address.keep_or_forget("seat", st.session_state[key]),
    )
    return wanted


def _head(here: parts.Visit, found: Seen) -> None:
    """Where the round stands and what the reader is in it; then what is closed to her."""
    say = here.speaker.say
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = [place_in_round(found, here.language)]
        if not here.actor.everything:
            told.append(role_of(found, here.language))
        st.caption(parts.plain(" · ".join(told)), width="content")
        if found.round.invented:
            st.badge(say(INVENTED), icon=":material/science:", color="orange")
    if found.viewer.recused:
        closed = here.speaker.series(list(found.viewer.recused.values()))
        st.caption(
            parts.plain(
                say("Closed to you by a conflict, and left out of everything here: {cities}", cities=closed)
            )
        )
    if not found.viewer.declared and not found.viewer.seat:
        st.info(
            say(
                "You have no seat in this round yet: the secretariat gives one on the page “Jury”. "
                "Until then no dossier, mark or result is shown to you."
            ),
            icon=":material/lock:",
        )
    elif not found.viewer.declared:
        st.info(
            say("Dossiers, marks and results open once you have declared for every candidate."),
            icon=":material/lock:",
        )
        go("round_jury", say("Declare conflicts"), "how_to_vote")


def _no_round(here: parts.Visit) -> None:
    say = here.speaker.say
    st.title(say("No round yet"), anchor=False)
    st.write(
        say("Pages of the award round show one round. Begin one, or look at the invented round first.")
        if here.actor.everything
        else say("You have no part in a round so far. The secretariat begins rounds and seats the jury.")
    )
    go("round_home", say("Go to the round"), "gavel")


def reads_only(found: Seen) -> bool:
    """Whether the viewer has no work in the round: she reads what became public."""
    return found.viewer.role in (CITY, PUBLIC)


def go(page: str, label: str, icon: str, **params: str) -> None:
    """A link to another page of the same round and seat."""
    kept = {name: value for name in ("round", "seat") if (value := st.query_params.get(name))}
    parts.go(page, label, icon, **{**kept, **params})


def told(error: RoundError, say: Callable[..., str]) -> None:
    """Why something could not be done in the round."""
    st.warning(parts.plain(sentence(error, say)), icon=":material/error:")


def doing(where: str, act: Callable[[], object]) -> Callable[[], None]:
    """A click's act at a place of the page, for `on_click`; where it cannot be done, `faults(where)` says why next.

    What was typed stays where it is.
    """

    @undisturbed()
    def done() -> None:
        say = house.voice(address.language()).say
        try:
            act()
        except RoundError as trouble:
            st.session_state[_FAULT + where] = sentence(trouble, say)
        except StoreError as trouble:
            st.session_state[_FAULT + where] = " ".join(
                (say(STORE_TROUBLES[trouble.kind]), say("Nothing was lost. Please try again."))
            )
        except (NotAllowedError, NotKeptError):
            st.session_state[_FAULT + where] = say(
                "This is not yours to do now: the round has moved on, or what you are in it has changed."
            )

    return done


def faults(where: str) -> None:
    """Why the last click at this place could not be done, once."""
    if fault := st.session_state.pop(_FAULT + where, ""):
        st.warning(parts.plain(fault), icon=":material/error:")


@dataclass(frozen=True, slots=True)
class Reasoned:
    """Something that is done only with a reason: what opens it, the question, what does it, and its widgets' keys."""

    opens: str
    icon: str
    asks: str
    does: str
    why_key: str
    do_key: str
    before: str = ""


def with_reason(where: str, what: Reasoned, act: Callable[[str], object]) -> None:
    """A click that asks for its reason first; where it cannot be done, `faults(where)` says why."""
    with st.popover(what.opens, icon=f":material/{what.icon}:"):
        if what.before:
            st.caption(what.before)
        st.text_area(what.asks, max_chars=_REASON_LETTERS, key=what.why_key)
        st.button(
            what.does,
            key=what.do_key,
            on_click=doing(where, lambda: act(str(st.session_state.get(what.why_key) or ""))),
        )
