"""One field of a record as a row of the form: what is typed is kept when its box is left, and nothing is overwritten.

A box carries in its key the version that its reader saw when it was drawn (the *anchor*), and stays the same box while
she writes on; only what somebody else wrote, or what she took with a click, brings new boxes. What stands in the boxes
is compared with what she has seen, so that a line that was down or a server that was restarted is no special case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from actions.access import NotKeptError
from actions.house import StoreError
from actions.overview import Figure
from actions.record import Saved
from actions.record import say as keep
from actions.record_form import Field, Input, one_field, score
from actions.record_history import history_rows, versions_said
from actions.record_words import clock, said_in_words
from actions.room_words import ROOM_TROUBLES
from actions.rooms import RoomError
from views import parts
from views.held import held
from views.record_clash import clash_box

# What the reader of a row has seen, and the keys of its boxes.
_SEEN, _BOX = "seen.", "box."
_UNKNOWN = -1
_LONGEST = 4000
# Severities in which a finding needs somebody's attention.
_LOUD = ("refuses", "blocks")

Said = Mapping[str, str]


@dataclass
class Seen:
    """What the reader has seen of a field: the anchor of her boxes, the version she writes on, and what it says.

    `told` is what she wrote and somebody else was faster with (None for nothing): it waits in the clash of that id.
    `changed` says that she changed the field in this visit. It is changed in place, at once when something was kept:
    whatever stops a run of the page then, what was kept is not taken for something new.
    """

    anchor: int
    version: int
    said: Said
    told: Said | None = None
    clash: str = ""
    changed: bool = False

    def take(self, said: Said, saved: Saved) -> None:
        """Note what became of something that was said."""
        if saved.clash is not None:
            self.told, self.clash = said, saved.clash.id
        else:
            self.version, self.said, self.changed = saved.entry.version, said, True
            self.told, self.clash = None, ""


@dataclass(frozen=True)
class Page:
    """What a row needs to know of its page: the visit, the assessment, fields read already, where the score stands."""

    here: parts.Visit
    assessment: str
    fresh: dict[str, Field]
    last: dict[str, Field]
    score: tuple[Figure, ...]
    show_score: Callable[[tuple[Figure, ...]], None]

    def key(self, beginning: str, field: str, *more: object) -> str:
        """A key of this assessment's field."""
        return ".".join((beginning + self.assessment, field, *map(str, more)))


@st.fragment
def row(page: Page, field: str) -> None:
    """Draw one field of the form, keep what is typed in it, and show what became of it."""
    say = page.here.speaker.say
    try:
        shown = _look(page, field)
    except NotKeptError:
        parts.unknown_city(say)
        return
    except StoreError as trouble:
        # What was typed stays in its boxes.
        parts.store_trouble(trouble.kind, say)
        shown = page.last[field]
    with st.container(border=True, gap="small"):
        _head(shown, page)
        if shown.open:
            _fill(page, shown)
        else:
            _read(page, shown)
        _history(page, shown)


def _look(page: Page, field: str) -> Field:
    """The field as it is now; the page has just read it where all of it is drawn."""
    shown = page.fresh.pop(field, None)
    if shown is not None:
        # A row may write where the score stands later only if it has done so while the whole page was drawn.
        page.show_score(page.score)
    else:
        shown = one_field(page.here.now(), page.assessment, field, page.here.language)[0]
    page.last[field] = shown
    return shown


def _head(shown: Field, page: Page) -> None:
    say = page.here.speaker.say
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{parts.plain(shown.title)}**", width="content")
        if shown.mark:
            st.badge(parts.plain(shown.mark), color="gray")
    if shown.definition:
        st.caption(parts.plain(shown.definition))
    if shown.how:
        st.caption(f"**{say('A good answer:')}** {parts.plain(shown.how)}")
    if shown.last_year:
        st.caption(f":material/history: **{say('Last time:')}** {parts.plain(shown.last_year)}")


def _fill(page: Page, shown: Field) -> None:
    seen = _begin(page, shown)
    st.session_state[page.key(_SEEN, shown.field)] = seen
    place = st.empty()
    with place.container(gap="small"):
        typed, understood = _boxes(page, shown, seen)
    if seen.version == _UNKNOWN:
        _infer(page, shown, seen, typed)
        if _kept(typed) == seen.said and seen.version < shown.version:
            seen.__dict__.update(vars(_as_it_is(shown)))
            with place.container(gap="small"):
                typed, understood = _boxes(page, shown, seen)
    said, saved = _kept(typed), False
    if said not in (seen.said, seen.told):
        shown, saved = _save(page, shown, seen, said)
    if shown.understood:
        understood.caption(f":material/visibility: {parts.plain(shown.understood)}")
    _notes(page, shown)
    for one in shown.clashes:
        clash_box(page.here, page.assessment, one, shown.version, _forget(page, shown.field))
    _status(page, shown, saved)
    if seen.changed and shown.mine and shown.version > 1 and not shown.why:
        _ask_why(page, shown)


