"""Files to download, made at the click; where one cannot be made, the page says why in its own words."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import streamlit as st

from actions.access import NotKeptError
from actions.house import StoreError
from views import door_streamlit as inside
from views import parts

# Button -> its name since its file could not be made.
_MISSED = "downloads.missed"


def download(
    label: str,
    make: Callable[[], bytes],
    name: str,
    media_type: str,
    *,
    icon: str = "download",
    key: str = "",
    primary: bool = False,
    disabled: bool = False,
) -> None:
    """A button that gives what `make` makes beside the page; a trouble with the store is told by the page itself."""
    key = key or f"download_{label}"
    kinds: list[str] = st.session_state.setdefault(parts.TROUBLES, [])
    missed: dict[str, str] = st.session_state.setdefault(_MISSED, {})
    show_again = inside.shower()

    def made() -> bytes:
        try:
            return make()
        except (StoreError, NotKeptError) as trouble:
            if isinstance(trouble, StoreError):
                kinds.append(trouble.kind)
            missed[key] = secrets.token_hex(4)
            show_again()
            raise

    st.download_button(
        label,
        data=made,
        file_name=name,
        mime=media_type,
        icon=f":material/{icon}:",
        type="primary" if primary else "secondary",
        disabled=disabled,
        on_click="ignore",
        # Under a new name the button comes without the framework's own English word on what failed.
        key=f"{key}_{missed.get(key, 'first')}",
    )
