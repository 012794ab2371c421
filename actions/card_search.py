"""Finding practice cards of other cities: by subject, theme, forum, words, and by how alike the cities are."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.alike import Alike, settings
from actions.card_words import CardShown, Offered, likeness_of, offered_cards, shown
from actions.peer_subjects import about
from actions.practice_city import OwnCity

ALIKE, NEWEST = ORDERS = ("alike", "newest")
_SEARCHED = ("title", "done", "whom", "result", "years")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cards are wanted; "" takes all.

    `subject` is a focus area or a feature, `alike` leaves out unlike cities.
    """

    subject: str = ""
    theme: str = ""
    forum: str = ""
    words: str = ""
    alike: bool = False
    order: str = ALIKE


@dataclass(frozen=True, slots=True)
class Found:
    """The cards found, and how many there are without any filter."""

    cards: tuple[CardShown, ...]
    total: int


def found_cards(actor: Actor, own: OwnCity | None, wanted: Wanted, first: str, language: str) -> Found:
    """The published cards of other cities that fit, those about the subject `first` before all others.

    Ordered by likeness (the newest first where there is no city to compare with) or by date.
    """
    offered = [one for one in offered_cards(actor, language) if own is None or one.key != own.key]
    fitting = [(one, likeness_of(own, one, language)) for one in offered if _fits(one, wanted)]
    if wanted.alike:
        fitting = [(one, like) for one, like in fitting if like and like.order <= settings().partly]

    def place(found: tuple[Offered, Alike | None]) -> tuple[bool, float]:
        card, like = found
        near = like.order if like and wanted.order == ALIKE else 0.0
        return not (first and about(card, first)), near

    return Found(tuple(shown(one, like, language) for one, like in sorted(fitting, key=place)), len(offered))


def _fits(card: Offered, wanted: Wanted) -> bool:
    return (
        _is_about(card, wanted.subject)
        and (not wanted.theme or wanted.theme in card.marks("themes"))
        and (not wanted.forum or wanted.forum in card.marks("forum"))
        and _holds(card, wanted.words)
    )


def _is_about(card: Offered, subject: str) -> bool:
    """A focus area takes in its features; a feature takes in cards about the whole of its area."""
    if not subject:
        return True
    framework = house.framework()
    near = {subject, *framework.children[subject]}
    if framework.by_code[subject].level == "feature":
        near = {subject, framework.by_code[subject].parent}
    return bool(near & set(card.marks("codes")))


def _holds(card: Offered, words: str) -> bool:
    """Whether every word stands in the card or the city's name, without regard to case, width and accents."""
    text = _bare(" ".join([card.city, *(card.said.get(name, "") for name in _SEARCHED)]))
    return all(word in text for word in _bare(words).split())


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
