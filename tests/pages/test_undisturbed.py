"""What was begun to be kept is kept, though the next click has come and wants another page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

WENT: list[str] = []


def _page(disturbed: bool) -> None:
    from contextlib import nullcontext

    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx
    from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

    from tests.pages.test_undisturbed import WENT
    from views.held import undisturbed

    WENT.append("begun")
    if WENT == ["begun"]:
        with nullcontext() if disturbed else undisturbed():
            context = get_script_run_ctx()
            assert context is not None
            assert context.script_requests is not None
            # The next click comes.
            context.script_requests.request_rerun(RerunData())
            st.session_state.get("anything")
            WENT.append("kept")
        st.session_state.get("anything")
        WENT.append("went on")


@pytest.mark.parametrize(
    ("disturbed", "went"), [(True, ["begun", "begun"]), (False, ["begun", "kept", "begun"])]
)
def test_what_is_being_kept_is_kept_before_the_next_click_is_heard(disturbed: bool, went: list[str]) -> None:
    WENT.clear()
    app = AppTest.from_function(_page, kwargs={"disturbed": disturbed}).run()
    assert not app.exception
    assert went == WENT
