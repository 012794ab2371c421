"""Troubles with the store that come up while a page is shown: told once, with what was typed still there.

A click's action and a download run before or beside the page, where Streamlit would show its own English error.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from actions.house import StoreError
from views import held, parts

# With these the store can still be read, so the page that follows is whole.
_READABLE = ("full", "read_only")
_TYPED = "troubles.typed"
# Whether the page had begun: then its first fields are still there, and newer than what was kept of them.
_BEGUN = "troubles.begun"
_AGAIN = "troubles.again"
# Folds are opened again as well: fields inside closed ones are not drawn.
_FOLD = "fold_"
# Clicks that came before this visit had drawn a page to its end, and whether it has.
_LATE, _DRAWN = "troubles.late", "troubles.drawn"


def notice_clicks() -> None:
    """Note which clicks came from a page of an ended visit, such as after a restart, before its page is drawn anew."""
    if _DRAWN not in st.session_state and (clicks := held.late_clicks()):
        st.session_state[_LATE] = clicks


def tell(say: Callable[[str], str]) -> None:
    """Say what kept the last click or download from being done, above the page that follows it."""
    kinds: list[str] = st.session_state.get(parts.TROUBLES, [])
    for kind in dict.fromkeys(kinds):
        parts.store_trouble(kind, say)
    kinds.clear()


def within_page(trouble: StoreError, say: Callable[[str], str]) -> None:
    """A page could not go on: once it is shown anew without what was clicked, then its reader is told instead."""
    if trouble.kind in _READABLE and not st.session_state.pop(_AGAIN, False):
        st.session_state[_AGAIN] = True
        st.session_state.setdefault(parts.TROUBLES, []).append(trouble.kind)
        st.rerun()
    instead_of_page(trouble, say, begun=True)


def instead_of_page(trouble: StoreError, say: Callable[[str], str], *, begun: bool) -> None:
    """Say why the page cannot be shown, or no further, and keep what was typed on it for the next time."""
    parts.store_trouble(trouble.kind, say)
    st.session_state.pop(parts.TROUBLES, None)
    st.session_state[_TYPED] = {**st.session_state.get(_TYPED, {}), **_entries()}
    st.session_state[_BEGUN] = begun


def bring_back() -> None:
    """Put back what was typed where a page could not be shown; what is still there stays as it is."""
    begun = st.session_state.pop(_BEGUN, True)
    for key, entry in st.session_state.pop(_TYPED, {}).items():
        if not begun or key not in st.session_state:
            st.session_state[key] = entry


def all_well(say: Callable[[str], str]) -> None:
    """The page was shown to its end; a click that its visit did not know is told wherever its reader is on the page.

    It is not made up for: what it was about may have changed since its reader saw it.
    """
    st.session_state.pop(_AGAIN, None)
    st.session_state[_DRAWN] = True
    if held.unheard(st.session_state.pop(_LATE, ())):
        st.toast(
            say(
                "The server was away for a moment, and your last click was not carried out. What you typed still "
                "stands here. Please look at the page and click once more."
            ),
            icon=":material/sync_problem:",
            duration="infinite",
        )


def _entries() -> dict[str, object]:
    """Texts and choices in fields with a name of their own, and which folds are open."""
    found = {str(key): value for key, value in st.session_state.items()}
    return {
        key: value
        for key, value in found.items()
        if isinstance(value, str | list) or (isinstance(value, bool) and key.startswith(_FOLD))
    }
