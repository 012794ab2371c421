"""Marking: the dossier left, the rubric right; what is owed, one's own ladder, evidence, and work offline."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from actions.round_facts import MARKING
from actions.round_mark_work import InHand, in_hand, next_open, work_sentence
from actions.round_own import choice_text, history, may_mark, others, own_mark
from actions.round_read import COMPUTER
from locales import mark
from views import address, parts
from views.round_checks import checks_section
from views.round_dossier import dossier_of
from views.round_ladder import feedback_section, ladder_section
from views.round_mark_box import Place, mark_box
from views.round_offline import offline_section
from views.round_parts import round_visit

# What the page shows, in the address.
LIST, JUDGE, LADDER, EVIDENCE, OFFLINE = ("list", "judge", "ladder", "evidence", "offline")
SHOWN = {
    LIST: mark("My list"),
    JUDGE: mark("Mark a city"),
    LADDER: mark("My ladder"),
    EVIDENCE: mark("Evidence"),
    OFFLINE: mark("Offline"),
}
# The dossier scrolls by itself, so that the rubric stays in view.
_DOSSIER_HEIGHT = 860


def _to(candidate: str, criterion: str) -> None:
    address.keep("show", JUDGE)
    address.keep("cand", candidate)
    address.keep("crit", criterion)


def _list() -> None:
    """Every dossier in hand with what is owed, and the way into it."""
    st.write(work_sentence(found, here.language))
    onward = next_open(found)
    if onward:
        st.button(
            say("Go on marking"),
            type="primary",
            icon=":material/edit_note:",
            on_click=_to,
            args=onward,
            key="mark_go_on",
        )
    for one in mine:
        _line(one)


def _line(one: InHand) -> None:
    """A dossier in one line: what it is, how far it is, and the way into it."""
    names = found.award.criterion_words[here.language]
    city = parts.plain(one.candidate.name)
    told = [say("{done} of {all} criteria answered", done=one.answered, all=one.of)]
    if one.not_enough:
        told.append(say("too little evidence: {count}", count=one.not_enough))
    if one.open and one.answered:
        told.append(say("open: {criteria}", criteria=voice.series([names[name].short for name in one.open])))
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", border=True
    ):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.markdown(f"**{city}**", width="content")
            if one.reference:
                st.badge(say("To practise on"), icon=":material/school:", color="blue")
            if not one.open:
                st.badge(say("All in"), icon=":material/check:", color="green")
            elif one.now:
                owed = say("owed: {count}", count=len(one.open))
                st.badge(owed, icon=":material/pending:", color="orange")
            st.caption(parts.plain(" · ".join(told)), width="content")
        first = one.open[0] if one.open else found.award.criteria[0].id
        st.button(
            say("Mark {city}", city=city) if one.now and one.open else say("Look at {city}", city=city),
            key=f"mark_open_{one.candidate.id}",
            on_click=_to,
            args=(one.candidate.id, first),
        )


def _judge() -> None:
    """One criterion of one city: dossier and rubric side by side."""
    if not mine:
        st.write(work_sentence(found, here.language))
        return
    names = {one.candidate.id: one for one in mine}
    words = found.award.criterion_words[here.language]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        candidate = address.select("cand", say("City"), list(names), next(iter(names)), _city_label(names))
        of = names[candidate]
        criterion = address.select(
            "crit",
            say("Criterion"),
            [one.id for one in found.award.criteria],
            (of.open or (found.award.criteria[0].id,))[0],
            lambda one: f"{'○' if one in of.open else '✓'} {words[one].title}",
        )
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(height=_DOSSIER_HEIGHT, border=True, key="dossier"):
        st.subheader(say("Dossier: {city}", city=parts.plain(of.candidate.name)), anchor=False)
        dossier_of(here, found, candidate, criterion)
    with right:
        st.subheader(parts.plain(words[criterion].title), anchor=False)
        st.caption(parts.plain(words[criterion].meaning))
        place = Place(found.round.id, found.viewer.seat, candidate, criterion)
        if may_mark(found, candidate):
            mark_box(here, found, place)
        else:
            _only_read(candidate, criterion)
        _onward(candidate, criterion)
        _beside(candidate, criterion)
        if of.reference:
            feedback_section(here, found, candidate, criterion)
        st.caption(parts.plain(found.award.rubric_by[here.language]))


def _city_label(names: Mapping[str, InHand]) -> Callable[[str], str]:
    def label(one: str) -> str:
        of = names[one]
        return f"{of.candidate.name} ({of.answered}/{of.of})"

    return label


def _only_read(candidate: str, criterion: str) -> None:
    """The rubric and one's own mark where nothing can be marked now."""
    own = own_mark(found, candidate, criterion)
    words, terms = found.award.criterion_words[here.language][criterion], found.award.terms[here.language]
    phase = found.award.phase_words[here.language][found.phase.id].title
    st.info(
        say("In the phase “{phase}” marks on this dossier stay as they are.", phase=parts.plain(phase)),
        icon=":material/lock_clock:",
    )
    st.markdown(f"{say('Your mark')}: **{choice_text(own.choice, voice)}** {parts.plain(own.reason)}")
    st.markdown(
        "\n".join(
            f"- **{level} · {terms[f'level.{level}']}** {parts.plain(text)}"
            for level, text in words.anchors.items()
        )
    )


