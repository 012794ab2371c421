"""A shared installation: the pages of app.py behind a door through which people sign in (make serve).

Runs under `streamlit run serve.py` and under `uvicorn serve:app`. What must be set stands in docs/operate.md; nothing
half-configured starts.
"""

from __future__ import annotations

import streamlit as st

from actions import opening
from views import door

settings = opening.settings()
app = st.App("app.py", routes=door.routes(settings), middleware=door.layers(settings))
