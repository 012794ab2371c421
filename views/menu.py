"""The pages of the menu, each looked up on the disk once for all visits."""

from __future__ import annotations

from copy import copy
from functools import lru_cache

import streamlit as st


def page(name: str, title: str, icon: str) -> st.Page:
    """A page of the menu for this run alone: Streamlit notes in it whether it was run."""
    return copy(_found(name, title, icon))


# As many as there are pages in all languages. Finding one takes longer than drawing a line of text, and every click
# lists them all.
@lru_cache(maxsize=256)
def _found(name: str, title: str, icon: str) -> st.Page:
    return st.Page(
        f"views/{name}.py",
        title=title,
        icon=f":material/{icon}:",
        url_path=name,
        default=name == "start",
    )
