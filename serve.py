"""A shared installation: the pages of app.py behind a door through which people sign in (make serve).

Run by `python serve.py`, by `uvicorn serve:app`, or (more slowly) by `streamlit run serve.py`. What must be set stands
in docs/operate.md; nothing half-configured starts.
"""

from __future__ import annotations

import streamlit as st

from actions import opening
from views import door, door_run

settings = opening.settings()
app = st.App("app.py", routes=door.routes(settings), middleware=door.layers(settings))

if __name__ == "__main__":
    door_run.run(app)
