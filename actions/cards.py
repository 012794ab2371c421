"""A city's own practice cards: written field by field, published by its owner, taken back at any moment.

Whoever writes says which version of the card she saw. If somebody else changed the same field meanwhile, that text
counts on, what was written here is kept beside it (in the card, under the field's name and BESIDE), and one chooses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotAllowedError, NotKeptError, Subject, areas_open_to, may
from actions.card_words import (
    FIELDS,
    LANGUAGES,
    LISTS,
    forum_titles,
    inhabitants,
    subject_titles,
    theme_titles,
)
from actions.set_aside import area_of
from locales import mark
from store.acts import Act
from store.cards import (
    Card,
    CardVersion,
    Consent,
    Said,
    card,
    card_history,
    cards_of,
    consent,
    make_card,
    put_card,
    set_consent,
)
from store.people import city
from store.words import Reader

BESIDE = ".beside"
# How long the texts of a card may be.
LONGEST: Mapping[str, int] = {
    "title": 120,
    "done": 3000,
    "whom": 1000,
    "result": 2000,
    "pointer": 200,
    "years": 40,
}
_LONGEST_OTHER = 500
# What a card needs before others may see it.
NEEDED = ("title", "done")

CARD_TROUBLES: Mapping[str, str] = {
    "too_long": mark("This is longer than a card can hold."),
    "unknown": mark("This is none of the choices."),
    "outside_areas": mark("A contributor writes cards about her own focus areas alone."),
    "not_a_link": mark("A link begins with https:// or http://."),
    "not_a_number": mark("This is no number of inhabitants."),
    "not_ready": mark(
        "A card needs a title, what was done, and a focus area, feature or theme before others may see it."
    ),
    "changed_meanwhile": mark("The card was changed meanwhile: look at it again, then publish it."),
}


class CardError(ValueError):
    """What was asked cannot be done as it is; `kind` is a key of CARD_TROUBLES."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A city's own card: its texts, the version in which each was last changed, and who may see it.

    `beside` holds what a slower writer wrote, by field; `published` is the version that others see (0: none) since
    `since`; `may_write` and `may_publish` are what the actor may do.
    """

    id: str
    said: Said
    version: int
    changed: Mapping[str, int]
    beside: Said
    published: int
    since: str
    saved: str
    may_write: bool
    may_publish: bool

    @property
    def ready(self) -> bool:
        """Whether everything is there that others need."""
        return _is_ready(self.said)

    def marks(self, field: str) -> tuple[str, ...]:
        """The codes of one of LISTS."""
        return tuple(self.said.get(field, "").split())


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a text: the card's version then, and whether somebody else's counts and one must choose."""

    version: int
    clash: bool


def own_cards(actor: Actor, city_id: str) -> tuple[OwnCard, ...]:
    """The cards of a city in whose room the actor takes part, newest first; NotKeptError."""
    _subject(actor, city_id, "see_record")
    with house.store().reading() as reader:
        found = [_own(actor, reader, one) for one in cards_of(reader, city_id)]
    return tuple(one for one in found if one is not None)


def may_begin_card(actor: Actor, city_id: str) -> bool:
    """Whether the actor may write cards of a city."""
    try:
        _subject(actor, city_id, "fill")
    except NotKeptError:
        return False
    return True


def has_cards(actor: Actor, city_id: str) -> bool:
    """Whether the actor takes part in the city that writes them: others read what is published."""
    try:
        _subject(actor, city_id, "see_record")
    except NotKeptError:
        return False
    return True


def open_areas(actor: Actor, city_id: str) -> tuple[str, ...] | None:
    """The focus areas that the actor's cards may be about: None for all."""
    return areas_open_to(actor, city_id)


def new_card(actor: Actor, city_id: str, codes: Sequence[str], language: str, people: str = "") -> str:
    """Begin a card about some focus areas or features; returns its id. NotKeptError, CardError, StoreError.

    `language` is the one it will be written in, `people` the inhabitants of the city.
    """
    _subject(actor, city_id, "fill")
    said = {"codes": " ".join(codes), "language": language, "inhabitants": people}
    for field, text in said.items():
        _check(field, text)
    _require_areas(actor, city_id, said)
    with house.store().writing(Act(actor.person, "write", "card")) as writing:
        made = make_card(writing, city_id, said)
        writing.about(made.id, city=city_id)
    return made.id


def write_card(actor: Actor, card_id: str, field: str, text: str, base: int) -> Written:
    """Write one field on top of version `base` of the card; kept when this returns.

    What others wrote meanwhile in other fields stays; in the same field theirs counts and this one is kept beside it.
    NotKeptError, CardError, StoreError.
    """
    _check(field, text)
    found = _card(actor, card_id, "fill")
    with house.store().writing(_act(actor, "write", found)) as writing:
        known = card_history(writing, card_id)
        newest, seen = known[-1], _at(known, base)
        if not newest.said:
            raise NotAllowedError
        if text.strip() == seen.said.get(field, ""):
            return Written(newest.version, False)
        _require_areas(actor, found.city_id, newest.said)
        said = dict(newest.said)
        clash = newest.said.get(field, "") not in (seen.said.get(field, ""), text.strip())
        said[field + BESIDE if clash else field] = text.strip()
        _require_areas(actor, found.city_id, said)
        return Written(put_card(writing, card_id, said, base=newest.version), clash)


