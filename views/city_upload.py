"""Upload and check: what was understood, what is wrong cell by cell, and what to fill next."""

from __future__ import annotations

import streamlit as st

from actions.check import CheckPage, area_choices, check, refusal, severities
from actions.city import card
from actions.decide import column_questions, decide, decisions, may_decide, proposals
from actions.ledger import ledger
from actions.repair import can_repair, repair, repair_name
from actions.standing import is_kept
from actions.template import MEDIA_TYPE, blank_name, blank_workbook, filled_workbook
from actions.uploads import Receipt, confirm_different, confirm_same, destinations, maybe_same, told_in
from views import address, parts
from views.downloads import download
from views.intake import take_in

# What became of each file of this visit, by the uploader's own file id: a rerun reads no file twice.
# Proposals in view; accepting all of them takes the others along.
PROPOSALS_SHOWN = 12
VERDICTS = {"fine": st.success, "questions": st.info, "blocked": st.warning, "refused": st.error}
ICONS = {
    "fine": ":material/check_circle:",
    "questions": ":material/help:",
    "blocked": ":material/build:",
    "refused": ":material/block:",
}


def _take_in() -> list[Receipt]:
    """What became of the files that were dropped in."""
    new, shown = take_in(say("Filled workbooks"), "workbooks", here)
    if new:
        _open(new)
    return shown


def _open(new: list[Receipt]) -> None:
    """Put the last accepted file into the address; where none was, the refused one, so that a reload tells why."""
    accepted = [receipt.upload_id for receipt in new if receipt.accepted]
    refused = [receipt.upload_id for receipt in new if receipt.upload_id]
    before = address.text("city")
    if accepted:
        address.keep("city", accepted[-1])
    elif refused:
        if before and is_kept(here.actor, before) and not refusal(here.actor, before, here.language):
            st.session_state[parts.BEFORE] = before
        address.keep("city", refused[-1])


def _receipts(receipts: list[Receipt]) -> None:
    """What became of each file; the same bytes under several names are one workbook."""
    first: dict[str, str] = {}
    for receipt in receipts:
        if receipt.upload_id in first:
            same = first[receipt.upload_id]
            st.caption(
                say(
                    "{file}: the same workbook as {other}.",
                    file=parts.plain(receipt.name),
                    other=parts.plain(same),
                )
            )
            continue
        if receipt.upload_id:
            first[receipt.upload_id] = receipt.name
        if receipt.accepted:
            _accepted(receipt)
        elif not receipt.upload_id or receipt.upload_id != address.text("city"):
            # The refused file in the address is told below.
            parts.refused_file(told_in(receipt, here.language)[0], receipt.name)


def _accepted(receipt: Receipt) -> None:
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{ICONS['fine']} **{parts.plain(receipt.name)}**", width="content")
            parts.go(
                "city_overview",
                say("Open {city}", city=parts.plain(receipt.city or receipt.name)),
                "insights",
                city=receipt.upload_id,
            )
        _same_city(receipt.upload_id)


def _same_city(upload_id: str) -> None:
    """Ask whether this is a city known already, until somebody has answered."""
    decided = f"decided_{upload_id}"
    if decided in st.session_state:
        st.caption(st.session_state[decided])
        return
    earlier = maybe_same(here.actor, upload_id)
    if not earlier:
        return
    name = parts.plain(card(here.actor, upload_id, here.language).name)
    moments = [here.speaker.moment(one.at) for one in earlier]
    if len(earlier) == 1:
        st.markdown(say("Is this the same city as {city}, uploaded {moment}?", city=name, moment=moments[0]))
    else:
        st.markdown(say("Several cities called {city} are known. Is this one of them?", city=name))
    with st.container(horizontal=True):
        for one, moment in zip(earlier, moments, strict=True):
            label = (
                say("Yes, the same city") if len(earlier) == 1 else say("The one of {moment}", moment=moment)
            )
            if st.button(label, key=f"same_{upload_id}_{one.id}"):
                address.keep("city", confirm_same(here.actor, upload_id, one.id))
                st.session_state[decided] = say("Kept as a newer workbook of the same city.")
                st.rerun()
        if st.button(say("No, another city"), key=f"other_{upload_id}"):
            confirm_different(here.actor, upload_id)
            st.session_state[decided] = say("Kept as a city of its own.")
            st.rerun()


def _check(shown: CheckPage) -> None:
    VERDICTS[shown.verdict](parts.plain(shown.sentence), icon=ICONS[shown.verdict])
    with st.container(horizontal=True):
        parts.go("city_overview", say("See the overview"), "insights")
        parts.go("city_areas", say("See the focus areas"), "account_tree")
    kinds, areas = severities(here.language), shown.areas
    left, right = st.columns(2)
    with left:
        address.select("findings", say("Show"), list(kinds), "all", kinds.__getitem__)
    with right:
        address.select("in", say("Focus area"), list(areas), "all", areas.__getitem__)
    _decide()
    if not shown.groups:
        st.write(say("Nothing found here."))
    for group in shown.groups:
        st.subheader(parts.plain(group.head), anchor=False)
        parts.table(
            [
                {
                    say("Where"): told.where or "–",
                    say(
                        "What was found, and what to do"
                    ): f"{told.title}: {told.sentence} {told.rule} {told.advice} {told.answer}",
                }
                for told in group.rows
            ],
            group.head,
        )
    if shown.groups:
        _repair()
    st.subheader(say("How far each focus area is filled"), anchor=False)
    parts.basket_switch(here)
    for column, rows in zip(
        st.columns(2, gap="large"), (shown.progress[:6], shown.progress[6:]), strict=True
    ):
        for row in rows:
            column.progress(row.share, text=parts.plain(row.text))
    for _ in parts.fold(say("What was understood from every cell"), "fact_check", "ledger"):
        parts.table(
            ledger(here.actor, address.text("city"), here.language),
            say("What was understood from every cell"),
        )
    if shown.next_rows:
        st.subheader(say("What to fill next"), anchor=False)
        parts.table(shown.next_rows, say("Open measurements, those that could add most first"))


