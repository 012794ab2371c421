"""What is entered for a membership check: kept with a city at once, or in the address alone for a quick check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st

from actions.access import NotKeptError
from actions.house import StoreError
from actions.membership import AskedFact, TwoSaid, asked_quick, choose_fact, in_rows, say_fact
from actions.membership_words import NONE_YET, NOT_YET_KNOWN
from views import address, parts
from views.parts import Visit

_NAME_LENGTH = 80
_NONE, _ON, _DAY = "none", "on", "_day"


@dataclass(frozen=True)
class Form:
    """Who writes, for which city; `version` is that of the whole, seen by whoever chooses between two answers."""

    here: Visit
    city: str
    version: int

    def key(self, fact: str, version: int | str) -> str:
        """A widget's key: a late answer is saved on top of the version that its reader saw."""
        return f"membership_{self.city}_{fact}_{version}"


def room_inputs(form: Form, asked: Mapping[str, AskedFact]) -> None:
    """Everything that is asked here and stands in no profile, saved on leaving each entry."""
    if not asked:
        return
    _keep_earlier(form, asked)
    with st.container(border=True):
        st.markdown(f"**{form.here.speaker.say('Asked here alone')}**")
        for row in in_rows(tuple(asked.values()), 4):
            for column, fact in zip(st.columns(4, gap="small"), row, strict=False):
                with column:
                    _room_input(form, fact)


def _keep_earlier(form: Form, asked: Mapping[str, AskedFact]) -> None:
    """Keep what was entered on this page while somebody else said something of the same fact.

    Its key still carries the version that the page had shown, so that the two stand beside each other.
    """
    beginning = form.key("", "")[:-1]
    for key in [str(one) for one in st.session_state if str(one).startswith(beginning)]:
        name, _, version = key.removeprefix(beginning).removesuffix(_DAY).rpartition("_")
        text = _text_of(st.session_state[key])
        if name in asked and version.isdecimal() and int(version) < asked[name].version and text != _ON:
            with suppress(NotKeptError):
                kept = say_fact(form.here.now(), form.city, name, text, int(version))
                del st.session_state[key]
                if kept.version != form.version:
                    st.rerun()


def _room_input(form: Form, fact: AskedFact) -> None:
    say = form.here.speaker.say
    key = form.key(fact.id, fact.version)
    if fact.kind == "choice":
        options = ("", *fact.choices)
        picked = st.selectbox(
            fact.name,
            options,
            index=options.index(fact.said) if fact.said in options else 0,
            format_func=lambda one: fact.choices.get(one) or say(NOT_YET_KNOWN),
            help=fact.hint,
            key=key,
        )
        _save(form, fact, picked)
    elif fact.kind == "whole":
        # Set beforehand and not as a default, to which an emptied box would go back.
        if key not in st.session_state:
            st.session_state[key] = int(fact.said) if fact.said else None
        number = st.number_input(
            fact.name,
            min_value=fact.low,
            max_value=fact.high,
            value=None,
            step=1,
            placeholder=say(NOT_YET_KNOWN),
            help=fact.hint,
            key=key,
        )
        _save(form, fact, number)
    else:
        _report_input(form, fact, key)


def _report_input(form: Form, fact: AskedFact, key: str) -> None:
    say = form.here.speaker.say
    words = {"": say(NOT_YET_KNOWN), _NONE: say(NONE_YET), _ON: say("handed in on …")}
    now = fact.said if fact.said in ("", _NONE) else _ON
    kind = st.selectbox(
        fact.name,
        tuple(words),
        index=tuple(words).index(now),
        format_func=words.__getitem__,
        help=fact.hint,
        key=key,
    )
    if kind != _ON:
        _save(form, fact, kind)
        return
    day = st.date_input(
        say("Day on which it was handed in"),
        value=dt.date.fromisoformat(fact.said) if now == _ON else None,
        min_value=dt.date(2015, 1, 1),
        max_value="today",
        format="YYYY-MM-DD",
        key=f"{key}{_DAY}",
    )
    if isinstance(day, dt.date):
        _save(form, fact, day)


def _text_of(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)


