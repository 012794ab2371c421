"""The entries of a what-if: one thing to change at a time, what has been changed, and the ways back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from actions.area_titles import area_titles
from actions.changes import (
    RULES,
    UNCHANGED,
    Scenario,
    answered,
    change_keys,
    change_rows,
    taken_back,
    with_goalposts,
    with_rule,
    with_weight,
)
from actions.editor import (
    answer_input,
    editable,
    goalpost_inputs,
    joined_levels,
    level_name,
    movable_goalposts,
    read_answer,
    read_goalposts,
    read_weight,
    rule_of,
    weight_input,
)
from actions.house import StoreError
from actions.outcome import Asked
from actions.whatif_address import what_text
from locales import mark
from views import address, parts

CHANGES: Mapping[str, str] = {
    "answer": mark("an answer"),
    "weight": mark("a focus area's weight"),
    "goalposts": mark("goalposts"),
    "rule": mark("how points are joined"),
}
# What could not be read: the fields it stands in and the sentence; it stays until something else is typed there.
_PROBLEM = "next.problem"


@dataclass(frozen=True)
class Editing:
    """Who changes what: the reader, the city with those beside it, and the what-if so far."""

    here: parts.Visit
    asked: Asked
    scenario: Scenario


def _change(on: Editing, changed: Scenario) -> None:
    """Go on with other changes; a saved what-if stays as it was under its own link."""
    st.session_state.pop(_PROBLEM, None)
    address.forget("scenario")
    address.keep_or_forget("what", what_text(on.asked.upload_id, changed))


def _unread() -> tuple[tuple[str, ...], str]:
    """The fields whose text could not be read, and why; none as soon as they are out of sight."""
    keys, sentence = st.session_state.get(_PROBLEM, ((), ""))
    return (keys, sentence) if all(key in st.session_state for key in keys) else ((), "")


def _fill(key: str, text: str) -> str:
    """A field shows what the what-if holds, but for a text that could not be read; returns its key."""
    if key not in _unread()[0]:
        st.session_state[key] = text
    return key


def _refuse(keys: tuple[str, ...], sentence: str) -> None:
    st.session_state[_PROBLEM] = (keys, sentence)


def _answer(on: Editing) -> None:
    say = on.here.speaker.say
    choices = editable(on.here.actor, on.asked, on.here.language)
    code = address.select("edit", say("Measurement"), list(choices), next(iter(choices)), choices.__getitem__)
    start = answer_input(on.here.actor, on.asked, on.scenario, code, on.here.language)
    key = _fill(f"answer_{code}", start.text)
    if start.levels:
        st.selectbox(
            say("Answer in the what-if"),
            start.levels,
            format_func=lambda level: level_name(level, on.here.language),
            key=key,
            on_change=_take_answer,
            args=(on, code, key),
        )
        st.caption(say("A rating stays the city's own claim, in a what-if too."))
        return
    st.text_input(
        say("Answer in the what-if, in {unit}", unit=start.unit),
        key=key,
        on_change=_take_answer,
        args=(on, code, key),
        help=say("Empty: left open. Numbers as you write them in the workbook."),
    )


@parts.acting
def _take_answer(on: Editing, code: str, key: str) -> None:
    typed = read_answer(code, st.session_state[key], on.here.language)
    if typed.problem:
        _refuse((key,), typed.problem)
        return
    try:
        changed = answered(on.here.now(), on.asked, on.scenario, code, typed.value)
    except StoreError:
        # The page tells what is wrong; what was typed stays in its field.
        _refuse((key,), "")
        raise
    _change(on, changed)


def _weight(on: Editing) -> None:
    say = on.here.speaker.say
    choices = area_titles(on.here.language)
    code = address.select("area", say("Focus area"), list(choices), next(iter(choices)), choices.__getitem__)
    start = weight_input(on.scenario, code)
    key = _fill(f"weight_{code}", start.text)
    st.text_input(say("Weight among its siblings"), key=key, on_change=_take_weight, args=(on, code, key))


def _take_weight(on: Editing, code: str, key: str) -> None:
    typed = read_weight(on.scenario, code, st.session_state[key], on.here.language)
    if typed.value is None:
        _refuse((key,), typed.problem)
        return
    _change(on, with_weight(on.scenario, code, typed.value))


def _goalposts(on: Editing) -> None:
    say = on.here.speaker.say
    choices = movable_goalposts(on.here.actor, on.asked, on.here.language)
    code = address.select(
        "goalpost", say("Measurement"), list(choices), next(iter(choices)), choices.__getitem__
    )
    ends = goalpost_inputs(on.scenario, code, on.here.language)
    keys = tuple(_fill(f"goalpost_{code}_{i}", end.text) for i, end in enumerate(ends))
    labels = (
        say("Lower goalpost, in {unit}", unit=ends[0].unit),
        say("Upper goalpost, in {unit}", unit=ends[1].unit),
    )
    for column, label, key in zip(st.columns(2), labels, keys, strict=True):
        column.text_input(label, key=key, on_change=_take_goalposts, args=(on, code, keys))


def _take_goalposts(on: Editing, code: str, keys: tuple[str, str]) -> None:
    lower, upper = read_goalposts(
        code, st.session_state[keys[0]], st.session_state[keys[1]], on.here.language
    )
    if lower.value is None or upper.value is None:
        _refuse(keys, lower.problem or upper.problem)
        return
    _change(on, with_goalposts(on.scenario, code, lower.value, upper.value))


def _rule(on: Editing) -> None:
    say = on.here.speaker.say
    choices = joined_levels(on.here.language)
    level = address.select("joined", say("Level"), list(choices), next(iter(choices)), choices.__getitem__)
    now = rule_of(on.scenario, level)
    offered = list(dict.fromkeys((*RULES, now)))
    key = _fill(f"rule_{level}", now)
    st.selectbox(
        say("Joined by"),
        offered,
        format_func=lambda name: say(RULES[name]) if name in RULES else name,
        key=key,
        on_change=_take_rule,
        args=(on, level, key),
    )


def _take_rule(on: Editing, level: str, key: str) -> None:
    _change(on, with_rule(on.scenario, level, st.session_state[key]))


EDITORS: Mapping[str, Callable[[Editing], None]] = {
    "answer": _answer,
    "weight": _weight,
    "goalposts": _goalposts,
    "rule": _rule,
}


def editor(on: Editing) -> None:
    """What to change, its field, what has been changed so far, and how to take it back."""
    say = on.here.speaker.say
    kind = address.switch(
        "change", say("Change"), list(CHANGES), "answer", lambda change: say(CHANGES[change])
    )
    EDITORS[kind](on)
    sentence = _unread()[1]
    if sentence:
        st.warning(parts.plain(sentence), icon=":material/error:")
    if on.scenario.empty:
        return
    rows, keys = change_rows(on.here.actor, on.asked, on.scenario, on.here.language), change_keys(on.scenario)
    parts.table(rows, say("What is changed"))
    names = {key: str(next(iter(row.values()))) for key, row in zip(keys, rows, strict=True)}
    taken = st.selectbox(
        say("Take back a change"),
        keys,
        index=None,
        format_func=names.__getitem__,
        placeholder=say("Choose a change"),
        key=f"back_{what_text(on.asked.upload_id, on.scenario)}",
    )
    with st.container(horizontal=True):
        st.button(
            say("Take back"),
            icon=":material/undo:",
            disabled=taken is None,
            on_click=lambda: _change(on, taken_back(on.scenario, taken or "")),
        )
        st.button(say("Take back all"), icon=":material/restart_alt:", on_click=_change, args=(on, UNCHANGED))
