"""Two cities in one shared installation, with people of every role, and words of one that the other must never read."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions import house, passwords, sign_in
from actions.access import CITY_ROLES, JURY_ROLES, Actor
from actions.candidates import extended
from actions.changes import with_weight
from actions.evidence import give_evidence_file
from actions.outcome import Asked
from actions.queries import ask_at, reply_to
from actions.record import say
from actions.rooms import begin_assessment
from actions.saved import save
from actions.standing import upload
from actions.states import act
from actions.submissions import judged, submit
from actions.uploads import receive
from actions.visibility import choose_visibility
from indicators import key_features
from indicators.declarations import yeonsu
from indicators.template import build
from scoring.scenario import UNCHANGED
from store.acts import Act
from store.states import CHECKED, SIGNED, SUBMITTED, move
from store.submissions import submit_in
from tests.actions.evidence_files import pdf
from tests.actions.people_at_hand import come_in, make_city
from tests.prepared import prepare
from tests.workbooks import filled_reading

# They stand in every text that the other city typed: in its draft, and in what it handed in.
DRAFT, HANDED_IN = "Qzdraft", "Qzhanded"
OWN = "Ownville"
CITY_PEOPLE = tuple(CITY_ROLES)
# Who sees what any city handed in; the foreign commission is another country's, the guest another city's.
JURY = ("commission", "juror", "chair", "secretariat", "auditor")
EVERYBODY = (*CITY_ROLES, *JURY, "foreign commission", "guest")
UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA"


@cache
def workbook(word: str) -> bytes:
    """A filled workbook with one word in every text, and some answers that cannot be read."""
    whole = filled_reading()
    profile = {
        **whole.profile,
        "name": word,
        "country": "KOR",
        "contact_name": f"{word} office",
        "contact_email": f"{word}@example.org",
    }
    answers = {
        code: replace(
            row, source=f"{word} source", link=f"https://{word}.example.org", remark=f"{word} remark"
        )
        for code, row in whole.observations.items()
    }
    ratings = {code: replace(row, source=f"{word} plan") for code, row in whole.ratings.items()}
    reading = replace(whole, profile=profile, observations=answers, ratings=ratings)
    data = build(key_features(), (yeonsu(),), "en", prefill=reading)
    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets[2:4]:
        for row in sheet.iter_rows(min_row=5, min_col=6, max_col=6):
            if isinstance(row[0].value, int | float):
                row[0].value = f"{word} many"
                break
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class TwoCities:
    """Ids of people by role, of the uploads, and of what the other city's owner kept."""

    people: Mapping[str, str]
    other_owner: str
    own: str
    draft: str
    handed_in: str
    scenario: str
    set_id: str
    other_city: str

    def actor(self, role: str) -> Actor:
        """Somebody of a role, with her rights as they stand now."""
        return sign_in.actor(self.other_owner if role == "other owner" else self.people[role])


@contextmanager
def two_cities(folder: Path) -> Iterator[TwoCities]:
    """A new installation in a folder, and all that is in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCORECARD_DATA", str(prepare(folder)))
        patch.delenv("DATABASE_URL", raising=False)
        patch.setattr(passwords, "COST", passwords.Cost(n=2**4))
        own_city = make_city(house.store(), OWN)
        other_city = make_city(house.store(), f"{DRAFT}{HANDED_IN}")
        people = {}
        for role in CITY_ROLES:
            areas = ("1", "2") if role == "contributor" else ()
            people[role] = come_in(role, f"{role}@example.org", city=own_city, areas=areas).person
        for role in JURY_ROLES:
            country = "KOR" if role == "commission" else ""
            people[role] = come_in(role, f"{role}@example.org", country=country).person
        people["foreign commission"] = come_in("commission", "abroad@example.org", country="NOR").person
        people["guest"] = come_in(
            "viewer", "guest@example.org", city=make_city(house.store(), "Third")
        ).person
        other = come_in("owner", f"{DRAFT}@example.org", f"{DRAFT} {HANDED_IN}", city=other_city).person
        theirs, owner = sign_in.actor(other), sign_in.actor(people["owner"])
        handed_in = receive(theirs, f"{HANDED_IN}.xlsx", workbook(HANDED_IN), "en", other_city).upload_id
        submit(theirs, handed_in)
        draft = receive(theirs, f"{DRAFT}.xlsx", workbook(DRAFT), "en", other_city).upload_id
        own = receive(owner, "own.xlsx", workbook(OWN), "en", own_city).upload_id
        scenario = save(theirs, Asked(draft, "core"), with_weight(UNCHANGED, "1", 3.0), f"{DRAFT} what-if")
        save(theirs, Asked(handed_in, "core"), with_weight(UNCHANGED, "1", 3.0), f"{DRAFT} what-if")
        set_id = extended(theirs, (draft, handed_in), ())
        yield TwoCities(people, other, own, draft, handed_in, scenario, set_id, other_city)


@dataclass(frozen=True)
class HandedIn:
    """An assessment of the other city's room that was handed in, and the workbook as which it was."""

    assessment: str
    upload: str


