"""What the reader of a form has seen of each field, what stands in her boxes, and keeping it.

A box carries in its key the version that its reader saw when it was drawn (the *anchor*), and stays the same box while
she writes on; only what she asks for with a click brings new boxes. What stands in the boxes is compared with what she
has seen, so that a line that was down or a server that was restarted is no special case.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from actions.access import Actor, NotKeptError
from actions.house import StoreError
from actions.record import Saved
from actions.record import say as keep
from actions.record_form import Field
from actions.record_history import nearest_version, versions_said
from actions.record_words import columns_of
from actions.room_words import ROOM_TROUBLES
from actions.rooms import RoomError
from actions.store_words import STORE_TROUBLES
from locales import Speaker
from views import identity, parts
from views.held import held, undisturbed

Said = Mapping[str, str]
_SEEN, _BOX, _WHY, _LOCK = "seen.", "box.", "why.", "record.lock"
_UNKNOWN = -1


@dataclass
class Seen:
    """What the reader has seen of a field: the anchor of her boxes, the version she writes on, and what it says.

    `told` is what she wrote and somebody else was faster with (None for nothing): it waits in the clash of that id.
    `changed` says that she changed the field in this visit, `saved_now` that it was kept a moment ago (`early`: before
    this run of the page began), `trouble` why it could not be. It is changed in place, at once when something was kept:
    whatever stops a run of the page then, what was kept is not taken for something new.
    """

    anchor: int
    version: int
    said: Said
    told: Said | None = None
    clash: str = ""
    changed: bool = False
    saved_now: bool = False
    trouble: str = ""
    early: bool = False

    def take(self, said: Said, saved: Saved) -> None:
        """Note what became of something that was said."""
        self.trouble, self.saved_now = "", saved.clash is None
        if saved.clash is not None:
            self.told, self.clash = said, saved.clash.id
        else:
            self.version, self.said, self.changed = saved.entry.version, said, True
            self.told, self.clash = None, ""


@dataclass(frozen=True)
class Boxes:
    """The boxes of one assessment's form in one visit."""

    here: parts.Visit
    assessment: str
    # Whether questions may stand at the answers: somebody has asked, or may ask now.
    questions: bool = False

    def key(self, beginning: str, field: str, *more: object) -> str:
        """A key of this assessment's field."""
        return _key(beginning, self.assessment, field, *more)

    def box(self, field: str, column: str, anchor: int) -> str:
        """The key of one box."""
        return self.key(_BOX, field, column, anchor)

    def seen(self, shown: Field) -> Seen:
        """What the reader has seen of a field; for one that she comes to, what counts now."""
        key = self.key(_SEEN, shown.field)
        found: Seen | None = st.session_state.get(key)
        if key not in st.session_state:
            found = self._begin(shown)
        elif found is None:
            found = _as_it_is(shown)
        elif found.version != _UNKNOWN and _typed(self.assessment, shown.field, found) is None:
            # She comes back to this part of the form: its boxes are new.
            found = _as_it_is(shown)
        elif found.told is not None and all(one.id != found.clash for one in shown.clashes):
            # Somebody has chosen meanwhile.
            found = _as_it_is(shown)
        elif found.told is None and found.said == shown.said:
            found.version = max(found.version, shown.version)
        st.session_state[key] = found
        return found

    def infer(self, shown: Field, seen: Seen, typed: Said) -> bool:
        """Whether boxes that were filled in an ended visit hold something that is not kept, or show an old version.

        They were filled on top of the version from which they differ least; of several it is the oldest, so that in
        doubt somebody is asked.
        """
        if seen.version != _UNKNOWN:
            return False
        versions = versions_said(self.here.now(), self.assessment, shown.field)
        said = _kept(typed)
        seen.version = nearest_version(versions, said, seen.anchor)
        seen.said = versions[seen.version]
        if said == seen.said and seen.version < shown.version:
            st.session_state[self.key(_SEEN, shown.field)] = None
            return True
        return said != seen.said

    def left(self, field: str) -> None:
        """Keep what was typed in a field as soon as it comes, before the page that follows is begun."""
        with undisturbed(), _one_at_a_time():
            seen: Seen | None = st.session_state.get(self.key(_SEEN, field))
            if seen is not None and seen.version != _UNKNOWN:
                seen.saved_now = False
                _keep(self.here.actor, self.here.speaker, self.assessment, field, seen)
                seen.early = seen.saved_now

    def anew(self, field: str) -> Callable[[], None]:
        """Draw the boxes of a field anew from what counts; what was typed in them is kept first."""

        def act() -> None:
            with undisturbed(), _one_at_a_time():
                seen: Seen | None = st.session_state.get(self.key(_SEEN, field))
                if seen is not None:
                    _keep(self.here.actor, self.here.speaker, self.assessment, field, seen)
            # Not taken out: what the browser still holds of the old boxes counts no more.
            st.session_state[self.key(_SEEN, field)] = None

        return act

    def write(self, field: str, column: str, text: str) -> None:
        """Write a text into one column, beside what stands in the other boxes, and draw them anew."""
        with undisturbed(), _one_at_a_time():
            seen: Seen | None = st.session_state.get(self.key(_SEEN, field))
            if seen is None:
                return
            typed = _typed(self.assessment, field, seen)
            said = _kept({**(seen.said if typed is None else typed), column: text})
            _say(self.here.actor, self.here.speaker, self.assessment, field, seen, said)
        if not seen.trouble and seen.told is None:
            st.session_state[self.key(_SEEN, field)] = Seen(
                seen.version, seen.version, seen.said, changed=True
            )

    def ask_why(self, shown: Field, seen: Seen) -> None:
        """A reason for a change is asked for, and may be left out."""
        say = self.here.speaker.say
        st.text_input(
            say("Why was it changed? (may stay empty)"),
            key=self.key(_WHY, shown.field, seen.version),
            placeholder=say("for example: the yearbook was corrected"),
        )

    def _begin(self, shown: Field) -> Seen:
        """What the browser still shows of a visit that has ended, else what counts now."""
        keys = held(f"{self.key(_BOX, shown.field)}.")
        anchors = [int(number) for key in keys if (number := key.rpartition(".")[2]).isdecimal()]
        anchor = max(anchors, default=shown.version)
        if anchor > shown.version or not anchors:
            return _as_it_is(shown)
        return Seen(anchor, _UNKNOWN, versions_said(self.here.now(), self.assessment, shown.field)[anchor])


