"""Method and sources: how a score is made, what it rests on, and what nobody has verified yet."""

from __future__ import annotations

import streamlit as st

from actions.method import method
from views import parts

here = parts.visit()
say = here.speaker.say
shown = method(here.language)

st.title(say("Method and sources"), anchor=False)
st.write(
    say(
        "UNESCO publishes no weights, goalposts, levels or ranking for the Key Features. Everything that turns "
        "answers into points here is this tool's own method."
    )
)
st.warning(
    say("The wording of the measurements is reconstructed from secondary sources.")
    + " "
    + parts.plain(shown.counts),
    icon=":material/warning:",
)

st.subheader(say("From an answer to a score"), anchor=False)
for rule in shown.rules:
    st.markdown(f"- {parts.plain(rule)}")

st.subheader(say("Levels of this tool"), anchor=False)
parts.table(shown.levels, say("Levels with their lowest score"))
st.subheader(say("The ladder for practice"), anchor=False)
parts.table(shown.ladder, say("The six steps of the ladder"))
st.subheader(say("Evidence grades"), anchor=False)
parts.table(shown.grades, say("Evidence grades, best first"))
st.caption(
    say(
        "May be off by: a convention of this tool, as a share of the distance of the goalposts; "
        "used for How sure? alone."
    )
)
st.subheader(say("Goalposts and where they come from"), anchor=False)
st.caption(
    say(
        "Kind: a norm agreed by a competent body, observed spread (statistical), or a convention of this tool; "
        "where two kinds stand, the first is for 100 points, the second for 0."
    )
)
parts.table(shown.goalposts, say("Goalposts of every scored measurement"))
st.subheader(say("Asked but not scored"), anchor=False)
parts.table(shown.doubtful, say("Measurements that are never scored"))
st.subheader(say("Sources of the goalposts"), anchor=False)
parts.table(shown.sources, say("Sources of the goalposts"), links=(say("Link"),))
for _ in parts.fold(say("Sources and licences of the reference figures"), "license", "licences"):
    parts.table(shown.reference_sources, say("Sources of the reference figures"), links=(say("Link"),))
