"""One's own ladder on a criterion, and what one learns from a reference dossier."""

from __future__ import annotations

import streamlit as st

from actions.round_calibration import feedback
from actions.round_ladder import ladder
from actions.round_read import Seen
from views import address, parts


def ladder_section(here: parts.Visit, found: Seen) -> None:
    """The juror's cities on one criterion from the highest mark down, and pairs to look at again."""
    say = here.speaker.say
    words = found.award.criterion_words[here.language]
    criterion = address.select(
        "crit",
        say("Criterion"),
        [one.id for one in found.award.criteria],
        found.award.criteria[0].id,
        lambda one: words[one].title,
    )
    shown = ladder(here.actor, found, criterion, here.basket, here.language)
    if not shown.rungs:
        st.write(say("Nothing is on your ladder yet: it shows your cities once you have marked them."))
        return
    st.write(say("Your own cities by your own marks. Is this the order that you mean?"))
    parts.table(
        [
            {
                say("City"): one.candidate.name,
                say("Mark"): one.mark,
                say("Indicators that speak to it"): one.bracket,
                say("Reason"): one.reason,
            }
            for one in shown.rungs
        ],
        say("Your cities on this criterion, the highest mark first"),
    )
    if not shown.odd:
        st.caption(say("No pair of your marks stands against the indicators."))
    for one in shown.odd:
        st.info(parts.plain(one), icon=":material/swap_vert:")


def feedback_section(here: parts.Visit, found: Seen, candidate: str, criterion: str) -> None:
    """One's own marks of a reference dossier beside the expert's."""
    say = here.speaker.say
    shown = feedback(found, candidate, here.language)
    if shown is None:
        st.caption(say("The expert's marks come as soon as all of yours are in."))
        return
    with st.container(border=True, gap="small"):
        st.markdown(f"**{say('Beside the expert')}** {parts.plain(shown.sentence)}")
        of = next((one for one in shown.rows if one.criterion == criterion), None)
        if of is not None and of.again:
            st.markdown(
                say(
                    "Here you gave {own}, the expert {expert}. Read both anchors again:",
                    own=parts.plain(of.own),
                    expert=parts.plain(of.expert),
                )
            )
            lines = dict.fromkeys((of.own_anchor, of.expert_anchor))
            st.markdown("\n".join(f"- {parts.plain(one)}" for one in lines if one))
        parts.table(
            [
                {
                    say("Criterion"): one.title,
                    say("Yours"): one.own,
                    say("Expert"): one.expert,
                    say("Apart"): one.apart,
                    "": say("read again") if one.again else "",
                }
                for one in shown.rows
            ],
            say("Your marks beside the expert's"),
        )
