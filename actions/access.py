"""Who may do what: every right of the program is a named predicate in one table, `RIGHTS`.

An action takes the actor first, learns the facts about what it is asked for (`Subject`) and calls `require`. What
may not be done is told exactly as what is not there, so that nobody learns from a refusal. Rights stand in the
store and are read anew for every visit of a page (`actions.sign_in.actor`); of an upload's facts, too,
nothing is remembered for longer than it takes to make one page (`one_visit`).
docs/rights.md is printed from these predicates, and a test holds them to a table that was written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from actions import house
from store.acts import OWN_COMPUTER
from store.ownership import Ownership, ownerships
from store.summaries import Reach
from store.visibilities import DEFAULT, JURY, NETWORK, PUBLIC

CITY_ROLES = ("owner", "contributor", "viewer", "mayor")
JURY_ROLES = ("commission", "juror", "chair", "secretariat", "auditor")
ROLES = (*CITY_ROLES, *JURY_ROLES)


class NotKeptError(LookupError):
    """Nothing is kept under this id."""


class NotAllowedError(NotKeptError):
    """The actor may not; told in the same words as what is not there."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of a person: in a city (its id), for a commission in a country, for the others everywhere.

    `country` is an ISO 3166 code of three letters, `areas` the focus areas of a contributor (none named: all).
    """

    role: str
    city: str = ""
    country: str = ""
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person's id, the name to greet her by, and what was granted her.

    `everything` is for the one person of a program that runs on her own computer. `closed` are cities of which an
    award round lets her see nothing (actions/round_closed.py), whatever her roles that are of no city.
    """

    person: str
    name: str
    grants: tuple[Grant, ...]
    everything: bool = False
    closed: frozenset[str] = frozenset()


COMPUTER = Actor(OWN_COMPUTER, "", (), everything=True)


@dataclass(frozen=True, slots=True)
class Subject:
    """What decides about a right: facts about an upload, a city, a person or a line of the log.

    `city` is a city's id ("" where there is none), `country` its country, `person` who uploaded the file, whose
    data it is, or whose line; `submitted` says that it was handed in, `invented` that it is a sample, `visibility`
    who may see what was handed in, as its city chose ("" where it did not).
    """

    city: str = ""
    country: str = ""
    person: str = ""
    submitted: bool = False
    invented: bool = False
    visibility: str = ""


# What was read of uploads while a page is made; None where no page is being made.
_known: ContextVar[dict[str, Subject] | None] = ContextVar("known", default=None)

Right = Callable[[Actor, Subject], bool]


def _in_city(*roles: str) -> Right:
    """A grant of one of these roles in the subject's own city."""

    def holds(actor: Actor, subject: Subject) -> bool:
        return subject.city != "" and any(
            grant.role in roles and grant.city == subject.city for grant in actor.grants
        )

    return holds


def _anywhere(*roles: str) -> Right:
    """A grant of one of these roles, which hold everywhere."""

    def holds(actor: Actor, _subject: Subject) -> bool:
        return any(grant.role in roles for grant in actor.grants)

    return holds


def _commission(actor: Actor, subject: Subject) -> bool:
    return subject.country != "" and any(
        grant.role == "commission" and grant.country == subject.country for grant in actor.grants
    )


def _own(actor: Actor, subject: Subject) -> bool:
    return actor.person != "" and subject.person == actor.person


def _own_of_no_city(actor: Actor, subject: Subject) -> bool:
    return subject.city == "" and _own(actor, subject)


def _sample(actor: Actor, subject: Subject) -> bool:
    return subject.invented and _own_of_no_city(actor, subject)


def _any(*rights: Right) -> Right:
    def holds(actor: Actor, subject: Subject) -> bool:
        return any(right(actor, subject) for right in rights)

    return holds


def _all(*rights: Right) -> Right:
    def holds(actor: Actor, subject: Subject) -> bool:
        return all(right(actor, subject) for right in rights)

    return holds


