"""What next?: the shortest way to the next level, what is still open, and what would be if."""

from __future__ import annotations

import streamlit as st

from actions.candidates import members
from actions.changes import UNCHANGED
from actions.city import card
from actions.next_sheet import MEDIA_TYPE, conventions, next_sheet, next_sheet_name
from actions.outcome import Asked
from actions.route import OpenAnswer, Question, RouteCard, StepCard, ahead, effort_choices, levels_ahead
from actions.saved import NAME_LENGTH, comparison, kept, kept_of, save
from actions.ways import named_efforts
from actions.whatif import whatif
from actions.whatif_address import effort_text, efforts_in, in_address, what_text
from locales import mark
from views import address, identity, parts
from views.downloads import download
from views.next_editor import Editing, editor

# Steps and open answers in view at once; the others are folded away.
STEPS_SHOWN = 6
OPEN_SHOWN = 3
FILL = {"yes": mark("at what is expected"), "no": mark("leave them open")}
START = {"now": mark("the city as it is"), "whatif": mark("the what-if below")}
_UNKNOWN = "next.unknown"


def _follow_saved() -> None:
    """A link to a saved what-if leads to its city and basket, and takes the place of unsaved changes."""
    wanted = st.query_params.get("scenario")
    if not wanted or st.query_params.get("what"):
        if st.query_params.get("what"):
            address.forget("scenario")
        return
    address.forget("what")
    found = kept(identity.actor(), wanted, address.language())
    if found is None:
        address.forget("scenario")
        st.session_state[_UNKNOWN] = True
        return
    if not st.query_params.get("city"):
        address.keep("city", found.upload_id)
    if not st.query_params.get("basket"):
        address.keep("basket", found.basket)


# --- the way to the next level


def _step(step: StepCard) -> None:
    serves = (step.themes, step.goals and say("SDG {goals}", goals=step.goals), step.because)
    lines = (
        f"**{parts.plain(step.title)}**",
        parts.plain(step.change),
        f"{parts.plain(step.adds)} · {parts.plain(step.effort)}",
        f":small[:gray[{parts.plain(' · '.join(text for text in serves if text))}]]",
    )
    st.markdown("  \n".join(lines))


def _route(title: str, route: RouteCard, key: str) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"**{title}**  \n{parts.plain(route.ends)}")
        for step in route.steps[:STEPS_SHOWN]:
            _step(step)
        rest = route.steps[STEPS_SHOWN:]
        if rest:
            more = here.speaker.plural("{count} more step", "{count} more steps", len(rest))
            for _ in parts.fold(more, "more_horiz", f"steps_{key}"):
                for step in rest:
                    _step(step)
        for sentence in route.rests:
            st.caption(f":material/info: {parts.plain(sentence)}")
        parts.go(
            "city_next",
            say("Show this route as a what-if"),
            "science",
            what=what_text(city, route.what),
        )


def _terms() -> None:
    """Which level, what of open answers, from where, and what is hard for this city."""
    for _ in parts.fold(say("Another aim or other efforts"), "tune", "terms"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            if listed:
                address.switch(
                    "level", say("Level to reach"), list(listed), next(iter(listed)), listed.__getitem__
                )
            address.switch("fill", say("Open answers"), list(FILL), "yes", lambda fill: say(FILL[fill]))
            if not scenario.empty:
                address.switch("from", say("Start from"), list(START), "now", lambda start: say(START[start]))
        _efforts()


def _efforts() -> None:
    """Four lists, each measurement in one of them at most."""
    choices = effort_choices(here.actor, plain_question, here.language)
    st.markdown(f"**{say('How much effort is it for your city?')}**")
    st.caption(
        say(
            "Say what this tool cannot know. Whatever you do not name keeps the usual effort; "
            "what is not possible is never proposed."
        )
    )
    for effort, name in named_efforts(here.language).items():
        key = f"effort_{effort}"
        st.session_state[key] = [code for code, given in efforts.items() if given == effort]
        st.multiselect(
            name,
            list(choices),
            format_func=choices.__getitem__,
            key=key,
            placeholder=say("Choose measurements"),
            on_change=_set_effort,
            args=(effort,),
        )


def _set_effort(effort: str) -> None:
    picked = st.session_state[f"effort_{effort}"]
    others = {code: given for code, given in efforts.items() if given != effort and code not in picked}
    address.keep_or_forget("effort", effort_text(city, others | dict.fromkeys(picked, effort)))


def _ways() -> None:
    st.subheader(say("The way to the next level"), anchor=False)
    for note in shown.notes:
        st.info(parts.plain(note), icon=":material/info:")
    if shown.routes:
        titles = (say("Least effort"), say("Another way"))
        for i, (column, route) in enumerate(zip(st.columns(2, gap="medium"), shown.routes, strict=False)):
            with column:
                _route(titles[i], route, str(i))
    _terms()
    for i, route in enumerate(shown.routes):
        label = say("The first route as a table") if i == 0 else say("The other route as a table")
        for _ in parts.fold(label, "table", f"route_{i}"):
            parts.table(route.table, label)


# --- what is open


def _open_answer(one: OpenAnswer) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"**{parts.plain(one.title)}**  \n{parts.plain(one.adds)}")
        serves = [one.themes, one.goals and say("SDG {goals}", goals=one.goals)]
        st.caption(parts.plain(" · ".join(text for text in serves if text)))
        st.caption(parts.plain(one.how))