def hand_in(world: TwoCities, word: str, year: int, choice: str) -> HandedIn:
    """The other city hands in an assessment for a year, with one word in every text, and chooses who may see it."""
    theirs = world.actor("other owner")
    assessment = begin_assessment(theirs, world.other_city, year)
    choose_visibility(theirs, assessment, choice, 0)
    upload = receive(theirs, f"{word}.xlsx", workbook(word), "en", world.other_city).upload_id
    submission = submit(theirs, upload).submission_id
    with house.store().writing(Act(theirs.person, "hand_in", "assessment", assessment)) as writing:
        move(writing, assessment, SUBMITTED, base=0, upload_id=upload, submission_id=submission)
    return HandedIn(assessment, upload)


@dataclass(frozen=True)
class OtherRoom:
    """The other city's room: a draft, and one that was handed in, came back and goes on as a draft of its own.

    Of each a piece of evidence, and the question of the one that came back.
    """

    draft: str
    returned: str
    draft_evidence: str
    returned_evidence: str
    later_evidence: str
    query: str


def other_room(world: TwoCities) -> OtherRoom:
    """Fill the other city's room, each text with a word that tells who may read it."""
    theirs, reviewer = world.actor("other owner"), world.actor("secretariat")
    year = house.today().year
    ids = {
        word: begin_assessment(theirs, world.other_city, at)
        for word, at in ((DRAFT, 2013), (HANDED_IN, year))
    }
    given = {}
    for word, one in ids.items():
        say(theirs, one, "profile:name", {"entry": f"{word} city"}, 0)
        say(theirs, one, "2.2.1", {"value": "4.9", "source": f"{word} office"}, 0)
        given[word] = _given(theirs, one, word)
    draft, returned = ids[DRAFT], ids[HANDED_IN]
    with house.store().writing(Act(theirs.person, "hand_in", "assessment", returned)) as writing:
        move(writing, returned, CHECKED, base=0)
        signed = {
            "title": f"{HANDED_IN} mayor",
            "beijing_declaration": "2024-01-15",
            "key_features": "2024-03-01",
        }
        move(writing, returned, SIGNED, base=1, upload_id=world.handed_in, detail=signed)
        submission = submit_in(writing, world.handed_in, judged(upload(world.handed_in))).id
        move(writing, returned, SUBMITTED, base=2, upload_id=world.handed_in, submission_id=submission)
    asked = ask_at(reviewer, returned, "2.2.1", f"{HANDED_IN} which survey?")
    act(reviewer, returned, "return", 3, "en")
    reply_to(theirs, asked, f"{HANDED_IN} survey")
    act(theirs, returned, "reopen", 4, "en")
    say(theirs, returned, "2.2.1", {"value": "5.1", "source": f"{DRAFT} office"}, 1)
    later = _given(theirs, returned, f"{DRAFT} later")
    return OtherRoom(draft, returned, given[DRAFT], given[HANDED_IN], later, asked)


def _given(theirs: Actor, one: str, word: str) -> str:
    data = pdf(f"% {word}".encode())
    return give_evidence_file(theirs, one, "2.2.1", f"{word} report.pdf", data, f"page 3 of {word}")


def words_in(text: str) -> set[str]:
    """Which of the other city's words stand in a text."""
    folded = text.casefold()
    return {word for word in (DRAFT, HANDED_IN) if word.casefold() in folded}
