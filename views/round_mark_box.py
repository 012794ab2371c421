"""One mark: the rubric with every anchor in view is the answer sheet itself; what is clicked is kept at once.

A box bears in its key the version that its reader had before her. What another tab kept meanwhile never goes under, and
neither does what was clicked here: both stand beside each other until she chooses. After a restart of the server the
browser brings back what was not kept yet.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from actions import house
from actions.access import NotKeptError
from actions.house import StoreError
from actions.record_words import clock
from actions.round_marks import Answer, give_mark
from actions.round_own import Own, choice_text, choices, due, given_of, own_mark, own_versions
from actions.round_read import Seen
from actions.round_words import sentence
from actions.round_write import MeanwhileError, RoundError
from actions.store_words import STORE_TROUBLES
from views import address, parts
from views.held import held, undisturbed

_SEEN, _CHOICE, _REASON = "mark.seen.", "mark.choice.", "mark.reason."


@dataclass(frozen=True)
class Place:
    """Which mark: of a round, as a seat, of a candidate, on a criterion."""

    round_id: str
    seat: str
    candidate: str
    criterion: str

    def key(self, beginning: str, anchor: object = "") -> str:
        """A key of this mark; `anchor` is the version that its boxes were drawn with."""
        key = f"{beginning}{self.round_id}.{self.seat}.{self.candidate}.{self.criterion}"
        return key if anchor == "" else f"{key}.{anchor}"


@dataclass
class Before:
    """What the reader has before her: the version her boxes were drawn with, and what of it is kept.

    `at` is when it was kept; `clash` the version that somebody else kept meanwhile (0 for none), `needs` that a reason
    is due before it can be kept, `trouble` what else stood in the way.
    """

    anchor: int
    kept: Own
    saved_now: bool = False
    clash: int = 0
    needs: bool = False
    trouble: str = ""


def mark_box(here: parts.Visit, found: Seen, place: Place) -> None:
    """Draw the rubric of one criterion with one's own mark on it, and what became of it."""
    now = own_mark(found, place.candidate, place.criterion)
    before = _before(found, place, now)
    words = found.award.criterion_words[here.language][place.criterion]
    options = choices(found.award)
    key = place.key(_CHOICE, before.anchor)
    above = st.container(gap="small")
    st.radio(
        here.speaker.say("Your mark"),
        options,
        index=options.index(before.kept.choice) if before.kept.choice in options else None,
        format_func=lambda one: _label(here, found, one),
        captions=[parts.plain(words.anchors.get(_level(one), "")) for one in options],
        key=key,
        on_change=_keep,
        args=(here, place),
    )
    # What is to be done stands between the levels and the reason, beside both.
    between = st.container(gap="small")
    typed = _typed(place, before) or ("", "")
    needs = due(found, place.candidate, place.criterion, typed[0])
    st.text_area(
        here.speaker.say("Reason (needed for this mark)")
        if needs
        else here.speaker.say("Reason (may stay empty)"),
        before.kept.reason,
        key=place.key(_REASON, before.anchor),
        height=90,
        on_change=_keep,
        args=(here, place),
        placeholder=here.speaker.say(
            "What in the dossier led you to this mark? Name the answer or the page."
        ),
    )
    _settle(here, place, before, now)
    with between:
        _doubts(here, found, place, before)
    with above:
        _kept_at(here, before)


def _label(here: parts.Visit, found: Seen, choice: str) -> str:
    told = choice_text(choice, here.speaker)
    level = _level(choice)
    return f"**{told}** · {found.award.terms[here.language][f'level.{level}']}" if level else told


def _level(choice: str) -> int:
    """The whole level that a choice is, 0 for a half one and for too little evidence."""
    return int(choice) if choice.isdecimal() else 0


def _before(found: Seen, place: Place, now: Own) -> Before:
    """What the reader has before her; after a restart, the version that her browser's boxes were drawn with."""
    key = place.key(_SEEN)
    known: Before | None = st.session_state.get(key)
    if key in st.session_state and known is None:
        known = Before(now.version, now)
        st.session_state[key] = known
    elif known is None:
        anchors = [
            int(number)
            for one in held(f"{place.key(_CHOICE)}.") | held(f"{place.key(_REASON)}.")
            if (number := one.rpartition(".")[2]).isdecimal()
        ]
        versions = own_versions(found, place.candidate, place.criterion)
        anchor = max((one for one in anchors if one <= now.version), default=now.version)
        known = Before(anchor, versions[anchor])
        st.session_state[key] = known
    elif _typed(place, known) is None and not known.clash:
        # She comes back to this mark: its boxes are new.
        known = Before(now.version, now)
        st.session_state[key] = known
    return known


def _typed(place: Place, before: Before) -> tuple[str, str] | None:
    """What stands in the boxes, None where they are not there."""
    choice, reason = place.key(_CHOICE, before.anchor), place.key(_REASON, before.anchor)
    if choice not in st.session_state and reason not in st.session_state:
        return None
    return (
        st.session_state.get(choice, before.kept.choice) or "",
        st.session_state.get(reason, before.kept.reason) or "",
    )


