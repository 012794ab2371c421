"""One city in the meeting: who is outside, evidence, questions, votes, the decision and dissent from it."""

from __future__ import annotations

import streamlit as st

from actions.round_ballots import cast, close_ballot, open_ballot
from actions.round_decisions import DECISIONS, decide, dissent
from actions.round_meeting import City, Meeting, Vote
from actions.round_meeting_words import DECIDED
from actions.round_questions import answer, ask
from actions.round_read import Seen
from actions.round_write import MeanwhileError
from views import parts
from views.round_parts import HELD, doing, faults, go

# Where a click's trouble is told.
_QUESTIONS, _VOTES, _DECISION = "questions", "votes", "decision"
# What was asked last of each city in this window; and answers that came second, by their questions.
_ASKED, _SLOWER = "meeting.asked", "meeting.slower"


def panel(here: parts.Visit, found: Seen, one: City, shown: Meeting) -> None:
    """Everything about one city."""
    say = here.speaker.say
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"#### {parts.plain(one.name)}", width="content")
            if one.called:
                st.badge(say("Being discussed"), icon=":material/record_voice_over:", color="blue")
            if one.decided:
                st.badge(one.decided, icon=":material/gavel:", color="green")
        if one.out:
            st.markdown(
                ":material/door_open: "
                + say("Outside for this city: {names}", names=parts.plain(here.speaker.series(one.out)))
            )
        if one.standing:
            st.markdown(f":material/leaderboard: {parts.plain(one.standing)}")
        _evidence(here, one)
        with st.container(horizontal=True):
            go("round_mark", say("Open the dossier"), "folder_open", cand=one.id)
            go("round_results", say("Open the results"), "leaderboard", cand=one.id)
    questions, deciding = st.columns(2, gap="large")
    with questions:
        _questions(here, found, one, shown)
    with deciding:
        _votes(here, found, one, shown)
        _decision(here, found, one, shown)


def _evidence(here: parts.Visit, one: City) -> None:
    say = here.speaker.say
    if not one.evidence:
        st.caption(say("No verdict on this city's evidence yet."))
        return
    told = " · ".join(f"{word} {number}" for word, number in one.evidence)
    st.markdown(f":material/fact_check: {say('Evidence: {verdicts}', verdicts=parts.plain(told))}")


def _questions(here: parts.Visit, found: Seen, one: City, shown: Meeting) -> None:
    say = here.speaker.say
    st.markdown(f"**{say('Open questions')}**")
    if not one.questions:
        st.caption(say("None so far."))
    for question, asker in one.questions:
        sign = "help" if question.open else "check_circle"
        asked = f" :small[:gray[{parts.plain(asker)}]]" if asker else ""
        st.markdown(f":material/{sign}: {parts.plain(question.text)}{asked}")
        if not question.open:
            st.markdown(f"> {parts.plain(question.answer)}")
        # Who was slower finds what she typed again, beside the answer that counts.
        if shown.may_ask and (question.open or question.id in st.session_state.get(_SLOWER, {})):
            _answer(here, found, question.id, question.version)
    faults(_QUESTIONS)
    if not shown.may_ask:
        return
    # A new box for each question of one's own: others' questions leave what is typed alone.
    asked: dict[str, str] = st.session_state.setdefault(_ASKED, {})
    key = f"ask_{one.id}_{asked.get(one.id, '')}"

    def kept() -> None:
        asked[one.id] = ask(here.now(), found.round.id, found.viewer.seat, one.id, st.session_state[key])

    st.text_input(say("Ask something about this city"), key=key, max_chars=1000, **HELD)
    st.button(say("Keep the question"), key=f"keep_{key}", on_click=doing(_QUESTIONS, kept))


def _answer(here: parts.Visit, found: Seen, question: str, version: int) -> None:
    say = here.speaker.say
    key = f"answer_{question}_{version}"
    slower: dict[str, str] = st.session_state.setdefault(_SLOWER, {})

    def kept() -> None:
        typed = st.session_state[key]
        try:
            answer(here.now(), found.round.id, found.viewer.seat, question, version, typed)
        except MeanwhileError:
            slower[question] = typed
            raise
        slower.pop(question, None)

    st.text_input(say("Answer"), slower.get(question, ""), key=key, max_chars=1000, **HELD)
    st.button(say("Keep the answer"), key=f"keep_{key}", on_click=doing(_QUESTIONS, kept))


def _votes(here: parts.Visit, found: Seen, one: City, shown: Meeting) -> None:
    say = here.speaker.say
    st.markdown(f"**{say('Votes')}**")
    own = [its for its in one.votes if len(its.about) == 1]
    for its in own:
        vote(here, found, its, shown)
    if not own:
        st.caption(say("No vote on this city."))
    faults(_VOTES)
    if shown.may_open_ballots and all(its.closed for its in own):
        st.button(
            say("Open a vote: does {city} receive the award?", city=parts.plain(one.name)),
            icon=":material/how_to_vote:",
            key=f"open_vote_{one.id}",
            on_click=doing(
                _VOTES, lambda: open_ballot(here.now(), found.round.id, found.viewer.seat, [one.id])
            ),
        )


