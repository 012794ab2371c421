"""How cities come into a round: from assessments that are kept, by hand, as references, past winners among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from actions import house
from actions.access import Actor, NotKeptError, see, subjects_of_uploads
from actions.listing import recent_uploads
from actions.round_candidates import checked_marks
from actions.round_eligibility import dates, past_winners
from actions.round_facts import CANDIDATE_KIND, REFERENCE_KIND, dossier_of, dossiers
from actions.round_known import known_facts
from actions.round_read import Seen, seen
from actions.round_rights import ENTER, may_do
from actions.round_setup import NewCandidate, change_candidate, enter_candidate
from actions.round_write import RoundError
from actions.standing import upload
from actions.uploads import city_name
from indicators.countries import countries
from store.cities import all_cities
from store.people import City, city

# Kept workbooks offered for a round.
_OFFERED = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """A kept assessment that may come into a round; `label` names it apart from all others."""

    upload_id: str
    label: str
    invented: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of several assessments: the ids of those that came in, and of the others their name and why not."""

    ids: tuple[str, ...]
    refused: tuple[tuple[str, RoundError], ...] = field(default=())


def offers(actor: Actor, found: Seen, language: str) -> tuple[Offer, ...]:
    """Assessments that the actor may see and that are in the round not yet, the newest first.

    None for somebody on her own computer who works for a seat with a conflict: there, everything kept is hers to see,
    and so a list of it would tell of cities that are closed to the seat.
    """
    if not may_do(found, ENTER) or (actor.everything and found.viewer.recused):
        return ()
    voice = house.voice(language)
    within = {one.upload_id for one in dossiers(found.now) if not one.withdrawn}
    made = []
    for one in recent_uploads(actor, _OFFERED):
        if one.id not in within and not one.refused:
            name = one.name or one.file
            called = voice.say("{city} (invented)", city=name) if one.invented else name
            parts = [called, str(one.year) if one.year else "", voice.moment(one.at)]
            made.append(Offer(one.id, " · ".join(part for part in parts if part), one.invented))
    return tuple(made)


def enter_uploads(
    actor: Actor, round_id: str, seat: str, upload_ids: Sequence[str], kind: str = CANDIDATE_KIND
) -> Entered:
    """Take kept assessments into a round, each with what is known of its facts; of those refused the reason.

    NotAllowedError, NotKeptError for one that the actor may not see, StoreError.
    """
    see(actor, *upload_ids)
    ids, refused = [], []
    for upload_id in upload_ids:
        found = seen(actor, round_id, seat)
        try:
            ids.append(enter_candidate(actor, round_id, seat, of_upload(actor, found, upload_id, kind)))
        except RoundError as trouble:
            refused.append((city_name(upload(upload_id).reading), trouble))
    return Entered(tuple(ids), tuple(refused))


def of_upload(actor: Actor, found: Seen, upload_id: str, kind: str = CANDIDATE_KIND) -> NewCandidate:
    """What a kept assessment says of a candidate: name, country and region, language, and known facts with sources."""
    reading = upload(upload_id).reading
    city_id = _city_of(upload_id)
    country = str(reading.profile.get("country", ""))
    known = _known(actor, found, upload_id, city_id) if kind == CANDIDATE_KIND else {}
    return NewCandidate(
        name=city_name(reading),
        country=country,
        region=region_of(country),
        upload_id=upload_id,
        city_id=city_id,
        languages=(reading.language,),
        facts={name: text for name, (text, _) in known.items()},
        sources={name: source for name, (_, source) in known.items()},
        kind=kind,
    )


def city_choices(actor: Actor, found: Seen) -> Mapping[str, str]:
    """Cities of this installation that may be named as candidates: id -> name; none where no list is offered."""
    if not may_do(found, ENTER) or (actor.everything and found.viewer.recused):
        return {}
    within = {one.city_id for one in dossiers(found.now) if not one.withdrawn}
    # Her own city too, where it is closed to her: she does not see whether it is within already.
    return {
        one.id: one.name
        for one in all_cities(house.store())
        if one.id not in actor.closed and one.id not in within
    }