def _save(form: Form, fact: AskedFact, value: object) -> None:
    """Save what differs from what is kept, and show the page with it; where it cannot be kept it stays in its box."""
    text = _text_of(value)
    if text == fact.said:
        return
    try:
        say_fact(form.here.now(), form.city, fact.id, text, fact.version)
    except StoreError as trouble:
        parts.store_trouble(trouble.kind, form.here.speaker.say)
        return
    st.rerun()


def settle_inputs(form: Form, beside: Sequence[TwoSaid]) -> None:
    """Where two people said something of one fact at once: both are shown, and one is chosen."""
    say = form.here.speaker.say
    for one in beside:
        st.warning(
            say(
                "Two people answered “{name}” at the same time. It counts: {counts}. {who} wrote at {when}: {beside}.",
                name=parts.plain(one.name),
                counts=parts.plain(one.counts),
                who=parts.plain(one.who),
                when=parts.plain(one.when),
                beside=parts.plain(one.beside),
            ),
            icon=":material/call_split:",
        )
        with st.container(horizontal=True):
            for mine, label in ((False, one.counts), (True, one.beside)):
                st.button(
                    say("Let “{value}” count", value=parts.plain(label)),
                    key=form.key(f"{one.fact}_{mine}", form.version),
                    on_click=_choose,
                    args=(form, one.fact, mine),
                )


@parts.acting
def _choose(form: Form, fact: str, mine: bool) -> None:
    # Somebody chose already, or said something since: the page that follows shows it.
    with suppress(ValueError):
        choose_fact(form.here.now(), form.city, fact, mine=mine, base=form.version)


# --- a quick check


def quick_inputs(here: Visit, name: str, start: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The town's name and facts: from the address, else from what an open workbook says."""
    asked = asked_quick(here.language)
    facts = dict(start)
    with st.container(border=True):
        st.markdown(f"**{here.speaker.say('Quick check of a town')}**")
        for row in in_rows((None, *asked.values()), 3):
            for column, fact in zip(st.columns(3, gap="small"), row, strict=False):
                with column:
                    if fact is None:
                        name = _text(here, name)
                    else:
                        facts[fact.id] = _entry(here, fact, start.get(fact.id, ""))
    return name, {fact: said for fact, said in facts.items() if said}


def _text(here: Visit, start: str) -> str:
    key = "quick_name"
    value = _known("town", start)
    _begin(key, value)
    st.text_input(
        here.speaker.say("Name of the town"),
        max_chars=_NAME_LENGTH,
        key=key,
        on_change=lambda: _keep("town", st.session_state[key].strip()),
    )
    return value


def _begin(key: str, value: str | int | None) -> None:
    # Set once: a box that is set again while its reader types loses what she has not sent yet.
    if key not in st.session_state:
        st.session_state[key] = value


def _known(parameter: str, start: str) -> str:
    """What the address says; a dash stands for what was emptied."""
    said = address.text(parameter)
    return "" if said == "-" else said or start


def _keep(parameter: str, text: str) -> None:
    address.keep(parameter, text or "-")


def _entry(here: Visit, fact: AskedFact, start: str) -> str:
    key, value = f"quick_{fact.id}", _known(fact.id, start)
    if fact.choices:
        options = ("", *fact.choices)
        value = value if value in options else ""
        _begin(key, value)
        st.selectbox(
            fact.name,
            options,
            format_func=lambda one: fact.choices.get(one) or here.speaker.say(NOT_YET_KNOWN),
            help=fact.hint,
            key=key,
            on_change=lambda: _keep(fact.id, st.session_state[key]),
        )
        return value
    number = int(value) if value.isdecimal() and fact.low <= int(value) <= fact.high else None
    _begin(key, number)
    st.number_input(
        fact.name,
        min_value=fact.low,
        max_value=fact.high,
        value=None,
        step=1,
        placeholder=here.speaker.say(NOT_YET_KNOWN),
        help=fact.hint,
        key=key,
        on_change=lambda: _keep(fact.id, "" if st.session_state[key] is None else str(st.session_state[key])),
    )
    return "" if number is None else str(number)
