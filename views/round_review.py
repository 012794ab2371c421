"""Conflicts as those who run a round see them: all that are known, and what a second person looks at."""

from __future__ import annotations

import streamlit as st

from actions.round_conflict_file import MEDIA_TYPE, conflicts_file, conflicts_file_name
from actions.round_conflicts import review
from actions.round_read import Seen
from actions.round_reviewing import (
    ToReview,
    cities_seen,
    known_conflicts,
    may_review,
    others,
    pair_now,
    to_review,
)
from actions.round_seats import decided_by_substitutes
from views import parts
from views.downloads import download
from views.round_parts import doing, faults

# Possible conflicts that are shown at once; the rest follows as these are looked at.
SHOWN = 12


def conflicts(here: parts.Visit, found: Seen) -> None:
    """Who is closed out of which city, with the workbook for the office."""
    say = here.speaker.say
    st.subheader(say("Conflicts and recusals"), anchor=False)
    rows = known_conflicts(found, here.language)
    if rows:
        parts.table(
            [
                {
                    say("Name"): one.name,
                    say("City"): one.city,
                    say("Kind of conflict"): one.kind,
                    say("What was said of it"): one.note or "–",
                    say("Since"): one.since,
                    say("Second person"): one.review or "–",
                }
                for one in rows
            ],
            say("All conflicts of the jury"),
        )
    else:
        st.write(say("No conflict is declared so far."))
    if instead := decided_by_substitutes(found, here.language):
        st.write(parts.plain(instead))
    download(
        say("Declarations and conflicts as a workbook (.xlsx)"),
        lambda: conflicts_file(here.now(), found.round.id, found.viewer.seat, here.language),
        conflicts_file_name(here.language),
        MEDIA_TYPE,
        key="conflicts_file",
    )


def reviewing(here: parts.Visit, found: Seen) -> None:
    """What the second person looks at: what was suggested and not declared, and any other pair."""
    say = here.speaker.say
    st.subheader(say("For the second person"), anchor=False)
    rows = to_review(found, here.language)
    waiting = [one for one in rows if not one.review]
    st.write(
        say(
            "Country, employer and roles here suggest these conflicts, which were not declared. Close the city to "
            "the person or leave it open, with a reason; the reason is kept in the journal."
        )
        if waiting
        else say("No possible conflict waits for a second person.")
    )
    for one in waiting[:SHOWN]:
        _row(here, found, one)
    if len(waiting) > SHOWN:
        st.caption(
            here.speaker.plural(
                "{count} possible conflict waits in all; the next ones follow as these are looked at.",
                "{count} possible conflicts wait in all; the next ones follow as these are looked at.",
                len(waiting),
            )
        )
    looked = [one for one in rows if one.review]
    if looked:
        for _ in parts.fold(say("Looked at and left open"), "visibility", "looked_at"):
            parts.table(
                [
                    {
                        say("Name"): one.name,
                        say("City"): one.city,
                        say("Why it might be one"): one.why,
                        say("Second person"): one.review,
                    }
                    for one in looked
                ],
                say("Possible conflicts that were left open"),
            )
    if may_review(found):
        _any_pair(here, found)


def _row(here: parts.Visit, found: Seen, one: ToReview) -> None:
    """One possible conflict: why, what was declared, and the second person's answer with a reason."""
    say = here.speaker.say
    place = f"review_{one.seat}_{one.candidate}"
    with st.container(border=True, gap="small"):
        st.markdown(
            f"**{parts.plain(one.name)} · {parts.plain(one.city)}**  \n"
            f":small[{parts.plain(one.why)} · {parts.plain(one.declared)}]"
        )
        if may_review(found) and one.seat != found.viewer.seat:
            _answers(here, found, (one.seat, one.candidate, one.version), place, closed=None)
        elif one.seat == found.viewer.seat:
            st.caption(say("This is about yourself: somebody else looks at it."))


def _answers(
    here: parts.Visit, found: Seen, pair: tuple[str, str, int], place: str, *, closed: bool | None
) -> None:
    """The reason, and a button for each answer that would change something (`closed` says what counts now)."""
    say = here.speaker.say
    seat, candidate, version = pair
    key = f"{place}_{seat}_{candidate}_why"
    left, right = st.columns([1, 1], vertical_alignment="bottom", gap="small")
    left.text_input(say("Reason"), key=key, max_chars=500, placeholder=say("Why, in a few words"))

    def kept(close: bool) -> None:
        why = str(st.session_state.get(key, ""))
        review(here.now(), found.round.id, found.viewer.seat, seat, candidate, close, why, version)
        st.session_state[key] = ""

    with right, st.container(horizontal=True):
        if closed is not True:
            st.button(
                say("Close the city"),
                icon=":material/block:",
                key=f"{place}_close",
                on_click=doing(place, lambda: kept(True)),
            )
        if closed is not False:
            st.button(
                say("Leave it open") if closed is None else say("Open the city again"),
                icon=":material/lock_open:",
                key=f"{place}_open",
                on_click=doing(place, lambda: kept(False)),
            )
    faults(place)


def _any_pair(here: parts.Visit, found: Seen) -> None:
    """A conflict that nothing suggested, or one to be opened again."""
    say = here.speaker.say
    for _ in parts.fold(say("Another person and city"), "person_search", "any_pair"):
        _pair_form(here, found)


def _pair_form(here: parts.Visit, found: Seen) -> None:
    say = here.speaker.say
    people, cities = others(found), cities_seen(found)
    left, right = st.columns(2)
    seat = left.selectbox(
        say("Who"),
        list(people),
        index=None,
        format_func=lambda it: people.get(it, it),
        placeholder=say("Choose somebody"),
        key="any_seat",
    )
    candidate = right.selectbox(
        say("City"),
        list(cities),
        index=None,
        format_func=lambda it: cities.get(it, it),
        placeholder=say("Choose"),
        key="any_city",
    )
    if seat in people and candidate in cities:
        pair = pair_now(found, seat, candidate, here.language)
        told = " · ".join(it for it in (pair.words, pair.review) if it)
        st.markdown(f"**{say('Now:')}** {parts.plain(told)}")
        _answers(here, found, (seat, candidate, pair.version), "any_pair", closed=pair.closed)
