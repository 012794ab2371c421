"""Candidates: many cities side by side for a jury, with what is settled about their order and what is not."""

from __future__ import annotations

import streamlit as st

from actions.candidates import Double, addable, doubles, extended, labels, members, reduced
from actions.export import MEDIA_TYPE, export, export_name
from actions.heat import heat, subjects
from actions.ranking import ranking
from actions.samples import open_all, samples
from actions.side_by_side import MOST, Differences, side_by_side
from actions.uploads import Receipt, destinations, told_in
from views import address, parts
from views.downloads import download
from views.intake import take_in

# Sentences about neighbours shown at once; the others are folded away.
PAIRS_SHOWN = 4
# In the address where the reader has taken every city out of the detail.
NO_CITY = "none"


def _candidates() -> tuple[str, ...]:
    """The uploads of the set in the address; an unknown set is told and forgotten."""
    wanted = address.text("set")
    found = members(here.actor, wanted)
    if wanted and not found:
        address.forget("set")
        st.warning(
            say(
                "No set of candidates is kept under this address. It may be mistyped, or belong to another "
                "installation."
            ),
            icon=":material/link_off:",
        )
    return found


def _replace(set_id: str) -> None:
    """Go on with another set; the earlier one stays under its own address."""
    address.keep("set", set_id)
    st.rerun()


def _take_in() -> None:
    """What could be read of the files that were dropped in joins the candidates."""
    new, shown = take_in(say("Workbooks of the candidates"), "candidate_workbooks", here)
    accepted = [receipt.upload_id for receipt in new if receipt.accepted]
    if accepted:
        _replace(extended(here.actor, ids, accepted))
    refused.extend(receipt for receipt in shown if not receipt.accepted)


def _samples() -> None:
    """One click to eight invented candidates."""
    offered = samples(here.language)
    if st.button(
        say("Load the eight invented candidates"), icon=":material/science:", disabled=len(offered) == 0
    ):
        bar = st.progress(0.0, text=say("Building and reading the workbook …"))
        found = []
        for one, (done, receipt) in zip(offered, open_all(here.actor, here.language), strict=True):
            found.append(receipt.upload_id)
            bar.progress(done, text=parts.plain(one.name))
        bar.empty()
        _replace(extended(here.actor, ids, found))


def _kept() -> None:
    """Assessments that the reader may see can join the comparison without their files."""
    offered = addable(here.actor, ids, here.language)
    if not offered:
        if not (uploads or ids):
            st.info(
                say(
                    "None yet. They stand here as soon as a city has uploaded or handed in what you may see."
                ),
                icon=":material/info:",
            )
        return
    joining = st.multiselect(
        say("Assessments you may see"),
        list(offered),
        format_func=offered.__getitem__,
        key=f"joining_{address.text('set')}",
        placeholder=say("Choose cities"),
    )
    if st.button(say("Compare them"), icon=":material/add:", disabled=not joining):
        _replace(extended(here.actor, ids, joining))


def _take_out() -> None:
    leaving = st.multiselect(
        say("Take out of this comparison"),
        ids,
        format_func=called.__getitem__,
        key=f"leaving_{address.text('set')}",
        placeholder=say("Choose cities"),
    )
    if st.button(say("Take out"), icon=":material/remove:", disabled=not leaving):
        if len(leaving) == len(ids):
            address.forget("set")
            st.rerun()
        _replace(reduced(here.actor, ids, leaving))
    st.caption(say("Nothing is deleted: the earlier selection stays under its own address."))


def _refused(receipt: Receipt) -> None:
    parts.refused_file(told_in(receipt, here.language)[0], receipt.name)


def _double(double: Double) -> None:
    """Ask what becomes of uploads that look like one city; nothing happens without an answer."""
    newest, oldest, two = double.upload_ids[0], double.upload_ids[-1], len(double.upload_ids) == 2
    with st.container(border=True, gap="small"):
        question = (
            say("{city} appears twice. Which workbook counts?", city=parts.plain(double.name))
            if two
            else here.speaker.plural(
                "{city} appears {count} time. Which workbook counts?",
                "{city} appears {count} times. Which workbook counts?",
                len(double.upload_ids),
                city=parts.plain(double.name),
            )
        )
        st.markdown(f":material/help: **{question}**")
        st.caption(parts.plain(here.speaker.series([called[one] for one in double.upload_ids])))
        with st.container(horizontal=True):
            for label, kept in (
                (say("Keep the newer") if two else say("Keep the newest"), newest),
                (say("Keep the older") if two else say("Keep the oldest"), oldest),
            ):
                if st.button(label, key=f"only_{kept}"):
                    _replace(reduced(here.actor, ids, [one for one in double.upload_ids if one != kept]))
            if st.button(say("Keep both") if two else say("Keep all"), key=f"all_{newest}"):
                address.keep("both", ",".join(dict.fromkeys((*settled, *double.upload_ids))))
                st.rerun()


