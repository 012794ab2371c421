"""Taking in workbooks: read, keep, and ask whether this city is one we know."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

from actions import house
from actions.access import Actor, NotKeptError, Subject, areas_open_to, may, require, see
from actions.allowance import FILES, SIZE, Allowance
from actions.decide import decide
from actions.reader import READERS, WORKERS, refused_reading
from actions.set_aside import within
from actions.standing import upload
from actions.tell import Told, tell_all
from actions.unusual import Links, unusual
from indicators import findings
from indicators.accepted import ACCEPT
from indicators.guard import LIMIT_PACKED, MEGABYTE
from indicators.questions import questions
from indicators.text import quoted
from scoring.model import Finding, Reading
from store.owners import Owner
from store.people import city as kept_city
from store.uploads import Upload, add, get, link_city, same_city

# The kind of finding for what goes beyond one visit's allowance.
_BEYOND = "visit_limit"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file: its id where it was kept ("" beyond the size limit), and everything found in it.

    `told` is in the language of the moment; `told_in` tells it in another one.
    """

    name: str
    upload_id: str
    accepted: bool
    city: str
    told: tuple[Told, ...]
    findings: tuple[Finding, ...]


def fold(name: str) -> str:
    """A city's name without case, accents, spaces and punctuation, for proposing that two are the same.

    "" for a name without any letter. Vowel signs, of which many scripts make their names, stay.
    """
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in bare if unicodedata.category(letter)[0] in "LN" or _is_vowel(letter))


def _is_vowel(letter: str) -> bool:
    # A variation selector makes a picture of a sign; it is no vowel.
    selector = unicodedata.name(letter, "").startswith("VARIATION SELECTOR")
    return unicodedata.category(letter) in ("Mc", "Mn") and not unicodedata.combining(letter) and not selector


def city_name(reading: Reading) -> str:
    """The city's name as its workbook gives it, in one line and cut where it fills a page; "" where it gives none."""
    return quoted(reading.profile.get("name"))


def destinations(actor: Actor) -> Mapping[str, str]:
    """The cities for which the actor may upload: id -> name. On one's own computer none is asked for: one, ""."""
    if actor.everything:
        return {"": ""}
    ids = dict.fromkeys(one.city for one in actor.grants if may(actor, "upload", Subject(city=one.city)))
    with house.store().reading() as connection:
        found = {one: kept_city(connection, one) for one in ids if one}
    return {one: city.name for one, city in found.items() if city is not None}


def receive(actor: Actor, name: str, data: bytes, language: str, city: str = "") -> Receipt:
    """Read one file and keep it; never raises on a bad file. StoreError if it cannot be kept.

    `city` is one of `destinations`: for whom the file is. NotAllowedError for any other.
    """
    owner = _owner(actor, city)
    return _keep(actor, owner, name, data, READERS.read(name, data), language)


def receive_sample(actor: Actor, name: str, data: bytes, language: str) -> Receipt:
    """The same for an invented city's workbook, which is of no city and seen by who opened it. NotAllowedError."""
    require(actor, "upload", Subject(person=actor.person, invented=True))
    owner = None if actor.everything else Owner("", actor.person)
    return _keep(actor, owner, name, data, READERS.read(name, data), language)


def _owner(actor: Actor, city: str) -> Owner | None:
    if actor.everything:
        return None
    require(actor, "upload", Subject(city=city))
    return Owner(city, actor.person)


def _keep(
    actor: Actor, owner: Owner | None, name: str, data: bytes, reading: Reading, language: str
) -> Receipt:
    framework = house.framework()
    areas = areas_open_to(actor, owner.city_id) if owner and owner.city_id else None
    reading = within(reading, areas)
    told = tell_all(reading.findings, language)
    accepted = reading.refused is None
    if len(data) > LIMIT_PACKED or (reading.refused and reading.refused.kind == _BEYOND):
        # Beyond the limit nothing is kept: the message is all there is to show.
        return Receipt(name, "", False, "", told, reading.findings)
    kept = add(
        house.store(),
        name=name,
        data=data,
        reading=reading,
        framework=framework.id,
        edition=framework.edition,
        actor=actor.person,
        owner=owner,
        areas=areas,
    )
    city = _city_of(reading)
    # Where cities are made by the secretariat, for whom a file is was said with it.
    if owner is None and not kept.city_id and city["folded_name"]:
        others = same_city(house.store(), city["country"], city["folded_name"])
        same_bytes = next((one.id for one in others if one.sha256 == kept.sha256), "")
        if same_bytes or not others:
            link_city(house.store(), kept.id, **city, same_as=same_bytes)
    return Receipt(name, kept.id, accepted, city["name"], told, reading.findings)


