"""The record as a workbook: taken along, brought back, and its differences taken over field by field."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from actions.access import NotKeptError
from actions.house import StoreError
from actions.record_copy import file_name, filled_in
from actions.record_merge import IN_BOTH, IN_FILE, Difference, bring, differences, kept_workbooks, take
from actions.room_words import ROOM_TROUBLES
from actions.rooms import RoomError
from actions.template import MEDIA_TYPE
from views import address, parts
from views.downloads import download

# The workbook beside the record, in the address; how the last taking over went, for the page that follows.
_BESIDE, _DONE = "merge", "merge.done"


def workbook_section(here: parts.Visit, assessment: str, writes: bool) -> None:
    """Taking the record along as a workbook, and for whoever may write what a workbook says otherwise."""
    say = here.speaker.say
    for _ in parts.fold(say("With the workbook"), "table_view", f"workbook.{assessment}"):
        st.write(
            say(
                "The form and the workbook are two views of one record. Take the workbook along, fill it in, and bring "
                "it back: what was changed in it is shown field by field, and nothing is taken over unasked."
            )
        )
        download(
            say("Download the record as a workbook"),
            lambda: filled_in(here.now(), assessment, here.language),
            file_name(here.actor, assessment, here.language),
            MEDIA_TYPE,
            key=f"record_workbook.{assessment}",
        )
        if writes:
            _bring(here, assessment)
    beside = address.text(_BESIDE)
    if beside and writes:
        _beside(here, assessment, beside)


def _bring(here: parts.Visit, assessment: str) -> None:
    say = here.speaker.say
    file = st.file_uploader(say("Bring a workbook back"), key=f"record_file.{assessment}")
    seen: set[str] = st.session_state.setdefault("record_files", set())
    if file is not None and file.file_id not in seen:
        if not parts.allowance().take(file.size):
            st.error(say("This visit has uploaded as much as it may. Reload the page later."))
            return
        with st.spinner(say("Reading …")):
            made, refused = bring(here.now(), assessment, file.name, file.getvalue(), here.language)
        seen.add(file.file_id)
        if refused is not None:
            parts.refused_file(refused, file.name)
        if made:
            address.keep(_BESIDE, made)
    kept = kept_workbooks(here.actor, assessment, here.language)
    if kept:
        chosen = st.selectbox(
            say("Or compare with a workbook that is kept already"),
            list(kept),
            index=None,
            format_func=lambda one: kept.get(one, ""),
            placeholder=say("Choose a workbook"),
            key=f"record_kept.{assessment}",
        )
        if chosen and st.button(say("Compare with the record"), icon=":material/compare_arrows:"):
            address.keep(_BESIDE, chosen)


def _beside(here: parts.Visit, assessment: str, upload_id: str) -> None:
    say, voice = here.speaker.say, here.speaker
    try:
        found = differences(here.actor, assessment, upload_id, here.language)
    except NotKeptError:
        address.forget(_BESIDE)
        parts.unknown_city(say)
        return
    with st.container(border=True):
        st.subheader(say("The workbook beside the record"), anchor=False)
        st.caption(parts.plain(found.file))
        _told(here)
        if found.counted is not None:
            st.caption(say("Counted for the focus areas {areas} alone.", areas=voice.listing(found.counted)))
        if not found.made_from_record:
            st.info(
                say(
                    "This workbook was not made from this record, so nobody knows who changed what: where both say "
                    "something, you choose."
                ),
                icon=":material/info:",
            )
        if not found.open:
            st.success(
                say("The workbook says nothing that the record does not say too."),
                icon=":material/check_circle:",
            )
        _in_file(here, assessment, upload_id, found.of(IN_FILE))
        _in_both(here, assessment, upload_id, found.of(IN_BOTH))
        if found.kept:
            label = voice.plural(
                "{count} field was changed in the record alone and stays",
                "{count} fields were changed in the record alone and stay",
                len(found.kept),
            )
            for _ in parts.fold(label, "lock", f"merge_kept.{assessment}"):
                for one in found.kept:
                    _table(one)
        st.button(say("Close the comparison"), on_click=address.forget, args=(_BESIDE,), key="merge.close")


def _in_file(here: parts.Visit, assessment: str, upload_id: str, some: Sequence[Difference]) -> None:
    say = here.speaker.say
    if not some:
        return
    st.markdown(f"**{say('Changed in the workbook alone')}**")
    st.button(
        here.speaker.plural("Take {count} field over", "Take all {count} fields over", len(some)),
        icon=":material/done_all:",
        type="primary",
        key="merge.all",
        on_click=_take,
        args=(here, assessment, upload_id, some),
    )
    for one in some:
        _table(one)
        st.button(
            say("Take this one over"),
            icon=":material/check:",
            key=f"merge.{one.field}.{one.version}",
            on_click=_take,
            args=(here, assessment, upload_id, (one,)),
        )


def _in_both(here: parts.Visit, assessment: str, upload_id: str, some: Sequence[Difference]) -> None:
    say = here.speaker.say
    if not some:
        return
    st.markdown(f"**{say('Different in both: which counts?')}**")
    for one in some:
        _table(one)
        st.button(
            say("Let the workbook count here"),
            icon=":material/table_view:",
            key=f"merge.{one.field}.{one.version}",
            on_click=_take,
            args=(here, assessment, upload_id, (one,)),
        )
    st.caption(say("Where you choose nothing, the record stays as it is."))


def _table(one: Difference) -> None:
    title = f"{one.title} · {one.where}" if one.where else one.title
    st.markdown(parts.plain(title))
    parts.table(one.rows, one.title)


def _take(here: parts.Visit, assessment: str, upload_id: str, some: Sequence[Difference]) -> None:
    """Take over, and remember how it went for the page that is drawn then."""
    say = here.speaker.say
    try:
        taken = take(here.now(), assessment, upload_id, {one.field: one.version for one in some})
    except RoomError as closed:
        st.session_state[_DONE] = (False, say(ROOM_TROUBLES[closed.kind]))
        return
    except (StoreError, NotKeptError):
        st.session_state[_DONE] = (False, say("Nothing could be taken over. Try again."))
        return
    done = here.speaker.plural(
        "{count} field was taken over.", "{count} fields were taken over.", taken.count
    )
    if taken.meanwhile:
        done += " " + here.speaker.plural(
            "{count} was changed meanwhile: look at it again.",
            "{count} were changed meanwhile: look at them again.",
            len(taken.meanwhile),
        )
    st.session_state[_DONE] = (not taken.meanwhile, done)


def _told(here: parts.Visit) -> None:
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        (st.success if done[0] else st.warning)(done[1], icon=":material/info:")
