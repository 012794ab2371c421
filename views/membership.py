"""Membership: may this city join the network, does it stay in it, and what is still to be signed?"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from actions.membership import Question, Shown, check_membership, membership_cities
from actions.membership_days import OTHER_DAY, TODAY, day_of, rule_days
from actions.membership_facts import quick_start
from actions.membership_file import MEDIA_TYPE, membership_file, membership_file_name
from actions.membership_words import Row
from actions.standing import is_kept
from locales import mark
from views import address, parts
from views.downloads import download
from views.membership_inputs import Form, quick_inputs, room_inputs, settle_inputs

# A check without a room: for whoever asks before there is one.
QUICK = "quick"
GROUPS = {
    "city": mark("The city itself"),
    "application": mark("The application"),
    "staying": mark("Staying a member"),
}


def _chosen_city() -> str:
    """The city whose check is shown, "" for a quick check."""
    cities = membership_cities(here.actor)
    if not cities:
        return ""
    names = {**cities, QUICK: say("Another town: quick check")}
    found = address.select("of", say("City"), tuple(names), next(iter(names)), names.__getitem__)
    return "" if found == QUICK else found


def _chosen_day() -> dt.date:
    days = rule_days(here.language)
    choice = address.select("rules", say("Rules as of"), tuple(days), TODAY, days.__getitem__)
    day = day_of(choice, address.text("as_of"))
    if choice == OTHER_DAY:
        st.session_state["as_of_day"] = day
        st.date_input(
            say("Which day"),
            min_value=dt.date(2013, 1, 1),
            max_value=dt.date(2050, 12, 31),
            key="as_of_day",
            format="YYYY-MM-DD",
            on_change=_keep_day,
        )
    return day


def _keep_day() -> None:
    if st.session_state["as_of_day"]:
        address.keep("as_of", st.session_state["as_of_day"].isoformat())


def _source(one: Row) -> str:
    """Where a rule is written, and whether it was seen there."""
    named = " · ".join(parts.link(title, url) for title, url in one.sources)
    return f"{say('Written in: {source}', source=named)} · {parts.plain(one.confirmed)}"


def _row(one: Row) -> None:
    """One requirement: its state, what it is and what is known, what to do next and where it is written."""
    state, what, then = st.columns([2, 4, 8], gap="small")
    with state:
        st.badge(one.word, icon=f":material/{one.picture}:", color=one.colour)  # type: ignore[arg-type]
    with what:
        found = f"  \n:small[:gray[{parts.plain(one.found)}]]" if one.found else ""
        st.markdown(f"**{parts.plain(one.title)}**{found}")
    with then:
        told = parts.plain(one.rule)
        if one.advice:
            told += f"  \n**{say('Next:')}** {parts.plain(one.advice)}"
        unsure = f"  \n{parts.plain(one.caveat)}" if one.hindering and one.caveat else ""
        st.markdown(f"{told}  \n:small[:gray[{_source(one)}{unsure}]]")


def _bullets(heading: str, rows: list[Row]) -> None:
    """Rules of which nothing is to be answered here: what they say, and where."""
    if not rows:
        return
    st.subheader(heading, anchor=False)
    lines = []
    for one in rows:
        why = f" {parts.plain(one.advice)}" if one.state == "not_asked" else ""
        lines.append(
            f"- **{parts.plain(one.title)}** · {parts.plain(one.rule)}{why} :small[:gray[{_source(one)}]]"
        )
    st.markdown("\n".join(lines))


def _rows() -> None:
    """What is asked, group by group, then what follows for a quick check, then what is good to know."""
    later = [one for one in shown.rows if not question.city_id and one.unanswered]
    asked = [one for one in shown.rows if one.state not in ("told", "not_asked") and one not in later]
    for about, heading in GROUPS.items():
        rows = [one for one in asked if one.about == about]
        if rows:
            st.subheader(say(heading), anchor=False)
            with st.container(border=True, gap="small"):
                for one in rows:
                    _row(one)
    _bullets(say("What an application asks next"), later)
    _bullets(say("Good to know"), [one for one in shown.rows if one.worth_knowing])


def _table() -> list[dict[str, str]]:
    return [
        {
            say("State"): f"{one.sign} {one.word}",
            say("Requirement"): one.title,
            say("What is known"): one.found,
            say("What to do next"): one.advice,
            say("Source"): one.sources[0][0],
            say("Link"): one.sources[0][1],
        }
        for one in shown.rows
    ]


def _papers() -> None:
    st.subheader(say("To be signed or attached"), anchor=False)
    st.markdown(
        "\n\n".join(
            f"{one.sign} **{parts.plain(one.title)}**  \n:small[{parts.plain(one.text)}]"
            for one in shown.papers
        )
    )
    download(
        say("Check and list as a workbook (.xlsx)"),
        lambda: membership_file(here.now(), question, here.language),
        membership_file_name(here.language),
        MEDIA_TYPE,
        key="membership_list",
    )


def _unsure() -> None:
    st.subheader(say("What is not confirmed"), anchor=False)
    st.markdown("\n".join(f"- {parts.plain(one)}" for one in shown.known_not))
    for _ in parts.fold(say("What is not confirmed of each rule"), "help", "caveats"):
        st.markdown("\n".join(f"- {parts.plain(one)}" for one in shown.caveats))


def _ends() -> None:
    if shown.superseded:
        for _ in parts.fold(say("Superseded rules and their days"), "history", "superseded"):
            parts.table(shown.superseded, say("Superseded rules and their days"), links=(say("Link"),))
    for _ in parts.fold(say("Sources of the rules"), "menu_book", "sources"):
        parts.table(shown.sources, say("Sources of the rules"), links=(say("Link"),))


def _asked_quick() -> Question:
    """What is entered on the page, on top of what the workbook that is open says: nothing is typed twice."""
    wanted = address.text("city")
    name, facts = quick_start(here.actor, wanted) if wanted and is_kept(here.actor, wanted) else ("", {})
    name, entered = quick_inputs(here, name, facts)
    return Question("", day, name, tuple(sorted(entered.items())))


def _answer() -> None:
    st.markdown(f"**{say('In short.')}** {parts.plain(shown.answer)}")


def _where_from() -> None:
    """Where the facts come from, and when they were kept."""
    if not question.city_id:
        note = say(
            "A quick check: nothing that is entered here is kept; it stands in this page's address alone."
        )
        st.caption(parts.plain(f"{note} {shown.rules_note}"))
        return
    told = [one for one in (shown.from_room, shown.kept) if one]
    if not shown.from_room:
        told.append(
            say("The room has no answers yet: population and governing body are asked in its profile.")
        )
    if not shown.may_say:
        told.append(say("You may read this check; whoever answers for the whole city fills it in."))
    st.caption(parts.plain(" · ".join((*told, shown.rules_note))))
    if shown.room:
        parts.go("city_record", say("Open the answers"), "edit_note", of=city, room=shown.room)
    else:
        parts.go("city_room", say("Open the city's room"), "meeting_room", of=city)


here = parts.visit()
say = here.speaker.say
st.title(say("Membership"), anchor=False)
st.write(
    say(
        "May this city join the UNESCO Global Network of Learning Cities, and does it stay in it? "
        "Each rule with its day, its source and what to do next."
    )
)
# Beside each other, and on a phone below each other: the rules' name is long.
left, right = st.columns(2) if membership_cities(here.actor) else (st.container(), st.container())
with left:
    city = _chosen_city()
with right:
    day = _chosen_day()
question = Question(city, day) if city else _asked_quick()
shown: Shown = check_membership(here.actor, question, here.language)
_answer()
_where_from()
if shown.may_say:
    form = Form(here, city, shown.version)
    settle_inputs(form, shown.beside)
    room_inputs(form, shown.asked)
_rows()
for _ in parts.fold(say("The same as a table"), "table", "twin_membership"):
    parts.table(_table(), say("The requirements as a table"), links=(say("Link"),))
_papers()
_unsure()
_ends()