def _settle(here: parts.Visit, place: Place, before: Before, now: Own) -> None:
    """Take notice of what was kept elsewhere, and keep what a line that was down brings late."""
    typed = _typed(place, before)
    if typed is None:
        return
    if typed == (now.choice, now.reason) and now.version > before.kept.version:
        before.kept, before.clash, before.needs, before.trouble = now, 0, False, ""
    elif typed != (before.kept.choice, before.kept.reason) and not (
        before.clash or before.needs or before.trouble
    ):
        _keep(here, place)


@undisturbed()
def _keep(here: parts.Visit, place: Place, over: int = 0) -> None:
    """Keep what stands in the boxes, on top of the version that its reader has before her (`over`: has chosen over)."""
    before: Before | None = st.session_state.get(place.key(_SEEN))
    typed = _typed(place, before) if before else None
    if before is None or typed is None:
        return
    choice, reason = typed
    before.saved_now, before.needs, before.trouble = False, False, ""
    if typed == (before.kept.choice, before.kept.reason) and not over:
        before.clash = 0
        return
    if not choice or (before.clash and not over):
        # A reason alone waits for its mark; what is in doubt waits for a choice.
        return
    say = house.voice(address.language()).say
    base = over or before.kept.version
    given = Answer(place.candidate, place.criterion, base, given_of(choice, reason))
    try:
        kept = give_mark(here.now(), place.round_id, place.seat, given)
    except MeanwhileError as trouble:
        before.clash = trouble.version
    except RoundError as trouble:
        before.needs = trouble.kind == "reason_missing"
        before.trouble = "" if before.needs else sentence(trouble, say)
    except NotKeptError:
        before.trouble = say(
            "This can no longer be marked: the round has moved on, or what is yours to judge changed."
        )
    except StoreError as trouble:
        before.trouble = f"{say(STORE_TROUBLES[trouble.kind])} {say('Nothing was lost. Please try again.')}"
    else:
        before.kept = Own(kept.version, choice, reason, kept.at)
        before.clash, before.saved_now = 0, True


def _anew(place: Place) -> None:
    # Not taken out: what the browser still holds of the old boxes counts no more.
    st.session_state[place.key(_SEEN)] = None


def _doubts(here: parts.Visit, found: Seen, place: Place, before: Before) -> None:
    """Why it is not kept and what to do, or that something else counts now."""
    say = here.speaker.say
    now = own_mark(found, place.candidate, place.criterion)
    if before.clash:
        _clash(here, place, before, now)
        return
    if before.needs:
        st.warning(
            say(
                "Not kept yet: this mark needs a reason. Write it here; both are kept when you leave the box."
            ),
            icon=":material/edit_note:",
        )
    elif before.trouble:
        st.error(parts.plain(f"{say('Not kept yet.')} {before.trouble}"), icon=":material/error:")
        st.button(
            say("Try again to keep it"),
            icon=":material/refresh:",
            key=place.key("mark.again."),
            on_click=_keep,
            args=(here, place),
        )
    elif now.version > before.kept.version:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            at = clock(now.at, st.context.timezone or "", here.language)
            st.caption(
                f":material/sync: {say('Changed in another window meanwhile ({at}).', at=at)}",
                width="content",
            )
            st.button(
                say("Show what counts now"),
                key=place.key("mark.anew."),
                on_click=_anew,
                args=(place,),
                type="tertiary",
            )


def _kept_at(here: parts.Visit, before: Before) -> None:
    """When one's mark was kept, by the reader's own clock."""
    say = here.speaker.say
    if before.clash or before.needs or before.trouble:
        return
    if before.kept.at:
        text = say("kept {time}", time=clock(before.kept.at, st.context.timezone or "", here.language))
        st.caption(
            f":material/cloud_done: **{text}**" if before.saved_now else f":material/cloud_done: {text}"
        )
    else:
        st.caption(say("Nothing is kept here yet. A click on a level keeps it at once."))


def _clash(here: parts.Visit, place: Place, before: Before, now: Own) -> None:
    """What counts and what was clicked here, beside each other, and the choice."""
    say, (choice, reason) = here.speaker.say, _typed(place, before) or ("", "")
    st.warning(
        say("You marked this in another window meanwhile. Both are here still. Which one counts?"),
        icon=":material/call_split:",
    )
    at = clock(now.at, st.context.timezone or "", here.language) if now.at else ""
    parts.table(
        [
            {
                say("Where"): say("Counts now ({at})", at=at),
                say("Mark"): choice_text(now.choice, here.speaker),
                say("Reason"): now.reason,
            },
            {
                say("Where"): say("In this window"),
                say("Mark"): choice_text(choice, here.speaker),
                say("Reason"): reason,
            },
        ],
        say("What counts now and what was marked here"),
    )
    with st.container(horizontal=True, gap="small"):
        st.button(say("Keep what counts now"), key=place.key("mark.theirs."), on_click=_anew, args=(place,))
        st.button(
            say("Let this window's count"),
            key=place.key("mark.mine."),
            on_click=_keep,
            args=(here, place, now.version),
        )