def enter_by_hand(
    actor: Actor, round_id: str, seat: str, name: str, country: str, upload_id: str = "", city_id: str = ""
) -> str:
    """A candidate that is typed, or a city of this installation, with a kept workbook or without; returns its id.

    NotAllowedError, NotKeptError for a city that is not among the choices, RoundError, StoreError.
    """
    found = seen(actor, round_id, seat)
    if city_id:
        of = _city(actor, found, city_id)
        name, country = name or of.name, country or of.country
    new = NewCandidate(name=name, country=country, region=region_of(country), city_id=city_id)
    if upload_id:
        see(actor, upload_id)
        _require_of_city(upload_id, city_id)
        given = of_upload(actor, found, upload_id)
        city_id = city_id or given.city_id
        new = replace(new, upload_id=upload_id, languages=given.languages, city_id=city_id)
    known = _known(actor, found, upload_id, city_id)
    facts = {fact: text for fact, (text, _) in known.items()}
    sources = {fact: source for fact, (_, source) in known.items()}
    return enter_candidate(actor, round_id, seat, replace(new, facts=facts, sources=sources))


def change_dossier(actor: Actor, round_id: str, seat: str, candidate: str, base: int, upload_id: str) -> None:
    """Give a candidate another dossier, on top of the version seen.

    NotAllowedError, NotKeptError, RoundError (`dossier_of_other`), MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    one = dossier_of(found.now, candidate)
    if one is None:
        raise NotKeptError(candidate)
    see(actor, upload_id)
    _require_of_city(upload_id, one.city_id)
    changes = {
        "upload_id": upload_id,
        "languages": [upload(upload_id).reading.language],
        "city_id": one.city_id or _city_of(upload_id),
    }
    change_candidate(actor, round_id, seat, candidate, base, changes)


def _require_of_city(upload_id: str, city_id: str) -> None:
    """A city's dossier is its own."""
    if city_id and _city_of(upload_id) not in ("", city_id):
        raise RoundError("dossier_of_other")


def _city(actor: Actor, found: Seen, city_id: str) -> City:
    with house.store().reading() as reader:
        of = city(reader, city_id)
    if of is None or city_id not in city_choices(actor, found):
        raise NotKeptError(city_id)
    return of


def enter_reference(
    actor: Actor,
    round_id: str,
    seat: str,
    upload_id: str,
    marks: Mapping[str, float],
    *,
    winner: str = "",
    name: str = "",
    country: str = "",
    language: str = "en",
) -> str:
    """A dossier on which all mark alike before the real ones, with the marks that an expert gave it; returns its id.

    Its city is that of the workbook, a past winner by its id, or typed. NotAllowedError, RoundError, StoreError.
    """
    found = seen(actor, round_id, seat)
    checked_marks(found, marks)
    if winner:
        past = next((one.award for one in past_winners(found) if one.award.city == winner), None)
        if past is None:
            raise NotKeptError(winner)
        name, country = past.names.get(language, past.names["en"]), past.country
    elif upload_id and not name:
        given = of_upload(actor, found, upload_id, REFERENCE_KIND)
        name, country = given.name, given.country
    new = NewCandidate(
        name=name,
        country=country,
        region=region_of(country),
        upload_id=upload_id,
        city_id=_city_of(upload_id) if upload_id else "",
        languages=(upload(upload_id).reading.language,) if upload_id else ("en",),
        kind=REFERENCE_KIND,
        expert=marks,
    )
    return enter_candidate(actor, round_id, seat, new)


def region_of(country: str) -> str:
    """The region in which a country lies, "" for none of ours."""
    found = countries().get(country)
    return found.region if found else ""


def _city_of(upload_id: str) -> str:
    subject = subjects_of_uploads((upload_id,)).get(upload_id)
    return subject.city if subject else ""


def _known(actor: Actor, found: Seen, upload_id: str, city_id: str) -> Mapping[str, tuple[str, str]]:
    on = dates(found)["deadline"] if "deadline" in dates(found) else house.today()
    known = known_facts(actor, found.award, upload_id, city_id, on)
    return {name: (one.text, one.source) for name, one in known.items()}
