"""What a browser still holds of a page whose visit is gone, such as after a restart of the server.

A widget's key is sent along with its value. A page that puts the version it has shown into the key can so tell on top
of which version a late value was typed. Streamlit offers no such question: this is the one place that looks inside,
and tests/browser/test_record.py drives it through a restart of the running server.
"""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id


def held(beginning: str) -> frozenset[str]:
    """The keys of widgets, by how they begin, whose values the browser sent and this visit has not drawn yet."""
    context = get_script_run_ctx()
    if context is None:
        return frozenset()
    ids = context.session_state._state._new_widget_state.states.keys()
    keys = (user_key_from_element_id(one) for one in ids)
    return frozenset(key for key in keys if key and key.startswith(beginning))
