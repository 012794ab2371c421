"""What a page shows stands in its address, so that a reload, a second tab and a sent link show the same.

A choice is taken from the address, else from this visit's last choice, else from its default, and is
always written back to the address. Ids in an address are untrusted: actions look them up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from locales import LANGUAGES, match_language

_KEPT = "address."


def choice(name: str, options: Sequence[str], default: str) -> str:
    """The current value of a choice among `options`."""
    wanted = st.query_params.get(name) or st.session_state.get(_KEPT + name)
    value = wanted if wanted in options else default
    keep(name, value)
    return value


def text(name: str) -> str:
    """The current value of a free entry such as an id; "" where there is none."""
    value = st.query_params.get(name) or st.session_state.get(_KEPT + name) or ""
    if value:
        keep(name, value)
    return value


def keep(name: str, value: str) -> None:
    """Put a value into the address and remember it for this visit's other pages."""
    st.session_state[_KEPT + name] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def forget(name: str) -> None:
    """Take a value out of the address and out of this visit."""
    st.session_state.pop(_KEPT + name, None)
    st.query_params.pop(name, None)


def keep_or_forget(name: str, value: str) -> None:
    """Put a value into the address, or take it out where nothing is left to say."""
    if value:
        keep(name, value)
    else:
        forget(name)


def language() -> str:
    """The reader's language: from the address, else from the browser."""
    return choice("lang", tuple(LANGUAGES), match_language(st.context.locale))


def switch(
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    say: Callable[[str], str],
    *,
    show_label: bool = True,
) -> str:
    """A switch with all options in view whose value stands in the address."""
    current = choice(name, options, default)
    key = f"switch_{name}"
    st.session_state[key] = current
    return st.radio(
        label,
        options,
        format_func=say,
        key=key,
        on_change=lambda: keep(name, st.session_state[key]),
        label_visibility="visible" if show_label else "collapsed",
        horizontal=True,
    )


def select(name: str, label: str, options: Sequence[str], default: str, say: Callable[[str], str]) -> str:
    """A drop-down list whose value stands in the address."""
    current = choice(name, options, default)
    key = f"select_{name}"
    st.session_state[key] = current
    return st.selectbox(
        label, options, format_func=say, key=key, on_change=lambda: keep(name, st.session_state[key])
    )
