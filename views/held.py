"""What a browser still holds of a page whose visit is gone, such as after a restart of the server.

A widget's key is sent along with its value. A page that puts the version it has shown into the key can so tell on top
of which version a late value was typed. Streamlit offers no such question: this is the one place that looks inside,
and tests/browser/test_record.py and test_room_story.py drive it through restarts of the running server.
"""

from __future__ import annotations

from collections.abc import Collection

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
