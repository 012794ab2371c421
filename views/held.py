"""What Streamlit offers no question for: what a browser still holds of a visit that is gone, and an undisturbed moment.

A widget's key is sent along with its value. A page that puts the version it has shown into the key can so tell on top
of which version a late value was typed. This is the one place that looks inside Streamlit;
tests/browser/test_record.py and test_room_story.py drive it through restarts of the running server.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id
from streamlit.runtime.state.session_state import Serialized


def held(beginning: str) -> frozenset[str]:
    """The keys of widgets, by how they begin, whose values the browser sent and this visit has not drawn yet."""
    context = get_script_run_ctx()
    if context is None:
        return frozenset()
    ids = context.session_state._state._new_widget_state.states.keys()
    keys = (user_key_from_element_id(one) for one in ids)
    return frozenset(key for key in keys if key and key.startswith(beginning))


def late_clicks() -> frozenset[str]:
    """The buttons, by Streamlit's ids, that were clicked before this visit has drawn them: no action was taken."""
    context = get_script_run_ctx()
    if context is None:
        return frozenset()
    sent = context.session_state._state._new_widget_state
    return frozenset(
        one
        for one, state in sent.states.items()
        if one not in sent.widget_metadata
        and isinstance(state, Serialized)
        and state.value.WhichOneof("value") == "trigger_value"
    )


def unheard(clicks: Collection[str]) -> bool:
    """Whether one of these clicks has come to nothing, now that the page is drawn: its action was not called."""
    context = get_script_run_ctx()
    if context is None:
        return False
    known = context.session_state._state._new_widget_state.widget_metadata
    return any(one not in known or known[one].callback is not None for one in clicks)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Within this the run of a page is not stopped for another click: what was begun to be kept is kept.

    Streamlit stops a run wherever it asks for its state. If the next click leads to another page, what was typed in
    this one is forgotten, though it had arrived.
    """
    context = get_script_run_ctx()
    runner = getattr(getattr(context and context.session_state, "_yield_callback", None), "__self__", None)
    if not getattr(runner, "_execing", False):
        yield
        return
    runner._execing = False
    try:
        yield
    finally:
        runner._execing = True