def _once_submitted(right: Right) -> Right:
    def holds(actor: Actor, subject: Subject) -> bool:
        return subject.submitted and right(actor, subject)

    return holds


def _signed_in(actor: Actor, _subject: Subject) -> bool:
    return actor.person != ""


_secretariat = _anywhere("secretariat")
# Who sees what another city handed in, by what the city chose; each choice opens it to those above as well.
_PROCESSING = _any(_commission, _secretariat)
_JUDGING = _any(_PROCESSING, _anywhere("juror", "chair", "auditor"))
_CITIES = _any(_JUDGING, _anywhere(*CITY_ROLES))
_READERS: Mapping[str, Right] = {JURY: _JUDGING, NETWORK: _CITIES, PUBLIC: _any(_CITIES, _signed_in)}


def _opened(actor: Actor, subject: Subject) -> bool:
    # A choice that nobody knows opens nothing.
    return _READERS.get(subject.visibility or DEFAULT, _PROCESSING)(actor, subject)


_see_draft = _any(_in_city(*CITY_ROLES), _own_of_no_city)
_see_submitted = _once_submitted(_any(_see_draft, _opened))
_see = _any(_see_draft, _see_submitted)

# Right -> who has it. The subject of a right is what stands beside it.
RIGHTS: Mapping[str, Right] = {
    # An upload.
    "see_draft": _see_draft,
    "see_submitted": _see_submitted,
    "see": _see,
    "decide": _any(_in_city("owner", "contributor"), _own_of_no_city),
    "sign_off": _in_city("mayor"),
    "submit": _in_city("owner"),
    "save_scenario": _see,
    "keep_set": _see,
    # A city (none for a sample), before the upload is there.
    "upload": _any(_in_city("owner", "contributor"), _sample),
    # A city.
    "see_members": _any(_in_city("owner"), _secretariat),
    "invite_to_city": _any(_in_city("owner"), _secretariat),
    "withdraw_from_city": _any(_in_city("owner"), _secretariat),
    "make_city": _secretariat,
    "adopt": _secretariat,
    # What the secretariat may not see it may not carry away either.
    "export_city": _any(_in_city("owner"), _once_submitted(_secretariat)),
    # A city's room: its assessments year by year, and what is said for the network.
    "see_record": _any(_in_city(*CITY_ROLES), _once_submitted(_opened)),
    # What lies behind it is for those who judge, not for other cities to which the record is open.
    "see_papers": _any(_in_city(*CITY_ROLES), _once_submitted(_all(_JUDGING, _opened))),
    "fill": _in_city("owner", "contributor"),
    "lead": _in_city("owner"),
    "review": _once_submitted(_any(_commission, _secretariat)),
    # The installation.
    "make_round": _secretariat,
    "grant_jury_roles": _secretariat,
    "verify": _anywhere("auditor", "secretariat"),
    # A line of the log: its city and its person.
    "see_log": _any(_anywhere("auditor"), _in_city("owner"), _own),
    # A person.
    "export_person": _any(_own, _secretariat),
    "disable_person": _secretariat,
    "erase_person": _secretariat,
    "sign_out_everywhere": _own,
    "end_sessions": _secretariat,
    "renew_password": _secretariat,
}


def may(actor: Actor, right: str, subject: Subject = Subject()) -> bool:
    """Whether the actor has a right over a subject; KeyError for a right that nobody has named."""
    holds = RIGHTS[right]
    return not is_closed(actor, subject.city) and (actor.everything or holds(actor, subject))


def is_closed(actor: Actor, city: str) -> bool:
    """Whether an award round lets the actor see nothing of a city; her own city is never closed to her."""
    return city in actor.closed and not any(one.city == city for one in actor.grants)


def require(actor: Actor, right: str, subject: Subject = Subject()) -> None:
    """Raise NotAllowedError unless the actor has the right over the subject."""
    if not may(actor, right, subject):
        raise NotAllowedError