def keep_all(actor: Actor, speaker: Speaker) -> None:
    """Keep whatever was typed in any form of this visit since it was kept last, on whichever page its reader is now.

    Called before anything is drawn: what comes with the same click, such as another page, costs no text.
    """
    with undisturbed(), _one_at_a_time():
        for key in [str(one) for one in st.session_state if str(one).startswith(_SEEN)]:
            assessment, _, field = key.removeprefix(_SEEN).partition(".")
            seen: Seen | None = st.session_state[key]
            if seen is not None and seen.version != _UNKNOWN:
                seen.saved_now, seen.early = seen.early, False
                _keep(actor, speaker, assessment, field, seen)


def _one_at_a_time() -> threading.RLock:
    """Held while something is kept: a run that was told to stop may still be writing when the next one begins.

    What stands in the boxes is read while it is held, so that a run that was stopped writes nothing old.
    """
    found: threading.RLock | None = st.session_state.get(_LOCK)
    if found is None:
        found = st.session_state[_LOCK] = threading.RLock()
    return found


def _keep(actor: Actor, speaker: Speaker, assessment: str, field: str, seen: Seen) -> None:
    typed = _typed(assessment, field, seen)
    if typed is not None and typed not in (seen.said, seen.told):
        _say(actor, speaker, assessment, field, seen, typed)
    why = st.session_state.get(_key(_WHY, assessment, field, seen.version)) or ""
    if why.strip() and seen.told is None and seen.changed:
        _say(actor, speaker, assessment, field, seen, seen.said, why)
        seen.changed = False


def _say(
    actor: Actor, speaker: Speaker, assessment: str, field: str, seen: Seen, said: Said, why: str = ""
) -> None:
    """Keep a text; what could not be kept stays in its box and is tried again with the next click."""
    say = speaker.say
    try:
        now = identity.again(actor)
        seen.take(said, keep(now, assessment, field, said, seen.version, why, seen.clash))
    except StoreError as trouble:
        told = (say(STORE_TROUBLES[trouble.kind]), say("What you typed still stands in its box."))
        seen.trouble = " ".join(told)
    except RoomError as closed:
        seen.trouble = say(ROOM_TROUBLES[closed.kind])
    except NotKeptError:
        seen.trouble = say("You may not write here any more. What you typed is not kept.")


def _typed(assessment: str, field: str, seen: Seen) -> Said | None:
    """What stands in the boxes, None where they are not there."""
    keys = {column: _key(_BOX, assessment, field, column, seen.anchor) for column in columns_of(field)}
    if not all(key in st.session_state for key in keys.values()):
        return None
    return _kept({column: st.session_state[key] or "" for column, key in keys.items()})


def _key(beginning: str, assessment: str, field: str, *more: object) -> str:
    return ".".join((f"{beginning}{assessment}", field, *map(str, more)))


def _as_it_is(shown: Field) -> Seen:
    return Seen(shown.version, shown.version, shown.said)


def _kept(typed: Said) -> Said:
    """Texts without those that say nothing."""
    return {name: text for name, text in typed.items() if text and text.strip()}
