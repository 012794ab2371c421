"""Practice cards: every version of what a city wrote of its practice, and which version others may see, by its consent.

Nothing is changed in place: whoever writes says which version she saw, and consent is for one version, so that what is
written later is seen by others only after the city has said so again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Select, func, select

from store.ids import fit, is_id, new_id, now
from store.room_tables import CARD_CONSENTS, CARD_VERSIONS, CARDS
from store.words import Reader
from store.writing import Writing

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """One card: of which city, begun by whom and when."""

    id: str
    city_id: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class CardVersion:
    """One version of a card's texts by field; {} for a card that was taken away."""

    card_id: str
    version: int
    said: Said
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether others may see a card, and which version of it (`card_version`); `version` counts the consents."""

    card_id: str
    version: int
    published: bool
    card_version: int
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Published:
    """A card as others may see it: the version consented to, and since when."""

    card: Card
    said: Said
    at: str


class CardChangedError(Exception):
    """Another version came in since: `.version` is the newest."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the card is at version {version}")
        self.version = version


_CARD = tuple(CARDS.c[name] for name in Card.__slots__)
_VERSION = tuple(CARD_VERSIONS.c[name] for name in CardVersion.__slots__)
_CONSENT = tuple(CARD_CONSENTS.c[name] for name in Consent.__slots__)
_OTHERS = CARD_CONSENTS.alias()


def make_card(writing: Writing, city_id: str, said: Said) -> Card:
    """A new card of a city with its first version."""
    made = Card(new_id(), city_id, writing.actor, now())
    writing.add(CARDS, {name: getattr(made, name) for name in Card.__slots__})
    put_card(writing, made.id, said, base=0)
    return made


def card(reader: Reader, card_id: str) -> Card | None:
    """The card of that id, None if there is none."""
    if not is_id(card_id):
        return None
    row = reader.execute(select(*_CARD).where(CARDS.c.id == card_id)).first()
    return None if row is None else Card(*row)


def cards_of(reader: Reader, city_id: str) -> tuple[Card, ...]:
    """The cards of a city, the newest first."""
    rows = reader.execute(select(*_CARD).where(CARDS.c.city_id == city_id).order_by(CARDS.c.sequence.desc()))
    return tuple(Card(*row) for row in rows)


def card_history(reader: Reader, card_id: str) -> tuple[CardVersion, ...]:
    """All versions of a card, the first one first; () if there is no such card."""
    return _versions(reader, [card_id]).get(card_id, ())


def histories(reader: Reader, card_ids: Iterable[str]) -> Mapping[str, tuple[CardVersion, ...]]:
    """The same for several cards."""
    return _versions(reader, list(card_ids))


def put_card(writing: Writing, card_id: str, said: Said, *, base: int) -> int:
    """The next version of a card on top of version `base`; returns the number of what counts then.

    Empty texts are left out; what is said already makes no version. CardChangedError if `base` is not the newest.
    """
    texts = {name: fit(text) for name, text in said.items() if text.strip()}
    known = card_history(writing, card_id)
    newest = known[-1].version if known else 0
    if newest != base:
        raise CardChangedError(newest)
    if known and known[-1].said == texts:
        return newest
    row = {
        "card_id": card_id,
        "version": base + 1,
        # Plain ASCII, so that every database holds it.
        "said": json.dumps(texts, sort_keys=True),
        "by": writing.actor,
        "at": now(),
    }
    writing.add(CARD_VERSIONS, row)
    return base + 1


def consent(reader: Reader, card_id: str) -> Consent | None:
    """What the city said last of who may see a card, None where it never said."""
    query = select(*_CONSENT).where(CARD_CONSENTS.c.card_id == card_id)
    row = reader.execute(query.order_by(CARD_CONSENTS.c.version.desc()).limit(1)).first()
    return None if row is None else Consent(**{**row._mapping, "published": bool(row.published)})


def set_consent(writing: Writing, card_id: str, card_version: int) -> None:
    """Others may see this version of a card from now on (0: they may see none); the same twice is said once."""
    last = consent(writing, card_id)
    if (last.card_version if last else 0) == card_version:
        return
    row = {
        "card_id": card_id,
        "version": (last.version if last else 0) + 1,
        "published": int(card_version > 0),
        "card_version": card_version,
        "by": writing.actor,
        "at": now(),
    }
    writing.add(CARD_CONSENTS, row)


def card_rows(reader: Reader, city_id: str) -> list[dict[str, object]]:
    """Everything that is kept of a city's cards, for carrying away: each with its versions and its consents."""
    query = select(*_CONSENT).order_by(CARD_CONSENTS.c.version)
    return [
        {
            **asdict(one),
            "versions": [asdict(version) for version in card_history(reader, one.id)],
            "consents": [
                dict(row._mapping) for row in reader.execute(query.where(CARD_CONSENTS.c.card_id == one.id))
            ],
        }
        for one in cards_of(reader, city_id)
    ]


def published_cards(reader: Reader) -> tuple[Published, ...]:
    """Every card that others may see now, in the version that its city consented to, the latest consent first."""
    last = (
        select(_OTHERS.c.card_id, func.max(_OTHERS.c.version).label("version"))
        .group_by(_OTHERS.c.card_id)
        .subquery()
    )
    query: Select[tuple[str, str, str, str, str, str]] = (
        select(*_CARD, CARD_VERSIONS.c.said, CARD_CONSENTS.c.at.label("since"))
        .join(CARD_CONSENTS, CARD_CONSENTS.c.card_id == CARDS.c.id)
        .join(last, (last.c.card_id == CARDS.c.id) & (last.c.version == CARD_CONSENTS.c.version))
        .join(
            CARD_VERSIONS,
            (CARD_VERSIONS.c.card_id == CARDS.c.id)
            & (CARD_VERSIONS.c.version == CARD_CONSENTS.c.card_version),
        )
        .where(CARD_CONSENTS.c.published == 1)
        .order_by(CARD_CONSENTS.c.sequence.desc())
    )
    return tuple(
        Published(Card(*row[: len(_CARD)]), json.loads(row.said), row.since)
        for row in reader.execute(query)
        if row.said != "{}"
    )


def _versions(reader: Reader, card_ids: list[str]) -> Mapping[str, tuple[CardVersion, ...]]:
    found: dict[str, list[CardVersion]] = {}
    query = select(*_VERSION).where(CARD_VERSIONS.c.card_id.in_([one for one in card_ids if is_id(one)]))
    for row in reader.execute(query.order_by(CARD_VERSIONS.c.card_id, CARD_VERSIONS.c.version)):
        found.setdefault(row.card_id, []).append(
            CardVersion(**{**row._mapping, "said": json.loads(row.said)})
        )
    return {one: tuple(versions) for one, versions in found.items()}
