"""Results: what the jury's marks say, how sure that is, how the jury marks, and why the ranking moved."""

from __future__ import annotations

import streamlit as st

from actions.round_figures import Figures, figures
from actions.round_result_moments import moments, usual
from actions.round_result_moves import Moved, why_moved
from actions.round_result_panel import agreed, quarrels, severe
from actions.round_result_sure import how_sure, otherwise
from actions.round_result_table import MEASURES, MOST_IN_PICTURE, Shown, by_criterion, ranking
from locales import mark
from views import address, parts
from views.round_outcome import announced
from views.round_parts import go, reads_only, round_visit

VIEWS = {
    "ranking": mark("Ranking"),
    "sure": mark("How sure?"),
    "jury": mark("How the jury marks"),
    "moves": mark("Why did it move?"),
}


def _show(shown: Shown, key: str) -> None:
    """A picture with its table folded below it; the table alone where the picture would be too large."""
    if shown.chart is None:
        parts.table(shown.table, shown.description)
        return
    parts.chart(shown.chart, shown.description, key)
    parts.twin(shown.table, shown.description, key, here)


def _in_short(sentence: str) -> None:
    st.markdown(f"**{say('In short.')}** {parts.plain(sentence)}")


def _notes(lines: tuple[str, ...]) -> None:
    st.caption("  \n".join(parts.plain(one) for one in lines))


def _ranking(of: Figures) -> None:
    shown = ranking(found, of, here.language)
    _in_short(shown.summary)
    parts.table(shown.rows, say("The ranking by the jury's marks"))
    if shown.remarks:
        st.markdown(
            "\n".join(f"- **{parts.plain(city)}**: {parts.plain(told)}" for city, told in shown.remarks)
        )
    _notes(shown.notes)
    if len(shown.rows) <= MOST_IN_PICTURE:
        st.subheader(say("By criterion"), anchor=False)
        _criteria(of)
    else:
        for _ in parts.fold(say("By criterion"), "table", "criteria"):
            _criteria(of)
    go("round_slates", say("Which winners would the rules have?"), "emoji_events")


def _criteria(of: Figures) -> None:
    measure = address.switch("figure", say("Shown"), list(MEASURES), "mean", lambda one: say(MEASURES[one]))
    _show(by_criterion(found, of, measure, here.language, here.dark), f"criteria_{measure}")


def _sure(of: Figures) -> None:
    shown = how_sure(found, of, here.language, here.dark)
    _in_short(shown.summary)
    _notes(shown.holds)
    for sentence in shown.bands:
        st.markdown(f":material/layers: {parts.plain(sentence)}")
    if shown.ranks:
        st.subheader(say("Rank intervals"), anchor=False)
        _show(shown.ranks, "round_ranks")
    if shown.pairs:
        st.subheader(say("Who is above whom?"), anchor=False)
        st.caption(say("Share of the draws in which the city of the row has the higher mean mark."))
        _show(shown.pairs, "round_pairs")
    st.subheader(say("Does it hang on one juror or one rule?"), anchor=False)
    without = otherwise(found, of, here.language)
    st.write(parts.plain(without.summary))
    parts.table(without.rows, say("The ranking without each juror and each rule"))
    for _ in parts.fold(say("How this is worked out"), "menu_book", "round_how"):
        st.write(
            say(
                "The marks are weighed anew many times: in every draw each juror counts a little more or less, and "
                "each criterion's weight moves by up to a quarter of itself, and a mean mark moves within what the "
                "indicators of the city's dossier leave open. The draws have a fixed seed, so that "
                "the same marks give the same numbers. A rank band holds the best city and all whose rank interval "
                "overlaps its own; inside a band, do not read anything into the order."
            )
        )


def _jury(of: Figures) -> None:
    with st.spinner(say("Working out how well the jury agrees …")):
        panel = agreed(found, of, here.language)
    _in_short(panel.summary)
    st.subheader(say("Where is the jury divided?"), anchor=False)
    apart = quarrels(found, of, here.language)
    st.write(parts.plain(apart.summary))
    parts.table(apart.cities, say("Criteria of cities on which the jury is divided"))
    if apart.marks:
        st.markdown(f"**{say('Marks that stand out')}**")
        parts.table(apart.marks, say("Marks that stand out"))
    st.subheader(say("Who marks how severely?"), anchor=False)
    told = severe(found, of, here.language)
    st.write(parts.plain(told.summary))
    parts.table(told.jurors, say("Severity of the jurors"))
    if told.cities:
        for _ in parts.fold(say("Raw beside corrected, city by city"), "compare_arrows", "raw_adjusted"):
            parts.table(told.cities, say("Raw beside corrected, city by city"))
    if told.criteria:
        for _ in parts.fold(say("Criteria that stay as marked"), "help", "thin"):
            parts.table(told.criteria, say("Criteria that stay as marked"))
    st.subheader(say("How well does the jury agree?"), anchor=False)
    parts.table(panel.rows, say("How well does the jury agree?"))
    for _ in parts.fold(say("Agreement by criterion"), "table", "agreement"):
        parts.table(panel.criteria, say("Agreement by criterion"))
    st.caption(
        say(
            "Limits: what the figure would be with other cities of the same kind, in 95% of 1,000 draws. "
            "1 is full agreement; 0 is what chance alone would give."
        )
    )


def _moves() -> None:
    offered = moments(found, here.language)
    if len(offered) < 2:
        st.info(say("So far there is one moment only; come back once marks have come in."))
        return
    numbers = list(offered)
    with st.container(horizontal=True, gap="medium"):
        before = address.select("from", say("From"), numbers, str(usual(found)), offered.__getitem__)
        after = address.select("until", say("Until"), numbers, numbers[0], offered.__getitem__)
    if int(before) > int(after):
        before, after = after, before
    told: Moved = why_moved(found, int(before), int(after), here.language)
    _in_short(told.summary)
    parts.table(told.cities, say("What moved between the two moments"))
    for name, rows in told.causes.items():
        for _ in parts.fold(
            say("{city}: what moved it, adding up", city=parts.plain(name)), "call_split", f"why_{name}"
        ):
            parts.table(rows, say("{city}: what moved it, adding up", city=name))
    if told.causes:
        st.caption(
            say(
                "Places above 0 are towards the first. A city's move is divided among its causes in no order: each "
                "gets the mean of what it adds, and the parts add up to the whole."
            )
        )


here, found = round_visit()
say = here.speaker.say
st.title(say("Results"), anchor=False)
announced(here, found)
if reads_only(found):
    st.caption(say("The jury's single marks and means stay with the jury; each city reads its own feedback."))
    go("round_home", say("Go to the round"), "gavel")
    st.stop()
of = figures(here.actor, found)
if not found.viewer.declared:
    st.stop()
if not found.sees_results:
    st.info(
        say("Results open to you in a later phase of the round. Until then everybody marks without them."),
        icon=":material/lock_clock:",
    )
    go("round_home", say("Go to the round"), "gavel")
    st.stop()
if of is None:
    st.info(say("There is no mark yet that you can see; results stand here as soon as there is."))
    go("round_home", say("Go to the round"), "gavel")
    st.stop()
view = address.switch(
    "view", say("What to look at"), list(VIEWS), "ranking", lambda one: say(VIEWS[one]), show_label=False
)
if view == "ranking":
    _ranking(of)
elif view == "sure":
    _sure(of)
elif view == "jury":
    _jury(of)
else:
    _moves()