def _beyond(name: str, _data: bytes) -> Reading:
    """The reading of a file that goes beyond what one visit may upload."""
    return refused_reading(findings.make(_BEYOND, file=name, limit_files=FILES, limit=SIZE // MEGABYTE))


def told_in(receipt: Receipt, language: str) -> tuple[Told, ...]:
    """Everything found in a file, in the language of now."""
    return tell_all(receipt.findings, language)


def maybe_same(actor: Actor, upload_id: str) -> tuple[Upload, ...]:
    """The newest upload of each earlier city that this one may be: a proposal that a person confirms.

    Proposed by country and folded name; empty once it is decided, for an upload without a name, and where several
    cities share an installation: there every file is uploaded for a city.
    """
    see(actor, upload_id)
    if not actor.everything:
        return ()
    known = upload(upload_id)
    city = _city_of(known.reading)
    # The upload in memory may be older than the decision, so an open one is looked up again.
    if known.city_id or not city["folded_name"]:
        return ()
    fresh = get(house.store(), upload_id)
    if fresh is None or fresh.city_id:
        return ()
    newest: dict[str, Upload] = {}
    for one in same_city(house.store(), city["country"], city["folded_name"]):
        newest.setdefault(one.city_id, one)
    return tuple(newest.values())


def confirm_same(actor: Actor, upload_id: str, earlier: str) -> str:
    """A person said: this is the same city as an earlier upload; returns the id to go on with.

    What the city answered about whole columns then is taken for this workbook too, as a reading of its own.
    StoreError if it cannot be kept.
    """
    _require_naming(actor, upload_id, earlier)
    reading = upload(upload_id).reading
    link_city(house.store(), upload_id, **_city_of(reading), same_as=earlier, actor=actor.person)
    said = {
        key: answer for key, answer in upload(earlier).reading.answers.items() if not key.startswith(ACCEPT)
    }
    asked = {one.id for one in questions(reading)}
    known = {key: answer for key, answer in said.items() if key in asked}
    return decide(actor, upload_id, dict(known)) if known else upload_id


def confirm_different(actor: Actor, upload_id: str) -> None:
    """A person said: this is another city than the earlier uploads of the same name."""
    _require_naming(actor, upload_id)
    link_city(house.store(), upload_id, **_city_of(upload(upload_id).reading), actor=actor.person)


def _require_naming(actor: Actor, *upload_ids: str) -> None:
    """Of which city a file is, is for an own computer to say: elsewhere it was said when it was uploaded."""
    if not actor.everything:
        raise NotKeptError(upload_ids[0])


def _city_of(reading: Reading) -> dict[str, str]:
    name = city_name(reading)
    return {"country": str(reading.profile.get("country", "")), "folded_name": fold(name), "name": name}


def receive_all(
    actor: Actor,
    files: Sequence[tuple[str, Callable[[], bytes]]],
    language: str,
    allowance: Allowance | None = None,
    city: str = "",
) -> Iterator[tuple[float, Receipt]]:
    """Read several files: what became of each, in their order, and the share 0-1 done by then.

    Each file is a name and a function that gives its bytes; one bad file stops none. As many are read at a time as
    there are reading processes; they are kept one after the other. Whoever stops asking cancels the rest.
    What goes beyond the visit's `allowance` is refused unread.
    For whom they are, and what is raised, as in `receive`.
    """
    owner = _owner(actor, city)
    waiting: deque[tuple[str, bytes, Future[Reading]]] = deque()
    pool = ThreadPoolExecutor(WORKERS, "reading")
    left = iter(files)
    try:
        for done in range(1, len(files) + 1):
            # One more than can be read at once, so that no process waits while its file is kept.
            for name, content in islice(left, WORKERS + 1 - len(waiting)):
                data = content()
                allowed = allowance is None or allowance.take(len(data))
                act = READERS.read if allowed else _beyond
                waiting.append((name, data, pool.submit(act, name, data)))
            name, data, reading = waiting.popleft()
            yield done / len(files), _keep(actor, owner, name, data, reading.result(), language)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def findings_of(upload_id: str, links: Links) -> tuple[Finding, ...]:
    """Everything found in one kept upload, and what is unusual about it; NotKeptError if there is none."""
    return (*upload(upload_id).reading.findings, *unusual(upload_id, links))