def _order() -> None:
    shown = ranking(here.actor, ids, here.basket, here.language, here.claims)
    st.markdown(f"**{say('In short.')}** {parts.plain(shown.summary)} {parts.plain(shown.bands)}")
    for sentence in shown.unsettled[:PAIRS_SHOWN]:
        st.markdown(f":material/swap_vert: {parts.plain(sentence)}")
    rest = shown.unsettled[PAIRS_SHOWN:]
    if rest:
        more_pairs = here.speaker.plural(
            "{count} more pair whose order is not settled",
            "{count} more pairs whose order is not settled",
            len(rest),
        )
        for _ in parts.fold(more_pairs, "swap_vert", "pairs"):
            for sentence in rest:
                st.markdown(parts.plain(sentence))
    with st.container(horizontal=True, gap="medium"):
        parts.basket_switch(here)
        parts.claims_switch(here)
    st.subheader(say("Ranking"), anchor=False)
    if shown.main:
        parts.table(
            shown.main, say("Candidates by rank band with level, assured score, bracket and rank interval")
        )
        parts.go("how_sure", say("How sure is this order?"), "target")
    else:
        st.info(
            say("No candidate has answered enough of this basket for a rank. Their profiles stand below.")
        )
    st.caption(parts.plain(shown.caption))
    if shown.profiles:
        st.subheader(say("Profile only, without a rank"), anchor=False)
        parts.table(shown.profiles, say("Candidates without a rank, and what is missing"))
    for _ in parts.fold(say("More figures"), "table", "more_figures"):
        parts.table(shown.more, say("Further figures of every candidate"))
        st.caption(
            say(
                "Possible rank: the best and the worst rank that the brackets of the ranked cities still allow. "
                "Without claims: the assured score if every rating by the city itself counted as blank."
            )
        )
    download(
        say("Download as a workbook (.xlsx)"),
        lambda: export(here.now(), ids, here.basket, here.language),
        export_name(here.basket, here.language),
        MEDIA_TYPE,
    )


def _heat() -> None:
    st.subheader(say("All candidates at a glance"), anchor=False)
    choices = subjects(here.language)
    subject = address.switch("by", say("Columns"), list(choices), "areas", choices.__getitem__)
    shown = heat(here.actor, ids, here.basket, subject, here.language, here.dark, here.claims)
    st.caption(say("Assured points. Shading: levels D to A of this tool, not UNESCO's."))
    parts.chart(shown.chart, shown.description, f"heat_{subject}")
    parts.twin(shown.table, shown.description, "heat", here)


def _chosen() -> tuple[str, ...]:
    """Which cities are shown in detail; they stand in the address."""
    wanted = address.text("detail")
    given = tuple(dict.fromkeys(one for one in wanted.split(",") if one in ids))[:MOST]
    current = given if given or wanted == NO_CITY else ids[:2]
    key = "detail_cities"
    st.session_state[key] = list(current)
    picked = st.multiselect(
        say("Two to four cities"),
        ids,
        format_func=called.__getitem__,
        max_selections=MOST,
        key=key,
        placeholder=say("Choose cities"),
        on_change=lambda: address.keep("detail", ",".join(st.session_state[key]) or NO_CITY),
    )
    return tuple(picked)


def _differences(title: str, shown: Differences, caption: str, key: str) -> None:
    st.markdown(f"**{title}**")
    if shown.chart is None:
        st.write(say("No differences: all have the same points here."))
        return
    st.caption(parts.plain(caption))
    parts.chart(shown.chart, shown.description, key)
    parts.twin(shown.table, shown.description, key, here)


def _detail() -> None:
    st.subheader(say("Side by side: differences first"), anchor=False)
    chosen = _chosen()
    if len(chosen) < 2:
        st.info(say("Choose at least two cities to see where they differ."), icon=":material/info:")
        return
    shown = side_by_side(here.actor, chosen, here.basket, here.language, here.dark, here.claims)
    parts.table(shown.figures, say("The chosen cities with their scores"))
    with st.container(horizontal=True, gap="small"):
        for one in chosen:
            parts.go(
                "city_overview",
                say("Open {city}", city=parts.plain(called[one])),
                "insights",
                city=one,
            )
    left, right = st.columns(2, gap="large")
    with left:
        _differences(say("Focus areas"), shown.areas, shown.caption, "apart_areas")
    with right:
        _differences(
            say("Features with the largest differences"),
            shown.features,
            shown.caption,
            "apart_features",
        )


here = parts.visit()
say = here.speaker.say
ids = _candidates()
uploads = bool(destinations(here.actor))
called = labels(here.actor, ids, here.language)
settled = tuple(address.text("both").split(","))
refused: list[Receipt] = []

parts.header(say("Candidates"), here=here)
if not ids:
    st.write(
        say(
            "For juries: bring the workbooks of several candidates and compare them side by side. "
            "Nothing is ranked that has not been answered."
        )
        if uploads
        else say(
            "Choose assessments and compare them side by side. Nothing is ranked that has not been answered."
        )
    )
    _kept()
    if uploads:
        _take_in()
    _samples()
for double in doubles(here.actor, ids, settled):
    _double(double)
if ids:
    with st.expander(say("Add or take out workbooks"), icon=":material/playlist_add:"):
        _kept()
        if uploads:
            _take_in()
        _samples()
        _take_out()
for receipt in refused:
    _refused(receipt)
if ids:
    _order()
    _heat()
    _detail()