def _onward(candidate: str, criterion: str) -> None:
    """The way to the next open criterion of the city, then of the next city."""
    onward = next_open(found, candidate, criterion)
    if onward is None or onward == (candidate, criterion):
        return
    city = next(one.candidate.name for one in mine if one.candidate.id == onward[0])
    title = found.award.criterion_words[here.language][onward[1]].short
    st.button(
        say("Next: {criterion}", criterion=parts.plain(title))
        if onward[0] == candidate
        else say("Next: {criterion}, {city}", criterion=parts.plain(title), city=parts.plain(city)),
        icon=":material/arrow_forward:",
        on_click=_to,
        args=onward,
        key="mark_next",
    )


def _beside(candidate: str, criterion: str) -> None:
    """What others gave, once the phase lets it be seen, and how one's own mark came about."""
    given = others(found, candidate, criterion, here.language)
    if given:
        for _ in parts.fold(say("What others gave"), "groups", f"others.{candidate}.{criterion}"):
            parts.table(
                [
                    {
                        say("Who"): one.who,
                        say("Before the discussion"): one.before or "–",
                        say("Mark"): one.choice,
                        say("Reason"): one.reason,
                    }
                    for one in given
                ],
                say("Marks of the other jurors on this criterion"),
            )
    rows = history(found, candidate, criterion, here.language)
    if rows:
        for _ in parts.fold(say("How your mark came about"), "history", f"marks.{candidate}.{criterion}"):
            parts.table(rows, say("Every version of your mark, the first one first"))


here, found = round_visit()
voice = here.speaker
say = voice.say
mine = in_hand(found)
st.title(say("Marking"), anchor=False)
if not found.viewer.declared:
    st.stop()
marks_here = found.viewer.seat != "" and found.viewer.role in MARKING
offered = [LIST, JUDGE, LADDER, EVIDENCE, OFFLINE] if marks_here else [EVIDENCE]
if not marks_here:
    st.write(
        say("Choose above for whom you mark. Without a juror's seat only the evidence stands here.")
        if found.viewer.role == COMPUTER
        else say("Marks are given by jurors, the chair and the substitute. You see the evidence here.")
    )
shown = address.switch(
    "show", say("What to see"), offered, offered[0], lambda one: say(SHOWN[one]), show_label=False
)
{
    LIST: _list,
    JUDGE: _judge,
    LADDER: lambda: ladder_section(here, found),
    EVIDENCE: lambda: checks_section(here, found),
    OFFLINE: lambda: offline_section(here, found),
}[shown]()
