"""One field of a record as a row of the form: its boxes, how they were read, what was found, who wrote it and when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from actions.record_form import PROFILE_PART, Field, Input, part_of
from actions.record_history import history_rows
from actions.record_words import clock, said_in_words
from views import parts
from views.record_clash import clash_box
from views.record_seen import Boxes, Said, Seen
from views.room_evidence import evidence_at
from views.room_queries import questions_at

# Severities in which a finding needs somebody's attention.
_LOUD = ("refuses", "blocks")
_LONG = ("remark", "series_break")


@dataclass(frozen=True)
class Beside:
    """What stands beside a field: the score in a line, pieces of evidence by field, and the fields asked about.

    Whoever was asked finds the question at the answer, and whoever asked the reply, until it is settled.
    """

    score: str
    pieces: Mapping[str, int]
    asked: Collection[str]


def row(boxes: Boxes, shown: Field, seen: Seen | None, beside: Beside) -> Said:
    """Draw one field and what is known of it; returns what stands in its boxes (nothing where it is only read)."""
    typed: Said = {}
    with st.container(border=True, gap="small"):
        _head(shown, boxes)
        if seen is None:
            st.markdown(parts.plain(said_in_words(shown.field, shown.said, boxes.here.language) or "–"))
        else:
            typed = _boxes(boxes, shown, seen)
        _notes(boxes, shown, writes=seen is not None)
        if seen is not None:
            _changed_elsewhere(boxes, shown, seen)
            for one in shown.clashes:
                clash_box(boxes.here, boxes.assessment, one, shown.version, boxes.anew(shown.field))
        _status(boxes, shown, seen, beside.score)
        if seen is not None and seen.changed and shown.mine and shown.version > 1 and not shown.why:
            boxes.ask_why(shown, seen)
        _papers(boxes, shown, beside)
        _history(boxes, shown)
    return typed


def _head(shown: Field, boxes: Boxes) -> None:
    say = boxes.here.speaker.say
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{parts.plain(shown.title)}**", width="content")
        if shown.mark:
            st.badge(parts.plain(shown.mark), color="gray")
    if shown.definition:
        st.caption(parts.plain(shown.definition))
    if shown.how:
        st.caption(f"**{say('A good answer:')}** {parts.plain(shown.how)}")
    if shown.last_year:
        st.caption(f":material/history: **{say('Last time:')}** {parts.plain(shown.last_year)}")


def _boxes(boxes: Boxes, shown: Field, seen: Seen) -> Said:
    """The boxes with what stands in them; how the value was read stands under its own."""
    typed: dict[str, str] = {}
    short = [one for one in shown.inputs if not one.wide]
    wide = [one for one in shown.inputs if one.wide]
    columns = st.columns(len(short)) if len(short) > 1 else [st.container(gap="small")]
    for column, one in zip(columns, short, strict=True):
        with column:
            typed[one.column] = _box(boxes, shown, seen, one)
    if shown.understood:
        columns[0].caption(f":material/visibility: {parts.plain(shown.understood)}")
    for pair in (wide[:2], wide[2:]):
        for column, one in zip(st.columns(len(pair)) if pair else [], pair, strict=True):
            with column:
                typed[one.column] = _box(boxes, shown, seen, one)
    return typed


def _box(boxes: Boxes, shown: Field, seen: Seen, one: Input) -> str:
    # Hints stand in the empty boxes: a sign to click on beside each would stop whoever goes from box to box.
    key = boxes.box(shown.field, one.column, seen.anchor)
    before = seen.said.get(one.column, "")
    # The field's title stands above already.
    alone: Literal["visible", "collapsed"] = "visible" if len(shown.inputs) > 1 else "collapsed"
    label = f"{one.label} ({shown.unit})" if one is shown.inputs[0] and shown.unit else one.label
    if one.options is not None:
        names = {"": "–", **one.options}
        ids = list(names)
        index = ids.index(before) if before in names else 0
        chosen = st.selectbox(
            label,
            ids,
            index,
            names.__getitem__,
            key=key,
            on_change=boxes.left,
            args=(shown.field,),
            label_visibility=alone,
        )
        return chosen or ""
    if one.column in _LONG:
        return st.text_area(
            label,
            before,
            height=68,
            key=key,
            on_change=boxes.left,
            args=(shown.field,),
            placeholder=one.hint or None,
        )
    return st.text_input(
        label,
        before,
        key=key,
        on_change=boxes.left,
        args=(shown.field,),
        placeholder=one.hint or None,
        label_visibility=alone,
    )


def _notes(boxes: Boxes, shown: Field, *, writes: bool) -> None:
    """What was found in the field, with a button where one reading is proposed."""
    say = boxes.here.speaker.say
    for number, one in enumerate(shown.notes):
        text = f"**{parts.plain(one.told.title)}**  \n{parts.plain(one.told.sentence)} {parts.plain(one.told.advice)}"
        if one.told.severity in _LOUD:
            st.error(text, icon=":material/error:")
        elif one.told.severity == "question":
            st.warning(text, icon=":material/help:")
        else:
            st.info(text, icon=":material/info:")
        if one.proposal and writes:
            st.button(
                say("Write {proposal} there", proposal=parts.plain(one.proposal)),
                icon=":material/check:",
                key=boxes.key("take.", shown.field, number, shown.version),
                on_click=boxes.write,
                args=(shown.field, one.column, one.proposal),
            )


def _changed_elsewhere(boxes: Boxes, shown: Field, seen: Seen) -> None:
    """That somebody else has written here: her words come with a click, so that no box changes under one's hands."""
    say = boxes.here.speaker.say
    if seen.told is not None or shown.version <= seen.version or shown.said == seen.said:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        at = clock(shown.at, st.context.timezone or "", boxes.here.language)
        if boxes.here.actor.everything:
            text = say("Written in another window meanwhile ({at}).", at=at)
        else:
            text = say("{who} has written here meanwhile ({at}).", who=parts.plain(shown.by), at=at)
        st.caption(f":material/sync: {text}", width="content")
        anew: Callable[[], None] = boxes.anew(shown.field)
        st.button(
            say("Show what stands there now"),
            key=boxes.key("anew.", shown.field, shown.version),
            on_click=anew,
            type="tertiary",
        )