def _open() -> None:
    st.subheader(say("Open answers that widen the bracket most"), anchor=False)
    if not shown.open:
        st.write(say("Every measurement of this basket is answered."))
        return
    for column, one in zip(st.columns(OPEN_SHOWN), shown.open[:OPEN_SHOWN], strict=False):
        with column:
            _open_answer(one)
    label = here.speaker.plural("{count} open answer", "All {count} open answers", len(shown.open))
    for _ in parts.fold(label, "table", "open"):
        parts.table(shown.open_table, label)


# --- what if


def _results() -> None:
    made = whatif(here.actor, asked, scenario, here.language, here.dark)
    parts.table(made.table, say("The city as it is, and in the what-if"))
    for label, meaning in made.meanings:
        st.caption(f"**{parts.plain(label)}** {parts.plain(meaning)}")
    st.caption(parts.plain(made.rank_note))
    if len(asked.upload_ids) == 1:
        parts.go("jury_candidates", say("Open the candidates"), "groups")
    if scenario.empty:
        return
    st.caption(say("○ as it is   ● what if"))
    parts.chart(made.chart, made.chart_description, f"whatif_{city}")
    parts.twin(made.areas, made.chart_description, "whatif", here)


def _what_if() -> None:
    st.subheader(say("What if …?"), anchor=False)
    if here_now.saved:
        st.success(
            say("Shown: the saved what-if “{name}”.", name=parts.plain(here_now.saved.name)),
            icon=":material/bookmark:",
        )
    if here_now.lost:
        st.warning(
            here.speaker.plural(
                "{count} change in this address is not possible here and was left out.",
                "{count} changes in this address are not possible here and were left out.",
                here_now.lost,
            ),
            icon=":material/link_off:",
        )
    st.write(
        say(
            "Change answers, weights, goalposts or the way points are joined. Nothing of the workbook is changed; "
            "what you enter stands in this page's address."
        )
    )
    left, right = st.columns([2, 3], gap="large")
    with left:
        editor(Editing(here, asked, scenario))
    with right:
        _results()


# --- saved what-ifs


@parts.acting
def _save() -> None:
    scenario_id = save(here.now(), asked, scenario, st.session_state.get("scenario_name", ""))
    st.session_state["scenario_name"] = ""
    address.forget("what")
    address.keep("scenario", scenario_id)


def _saved() -> None:
    st.subheader(say("Saved what-ifs"), anchor=False)
    if not scenario.empty and not here_now.saved:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(say("Name"), key="scenario_name", max_chars=NAME_LENGTH)
            st.button(say("Save this what-if"), icon=":material/bookmark_add:", on_click=_save)
    rows = tuple(one for one in kept_of(here.actor, city, here.language) if one.basket == here.basket)
    if not rows:
        st.write(
            say("None saved yet in this basket. A saved what-if has a link of its own to send to others.")
        )
        return
    table = comparison(here.actor, asked, rows, here.language)
    parts.table(table, say("The city as it is and its saved what-ifs"))
    for one in rows:
        parts.go("city_next", say("Open “{name}”", name=parts.plain(one.name)), "bookmark", scenario=one.id)
    st.caption(say("To send one to somebody, open it and copy the page's address."))


_follow_saved()
here = parts.visit()
say = here.speaker.say
city = parts.city_id(here)
who = card(here.actor, city, here.language)
here_now = in_address(here.actor, city, address.text("what"), address.text("scenario"), here.language)
scenario = here_now.scenario
beside = members(here.actor, address.text("set")) or (here_now.saved.upload_ids if here_now.saved else ())
asked = Asked(city, here.basket, here.claims, beside)
plain_question = Question(city, here.basket, here.claims)
efforts = efforts_in(city, address.text("effort"), effort_choices(here.actor, plain_question, here.language))
start_from = scenario if address.choice("from", list(START), "now") == "whatif" else UNCHANGED
question = Question(
    city,
    here.basket,
    here.claims,
    address.text("level"),
    tuple(efforts.items()),
    address.choice("fill", list(FILL), "yes") == "yes",
    start_from,
)
listed = levels_ahead(here.actor, question, here.language)
shown = ahead(here.actor, question, here.language)

parts.header(who.name, context=who.context, invented=who.invented, here=here)
if st.session_state.pop(_UNKNOWN, False):
    st.warning(
        say("No what-if is kept under this address. It may be mistyped, or belong to another installation."),
        icon=":material/link_off:",
    )
st.markdown(f"**{say('In short.')}** {parts.plain(shown.summary)}")
with st.container(horizontal=True, gap="medium"):
    parts.basket_switch(here)
    parts.claims_switch(here)
_ways()
_open()
_what_if()
_saved()
download(
    say("Download as a workbook (.xlsx)"),
    lambda: next_sheet(here.now(), question, asked, scenario, here.language),
    next_sheet_name(here.language),
    MEDIA_TYPE,
)
st.caption(parts.plain(conventions(here.language)))
st.caption(say("Levels D to A and the routes to them are this tool's method, not UNESCO's."))
