"""Two people on one answer: what counts and what was written meanwhile, side by side, and the choice."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from actions.access import NotKeptError
from actions.house import StoreError
from actions.record_choose import MINE, THEIRS, ClashShown, choose
from actions.rooms import RoomError
from views import parts


def clash_box(
    here: parts.Visit, assessment: str, shown: ClashShown, base: int, after: Callable[[], object]
) -> None:
    """What counts and what does not, who wrote it and when; `base` is the version that its reader has before her."""
    say = here.speaker.say
    who, by = parts.plain(shown.counts_by), parts.plain(shown.by)
    with st.container(border=True, gap="small"):
        if here.actor.everything:
            text = say(
                "Something else was written here in another window ({at}). Both are kept. Which one counts?",
                at=parts.plain(shown.counts_at),
            )
            keep, take = say("Keep what stands there"), say("Let this one count")
        elif shown.mine:
            text = say(
                "{who} wrote something else here ({at}) while you were writing. Both are kept. Which one counts?",
                who=who,
                at=parts.plain(shown.counts_at),
            )
            keep, take = say("Keep what {who} wrote", who=who), say("Let mine count")
        else:
            text = say(
                "{by} wrote something else here at the same time as {who}. Both are kept. Which one counts?",
                by=by,
                who=who,
            )
            keep, take = say("Keep what {who} wrote", who=who), say("Let what {who} wrote count", who=by)
        st.warning(text, icon=":material/call_split:")
        parts.table(shown.rows, say("What counts now and what was written meanwhile"))
        with st.container(horizontal=True, gap="small"):
            for label, choice in ((keep, THEIRS), (take, MINE)):
                st.button(
                    label,
                    key=f"choose.{shown.id}.{choice}.{base}",
                    on_click=_choose,
                    args=(here, assessment, shown.id, choice, base, after),
                )


def _choose(
    here: parts.Visit, assessment: str, clash: str, choice: str, base: int, after: Callable[[], object]
) -> None:
    try:
        choose(here.now(), assessment, clash, choice, base)
    except (StoreError, RoomError):
        # The choice stands open still; the row says why when it is drawn.
        return
    except NotKeptError:
        # Somebody else has settled it.
        pass
    after()