def _status(boxes: Boxes, shown: Field, seen: Seen | None, score: str) -> None:
    """When it was saved and by whom, or what is wrong with saving it."""
    say = boxes.here.speaker.say
    if seen is not None and seen.trouble:
        st.error(seen.trouble, icon=":material/error:")
        st.button(
            say("Try again to save this"), icon=":material/refresh:", key=boxes.key("again.", shown.field)
        )
    if not shown.at:
        if seen is not None and not seen.trouble:
            st.caption(say("Nothing is kept here yet; what you type is kept when you leave its box."))
        return
    time = clock(shown.at, st.context.timezone or "", boxes.here.language)
    text = (
        say("saved {time}", time=time)
        if boxes.here.actor.everything
        else say("saved {time} by {who}", time=time, who=parts.plain(shown.by))
    )
    if seen is not None and seen.saved_now:
        st.caption(f":material/cloud_done: **{text} · {score}**")
    else:
        st.caption(f":material/cloud_done: {text}")
    if shown.why:
        st.caption(f"**{say('Why it was changed:')}** {parts.plain(shown.why)}")


def _papers(boxes: Boxes, shown: Field, beside: Beside) -> None:
    """The evidence behind an answer and the questions at it; those that are not settled stand in view."""
    say, name = boxes.here.speaker.say, shown.field
    if part_of(name) == PROFILE_PART:
        return
    if name in beside.asked:
        questions_at(boxes.here, boxes.assessment, name)
    count = beside.pieces.get(name, 0)
    label = boxes.here.speaker.plural("Evidence · {count} piece", "Evidence · {count} pieces", count)
    for _ in parts.fold(label if count else say("Evidence"), "attach_file", boxes.key("evidence.", name)):
        evidence_at(boxes.here, boxes.assessment, name)
    if name not in beside.asked and boxes.questions:
        for _ in parts.fold(say("Questions"), "forum", boxes.key("questions.", name)):
            questions_at(boxes.here, boxes.assessment, name)


def _history(boxes: Boxes, shown: Field) -> None:
    say = boxes.here.speaker.say
    if not shown.version:
        return
    for _ in parts.fold(say("History"), "history", boxes.key("history.", shown.field)):
        rows = history_rows(boxes.here.now(), boxes.assessment, shown.field, boxes.here.language)
        parts.table(rows, say("All versions of this answer, the newest first"))
