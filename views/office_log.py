"""The log: what was done, when and by whom, as far as the reader may see it."""

from __future__ import annotations

import streamlit as st

from actions.office_log import MEDIA_TYPE, office_log, office_log_file, office_log_name, sees_all
from views import parts
from views.downloads import download

here = parts.visit()
say = here.speaker.say
rows = office_log(here.actor, here.language)

parts.header(say("Log"), here=here)
st.write(
    say("Everything that was done in this installation, the newest first.")
    if sees_all(here.actor)
    else say("What you did here, and what was done in the cities whose owner you are, the newest first.")
)
st.caption(
    say("Nothing can be taken out of the log, and it holds ids alone, no names. The workbook has them whole.")
)
if rows:
    download(
        say("Download as a workbook (.xlsx)"),
        lambda: office_log_file(here.now(), here.language),
        office_log_name(),
        MEDIA_TYPE,
    )
    parts.table(rows, say("Log"))
else:
    st.write(say("Nothing was done yet."))
