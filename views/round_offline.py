"""Marking offline: the juror's workbook taken along, and brought back cell by cell."""

from __future__ import annotations

import streamlit as st

from actions.round_mark_work import in_hand, work_sentence
from actions.round_offline import MEDIA_TYPE, offline_workbook, offline_workbook_name
from actions.round_offline_read import Brought, New, bring_back, keep_brought
from actions.round_read import Seen
from views import parts
from views.downloads import download
from views.round_parts import doing, faults

_DONE, _WHERE = "offline.done", "offline.bring"


def offline_section(here: parts.Visit, found: Seen) -> None:
    """Take the workbook along, bring it back, look at what would change, keep it."""
    say = here.speaker.say
    round_id, seat = found.round.id, found.viewer.seat
    if not any(one.now or one.answered for one in in_hand(found)):
        st.write(work_sentence(found, here.language))
        return
    st.write(
        say(
            "Take your cities along as a workbook: marks to fill in, the rubric, scores and answers with their "
            "evidence. Bring it back here: every cell is checked, and nothing is kept before you say so."
        )
    )
    download(
        say("Download my workbook"),
        lambda: offline_workbook(here.now(), round_id, seat, here.language),
        offline_workbook_name(here.language),
        MEDIA_TYPE,
        key=f"offline.{round_id}.{seat}",
    )
    if done := st.session_state.pop(_DONE, 0):
        st.success(
            here.speaker.plural("{count} mark was kept.", "{count} marks were kept.", done),
            icon=":material/cloud_done:",
        )
    file = st.file_uploader(say("Bring my workbook back"), key=f"offline_file.{round_id}.{seat}")
    faults(_WHERE)
    if file is None:
        return
    counted: set[str] = st.session_state.setdefault("offline.files", set())
    if file.file_id not in counted and not parts.allowance().take(file.size):
        st.error(say("This visit has uploaded as much as it may. Reload the page later."))
        return
    counted.add(file.file_id)
    with st.spinner(say("Reading …")):
        brought = bring_back(here.actor, round_id, seat, file.name, file.getvalue(), here.language)
    if brought.told is not None:
        parts.refused_file(brought.told, file.name)
    elif brought.refused:
        st.error(parts.plain(brought.refused), icon=":material/block:")
    else:
        _shown(here, found, brought)


def _shown(here: parts.Visit, found: Seen, brought: Brought) -> None:
    say = here.speaker.say
    st.markdown(
        parts.plain(
            say(
                "New: {new}. Changed here since the file was made: {clashes}. To be put right: {wrong}. "
                "As kept: {same}.",
                new=len(brought.clear),
                clashes=len(brought.clashes),
                wrong=len(brought.wrong),
                same=brought.same,
            )
        )
    )
    _wrong(here, brought)
    if brought.clear:
        st.markdown(f"**{say('New in the file')}**")
        parts.table(
            [_row(here, one) for one in brought.clear], say("Marks of the file that differ from what is kept")
        )
    chosen = [one for one in brought.clashes if _chosen(here, one)]
    some = [*brought.clear, *chosen]
    if some:
        st.button(
            here.speaker.plural("Keep {count} mark", "Keep {count} marks", len(some)),
            type="primary",
            icon=":material/save:",
            key="offline_keep",
            on_click=doing(_WHERE, lambda: _keep(here, found, some)),
        )
    elif not brought.wrong:
        st.caption(say("Everything in the file is kept already."))


def _wrong(here: parts.Visit, brought: Brought) -> None:
    say = here.speaker.say
    if not brought.wrong:
        return
    st.warning(
        say(
            "These cells are not taken. Put them right in the file and bring it back; the others may be kept now."
        ),
        icon=":material/error:",
    )
    parts.table(
        [
            {
                say("Cell"): one.cell,
                say("City"): one.city,
                say("Criterion"): one.criterion,
                say("What stands there"): one.found,
                say("The rule"): one.rule,
                say("What to do next"): one.advice,
            }
            for one in brought.wrong
        ],
        say("Cells of the file that cannot be taken"),
    )


def _row(here: parts.Visit, one: New) -> dict[str, str]:
    say = here.speaker.say
    return {
        say("Cell"): one.cell,
        say("City"): one.city,
        say("Criterion"): one.title,
        say("Kept now"): one.before,
        say("In the file"): one.after,
        say("Reason"): one.reason,
    }


def _chosen(here: parts.Visit, one: New) -> bool:
    """One mark that was changed here since the file was made: the file's counts only where it is ticked."""
    say = here.speaker.say
    return st.checkbox(
        say(
            "{city}, {criterion}: changed here to {before} since the file was made. Let the file's {after} count",
            city=parts.plain(one.city),
            criterion=parts.plain(one.title),
            before=one.before,
            after=one.after,
        ),
        key=f"offline.take.{one.id}.{one.version}",
    )


def _keep(here: parts.Visit, found: Seen, some: list[New]) -> None:
    st.session_state[_DONE] = keep_brought(here.now(), found.round.id, found.viewer.seat, some)
