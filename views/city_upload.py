"""Upload and check: what was understood, what is wrong cell by cell, and what to fill next."""

from __future__ import annotations

import streamlit as st

from actions.check import CheckPage, area_choices, check, severities
from actions.city import card
from actions.standing import is_kept
from actions.template import MEDIA_TYPE, blank_name, blank_workbook
from actions.uploads import Receipt, confirm_different, confirm_same, receive_all
from views import address, parts

# What became of each file of this visit, by the uploader's own file id: a rerun reads no file twice.
RECEIPTS = "upload.receipts"
VERDICTS = {"fine": st.success, "questions": st.info, "blocked": st.warning, "refused": st.error}
ICONS = {
    "fine": ":material/check_circle:",
    "questions": ":material/help:",
    "blocked": ":material/build:",
    "refused": ":material/block:",
}


def _take_in() -> list[Receipt]:
    """Read what was dropped in, one file after the other, with progress."""
    receipts: dict[str, Receipt] = st.session_state.setdefault(RECEIPTS, {})
    files = st.file_uploader(
        say("Filled workbooks"),
        type=["xlsx", "xlsm", "xls", "csv", "ods"],
        accept_multiple_files=True,
        key="workbooks",
    )
    st.caption(
        say(
            "Excel workbooks (.xlsx), up to 5 MB each, several at once if you like. "
            "The button above stays in English: it belongs to the framework this page is built with."
        )
    )
    new = [one for one in files if one.file_id not in receipts]
    if new:
        bar = st.progress(0.0, text=say("Reading …"))
        read = receive_all([(one.name, one.getvalue) for one in new], here.language)
        for one, (done, receipt) in zip(new, read, strict=True):
            receipts[one.file_id] = receipt
            bar.progress(done, text=parts.plain(one.name))
            if receipt.accepted:
                address.keep("city", receipt.upload_id)
        bar.empty()
    return [receipts[one.file_id] for one in files]


def _receipt(receipt: Receipt) -> None:
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            icon = ICONS["fine" if receipt.accepted else "refused"]
            st.markdown(f"{icon} **{parts.plain(receipt.name)}**", width="content")
            if receipt.accepted:
                parts.go(
                    "city_overview",
                    say("Open {city}", city=parts.plain(receipt.city or receipt.name)),
                    "insights",
                    city=receipt.upload_id,
                )
        if not receipt.accepted:
            told = receipt.told[0]
            st.error(
                f"**{parts.plain(told.title)}**  \n{parts.plain(told.sentence)} {parts.plain(told.rule)}  \n"
                f"{parts.plain(told.advice)}",
                icon=ICONS["refused"],
            )
        if receipt.same_as:
            _same_city(receipt)


def _same_city(receipt: Receipt) -> None:
    earlier = receipt.same_as[0]
    decided = f"decided_{receipt.upload_id}"
    if decided in st.session_state:
        st.caption(st.session_state[decided])
        return
    st.markdown(
        say(
            "Is this the same city as {city}, uploaded {moment}?",
            city=parts.plain(receipt.city),
            moment=here.speaker.moment(earlier.at),
        )
    )
    with st.container(horizontal=True):
        if st.button(say("Yes, the same city"), key=f"same_{receipt.upload_id}"):
            confirm_same(receipt.upload_id, earlier.id)
            st.session_state[decided] = say("Kept as a newer workbook of the same city.")
            st.rerun()
        if st.button(say("No, another city"), key=f"other_{receipt.upload_id}"):
            confirm_different(receipt.upload_id)
            st.session_state[decided] = say("Kept as a city of its own.")
            st.rerun()


def _check(shown: CheckPage) -> None:
    VERDICTS[shown.verdict](parts.plain(shown.sentence), icon=ICONS[shown.verdict])
    with st.container(horizontal=True):
        parts.go("city_overview", say("See the overview"), "insights")
        parts.go("city_areas", say("See the focus areas"), "account_tree")
    kinds, areas = severities(here.language), area_choices(here.language)
    left, right = st.columns(2)
    with left:
        address.select("findings", say("Show"), list(kinds), "all", kinds.__getitem__)
    with right:
        address.select("in", say("Focus area"), list(areas), "all", areas.__getitem__)
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
                    ): f"{told.title}: {told.sentence} {told.rule} {told.advice}",
                }
                for told in group.rows
            ],
            group.head,
        )
    st.subheader(say("How far each focus area is filled"), anchor=False)
    parts.basket_switch(here)
    for column, rows in zip(
        st.columns(2, gap="large"), (shown.progress[:6], shown.progress[6:]), strict=True
    ):
        for row in rows:
            column.progress(row.share, text=parts.plain(row.text))
    if shown.next_rows:
        st.subheader(say("What to fill next"), anchor=False)
        parts.table(shown.next_rows, say("Open measurements, those that could add most first"))


here = parts.visit()
say = here.speaker.say
st.title(say("Upload and check"), anchor=False)
for receipt in _take_in():
    _receipt(receipt)

city = address.text("city")
if city and is_kept(city):
    who = card(city, here.language)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(parts.plain(who.name), anchor=False, width="content")
        if who.invented:
            st.badge(say("Invented city (sample)"), icon=":material/science:", color="orange")
    st.caption(parts.plain(" · ".join(who.context)))
    options = list(severities(here.language)), list(area_choices(here.language))
    _check(
        check(
            city,
            here.basket,
            address.choice("findings", options[0], "all"),
            address.choice("in", options[1], "all"),
            here.language,
        )
    )
else:
    st.info(
        say("No workbook yet? Take a blank one, fill in any sheet, and upload it here."),
        icon=":material/info:",
    )
    st.download_button(
        say("Blank workbook"),
        data=lambda: blank_workbook(here.language),
        file_name=blank_name(here.language),
        mime=MEDIA_TYPE,
        icon=":material/download:",
        on_click="ignore",
    )
