"""Years: how high a city stands and how far it has come, as two figures, and lines that are cut at breaks."""

from __future__ import annotations

import streamlit as st

from actions.next_year import begin_next, next_years
from actions.record_copy import filled_in
from actions.rooms import city_of, may_lead, room_cities, rooms_of
from actions.years import PRESENT
from actions.years_changes import Changes
from actions.years_drawn import Drawn
from actions.years_page import YearsPage, years_page
from views import address, parts
from views.downloads import download
from views.room_carried import carried_over
from views.room_parts import doing, field, told
from views.room_visibility import visibility

_BEGIN = "begin_next"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _city() -> str:
    """The city in the address; without one the page says what to do and stops."""
    cities = room_cities(here.actor)
    if not cities:
        parts.header(say("Years"), here=here)
        st.info(
            say("No assessment has been begun yet. A city's owner begins one in its room."),
            icon=":material/meeting_room:",
        )
        parts.go("city_room", say("Room"), "meeting_room")
        st.stop()
    # Whoever comes from an assessment sees the years of its city.
    of = city_of(here.actor, address.text("room")) if not st.query_params.get("of") else ""
    if of in cities:
        address.keep("of", of)
    return address.select(
        "of", say("City"), list(cities), next(iter(cities)), lambda one: parts.plain(cities[one])
    )


def _rules(shown: YearsPage) -> None:
    """One choice for all: by which rules the years are judged, and what differs."""
    address.select("rules", say("Judged by"), list(shown.choices), PRESENT, shown.choices.__getitem__)
    parts.table(shown.beside, say("Each year by the present rules and as it was handed in"))
    for _ in parts.fold(say("Which rules these are"), "gavel", f"judged_{city}"):
        for line in shown.judged:
            st.markdown(parts.plain(line))
        for name, rows in shown.differences.items():
            st.markdown(f"**{parts.plain(name)}**")
            parts.table(rows, name)
        if not shown.differences:
            st.caption(say("No weight, goalpost or definition differs between these years."))


def _drawn(drawn: Drawn, key: str) -> None:
    if drawn.chart is None:
        st.info(say("There is nothing to draw yet."), icon=":material/info:")
    else:
        parts.chart(drawn.chart, drawn.description, f"{key}_{city}_{rules}_{here.basket}")
    parts.twin(drawn.table, drawn.description, key, here)


def _changed(shown: YearsPage) -> None:
    if not shown.since:
        return
    st.subheader(say("What changed most"), anchor=False)
    address.select(
        "since",
        say("Compare {year} with", year=shown.years[-1]),
        [str(one) for one in shown.since],
        str(shown.since_year),
        str,
    )
    if shown.changes is None:
        st.write(
            say("The years were judged by different rules, so nothing is compared. Choose one set of rules.")
        )
        return
    _changes(shown.changes)


def _changes(found: Changes) -> None:
    st.write(parts.plain(found.summary))
    for one in found.changes:
        with st.container(border=True, gap="small"):
            st.markdown(
                f"**{parts.plain(one.points)}** · {parts.plain(one.title)}  \n{parts.plain(one.sentence)}"
            )
    if found.rest:
        st.caption(parts.plain(found.rest))
    if found.left_out:
        for _ in parts.fold(say("What is not compared, and why"), "difference", f"left_{city}"):
            parts.table(found.left_out, say("Measurements that are not compared"))


def _next_year(latest: str, year: int) -> None:
    """Going on to a later year from the latest one, for whoever leads the room."""
    if not may_lead(here.actor, city):
        return
    years = next_years(here.actor, latest)
    if not years:
        return
    st.subheader(say("Next year"), anchor=False)
    st.write(
        say(
            "A new assessment goes on from {year}: profile, sources, remarks, states and figures with their old years "
            "of reference are carried over. Nothing looks newly measured: confirm or change each entry.",
            year=year,
        )
    )
    if len(years) > 1:
        st.selectbox(say("For which year?"), years, key=field(_BEGIN, "year"))
    label = (
        say("Begin {year} from this year", year=years[0])
        if len(years) == 1
        else say("Begin it from {year}", year=year)
    )
    st.button(
        label,
        icon=":material/forward:",
        key="begin_next",
        on_click=doing(_BEGIN, lambda: _begun(latest, years[0])),
    )
    told(_BEGIN)


def _begun(latest: str, first: int) -> None:
    year = int(st.session_state.get(field(_BEGIN, "year"), first))
    address.keep("room", begin_next(here.now(), latest, year))


def _workbook(assessment: str, year: int) -> None:
    download(
        say("The workbook of {year}, filled in so far (.xlsx)", year=year),
        lambda: filled_in(here.now(), assessment, here.language),
        f"{year}-{here.language}.xlsx",
        _WORKBOOK,
        key="next_year_workbook",
    )


here = parts.visit()
say = here.speaker.say
top = st.container()
city = _city()
rules = address.text("rules") or PRESENT
since = address.text("since")
shown = years_page(
    here.actor, city, rules, int(since) if since.isdigit() else 0, here.basket, here.language, here.dark
)
if shown is None:
    with top:
        parts.header(say("Years"), here=here)
    st.info(say("No assessment has been begun for this city yet."), icon=":material/meeting_room:")
    parts.go("city_room", say("Room"), "meeting_room")
    st.stop()
assessments = rooms_of(here.actor, city)
with top:
    parts.header(
        say("{city}: years", city=shown.city),
        context=(say("Years"), " · ".join(map(str, shown.years))),
        here=here,
    )
    st.markdown(f"**{say('In short.')}** {parts.plain(shown.summary)}")
with st.container(horizontal=True, gap="medium"):
    parts.basket_switch(here)
_rules(shown)
parts.metrics([(one.label, one.value, one.help) for one in shown.figures])
st.caption(parts.plain(shown.counted_from))
picture, moved = st.columns([5, 4], gap="large")
with picture:
    st.subheader(say("Level and progress"), anchor=False)
    st.caption(
        say("Two figures of different kinds: how high, and how much of what can be compared has changed.")
    )
    _drawn(shown.axes, "axes")
    st.subheader(say("The whole over the years"), anchor=False)
    st.caption(
        say(
            "Assured points, 0 to 100: what is not answered counts as nothing, so a line also rises when more is "
            "answered. ≠ marks a break: no line and no difference crosses it."
        )
    )
    _drawn(shown.whole, "whole")
with moved:
    _changed(shown)
st.subheader(say("Twelve focus areas over the years"), anchor=False)
_drawn(shown.areas, "areas_over_years")
st.subheader(say("Breaks in series"), anchor=False)
if shown.breaks:
    parts.table(shown.breaks, say("Breaks in series with their reasons"))
else:
    st.write(say("No break is said: every value can be compared with earlier years."))
latest = assessments[0]
carried_over(latest.id, here)
_next_year(latest.id, latest.year)
if may_lead(here.actor, city):
    _workbook(latest.id, latest.year)
st.subheader(say("Who may see it"), anchor=False)
for one in assessments:
    for _ in parts.fold(str(one.year), "visibility", f"visible_{one.id}"):
        visibility(one.id, here)
st.caption(
    say(
        "Score, levels and progress are this tool's method, not UNESCO's. All years are judged by the same goalposts "
        "unless you choose otherwise above."
    )
)
