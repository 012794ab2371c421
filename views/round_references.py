"""Reference dossiers: the cities on which everybody practises, and what an expert gave them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from actions.membership import in_rows
from actions.round_candidates import bring_back, say_expert, withdraw
from actions.round_candidates_page import Page, Reference
from actions.round_read import Seen
from actions.round_references import criterion_titles, mark_choices, marks_as_texts, typed_marks
from views import parts
from views.round_parts import Reasoned, doing, faults, with_reason

_WIDE = 4


def references(here: parts.Visit, found: Seen, page: Page) -> None:
    """The references of the round, each with the expert's marks where the viewer sees them."""
    if not page.references:
        return
    say = here.speaker.say
    st.subheader(say("Reference dossiers"), anchor=False)
    faults("references")
    for one in page.references:
        with st.container(border=True, gap="small"):
            _reference(here, found, one, changes=page.may_enter)


def _reference(here: parts.Visit, found: Seen, one: Reference, *, changes: bool) -> None:
    say = here.speaker.say
    facts = say("{country} · dossier: {dossier}", country=one.country, dossier=one.dossier)
    st.markdown(f"**{parts.plain(one.name)}**  \n:small[:gray[{parts.plain(facts)}]]")
    if one.withdrawn:
        st.caption(say("Withdrawn from the round."))
    elif one.marks:
        titles, words = criterion_titles(found, here.language), mark_choices(found, here.language)
        given = marks_as_texts(one.marks)
        told = [f"{titles[name]} {words.get(text, text)}" for name, text in given.items() if name in titles]
        st.caption(parts.plain(say("The expert gave: {marks}", marks=here.speaker.series(told))))
    else:
        st.caption(say("No marks of an expert are seen here yet."))
    if changes:
        _changes(here, found, one)


def _changes(here: parts.Visit, found: Seen, one: Reference) -> None:
    say = here.speaker.say
    with st.container(horizontal=True):
        if one.withdrawn:
            st.button(
                say("Take it into the round again"),
                key=f"reference_back_{one.id}_{one.version}",
                on_click=doing(
                    "references",
                    lambda: bring_back(here.now(), found.round.id, found.viewer.seat, one.id, one.version),
                ),
            )
            return
        if one.marks is not None:
            _marks(here, found, one, one.marks)
        _leave(here, found, one)


def _marks(here: parts.Visit, found: Seen, one: Reference, marks: Mapping[str, float]) -> None:
    say = here.speaker.say
    with st.popover(say("Change the expert's marks"), icon=":material/edit:"):
        keys = mark_fields(here, found, f"expert_{one.id}_{one.expert_version}", marks_as_texts(marks))
        st.button(
            say("Keep these marks"),
            key=f"expert_keep_{one.id}_{one.expert_version}",
            on_click=doing(
                "references",
                lambda: say_expert(
                    here.now(),
                    found.round.id,
                    found.viewer.seat,
                    one.id,
                    one.expert_version,
                    typed_marks({name: str(st.session_state.get(key) or "") for name, key in keys.items()}),
                ),
            ),
        )


def _leave(here: parts.Visit, found: Seen, one: Reference) -> None:
    say = here.speaker.say
    what = Reasoned(
        opens=say("Take it out of the round"),
        icon="logout",
        asks=say("Why is it withdrawn?"),
        does=say("Withdraw it"),
        why_key=f"reference_why_{one.id}_{one.version}",
        do_key=f"reference_leave_{one.id}_{one.version}",
    )
    with_reason(
        "references",
        what,
        lambda why: withdraw(here.now(), found.round.id, found.viewer.seat, one.id, one.version, why),
    )


def mark_fields(here: parts.Visit, found: Seen, name: str, now: Mapping[str, str]) -> Mapping[str, str]:
    """A list of marks for every criterion; returns the fields' keys by criterion."""
    titles, choices = criterion_titles(found, here.language), mark_choices(found, here.language)
    keys = {criterion: f"{name}_{criterion}" for criterion in titles}
    # In rows, so that they stand in their order where a page is narrow.
    for row in in_rows(tuple(titles), _WIDE):
        for column, criterion in zip(st.columns(_WIDE, gap="small"), row, strict=False):
            given = now.get(criterion, "")
            with column:
                st.selectbox(
                    titles[criterion],
                    tuple(choices),
                    index=tuple(choices).index(given) if given in choices else 0,
                    format_func=choices.__getitem__,
                    key=keys[criterion],
                )
    return keys
