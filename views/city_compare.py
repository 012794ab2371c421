"""Award cities: what a reference city does, then what it measures, beside this city."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import streamlit as st

from actions.city import card
from actions.compare import ALL, FITS, IN_VIEW, compare, partners
from actions.compare_words import PracticeCard
from actions.practices import practice_features
from views import address, parts


def _practices(practices: Sequence[PracticeCard]) -> None:
    columns = st.columns(2)
    for practice, column in zip(practices, cycle(columns), strict=False):
        with column, st.container(border=True, gap="small"):
            title = f"{practice.city}: {practice.title}" if chosen == ALL else practice.title
            st.markdown(f"**{parts.plain(title)}**")
            st.write(parts.plain(practice.text))
            st.caption(parts.plain(practice.features))
            st.caption(say("Source: {source}", source=parts.link(practice.source, practice.link)))


here = parts.visit()
say = here.speaker.say
city = parts.city_id(here)
who = card(here.actor, city, here.language)

offered = partners(here.actor, city, here.language)
chosen = address.choice("with", tuple(offered), next(iter(offered)))
fit_words = {"same near": say("same or near definition"), "same": say("same definition only")}
fit = address.choice("fit", tuple(fit_words), "same near")
features = {"all": say("All features"), **practice_features(here.language)}
feature = address.choice("feature", tuple(features), "all")
shown = compare(
    here.actor,
    city,
    chosen,
    here.basket,
    tuple(one for one in FITS if one in fit.split()),
    "" if feature == "all" else feature,
    here.language,
    here.dark,
)

parts.header(
    say("{city} beside {other}", city=who.name, other=shown.partner.name),
    context=who.context,
    invented=who.invented,
    here=here,
)
pick, switch = st.columns([3, 2], vertical_alignment="bottom")
with pick:
    address.select("with", say("Compare with"), list(offered), chosen, offered.__getitem__)
with switch:
    parts.basket_switch(here)

st.write(parts.plain(shown.partner.facts))
if shown.partner.profile:
    st.write(parts.plain(shown.partner.profile))
for caveat in shown.partner.caveats:
    st.markdown(f":material/info: {parts.plain(caveat)}")
if shown.basis:
    st.markdown(f"**{parts.plain(shown.basis)}**")
st.caption(
    say(
        "A reference is for learning from, not a target and not a rank. Award-winning cities are references here, "
        "not candidates."
    )
)

if not chosen.startswith("upload-"):
    st.subheader(say("What they do"), anchor=False)
    address.select("feature", say("Feature"), list(features), feature, features.__getitem__)
    if not shown.practices:
        st.info(say("No practice example is kept for this feature. Choose another one, or all ten cities."))
    _practices(shown.practices[:IN_VIEW])
    if shown.practices[IN_VIEW:]:
        more = here.speaker.plural("{count} more example", "{count} more examples", shown.more)
        for _ in parts.fold(more, "more_horiz", "practices"):
            _practices(shown.practices[IN_VIEW:])

st.subheader(say("What they measure"), anchor=False)
if not chosen.startswith("upload-"):
    address.switch("fit", say("Figures shown"), tuple(fit_words), fit, fit_words.__getitem__)
if shown.chart is None:
    st.info(
        say(
            "There is no dated figure of this city itself that fits a measurement. "
            "What exists for its region or country is folded away below, as context."
        )
    )
else:
    st.caption(
        say(
            "● this city   ◆ reference. Above each line: this city's value, the reference's value and year. "
            "Below: how many of the ten award cities have a figure that fits."
        )
        if not chosen.startswith("upload-")
        else say("● this city   ◆ the other city")
    )
    parts.chart(shown.chart, shown.chart_description, f"beside_{city}_{chosen}_{here.basket}_{fit}")
    parts.table(shown.table, shown.chart_description)
for key, title, notes in (
    ("notes", say("What each figure counts, and its source"), shown.notes),
    ("older", say("Figures over ten years old"), shown.older),
    ("different", say("Figures with a different definition, for reading only"), shown.different),
    ("context", say("Region and country figures: context, never the city's value"), shown.context),
):
    if notes:
        for _ in parts.fold(title, "folder", key):
            for note in notes:
                source = say("Source: {source}", source=parts.link(note.source, note.link))
                st.markdown(f"**{parts.plain(note.title)}**  \n{parts.plain(note.text)}  \n{source}")