def _go_on(changes: dict[str, str | None]) -> None:
    """Read the workbook once more with what was decided, and go on with that reading."""
    address.keep("city", decide(here.actor, city, changes))
    st.rerun()


def _decide() -> None:
    """What is doubtful is asked once a column; what can only be one thing is offered; both can be taken back."""
    if not may_decide(here.actor, city):
        _not_to_decide()
        return
    for question in column_questions(here.actor, city, here.language):
        with st.container(border=True, gap="small"):
            st.markdown(f":material/help: **{parts.plain(question.text)}**")
            st.caption(parts.plain(question.where))
            with st.container(horizontal=True):
                for option, words in question.options.items():
                    if st.button(words, key=f"column_{city}_{question.id}_{option}"):
                        _go_on({question.id: option})
    offered = proposals(here.actor, city, here.language)
    if offered:
        with st.container(border=True, gap="small"):
            st.markdown(f":material/auto_fix: **{say('Proposed corrections')}**")
            for one in offered[:PROPOSALS_SHOWN]:
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    if st.button(
                        say("Accept {proposal}", proposal=parts.plain(one.proposal)), key=f"{city}_{one.key}"
                    ):
                        _go_on({one.key: "yes"})
                    st.markdown(parts.plain(f"{one.where}: {one.title} ({one.found})"), width="content")
            if len(offered) > 1 and st.button(
                say("Accept all"), key=f"all_{city}", icon=":material/done_all:"
            ):
                _go_on(dict.fromkeys((one.key for one in offered), "yes"))
    decided = decisions(here.actor, city, here.language)
    if decided:
        with st.container(border=True, gap="small"):
            st.markdown(f":material/history: **{say('Decided so far')}**")
            for one in decided:
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    if st.button(say("Take back"), key=f"back_{city}_{one.key}", icon=":material/undo:"):
                        _go_on({one.key: None})
                    st.markdown(parts.plain(one.text), width="content")


def _not_to_decide() -> None:
    """For readers who may not decide: what is asked and what was decided, in words alone."""
    for question in column_questions(here.actor, city, here.language):
        st.markdown(f":material/help: **{parts.plain(question.text)}** {parts.plain(question.where)}")
    for one in decisions(here.actor, city, here.language):
        st.markdown(f":material/history: {parts.plain(one.text)}")


def _repair() -> None:
    """The city's own file with the questions in it, or a filled template where there is no workbook to mark."""
    if can_repair(here.actor, city):
        st.markdown(
            say(
                "Your own workbook, with every finding marked at its cell and a sheet to answer on. "
                "Correct it or answer there, save, and upload it again."
            )
        )
        download(
            say("Download your workbook with the findings"),
            lambda: repair(here.now(), city, here.language),
            repair_name(here.actor, city, here.language),
            MEDIA_TYPE,
            icon="rule",
        )
    else:
        st.markdown(say("In a text table no cell can be marked. This workbook holds what was read from it."))
        download(
            say("Download a filled workbook"),
            lambda: filled_workbook(here.now(), city, here.language),
            blank_name(here.language),
            MEDIA_TYPE,
        )


def _blank() -> None:
    download(
        say("Blank workbook"), lambda: blank_workbook(here.language), blank_name(here.language), MEDIA_TYPE
    )


here = parts.visit()
say = here.speaker.say
st.title(say("Upload and check"), anchor=False)
receipts = _take_in()
_receipts(receipts)

city = address.text("city")
refused = refusal(here.actor, city, here.language) if city and is_kept(here.actor, city) else None
if refused:
    parts.refused_file(refused, card(here.actor, city, here.language).name)
    with st.container(horizontal=True):
        _blank()
        parts.way_back(here)
elif city and is_kept(here.actor, city):
    who = card(here.actor, city, here.language)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(parts.plain(who.name), anchor=False, width="content")
        if who.invented:
            st.badge(say("Invented city (sample)"), icon=":material/science:", color="orange")
    st.caption(parts.plain(" · ".join(who.context)))
    if city not in {receipt.upload_id for receipt in receipts}:
        _same_city(city)
    options = list(severities(here.language)), area_choices()
    _check(
        check(
            here.actor,
            city,
            here.basket,
            address.choice("findings", options[0], "all"),
            address.choice("in", options[1], "all"),
            here.language,
        )
    )
else:
    if city:
        address.forget("city")
        parts.unknown_city(say)
    if destinations(here.actor):
        st.info(
            say("No workbook yet? Take a blank one, fill in any sheet, and upload it here."),
            icon=":material/info:",
        )
    _blank()
