"""Start: what this is, and the ways in that fit who reads."""

from __future__ import annotations

import streamlit as st

from actions.listing import listed
from actions.samples import open_sample, samples
from actions.template import MEDIA_TYPE, blank_name, blank_workbook
from actions.uploads import destinations
from locales import LANGUAGES
from views import address, parts
from views.downloads import download

RECENT_SHOWN = 5


def _get() -> None:
    st.subheader(say("1 · Get the workbook"), anchor=False)
    st.write(
        say("One sheet for each focus area. Fill in what you have; blanks are fine and can follow later.")
    )
    for language, name in LANGUAGES.items():
        download(
            say("Workbook in {language}", language=name),
            lambda language=language: blank_workbook(language),
            blank_name(language),
            MEDIA_TYPE,
            primary=language == here.language,
            key=f"blank_{language}",
        )


def _send() -> None:
    st.subheader(say("2 · Upload it"), anchor=False)
    st.write(
        say("Upload the filled workbook and see at once what is right, what to repair, and where you stand.")
    )
    parts.go("city_upload", say("Upload a workbook"), "upload_file")
    st.caption(say("For juries: bring several workbooks and compare them side by side."))
    with st.container(horizontal=True, gap="medium"):
        parts.go("jury_candidates", say("Compare candidates"), "groups")
        parts.go("round_home", say("Judge an award round"), "gavel")


def _try_out() -> None:
    st.subheader(say("Or try a sample city"), anchor=False)
    offered = {one.id: one for one in samples(here.language)}
    chosen = st.selectbox(
        say("Invented city"), list(offered), format_func=lambda one: offered[one].name, key="sample"
    )
    st.caption(parts.plain(offered[chosen].about))
    if st.button(say("Open this invented city"), icon=":material/science:"):
        with st.spinner(say("Building and reading the workbook …")):
            receipt = open_sample(here.actor, chosen, here.language)
        address.keep("city", receipt.upload_id)
        st.switch_page(
            "views/city_overview.py",
            query_params={"lang": here.language, "basket": here.basket, "city": receipt.upload_id},
        )


def _together() -> None:
    """The city's room, for work of weeks, and the question that comes before it."""
    st.write(
        say(
            "Work of weeks by several departments, signed by the mayor, year after year? "
            "A room keeps drafts, people, evidence and history."
        )
    )
    with st.container(horizontal=True, gap="medium"):
        parts.go("city_room", say("Go to the room"), "meeting_room")
        parts.go("membership", say("May our city apply?"), "fact_check")


def _recent() -> None:
    for one in recent:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            parts.go("city_overview", parts.plain(one.name), "insights", city=one.id)
            st.caption(parts.plain(one.saved), width="content")
            if one.invented:
                st.badge(say("Invented city (sample)"), color="orange")


def _to_read() -> None:
    """For those who read and judge, and upload nothing themselves."""
    st.subheader(say("Assessments you may see"), anchor=False)
    if recent:
        _recent()
        parts.go("jury_candidates", say("Compare candidates"), "groups")
    else:
        st.write(
            say("None yet. They stand here as soon as a city has uploaded or handed in what you may see.")
        )
    parts.go("round_home", say("Judge an award round"), "gavel")


here = parts.visit()
say = here.speaker.say
recent = listed(here.actor, RECENT_SHOWN, here.language)
uploads = bool(destinations(here.actor))

st.title(say("Learning City Scorecard"), anchor=False)
st.markdown(
    say(
        "See where your city stands on the Key Features of Learning Cities, why, beside whom, and what to do next. "
        "From one Excel workbook, in under a minute."
    )
)
shown = (_get, _send, _try_out) if uploads else (_to_read, _try_out)
for column, part in zip(st.columns(len(shown), gap="medium"), shown, strict=True):
    with column, st.container(border=True, height="stretch"):
        part()
if uploads:
    with st.container(border=True):
        _together()
if uploads and recent:
    st.subheader(
        say("Opened lately on this computer") if here.actor.everything else say("Assessments you may see"),
        anchor=False,
    )
    _recent()

st.caption(
    say(
        "Scores and levels are this tool's own method, not UNESCO's. The wording of the measurements is reconstructed "
        "and not yet checked against the published table."
    )
)
