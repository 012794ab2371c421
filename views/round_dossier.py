"""The dossier beside the rubric: what speaks to the criterion first, each answer with its evidence, then the rest."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from actions import evidence
from actions.evidence import Piece
from actions.round_dossier import Dossier, Part, Shown, dossier
from actions.round_evidence import at_page
from actions.round_read import Seen
from actions.round_verdicts import VERDICT_WORDS, Verdict, verdicts
from views import parts, round_parts
from views.downloads import download

# A download is never shown by a browser as what its name says.
_MEDIA = "application/octet-stream"


def dossier_of(here: parts.Visit, found: Seen, candidate: str, criterion: str) -> None:
    """The dossier of a candidate for one criterion."""
    say = here.speaker.say
    shown = dossier(here.actor, found, candidate, criterion, here.basket, here.language)
    if shown is None:
        st.info(
            say(
                "No dossier can be opened here: none was handed in, or its city has not opened it to the jury. "
                "Ask the secretariat."
            ),
            icon=":material/folder_off:",
        )
        return
    _parts(here, shown)
    if shown.answers:
        st.markdown(f"**{say('Answers that speak to this criterion')}**")
        st.caption(parts.plain(shown.unverified))
        given = verdicts(found, candidate)
        for one in shown.answers:
            with st.container(border=True, gap="small"):
                answer_of(here, one)
                for each in given.get(one.field, ()):
                    _verdict(here, each)
    elif not shown.parts:
        st.caption(
            say("No answer of the workbook is linked to this criterion. Judge by what the candidature shows.")
        )
    if shown.open:
        st.caption(parts.plain(say("Left open: {answers}", answers=here.speaker.series(list(shown.open)))))
    for _ in parts.fold(say("All focus areas"), "account_tree", f"whole.{candidate}"):
        parts.table(part_rows(here, shown.whole), say("Scores of all focus areas"))
    round_parts.go(
        "city_overview", say("Open the whole dossier"), "open_in_new", city=shown.candidate.upload_id
    )


def _parts(here: parts.Visit, shown: Dossier) -> None:
    say = here.speaker.say
    if shown.parts:
        parts.table(
            part_rows(here, shown.parts), say("Scores that speak to this criterion, with their bracket")
        )
    st.caption(parts.plain(shown.since))


def part_rows(here: parts.Visit, some: Sequence[Part]) -> list[dict[str, str]]:
    """Parts of the dossier as rows; progress only where any is known."""
    say = here.speaker.say
    progress = any(one.progress for one in some)
    return [
        {
            say("Part"): one.title,
            say("Assured"): one.assured,
            say("Bracket"): one.bracket,
            say("Verified"): one.verified,
            say("Claimed"): one.claimed,
            **({say("Since joining"): one.progress or "–"} if progress else {}),
        }
        for one in some
    ]


def answer_of(here: parts.Visit, one: Shown) -> None:
    """One answer: what is claimed, what it is worth, and what stands behind it."""
    say = here.speaker.say
    value = " · ".join(part for part in (one.value, one.year if one.year != "–" else "") if part)
    # An answer that is shown and not scored is worth no points, not “– points”.
    worth = say("{points} points", points=one.points) if one.points != "–" else ""
    small = f" :small[:gray[{parts.plain(worth)}]]" if worth else ""
    st.markdown(f"**{parts.plain(one.title)}**  \n{parts.plain(value)}{small}")
    if one.notes:
        with st.container(horizontal=True, gap="small"):
            for note in one.notes:
                st.badge(parts.plain(note), color="orange" if one.claimed else "gray")
    told = [parts.plain(text) for text in (one.source, one.remark) if text]
    if one.link:
        told.append(f":material/open_in_new: {parts.link(one.link, one.link)}")
    if told:
        st.markdown("  \n".join(f":small[{text}]" for text in told))
    for piece in one.pieces:
        _piece(here, piece)
    if not one.shown_for:
        st.caption(f":material/help: {say('No evidence is named for this answer.')}")
    elif one.where:
        st.caption(parts.plain(say("Cell {cell}", cell=one.where)))


def _verdict(here: parts.Visit, one: Verdict) -> None:
    """What the jury found of an answer's evidence, beside it."""
    say = here.speaker.say
    told = (say(VERDICT_WORDS[one.verdict]), one.where, one.note)
    found = " · ".join(part for part in told if part)
    st.markdown(f":small[:material/fact_check: {parts.plain(say('The jury found: {found}', found=found))}]")


def _piece(here: parts.Visit, one: Piece) -> None:
    """A piece of evidence: a link that opens at the page named, or a file with the page to look at."""
    say = here.speaker.say
    place = say("Where to look: {place}", place=parts.plain(one.pointer))
    if one.link:
        link = at_page(one.link, one.pointer)
        st.markdown(f":small[:material/open_in_new: {parts.link(one.link, link)} · {place}]")
    elif one.gone:
        st.caption(say("The file was taken out for good because a person's data were erased."))
    else:
        download(
            parts.plain(one.label),
            lambda: evidence.evidence_file(here.now(), one.id),
            one.file_name,
            _MEDIA,
            key=f"dossier_file_{one.id}",
        )
        st.caption(place)
