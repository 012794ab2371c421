"""Winners: the best slate under the award's rules, the next ones, what each rule costs, ways out and tie-breaks."""

from __future__ import annotations

import streamlit as st

from actions.round_figures import figures
from actions.round_slates import shown_winners
from actions.round_winners import chosen
from locales import mark
from views import address, parts
from views.round_parts import go, round_visit

KEEP, DROP = "kept", "dropped"
WISHES = {KEEP: mark("Keep the wishes too"), DROP: mark("Binding rules only")}


def _shown() -> None:
    wishes = address.switch(
        "wishes", say("Wishes of the award"), list(WISHES), KEEP, lambda one: say(WISHES[one])
    )
    won = chosen(found, of, wishes=wishes == KEEP)
    if of is None or won is None:
        return
    shown = shown_winners(found, of, won, here.language)
    st.markdown(f"**{say('In short.')}** {parts.plain(shown.summary)}")
    if shown.trouble:
        st.warning(parts.plain(shown.trouble), icon=":material/rule:")
    if shown.best:
        st.subheader(say("Best slate"), anchor=False)
        parts.table(shown.best, say("Best slate"))
    st.caption("  \n".join(parts.plain(one) for one in shown.notes))
    if shown.loosened:
        st.subheader(say("What would have to be given up"), anchor=False)
        parts.table(shown.loosened, say("What would have to be given up"))
    if len(shown.further) > 1:
        st.subheader(say("The next slates"), anchor=False)
        parts.table(shown.further, say("The next slates"))
    if shown.costs or shown.cheap:
        st.subheader(say("What each rule costs"), anchor=False)
        parts.table(shown.costs, say("What each rule costs"))
        if shown.cheap:
            st.caption(parts.plain(shown.cheap))
    st.subheader(say("Equal points"), anchor=False)
    if shown.tied:
        st.markdown("\n".join(f"- {parts.plain(one)}" for one in shown.tied))
    else:
        st.write(say("No two cities have equal points."))
    for _ in parts.fold(say("The award's tie-breaks in their order"), "format_list_numbered", "ties"):
        parts.table(shown.ties, say("The award's tie-breaks in their order"))
    with st.container(horizontal=True):
        go("round_results", say("How sure is the ranking?"), "target", view="sure")
        go("round_meeting", say("To the meeting"), "groups")


here, found = round_visit()
say = here.speaker.say
st.title(say("Winners"), anchor=False)
if not found.viewer.declared:
    st.stop()
of = figures(here.actor, found)
if of is None:
    st.info(
        say("Nothing to choose from yet: winners stand here once you may see results and marks are in."),
        icon=":material/lock_clock:",
    )
    go("round_home", say("Go to the round"), "gavel")
    st.stop()
_shown()