def choose(actor: Actor, card_id: str, field: str, mine: bool) -> None:
    """Let what the slower one wrote count (`mine`), or what stands there; NotKeptError, StoreError."""
    found = _card(actor, card_id, "fill")
    with house.store().writing(_act(actor, "write", found)) as writing:
        newest = card_history(writing, card_id)[-1]
        said = dict(newest.said)
        beside = said.pop(field + BESIDE, None)
        if mine and beside is not None:
            said[field] = beside
        _require_areas(actor, found.city_id, said)
        put_card(writing, card_id, said, base=newest.version)


def publish(actor: Actor, card_id: str, version: int) -> None:
    """Let others see this version of a card; NotKeptError, CardError, StoreError."""
    found = _card(actor, card_id, "lead")
    with house.store().writing(_act(actor, "publish", found, version=version)) as writing:
        newest = card_history(writing, card_id)[-1]
        if newest.version != version:
            raise CardError("changed_meanwhile")
        if not _is_ready(newest.said):
            raise CardError("not_ready")
        set_consent(writing, card_id, version)


def withdraw_card(actor: Actor, card_id: str) -> None:
    """Let nobody else see a card from now on; NotKeptError, StoreError."""
    found = _card(actor, card_id, "lead")
    with house.store().writing(_act(actor, "unpublish", found)) as writing:
        set_consent(writing, card_id, 0)


def remove_card(actor: Actor, card_id: str) -> None:
    """Take a card away: it is empty and seen by nobody from now on. NotKeptError, StoreError."""
    found = _card(actor, card_id, "lead")
    with house.store().writing(_act(actor, "remove", found)) as writing:
        set_consent(writing, card_id, 0)
        put_card(writing, card_id, {}, base=card_history(writing, card_id)[-1].version)


def _act(actor: Actor, act: str, of: Card, **detail: int) -> Act:
    return Act(actor.person, act, "card", of.id, {"city": of.city_id, **detail})


def _subject(actor: Actor, city_id: str, right: str) -> None:
    """NotKeptError for a city that is not there, NotAllowedError where the actor has no such right."""
    with house.store().reading() as reader:
        found = city(reader, city_id)
    if found is None:
        raise NotKeptError(city_id)
    if not may(actor, right, Subject(city=found.id, country=found.country)):
        raise NotAllowedError


def _card(actor: Actor, card_id: str, right: str) -> Card:
    with house.store().reading() as reader:
        found = card(reader, card_id)
    if found is None:
        raise NotAllowedError
    _subject(actor, found.city_id, right)
    return found


def _own(actor: Actor, reader: Reader, found: Card) -> OwnCard | None:
    """One card as its city sees it; None for one that was taken away."""
    versions = card_history(reader, found.id)
    newest, said_last = versions[-1], consent(reader, found.id)
    if not newest.said:
        return None
    subject = Subject(city=found.city_id)
    said = {name: text for name, text in newest.said.items() if not name.endswith(BESIDE)}
    return OwnCard(
        id=found.id,
        said=said,
        version=newest.version,
        changed={field: _last_change(versions, field) for field in FIELDS},
        beside={
            name.removesuffix(BESIDE): text for name, text in newest.said.items() if name.endswith(BESIDE)
        },
        published=_published(said_last),
        since=said_last.at if said_last and said_last.published else "",
        saved=newest.at,
        may_write=may(actor, "fill", subject) and _is_inside(areas_open_to(actor, found.city_id), said),
        may_publish=may(actor, "lead", subject),
    )


def _published(last: Consent | None) -> int:
    return last.card_version if last and last.published else 0


def _last_change(versions: Sequence[CardVersion], field: str) -> int:
    """The version in which a field came to say what it says."""
    changed, before = versions[0].version, versions[0].said.get(field, "")
    for one in versions:
        if one.said.get(field, "") != before:
            changed, before = one.version, one.said.get(field, "")
    return changed


def _at(versions: Sequence[CardVersion], number: int) -> CardVersion:
    """The version that a writer saw; the first one where she names none that there is."""
    return next((one for one in versions if one.version == number), versions[0])


def _is_ready(said: Said) -> bool:
    return all(said.get(name) for name in NEEDED) and any(said.get(name) for name in LISTS)


def _is_inside(areas: Sequence[str] | None, said: Said) -> bool:
    codes = said.get("codes", "").split()
    return areas is None or (bool(codes) and all(area_of(code) in areas for code in codes))


def _require_areas(actor: Actor, city_id: str, said: Said) -> None:
    if not _is_inside(areas_open_to(actor, city_id), said):
        raise CardError("outside_areas")


def _check(field: str, text: str) -> None:
    """CardError for a text that a field cannot hold."""
    if field not in FIELDS:
        raise CardError("unknown")
    if len(text) > LONGEST.get(field, _LONGEST_OTHER):
        raise CardError("too_long")
    known = _choices(field)
    if known is not None and not set(text.split()) <= known:
        raise CardError("unknown")
    if (
        field in ("evidence", "link")
        and text.strip()
        and not text.strip().startswith(("https://", "http://"))
    ):
        raise CardError("not_a_link")
    if field == "inhabitants" and text.strip() and inhabitants({field: text}) is None:
        raise CardError("not_a_number")


def _choices(field: str) -> set[str] | None:
    tables: Mapping[str, Mapping[str, str]] = {
        "codes": subject_titles("en"),
        "themes": theme_titles("en"),
        "forum": forum_titles("en"),
        "language": LANGUAGES,
    }
    return set(tables[field]) if field in tables else None
