"""Award cities: what a reference city does, then what it measures, beside this city."""

from __future__ import annotations

import streamlit as st

from actions.city import card
from actions.compare import ALL, FITS, compare, partners, practice_features
from views import address, parts

here = parts.visit()
say = here.speaker.say
city = parts.city_id(here)
who = card(city, here.language)

offered = partners(city, here.language)
chosen = address.choice("with", tuple(offered), next(iter(offered)))
fit_words = {"same near": say("same or near definition"), "same": say("same definition only")}
fit = address.choice("fit", tuple(fit_words), "same near")
features = {"all": say("All features"), **practice_features(here.language)}
feature = address.choice("feature", tuple(features), "all")
shown = compare(
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
    columns = st.columns(2)
    for number, practice in enumerate(shown.practices):
        with columns[number % 2], st.container(border=True, gap="small"):
            title = f"{practice.city}: {practice.title}" if chosen == ALL else practice.title
            st.markdown(f"**{parts.plain(title)}**")
            st.write(parts.plain(practice.text))
            st.caption(parts.plain(practice.features))
            st.caption(say("Source: {source}", source=parts.link(practice.source, practice.link)))

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
            "● this city   ◆ reference, with value and year. The last numbers say how many of the ten award cities "
            "have a figure that fits."
        )
        if not chosen.startswith("upload-")
        else say("● this city   ◆ the other city")
    )
    parts.chart(shown.chart, shown.chart_description, f"beside_{city}_{chosen}_{here.basket}_{fit}")
    parts.table(shown.table, shown.chart_description, links=(say("Source"),))
for title, rows in (
    (say("Figures over ten years old"), shown.older),
    (say("Figures with a different definition, for reading only"), shown.different),
    (say("Region and country figures: context, never the city's value"), shown.context),
):
    if rows:
        with st.expander(title, icon=":material/folder:"):
            parts.table(rows, title, links=(say("Source"),))