def vote(here: parts.Visit, found: Seen, one: Vote, shown: Meeting) -> None:
    """One ballot: who has voted, one's own vote, and closing it; how it came out once it is closed."""
    say = here.speaker.say
    with st.container(border=True, gap="small"):
        st.markdown(f"**{parts.plain(one.title)}**")
        if one.closed:
            st.markdown(f":material/how_to_vote: {parts.plain(one.told)}")
            for _ in parts.fold(say("Votes by name"), "groups", f"votes_{one.id}"):
                rows = [
                    {
                        say("Name"): voter.name,
                        say("Vote"): one.choices[voter.choice] if voter.choice else say("Did not vote"),
                    }
                    for voter in one.voters
                ]
                parts.table(rows, say("Votes by name"))
            return
        st.caption(
            say("May vote: {names}", names=parts.plain(here.speaker.series([v.name for v in one.voters])))
        )
        for voter in one.voters:
            if voter.mine:
                _cast(here, found, one, voter.seat, voter.name, voter.choice, voter.version)
        if shown.may_lead:
            st.button(
                say("Close the vote and count it"),
                icon=":material/lock:",
                key=f"close_{one.id}",
                on_click=doing(
                    _VOTES,
                    lambda: close_ballot(here.now(), found.round.id, found.viewer.seat, one.id, one.version),
                ),
            )


def _cast(here: parts.Visit, found: Seen, one: Vote, seat: str, name: str, choice: str, version: int) -> None:
    """A row of choices for one voter; choosing keeps the vote at once."""
    key = f"vote_{one.id}_{seat}_{version}"
    options = list(one.choices)
    st.radio(
        parts.plain(name),
        options,
        index=options.index(choice) if choice else None,
        format_func=lambda its: parts.plain(one.choices[its]),
        key=key,
        horizontal=True,
        on_change=doing(
            _VOTES,
            lambda: cast(
                here.now(),
                found.round.id,
                found.viewer.seat,
                one.id,
                st.session_state[key],
                version,
                voter=seat,
            ),
        ),
    )


def _decision(here: parts.Visit, found: Seen, one: City, shown: Meeting) -> None:
    say = here.speaker.say
    st.markdown(f"**{say('Decision')}**")
    if one.decided:
        st.markdown(f":material/gavel: **{parts.plain(one.decided)}** · {parts.plain(one.reason)}")
    elif not shown.open_to_decide:
        st.caption(say("Decisions are kept in the phase of the meeting."))
    else:
        st.caption(say("Nothing is decided yet."))
    faults(_DECISION)
    if one.may_decide:
        _decide(here, found, one)
    elif shown.open_to_decide:
        st.caption(
            say("The chair decides; the substitute where the chair has a conflict or nobody is chair.")
        )
    for name, text in one.dissent:
        st.markdown(
            f":material/report: {say('Dissent of {name}:', name=parts.plain(name))} {parts.plain(text)}"
        )
    if one.may_dissent:
        _dissent(here, found, one)


def _decide(here: parts.Visit, found: Seen, one: City) -> None:
    """What is decided and why; whoever sees an older decision is told what counts now, and keeps what she typed."""
    say = here.speaker.say
    what, why = f"decision_{one.id}", f"reason_{one.id}"
    if one.decision and what not in st.session_state:
        st.session_state[what], st.session_state[why] = one.decision, one.reason
    st.radio(
        say("What is decided"),
        DECISIONS,
        index=None,
        format_func=lambda its: say(DECIDED[its]),
        key=what,
        **HELD,
    )
    st.text_area(
        say("Reason, as it will stand in the minutes"),
        key=why,
        max_chars=2000,
        height=80,
        help=say("Of the winners everybody reads it once results are published; of others only their city."),
        **HELD,
    )
    st.button(
        say("Keep the decision"),
        type="primary",
        key=f"decide_{one.id}",
        on_click=doing(
            _DECISION,
            lambda: decide(
                here.now(),
                found.round.id,
                found.viewer.seat,
                one.id,
                one.version,
                st.session_state[what] or "",
                st.session_state[why],
            ),
        ),
    )


def _dissent(here: parts.Visit, found: Seen, one: City) -> None:
    say = here.speaker.say
    key = f"dissent_{one.id}_{one.own_dissent_version}"
    for _ in parts.fold(say("Dissent in your own name"), "report", f"dissent_{one.id}"):
        st.text_area(
            say("Why you do not agree; left empty, your dissent is taken back"),
            one.own_dissent,
            key=key,
            max_chars=2000,
            height=80,
            **HELD,
        )
        st.button(
            say("Keep the dissent"),
            key=f"keep_{key}",
            on_click=doing(
                _DECISION,
                lambda: dissent(
                    here.now(),
                    found.round.id,
                    found.viewer.seat,
                    one.id,
                    one.own_dissent_version,
                    st.session_state[key],
                ),
            ),
        )