def _begin(page: Page, shown: Field) -> Seen:
    """What the reader has seen so far, brought up to date where nothing of hers is on its way."""
    seen: Seen | None = st.session_state.get(page.key(_SEEN, shown.field))
    if seen is None:
        keys = held(page.key(_BOX, shown.field) + ".")
        anchors = [int(key.rpartition(".")[2]) for key in keys if key.rpartition(".")[2].isdigit()]
        anchor = max(anchors, default=shown.version)
        if anchor >= shown.version:
            return _as_it_is(shown)
        return Seen(anchor, _UNKNOWN, versions_said(page.here.now(), page.assessment, shown.field)[anchor])
    boxes = {one.column: page.key(_BOX, shown.field, one.column, seen.anchor) for one in shown.inputs}
    if not all(key in st.session_state for key in boxes.values()):
        return _as_it_is(shown)
    typed = _kept({column: st.session_state[key] or "" for column, key in boxes.items()})
    if seen.told is not None:
        settled = all(one.id != seen.clash for one in shown.clashes)
        return _as_it_is(shown) if settled and typed == seen.told else seen
    return _as_it_is(shown) if typed == seen.said and shown.version > seen.version else seen


def _as_it_is(shown: Field) -> Seen:
    return Seen(shown.version, shown.version, shown.said)


def _infer(page: Page, shown: Field, seen: Seen, typed: Said) -> None:
    """On top of which version the boxes of an ended visit were filled: the one from which they differ least.

    Of several it is the oldest, so that in doubt somebody is asked.
    """
    versions = versions_said(page.here.now(), page.assessment, shown.field)
    said = _kept(typed)

    def apart(version: int) -> int:
        other = versions[version]
        return sum(said.get(name, "") != other.get(name, "") for name in {**said, **other})

    seen.version = min(range(seen.anchor, len(versions)), key=apart)
    seen.said = versions[seen.version]


def _boxes(page: Page, shown: Field, seen: Seen) -> tuple[Said, st.delta_generator.DeltaGenerator]:
    """The boxes with what stands in them, and the place where the value's reading is told."""
    typed: dict[str, str] = {}
    short = [one for one in shown.inputs if not one.wide]
    wide = [one for one in shown.inputs if one.wide]
    columns = st.columns(len(short)) if len(short) > 1 else [st.container()]
    for column, one in zip(columns, short, strict=True):
        with column:
            typed[one.column] = _box(page, shown, seen, one)
    understood = columns[0].empty()
    if wide:
        for pair in (wide[:2], wide[2:]):
            for column, one in zip(st.columns(len(pair)) if pair else [], pair, strict=True):
                with column:
                    typed[one.column] = _box(page, shown, seen, one)
    return typed, understood


def _box(page: Page, shown: Field, seen: Seen, one: Input) -> str:
    key = page.key(_BOX, shown.field, one.column, seen.anchor)
    before = seen.said.get(one.column, "")
    first = one is shown.inputs[0]
    label = f"{one.label} ({shown.unit})" if first and shown.unit else one.label
    if one.options is not None:
        ids = ["", *one.options]
        return (
            st.selectbox(
                parts.plain(label),
                ids,
                index=ids.index(before) if before in ids else 0,
                format_func=lambda id: one.options.get(id, "–") if one.options else id,
                key=key,
                help=parts.plain(one.hint) or None,
            )
            or ""
        )
    if one.column in ("remark", "series_break"):
        return st.text_area(label, before, max_chars=_LONGEST, key=key, help=one.hint or None, height=68)
    return st.text_input(label, before, max_chars=_LONGEST, key=key, help=one.hint or None)


def _save(page: Page, shown: Field, seen: Seen, said: Said) -> tuple[Field, bool]:
    """Keep what was typed; what could not be kept stays in the boxes and is tried again with the next click."""
    here, say = page.here, page.here.speaker.say
    try:
        saved = keep(here.now(), page.assessment, shown.field, said, seen.version, replaces=seen.clash)
        seen.take(said, saved)
        fresh, found = one_field(here.now(), page.assessment, shown.field, here.language)
    except StoreError as trouble:
        parts.store_trouble(trouble.kind, say)
        st.button(
            say("Try again to save this"), icon=":material/refresh:", key=page.key("again.", shown.field)
        )
        return shown, False
    except RoomError as closed:
        st.error(say(ROOM_TROUBLES[closed.kind]), icon=":material/lock:")
        return shown, False
    except NotKeptError:
        parts.unknown_city(say)
        return shown, False
    page.last[shown.field] = fresh
    page.show_score(score(found, here.basket, here.language))
    return fresh, saved.clash is None


