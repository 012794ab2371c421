"""Taking in dropped files, the same on every page: read once each, with progress, within the visit's allowance."""

from __future__ import annotations

import streamlit as st

from actions.uploads import Receipt, destinations, receive_all
from views import parts


def for_whom(key: str, here: parts.Visit) -> str | None:
    """The city for which files are uploaded, "" on one's own computer, None for whoever may upload for none."""
    say = here.speaker.say
    cities = destinations(here.actor)
    if not cities:
        st.info(
            say(
                "Workbooks are uploaded by owners and contributors of a city. You are neither: ask the owner of your "
                "city for an invitation. Invented sample cities are open to you."
            ),
            icon=":material/lock:",
        )
        return None
    if len(cities) == 1:
        city, name = next(iter(cities.items()))
        if city:
            st.caption(say("For {city}", city=parts.plain(name)))
        return city
    return st.selectbox(
        say("For which city?"), list(cities), format_func=lambda one: cities[one], key=f"for_{key}"
    )


def take_in(label: str, key: str, here: parts.Visit) -> tuple[list[Receipt], list[Receipt]]:
    """What became of the files just dropped in, and of all that lie in the uploader; a rerun reads no file twice."""
    say = here.speaker.say
    city = for_whom(key, here)
    if city is None:
        return [], []
    # By the uploader's own file id, which stays the same while the file lies there.
    receipts: dict[str, Receipt] = st.session_state.setdefault(f"receipts.{key}", {})
    # Files of every kind are let in: what they are is said in the reader's language, and what to do.
    files = st.file_uploader(label, accept_multiple_files=True, key=key)
    st.caption(
        say(
            "Excel workbooks (.xlsx), up to 5 MB each, several at once if you like. "
            "The button above stays in English: it belongs to the framework this page is built with."
        )
    )
    new = [one for one in files if one.file_id not in receipts]
    if new:
        bar = st.progress(0.0, text=say("Reading …"))
        read = receive_all(
            here.actor, [(one.name, one.getvalue) for one in new], here.language, parts.allowance(), city
        )
        for one, (done, receipt) in zip(new, read, strict=True):
            receipts[one.file_id] = receipt
            bar.progress(done, text=parts.plain(one.name))
        bar.empty()
    return [receipts[one.file_id] for one in new], [receipts[one.file_id] for one in files]
