"""What the pieces of a city's room share: a click that is told where it fails, with what was typed still there."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable

import streamlit as st

from actions import house
from actions.access import NotKeptError
from actions.evidence_troubles import EvidenceError
from actions.house import StoreError
from actions.notices import Notice
from actions.room_words import ROOM_TROUBLES
from actions.rooms import RoomError
from actions.store_words import STORE_TROUBLES
from views import address, parts
from views.held import held

_FAULT = "room.fault."
# A place's fields keep what is typed in them, whatever else happens on the page, until it is kept; then they are new.
_TURN = "room.turn."
_IS_TURN = re.compile("[0-9a-f]{8}")


def doing(where: str, act: Callable[[], None], at: str = "") -> Callable[[], None]:
    """A click's act on the fields of a place; where it cannot be done, `told(at or where)` says why in the next run.

    `at` is a place that is there even when somebody else has taken the one of the click away.
    """

    def done() -> None:
        say = house.voice(address.language()).say
        fault = ""
        st.session_state.pop(_FAULT + (at or where), None)
        try:
            act()
        except EvidenceError as trouble:
            fault = trouble.told(address.language())
        except RoomError as trouble:
            fault = say(ROOM_TROUBLES[trouble.kind])
        except StoreError as trouble:
            fault = " ".join((say(STORE_TROUBLES[trouble.kind]), say("Nothing was lost. Please try again.")))
        except NotKeptError:
            # The page that follows says what is not there any more.
            return
        else:
            st.session_state[_TURN + where] = secrets.token_hex(4)
        if fault:
            st.session_state[_FAULT + (at or where)] = Notice(fault, time.monotonic())

    return done


def told(where: str) -> None:
    """Why the last click here could not be done, until the next click or until it was read."""
    fault: Notice | None = st.session_state.get(_FAULT + where)
    if fault is not None and fault.stands(time.monotonic()):
        st.warning(parts.plain(fault.text), icon=":material/error:")


def field(where: str, name: str) -> str:
    """The key of a field at a place; after a restart it is the one that the browser still shows."""
    if _TURN + where not in st.session_state:
        beginning = f"{name}_{where}_"
        turns = [key.removeprefix(beginning) for key in held(beginning)]
        st.session_state[_TURN + where] = next((one for one in turns if _IS_TURN.fullmatch(one)), "")
    return f"{name}_{where}_{st.session_state[_TURN + where]}"


def typed(key: str) -> str:
    """What stands in a field now."""
    return str(st.session_state.get(key) or "")