def _forget(page: Page, field: str) -> Callable[[], None]:
    """Draw the boxes anew from what counts, after a choice."""
    return lambda: st.session_state.pop(page.key(_SEEN, field), None)


def _notes(page: Page, shown: Field) -> None:
    """What was found in the field, with a button where one reading is proposed."""
    say = page.here.speaker.say
    for number, one in enumerate(shown.notes):
        text = f"**{parts.plain(one.told.title)}**  \n{parts.plain(one.told.sentence)} {parts.plain(one.told.advice)}"
        if one.told.severity in _LOUD:
            st.error(text, icon=":material/error:")
        elif one.told.severity == "question":
            st.warning(text, icon=":material/help:")
        else:
            st.info(text, icon=":material/info:")
        if one.proposal:
            st.button(
                say("Write {proposal} there", proposal=parts.plain(one.proposal)),
                icon=":material/check:",
                key=page.key("take.", shown.field, number, shown.version),
                on_click=_take,
                args=(page, shown, one.column, one.proposal),
            )


@parts.acting
def _take(page: Page, shown: Field, column: str, proposal: str) -> None:
    seen: Seen | None = st.session_state.get(page.key(_SEEN, shown.field))
    if seen is None:
        return
    said = _kept({**seen.said, column: proposal})
    try:
        keep(page.here.now(), page.assessment, shown.field, said, seen.version)
    except (StoreError, RoomError):
        # The row says so when it is drawn, with the same button.
        return
    st.session_state.pop(page.key(_SEEN, shown.field), None)


def _status(page: Page, shown: Field, saved: bool) -> None:
    say = page.here.speaker.say
    if not shown.at:
        st.caption(say("Nothing is kept here yet; what you type is kept when you leave its box."))
        return
    zone = st.context.timezone or ""
    time = clock(shown.at, zone, page.here.language)
    text = (
        say("saved {time}", time=time)
        if page.here.actor.everything
        else say("saved {time} by {who}", time=time, who=parts.plain(shown.by))
    )
    st.caption(f":material/cloud_done: :green[{text}]" if saved else f":material/cloud_done: {text}")
    if shown.why:
        st.caption(f"**{say('Why it was changed:')}** {parts.plain(shown.why)}")


def _ask_why(page: Page, shown: Field) -> None:
    """A reason for a change is asked for, and may be left out."""
    say = page.here.speaker.say
    why = st.text_input(
        say("Why was it changed? (may stay empty)"),
        max_chars=_LONGEST,
        key=page.key("why.", shown.field, shown.version),
        placeholder=say("for example: the yearbook was corrected"),
    )
    if why and why.strip():
        key = page.key(_SEEN, shown.field)
        seen: Seen = st.session_state[key]
        try:
            saved = keep(page.here.now(), page.assessment, shown.field, seen.said, seen.version, why)
        except (StoreError, RoomError, NotKeptError):
            st.error(say("The reason could not be kept. Try again."), icon=":material/error:")
            return
        if saved.clash is None:
            seen.version, seen.changed = saved.entry.version, False
            st.caption(f":material/cloud_done: {say('The reason is kept.')}")


def _read(page: Page, shown: Field) -> None:
    """What is said, for whoever may not change it."""
    st.markdown(parts.plain(said_in_words(shown.field, shown.said, page.here.language) or "–"))
    _notes_only(shown)
    if shown.at:
        _status(page, shown, saved=False)


def _notes_only(shown: Field) -> None:
    for one in shown.notes:
        st.caption(f":material/help: **{parts.plain(one.told.title)}** {parts.plain(one.told.sentence)}")


def _history(page: Page, shown: Field) -> None:
    say = page.here.speaker.say
    if not shown.version:
        return
    for _ in parts.fold(say("History"), "history", page.key("history.", shown.field)):
        rows = history_rows(page.here.now(), page.assessment, shown.field, page.here.language)
        parts.table(rows, say("All versions of this answer, the newest first"))


def _kept(typed: Said) -> Said:
    """Texts without those that say nothing."""
    return {name: text for name, text in typed.items() if text and text.strip()}
