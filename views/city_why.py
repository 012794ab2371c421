"""Why?: where a score comes from, or why it is not another one, step by step down to the single measurement."""

from __future__ import annotations

import streamlit as st

from actions.city import card
from actions.why import (
    ALONE,
    BY_AREA,
    FIGURE_NAMES,
    FIGURES,
    WHOLE,
    Step,
    Why,
    always_reported,
    besides,
    features,
    parts_offered,
    settled,
    why,
)
from actions.why_file import MEDIA_TYPE, why_file, why_file_name
from views import address, parts
from views.downloads import download


def _figure() -> str:
    """Which score is explained; beside an award city there is no choice."""
    if always_reported(beside):
        return FIGURES[0]
    return address.switch(
        "figure", say("Score"), FIGURES, FIGURES[0], lambda figure: say(FIGURE_NAMES[figure])
    )


def _closer() -> tuple[str, str]:
    """What is looked at: the whole, a group, a focus area, or a feature of it."""
    offered = parts_offered(here.language)
    pick, within = st.columns(2, vertical_alignment="bottom")
    with pick:
        part = address.select("part", say("Look closer at"), list(offered), BY_AREA, offered.__getitem__)
    below = features(part, here.language)
    if not below:
        return part, WHOLE
    with within:
        return part, address.select("within", say("Feature"), list(below), WHOLE, below.__getitem__)


def _step(step: Step) -> None:
    """One sentence and the way further down: to the parts, or to the working of the measurement."""
    kept = {"beside": beside, "figure": figure}
    with st.container(border=True, gap="small"):
        st.markdown(parts.plain(step.sentence))
        if step.level == "measurement":
            parts.go("city_areas", say("See its working and its cell"), "account_tree", area=step.area)
        elif step.level == "feature":
            parts.go(
                "city_why",
                say("Down to its measurements"),
                "subdirectory_arrow_right",
                part=step.area,
                within=step.code,
                **kept,
            )
        else:
            label = say("Down to its features") if step.area else say("Down to its focus areas")
            parts.go("city_why", label, "subdirectory_arrow_right", part=step.code, within=WHOLE, **kept)


def _picture(shown: Why) -> None:
    if shown.chart is None:
        return
    parts.chart(shown.chart, shown.chart_description, f"why_{city}_{beside}_{part}_{within}")
    parts.twin(shown.table, shown.chart_description, "why", here)
    st.caption(
        say(
            "The printed steps add up: they are rounded together, so that one can be a tenth off. "
            "The download has every number in full."
        )
    )
    download(
        say("Download as a workbook (.xlsx)"),
        lambda: why_file(here.now(), city, other, figure, here.basket, here.claims, here.language),
        why_file_name(here.basket, here.language),
        MEDIA_TYPE,
    )


here = parts.visit()
say = here.speaker.say
city = parts.city_id(here)
who = card(here.actor, city, here.language)
offered_besides = besides(here.actor, city, address.text("set"), here.language)
beside = address.choice("beside", tuple(offered_besides), ALONE)
figure = address.choice("figure", FIGURES, FIGURES[0])

parts.header(say("Why? {city}", city=who.name), context=who.context, invented=who.invented, here=here)
short = st.container()
address.select("beside", say("Beside what"), list(offered_besides), ALONE, offered_besides.__getitem__)
with st.container(horizontal=True, gap="medium"):
    parts.basket_switch(here)
    figure = _figure()
    parts.claims_switch(here)
part, within = _closer()

other = settled(here.actor, beside, here.language)
shown = why(here.actor, city, other, part, within, figure, here.basket, here.claims, here.language, here.dark)
with short:
    if shown.trouble:
        st.info(parts.plain(shown.trouble), icon=":material/info:")
    else:
        st.markdown(f"**{say('In short.')}** {parts.plain(shown.summary)}")
        if shown.sides:
            st.caption(parts.plain(shown.sides))
picture, sentences = st.columns([5, 4], gap="large")
with picture:
    _picture(shown)
with sentences:
    if shown.steps:
        st.subheader(say("Step by step"), anchor=False)
    for step in shown.steps:
        _step(step)
st.caption(
    say(
        "Each part's contribution is exact: the contributions of its own parts add up to it. "
        "Score and levels are this tool's method, not UNESCO's."
    )
)