def subject_of_upload(upload_id: str) -> Subject:
    """The facts about one kept upload, read now; NotKeptError if there is none.

    Its city is the one it was uploaded for, never one that its words name. Whether it is a sample stands in its
    reading, which rights over kept uploads do not need.
    """
    found = ownerships(house.store(), (upload_id,)).get(upload_id)
    if found is None:
        raise NotKeptError
    return _subject(found)


def subjects_of_uploads(upload_ids: Sequence[str]) -> Mapping[str, Subject]:
    """The same for many uploads at once; those that are not kept are left out."""
    known = _known.get()
    if known is None:
        return _read_subjects(upload_ids)
    # What was not there a moment ago is asked for again.
    known.update(_read_subjects([one for one in upload_ids if one not in known]))
    return {one: known[one] for one in upload_ids if one in known}


def _read_subjects(upload_ids: Sequence[str]) -> dict[str, Subject]:
    if not upload_ids:
        return {}
    return {one: _subject(found) for one, found in ownerships(house.store(), upload_ids).items()}


@contextmanager
def one_visit() -> Iterator[None]:
    """Within this, which is the making of one page, what an upload is of is read once, as its reader's rights are.

    It holds for this thread alone: a click, a download and the next page ask anew.
    """
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


def _subject(found: Ownership) -> Subject:
    return Subject(found.city_id, found.country, found.person, found.submitted, visibility=found.visibility)


def ask_anew() -> None:
    """Forget what was read of uploads while this page is made: something is done now."""
    known = _known.get()
    if known is not None:
        known.clear()


def visible(actor: Actor, upload_ids: Sequence[str]) -> tuple[str, ...]:
    """Those of some uploads that the actor may see, in their order."""
    subjects = subjects_of_uploads(upload_ids)
    return tuple(one for one in upload_ids if one in subjects and may(actor, "see", subjects[one]))


def reach(actor: Actor) -> Reach | None:
    """Among which uploads those lie that the actor may see: None for all. What may be seen is asked afterwards."""
    if actor.everything:
        return None
    return Reach(
        cities=tuple(dict.fromkeys(one.city for one in actor.grants if one.role in CITY_ROLES)),
        person=actor.person,
        countries=tuple(one.country for one in actor.grants if one.role == "commission" and one.country),
        submitted=any(one.role in JURY_ROLES and one.role != "commission" for one in actor.grants),
        chosen=(PUBLIC, NETWORK) if any(one.role in ROLES for one in actor.grants) else (PUBLIC,),
    )


def areas_open_to(actor: Actor, city: str) -> tuple[str, ...] | None:
    """The focus areas whose answers the actor may give for a city: None for all of them, () for none.

    Whoever is also owner, or a contributor without named areas, may answer all.
    """
    if actor.everything:
        return None
    grants = [one for one in actor.grants if one.city == city and one.role in ("owner", "contributor")]
    if any(one.role == "owner" or not one.areas for one in grants):
        return None
    return tuple(sorted({area for one in grants for area in one.areas}))


def see(actor: Actor, *upload_ids: str, right: str = "see") -> None:
    """Raise NotKeptError for the first of some uploads that the actor has no right over, or that is not kept.

    On one's own computer nothing is asked: whoever reads what is not kept says so in the same words.
    """
    if actor.everything:
        return
    subjects = subjects_of_uploads(upload_ids)
    for one in upload_ids:
        if one not in subjects or not may(actor, right, subjects[one]):
            raise NotKeptError(one)


def allowed(actor: Actor, right: str, upload_id: str) -> bool:
    """Whether the actor has a right over an upload, for pages that leave out what may not be done."""
    subject = subjects_of_uploads((upload_id,)).get(upload_id)
    return subject is not None and may(actor, right, subject)


def seen_of(actor: Actor, upload_ids: Sequence[str]) -> tuple[str, ...]:
    """Those of some kept uploads that the actor may see; on one's own computer all, without asking."""
    return tuple(upload_ids) if actor.everything else visible(actor, upload_ids)
